"""Agency forms made by our own code, each with the truth of every blank, in the shape that the yardstick reads.

A form is written as pieces: text, and blanks that know their kind, their name and what belongs there.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
V = "urn:schemas-microsoft-com:vml"
NS = {"w": W, "w14": W14, "v": V}
PLAN = "plan"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.settings+xml"/>'
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.header+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_PART_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'header" Target="header1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/settings" Target="settings.xml"/></Relationships>'
)


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass
class B:
    """A blank: `printed` is what stands there, `value` what belongs there ("" for one that must stay empty)."""

    kind: str
    label: str
    value: object = ""
    printed: str = ""
    options: tuple[str, ...] = ()
    group: str = ""
    index: int = 0
    date_format: str = ""
    spans: list[tuple[etree._Element, int, int]] = field(default_factory=list)
    more: "B | None" = None


def under(label: str, value: object = "", size: int = 24) -> B:
    return B("underscore", label, value, "_" * size)


def date(label: str, value: object = "", printed: str = "__/__/____") -> B:
    return B("date-pattern", label, value, printed)


def box(label: str, value: bool = False, printed: str = "\u2610") -> B:
    return B("check-bracket" if printed.startswith(("[", "(")) else "check-glyph", label, value, printed)


def tab(label: str, value: object = "") -> B:
    return B("tab-leader", label, value, "\t")


def room(label: str, value: object = "", kind: str = "empty-cell", **keys: object) -> B:
    return B(kind, label, value, "", **keys)


class Maker:
    """One form under construction."""

    def __init__(self) -> None:
        self.blanks: list[B] = []
        self.groups: list[dict] = []
        self.overflow: list[dict] = []
        self.document = etree.Element(w("document"), nsmap=NS)
        self.body = etree.SubElement(self.document, w("body"))
        self.header = etree.Element(w("hdr"), nsmap=NS)
        self.protected = False

    def p(self, *pieces: object, to: etree._Element | None = None, bold: bool = False, props: str = "", size: int = 0):
        """A paragraph of texts and blanks; `props` is raw XML of its properties."""
        target = self.body if to is None else to
        paragraph = etree.SubElement(target, w("p"))
        if props:
            paragraph.append(etree.fromstring(f'<w:pPr xmlns:w="{W}">{props}</w:pPr>'))
        at = 0
        for piece in pieces:
            if isinstance(piece, str):
                self._run(paragraph, piece, bold=bold, size=size)
                at += len(piece)
            elif isinstance(piece, tuple):  # text with its own look
                self._run(paragraph, piece[0], raw=piece[1])
                at += len(piece[0])
            elif isinstance(piece, B):
                at += self._blank(paragraph, piece, at)
            else:
                paragraph.append(piece)
        return paragraph

    def _run(self, paragraph, text, *, bold=False, size=0, raw=""):
        run = etree.SubElement(paragraph, w("r"))
        if bold or size or raw:
            look = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{size}"/>' if size else "") + raw
            run.append(etree.fromstring(f'<w:rPr xmlns:w="{W}">{look}</w:rPr>'))
        for n, part in enumerate(text.split("\t")):
            if n:
                etree.SubElement(run, w("tab"))
            if part:
                node = etree.SubElement(run, w("t"))
                node.text = part
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _blank(self, paragraph, blank: B, at: int) -> int:
        if blank not in self.blanks:
            self.blanks.append(blank)
        length = len(blank.printed)
        if blank.kind == "legacy-text":
            length = self._legacy(paragraph, blank)
        elif blank.kind in ("check-legacy", "legacy-dropdown"):
            self._legacy(paragraph, blank)
            length = 1
        elif blank.kind.startswith(("sdt", "check-sdt")):
            self._control(paragraph, blank)
        elif blank.kind == "check-symbol":
            run = etree.SubElement(paragraph, w("r"))
            if len(blank.printed) == 1 and ord(blank.printed) > 0xF000:
                sym = etree.SubElement(run, w("sym"))
                sym.set(w("font"), "Wingdings")
                sym.set(w("char"), f"{ord(blank.printed):04X}")
            else:
                paragraph.remove(run)
                self._run(paragraph, blank.printed, raw='<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
        elif blank.kind == "tab-underline":
            self._run(paragraph, blank.printed, raw='<w:u w:val="single"/>')
        elif blank.kind == "grey-prompt":
            self._run(paragraph, blank.printed, raw='<w:color w:val="7F7F7F"/>')
        elif blank.printed:
            self._run(paragraph, blank.printed)
        blank.spans.append((paragraph, at, at + length))
        return length

    def _legacy(self, paragraph, blank: B) -> int:
        kind = {"legacy-text": "FORMTEXT", "check-legacy": "FORMCHECKBOX", "legacy-dropdown": "FORMDROPDOWN"}[
            blank.kind
        ]
        inner = {
            "legacy-text": "<w:textInput/>",
            "check-legacy": '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>',
            "legacy-dropdown": "<w:ddList>"
            + "".join(f'<w:listEntry w:val="{one}"/>' for one in blank.options)
            + "</w:ddList>",
        }[blank.kind]
        result = '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>\u2002\u2002\u2002\u2002\u2002</w:t></w:r>'
        xml = (
            f'<x xmlns:w="{W}"><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{blank.group or ""}"/>'
            f'<w:enabled/><w:calcOnExit w:val="0"/>{inner}</w:ffData></w:fldChar></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {kind} </w:instrText></w:r>'
            f"{result if kind == 'FORMTEXT' else ''}"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></x>'
        )
        for node in etree.fromstring(xml):
            paragraph.append(node)
        return 5

    def _control(self, paragraph, blank: B) -> None:
        number = 1000 + len(self.blanks)
        items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in blank.options)
        inner = {
            "sdt-text": "<w:text/>",
            "sdt-rich": "",
            "sdt-date": '<w:date><w:dateFormat w:val="MM/dd/yyyy"/><w:lid w:val="en-US"/></w:date>',
            "sdt-dropdown": f"<w:dropDownList>{items}</w:dropDownList>",
            "check-sdt": f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="0"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>',
        }[blank.kind]
        prompt = "" if blank.kind == "check-sdt" else "<w:showingPlcHdr/>"
        look = "" if blank.kind == "check-sdt" else '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
        xml = (
            f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:id w:val="{number}"/>{prompt}{inner}</w:sdtPr><w:sdtContent><w:r>{look}'
            f'<w:t xml:space="preserve">{blank.printed}</w:t></w:r></w:sdtContent></w:sdt>'
        )
        paragraph.append(etree.fromstring(xml))

    def table(self, widths, rows, *, to=None, height: int = 0, borders: bool = True):
        """Rows of cells. A cell is a text, a blank, a list of paragraphs (each a list of pieces), or a dict with
        `in`, `span`, `shade`, `merge` ("restart" or "continue"), `bold`; a list in `rows` may be a dict with `cells`, `height`."""
        target = self.body if to is None else to
        table = etree.SubElement(target, w("tbl"))
        edge = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table.append(
            etree.fromstring(
                f'<w:tblPr xmlns:w="{W}"><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
                f"{f'<w:tblBorders>{edge}</w:tblBorders>' if borders else ''}</w:tblPr>"
            )
        )
        grid = etree.SubElement(table, w("tblGrid"))
        for width in widths:
            etree.SubElement(grid, w("gridCol")).set(w("w"), str(width))
        for row in rows:
            tall = height
            if isinstance(row, dict):
                tall, row = row["height"], row["cells"]
            line = etree.SubElement(table, w("tr"))
            if tall:
                line.append(
                    etree.fromstring(f'<w:trPr xmlns:w="{W}"><w:trHeight w:val="{tall}" w:hRule="atLeast"/></w:trPr>')
                )
            column = 0
            for cell in row:
                keys = cell if isinstance(cell, dict) else {"in": cell}
                span = keys.get("span", 1)
                inner = etree.SubElement(line, w("tc"))
                props = f'<w:tcW w:w="{sum(widths[column : column + span])}" w:type="dxa"/>'
                props += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
                merge = keys.get("merge")
                props += f'<w:vMerge w:val="{merge}"/>' if merge else ""
                props += f'<w:shd w:val="clear" w:fill="{keys["shade"]}"/>' if keys.get("shade") else ""
                inner.append(etree.fromstring(f'<w:tcPr xmlns:w="{W}">{props}</w:tcPr>'))
                column += span
                self._cell(inner, keys.get("in", ""), keys.get("bold", False), keys.get("size", 0))
        return table

    def _cell(self, inner, content, bold, size) -> None:
        if callable(content):
            content(inner)
            self.p(to=inner)
        elif isinstance(content, list):
            for paragraph in content:
                pieces = paragraph if isinstance(paragraph, list) else [paragraph]
                self.p(*pieces, to=inner, bold=bold, size=size)
        else:
            self.p(*([content] if content != "" else []), to=inner, bold=bold, size=size)

    def text_box(self, *lines):
        """A VML text box anchored in a paragraph of its own; each line is a list of pieces."""
        paragraph = etree.SubElement(self.body, w("p"))
        xml = (
            f'<w:r xmlns:w="{W}" xmlns:v="{V}"><w:pict><v:shape style="position:absolute;width:200pt;height:60pt">'
            "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r>"
        )
        run = etree.fromstring(xml)
        paragraph.append(run)
        content = next(run.iter(w("txbxContent")))
        for line in lines:
            self.p(*line, to=content)

    def save(self, folder: Path, name: str, *, language: str = "en") -> tuple[Path, Path]:
        """Write NAME.docx and NAME.truth.json."""
        section = etree.SubElement(self.body, w("sectPr"))
        if len(self.header):
            reference = etree.SubElement(section, w("headerReference"))
            reference.set(w("type"), "default")
            reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "rId1")
        else:
            self.p("", to=self.header)
        guard = '<w:documentProtection w:edit="forms" w:enforcement="1"/>' if self.protected else ""
        parts = {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELS.encode(),
            "word/_rels/document.xml.rels": _PART_RELS.encode(),
            "word/document.xml": etree.tostring(self.document, xml_declaration=True, encoding="UTF-8", standalone=True),
            "word/header1.xml": etree.tostring(self.header, xml_declaration=True, encoding="UTF-8", standalone=True),
            "word/settings.xml": f'<w:settings xmlns:w="{W}">{guard}</w:settings>'.encode(),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for part, data in parts.items():
                package.writestr(part, data)
        blank = folder / f"{name}.docx"
        blank.write_bytes(out.getvalue())
        truth = {
            "form": blank.name,
            "sha256": hashlib.sha256(out.getvalue()).hexdigest(),
            "language": language,
            "plans": [PLAN],
            "groups": self.groups,
            "overflow": {PLAN: self.overflow},
            "blanks": [self._truth(n, one) for n, one in enumerate(self.blanks, 1)],
        }
        path = folder / f"{name}.truth.json"
        path.write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
        return blank, path

    def _truth(self, n: int, blank: B) -> dict:
        regions = []
        for paragraph, start, end in blank.spans:
            root = paragraph.getroottree().getroot()
            part = "word/header1.xml" if root is self.header else "word/document.xml"
            regions.append(
                {"part": part, "path": paragraph.getroottree().getpath(paragraph), "start": start, "end": end}
            )
        is_box = blank.kind.startswith("check")
        must = not is_box and blank.value == ""
        expected = {"checked": bool(blank.value)} if is_box else {"text": str(blank.value)}
        out = {
            "id": f"b{n:03}", "kind": blank.kind, "label": blank.label, "path": "x", "regions": regions,
            "before": "", "after": "", "expected": {PLAN: expected}, "options": list(blank.options),
        }  # fmt: skip
        if must:
            out["must_stay_empty"] = True
        if blank.group and not blank.kind.startswith("legacy"):
            out["group"], out["index"] = blank.group, blank.index
        return out
