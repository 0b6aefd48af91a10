"""The word DRAFT across every page of a document that is not ready to be signed."""

import io
import math

import docx
import pikepdf
from docx.oxml import parse_xml
from pikepdf import Array, Dictionary, Name

from generator.pdf_text.embed import Fonts, number

_DRAWN_AT = 100.0
_WORD = {"en": "DRAFT", "es": "BORRADOR"}
_SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="planscribeDraft{n}" o:spid="_x0000_s{id}" type="#_x0000_t136" alt="{word}" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:110pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Liberation Sans&quot;;font-size:1pt" string="{word}"/></v:shape></w:pict></w:r>'
)


def stamp(data: bytes, language: str) -> bytes:
    """The document (PDF or Word) with the word behind or over its pages, light enough to read through."""
    if b"%PDF-" not in data[:1024]:
        return _stamp_word(data, _WORD.get(language, _WORD["en"]))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stamp_pages(pdf, language)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def stamp_pages(pdf: pikepdf.Pdf, language: str) -> None:
    """The word as a form XObject with resources of its own, so that no name of the page's is taken (8.10)."""
    fonts = Fonts(pdf)
    shown, used, length = fonts.show(_WORD.get(language, _WORD["en"]), "sans", _DRAWN_AT)
    stamp = pdf.make_stream(
        b"/PSDraft gs BT 0.35 g %s ET" % shown,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, -_DRAWN_AT, length, _DRAWN_AT]),
        Resources=Dictionary(
            Font=Dictionary(used),
            ExtGState=Dictionary(PSDraft=Dictionary(Type=Name.ExtGState, ca=0.18, CA=0.18)),
        ),
    )
    for page in pdf.pages:
        matrix = b" ".join(number(v) for v in _across(page, length))
        name = page.add_resource(stamp, Name.XObject)
        page.contents_add(b"q", prepend=True)
        artifact = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
        page.contents_add(b"Q %s q %s cm %s Do Q EMC" % (artifact, matrix, str(name).encode()))
    fonts.finish()


def _across(page: pikepdf.Page, length: float) -> tuple[float, ...]:
    """The matrix that lays the word from corner to corner of a page as it is read."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    wide, high = x1 - x0, y1 - y0
    scale = 0.62 * math.hypot(wide, high) / length
    angle = math.atan2(high, wide) + math.radians(int(page.obj.get("/Rotate", 0)) % 360)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    half, lift = length / 2, _DRAWN_AT * 0.35
    left = (x0 + x1) / 2 - cos * half + sin * lift
    low = (y0 + y1) / 2 - sin * half - cos * lift
    return (cos, sin, -sin, cos, left, low)


def _stamp_word(data: bytes, word: str) -> bytes:
    document = docx.Document(io.BytesIO(data))
    n = 0
    for section in document.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if n and header.is_linked_to_previous:
                continue
            n += 1
            paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
            shape = _SHAPE.format(n=n, id=2048 + n, word=word, wide=330 if len(word) < 7 else 430)
            paragraph._p.append(parse_xml(shape))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
