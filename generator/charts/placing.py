"""A chart's picture into the place that a form keeps for it. A chart without numbers leaves no place behind.

In Word the place is a picture whose part is called PlanscribeChart-NAME.png; in a PDF a form XObject with the key
/PlanscribeChart that a Figure of the structure tree tells of (ISO 32000-2, 14.7.5.3). Opens documents: for a worker.
"""

import io
import zlib
from collections.abc import Mapping

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from generator.ooxml import open_package, parse_xml, write_package

MARK = "PlanscribeChart"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def has_charts(data: bytes) -> bool:
    """Whether the file keeps a place for a chart; read off its bytes, without opening it."""
    return MARK.encode() in data


def place_charts(data: bytes, charts: Mapping[str, tuple[bytes, str]]) -> bytes:
    """The document with each chart (its PNG and its words) in its place; (b"", "") takes the place away."""
    return _in_pdf(data, charts) if b"%PDF-" in data[:1024] else _in_word(data, charts)


def _in_word(data: bytes, charts: Mapping[str, tuple[bytes, str]]) -> bytes:
    parts = open_package(data)
    root = parse_xml(parts["word/document.xml"], "word/document.xml")
    for name, (picture, words) in charts.items():
        part = f"word/media/{MARK}-{name}.png"
        for told in [one for one in root.iter(f"{_WP}docPr") if one.get("name") == f"{MARK}-{name}"]:
            if picture:
                told.set("descr", words)
            else:
                _take_out(told)
        if picture and part in parts:
            parts[part] = picture
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package(parts)


def _take_out(told: etree._Element) -> None:
    drawing = next(told.iterancestors(f"{_W}drawing"), None)
    paragraph = next(told.iterancestors(f"{_W}p"), None)
    if drawing is None or paragraph is None:
        return
    holder, run = paragraph.getparent(), drawing.getparent()
    if run is not None:
        run.remove(drawing)
    if holder is not None and holder.tag == f"{_W}body":
        holder.remove(paragraph)


def _in_pdf(data: bytes, charts: Mapping[str, tuple[bytes, str]]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for place in [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and f"/{MARK}" in one]:
            picture, words = charts.get(str(place[f"/{MARK}"]).lstrip("/"), (b"", ""))
            if not picture:
                continue
            wide, high = (float(place.BBox[n]) for n in (2, 3))
            image = _image(pdf, picture)
            place.Resources = Dictionary(XObject=Dictionary(Im=image))
            place.write(b"q %.2f 0 0 %.2f 0 0 cm /Im Do Q" % (wide, high))
            for one in pdf.objects:
                if isinstance(one, pikepdf.Dictionary) and one.get(f"/{MARK}") == place[f"/{MARK}"]:
                    one.Alt = String(words)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _image(pdf: pikepdf.Pdf, picture: bytes) -> pikepdf.Object:
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        small = opened.convert("RGB").quantize(32)
    palette = bytes(small.getpalette() or b"")
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            zlib.compress(small.tobytes(), 9),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=small.width,
            Height=small.height,
            BitsPerComponent=8,
            ColorSpace=Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, String(palette)]),
            Filter=Name.FlateDecode,
        )
    )
