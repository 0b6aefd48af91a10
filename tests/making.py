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


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACES = (
    "body", "cell", "header", "footer", "footnote", "endnote", "comment", "text box", "content control", "property",
    "custom property",
)  # fmt: skip


def placed(place: str, *texts: str) -> bytes:
    """A Word file with these paragraphs in one of `PLACES`, each in one run, written by hand."""
    inside = "".join(_paragraph(text) for text in texts)
    body, extra, related = _paragraph("Plan"), {}, []
    match place:
        case "body":
            body += inside
        case "cell":
            body += f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{inside}</w:tc></w:tr></w:tbl>{_paragraph('')}"
        case "content control":
            body += f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        case "text box":
            body += (
                '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
                f"{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
            )
        case "header" | "footer":
            tag = "hdr" if place == "header" else "ftr"
            extra[f"word/{place}1.xml"] = f"<w:{tag} {_W}>{inside}</w:{tag}>"
            related.append((f"{place}1.xml", place))
            body += f'<w:sectPr><w:{place}Reference xmlns:r="{_OFFICE}" w:type="default" r:id="rId1"/></w:sectPr>'
        case "footnote" | "endnote" | "comment":
            extra[f"word/{place}s.xml"] = f'<w:{place}s {_W}><w:{place} w:id="1">{inside}</w:{place}></w:{place}s>'
            related.append((f"{place}s.xml", f"{place}s"))
            body += f'<w:p><w:r><w:{place}Reference w:id="1"/></w:r></w:p>'
        case "property":
            extra["docProps/core.xml"] = (
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{_escaped(" ".join(texts))}</dc:title></cp:coreProperties>'
            )
        case "custom property":
            extra["docProps/custom.xml"] = (
                '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
                f'pid="2" name="Case"><vt:lpwstr>{_escaped(" ".join(texts))}</vt:lpwstr></property></Properties>'
            )
    types = {
        "word/document.xml": f"{_WORDML}.document.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    overrides = "".join(_override(name, types) for name in ("word/document.xml", *extra))
    package = "http://schemas.openxmlformats.org/package/2006"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(related, 1)
    )
    roots = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>' + "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{name}"/>'
        for n, (name, kind) in enumerate(
            (("docProps/core.xml", f"{package}/relationships/metadata/core-properties"), ("docProps/custom.xml", f"{_OFFICE}/custom-properties")), 2
        )
        if name in extra
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{roots}</Relationships>')
        file.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        file.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        )
        for name, content in extra.items():
            file.writestr(name, content)
    return out.getvalue()


def every_text(data: bytes) -> str:
    """All texts of a Word file's document, margins, notes and properties, a line each."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(r"(word/[^/]+|docProps/[^/]+)\.xml", name):
                lines += [
                    "".join(p.itertext())
                    for p in ElementTree.fromstring(package.read(name)).iter()
                    if p.tag.endswith(("}p", "}title", "}lpwstr"))
                ]
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r></w:p>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _override(name: str, types: dict[str, str]) -> str:
    kind = types.get(name, f"{_WORDML}.{name[5:-4].rstrip('1')}+xml")
    return f'<Override PartName="/{name}" ContentType="{kind}"/>'
