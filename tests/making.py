"""Small files that tests make for themselves, each holding one trap."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

import docx
import pikepdf
from pikepdf import Array, Dictionary, Name, String


def word(*paragraphs: str, header: str = "", cells: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file with these paragraphs, a header, and a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_text(data: bytes) -> str:
    """Every paragraph of body, tables, headers and footers, read from the plain XML."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    shown = {f"{w}t": None, f"{w}tab": "\t", f"{w}br": "\n"}
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [
            n for n in package.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", n)
        ]
        for name in sorted(names):
            for p in ElementTree.fromstring(package.read(name)).iter(f"{w}p"):
                texts.append(
                    "".join(n.text or "" if shown[n.tag] is None else shown[n.tag] for n in p.iter() if n.tag in shown)
                )
    return "\n".join(texts).strip("\n")


def word_paragraphs(data: bytes) -> list[tuple[str, list[str]]]:
    """Every paragraph of the document, its headers, footers and footnotes, part by part, from the plain XML.

    Parts go by their text, not their name: engines number headers in their own way.
    """
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    shown = {f"{w}t": None, f"{w}tab": "\t", f"{w}br": "\n"}
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            kind = re.fullmatch(r"word/(document|header|footer|footnotes)\d*\.xml", name)
            if kind:
                texts = []
                for p in ElementTree.fromstring(package.read(name)).iter(f"{w}p"):
                    runs = [n for r in p.iter(f"{w}r") for n in r if n.tag in shown]
                    texts.append(
                        "".join(
                            (n.text or "").replace("\r", "\n") if shown[n.tag] is None else shown[n.tag] for n in runs
                        )
                    )
                parts.append((kind[1], texts))
    return sorted(parts)


class Form:
    """A one-page PDF form under construction."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.pdf.add_blank_page(page_size=(612, 792))
        self.fields = Array()
        self.annotations = Array()

    def widget(self, name: str, kind: Name, rect=(50, 700, 250, 716), **keys: object) -> pikepdf.Object:
        """A field merged with its widget."""
        field = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=kind,
                T=String(name),
                Rect=Array(list(rect)),
                F=4,
                DA=String("/Helv 0 Tf 0 g"),
            )
        )
        for key, value in keys.items():
            field[f"/{key}"] = value
        self.fields.append(field)
        self.annotations.append(field)
        return field

    def text(self, name: str, rect=(50, 700, 250, 716), **keys: object) -> pikepdf.Object:
        """A text field."""
        return self.widget(name, Name.Tx, rect, **keys)

    def check(self, name: str, state: str, rect=(50, 700, 62, 712), **keys: object) -> pikepdf.Object:
        """A check box whose on-state has its own name."""
        field = self.widget(name, Name.Btn, rect, **keys)
        drawn = self.pdf.make_stream(
            b"q 0 0 12 12 re f Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 12, 12])
        )
        field.AP = Dictionary(N=Dictionary({f"/{state}": drawn}))
        return field

    def bytes(self, **save: object) -> bytes:
        """The file."""
        self.pdf.Root.AcroForm = Dictionary(Fields=self.fields, DA=String("/Helv 0 Tf 0 g"))
        self.pdf.pages[0].obj.Annots = self.annotations
        out = io.BytesIO()
        self.pdf.save(out, **save)
        return out.getvalue()
