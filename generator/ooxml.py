"""Office Open XML files: a checked way in, the walk over parts and paragraphs, a whole way out.

Nothing here knows what a template or a plan is. Foreign files are opened in the worker only.
See ECMA-376, part 2 (packages) and part 1, 17 (WordprocessingML).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.errors import BlankNotReadable, FileTooLarge, RefusedForSafety
from generator.zip_limits import checked_entries

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
"""The prefixes of paths into a Word document, for XPath."""
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_LARGEST_XML = 25_000_000
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HYPERLINK = "/hyperlink"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

SIGNED_STYLE = "PlanscribeSignature"
"""The style's name on runs that hold a signature given on a screen and its words; the form's own words are hidden there."""

_PLACES = {
    "document": "the document",
    "core": "the document's properties",
    "app": "the document's properties",
    "custom": "the document's properties",
    "header": "a header",
    "footer": "a footer",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph's text (its runs joined, `\\t` for tabs) and where it stands, in words."""

    part: str
    text: str
    where: str


def open_package(data: bytes, name: str = "This file", *, refuse_acting: bool = True) -> dict[str, bytes]:
    """The parts of a Word file by name, in order, checked.

    Raises BlankNotReadable (no zip, damaged, not Word), FileTooLarge (over 150 MB unpacked, over 3,000 parts, an XML
    part over 25 MB), RefusedForSafety (macros, DTDs, names that leave the package). Embedded objects and what draws in
    other content are refused too, unless the caller takes them out with `ooxml_clean.cleaned`.
    """
    entries = checked_entries(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise BlankNotReadable(
            f"{name} is not a Word document, or is damaged. Open it in Word, save it, and use that copy."
        ) from None
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        raise BlankNotReadable(
            f"{name} is not a Word document: a zip file with another ending. Use the .docx file itself."
        )
    parts = {part: _as_utf8(content, part) for part, content in parts.items()}
    _refuse_macros(parts, name)
    if refuse_acting:
        _refuse_acting_content(parts, name)
    if (
        not re.search(rb"[:<]document[\s>]", parts["word/document.xml"])
        or _STRICT in parts["word/document.xml"][:4_000]
    ):
        raise BlankNotReadable(
            f"{name} is in a form of Word that cannot be filled. Open it in Word, save it as Word document (.docx), "
            "and use that copy."
        )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(_TEMPLATE.encode(), _DOCUMENT.encode())
    return parts


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, content types first, without dates, so that the same parts give the same bytes."""
    out = io.BytesIO()
    first = "[Content_Types].xml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in [first, *(name for name in parts if name != first)]:
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def without_outside_links(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], int]:
    """The parts with relationships to other files and places taken out, hyperlinks kept; and how many were taken."""
    kept, taken = dict(parts), 0
    for name, data in parts.items():
        if not name.endswith(".rels") or b"External" not in data:
            continue
        root = parse_xml(data, name)
        for relation in root.findall(f"{{{_REL}}}Relationship"):
            if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith(_HYPERLINK):
                relation.set("TargetMode", "Internal")
                relation.set("Target", "about:blank")
                root.remove(relation)
                taken += 1
        kept[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept, taken


def parse_xml(data: bytes, part: str) -> etree._Element:
    """The tree of one part; no entities, no network. Raises BlankNotReadable, naming the part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise BlankNotReadable(
            f"The part {part} of this Word file is damaged. Open it in Word and save it again."
        ) from None


def text_parts(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Names of the parts that hold text: the document first, then headers, footers, notes, comments.

    Known by their usual names, and by the content types where a program gives them others.
    """
    usual = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
    typed = re.compile(
        rb'<Override\b(?=[^>]*\bPartName="/([^"]+)")[^>]*\bContentType="[^"]*wordprocessingml\.'
        rb'(?:header|footer|footnotes|endnotes|comments)\+xml"'
    )
    other = {name.decode(errors="replace") for name in typed.findall(parts["[Content_Types].xml"])}
    found = (name for name in parts if usual.fullmatch(name) or name in other)
    return tuple(sorted(found, key=lambda n: (n != "word/document.xml", n)))


def paragraphs(root: etree._Element, part: str) -> Iterator[Paragraph]:
    """Every paragraph of a part in order, those in tables, text boxes and content controls too."""
    tables = {table: n for n, table in enumerate(root.iter(f"{{{W}}}tbl"), 1)}
    plain = 0
    for paragraph in root.iter(f"{{{W}}}p"):
        place, in_table = _place(paragraph, tables)
        if not in_table:
            plain += 1
            place = f"paragraph {plain}"
        yield Paragraph(part, paragraph_text(paragraph), f"{part_in_words(part)}, {place}")


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of a paragraph's own runs; paragraphs in text boxes inside it are not part of it."""
    out: list[str] = []
    for node in paragraph.iter(f"{{{W}}}t", f"{{{W}}}tab", f"{{{W}}}br"):
        if next(node.iterancestors(f"{{{W}}}p"), None) is not paragraph:
            continue
        if node.tag == f"{{{W}}}t":
            out.append(node.text or "")
            continue
        parent = node.getparent()
        if parent is not None and parent.tag == f"{{{W}}}r":
            out.append("\t" if node.tag == f"{{{W}}}tab" else "\n")
    return "".join(out)


def part_in_words(part: str) -> str:
    """`word/header2.xml` is "a header (header2)"."""
    stem = part.rpartition("/")[2].removesuffix(".xml")
    words = _PLACES.get(stem.rstrip("0123456789"), stem)
    return words if words.startswith("the document") else f"{words} ({stem})"


def _place(paragraph: etree._Element, tables: Mapping[etree._Element, int]) -> tuple[str, bool]:
    cell = next(paragraph.iterancestors(f"{{{W}}}tc"), None)
    row = next(cell.iterancestors(f"{{{W}}}tr"), None) if cell is not None else None
    table = next(row.iterancestors(f"{{{W}}}tbl"), None) if row is not None else None
    if cell is None or row is None or table is None:
        return "", False
    row_number = 1 + sum(1 for _ in row.itersiblings(f"{{{W}}}tr", preceding=True))
    cell_number = 1 + sum(1 for _ in cell.itersiblings(f"{{{W}}}tc", preceding=True))
    return f"table {tables[table]}, row {row_number}, cell {cell_number}", True


def _as_utf8(data: bytes, part: str) -> bytes:
    """An XML part in UTF-8, so that what is looked for in its bytes is found; Word writes nothing else."""
    if not part.lower().endswith((".xml", ".rels")):
        return data
    head = data[:200].lower()
    declared = re.search(rb"encoding\s*=\s*[\"']([a-z0-9_.:-]+)", head)
    if (
        not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and b"\0" not in head
        and (declared is None or declared[1] in (b"utf-8", b"us-ascii"))
    ):
        return data
    tree = parse_xml(data, part).getroottree()
    if b"<!DOCTYPE" in etree.tostring(tree):
        raise RefusedForSafety(
            "This file holds a document type definition, which Word never writes. It was not opened."
        )
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _refuse_macros(parts: Mapping[str, bytes], name: str) -> None:
    for part, data in parts.items():
        low = part.lower()
        if low.endswith((".xml", ".rels")) and len(data) > _LARGEST_XML:
            raise FileTooLarge(f"{name} holds far more text than a form does. It was not opened.")
        if low.endswith("vbaproject.bin") or "/activex/" in low or b"macroEnabled" in data[:100_000]:
            raise RefusedForSafety(f"{name} holds macros. Save a copy without macros (.docx) and use that copy.")
        if low.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
            raise RefusedForSafety(
                f"{name} holds a document type definition, which Word never writes. It was not opened."
            )


def _refuse_acting_content(parts: Mapping[str, bytes], name: str) -> None:
    for part, data in parts.items():
        low = part.lower()
        if "/embeddings/" in low and not low.endswith((".docx", ".xlsx", ".pptx")):
            raise RefusedForSafety(f"{name} holds an embedded object. Remove it in Word and use that copy.")
        if low == "word/document.xml" and (b"altChunk" in data or re.search(rb"\bDDE(AUTO)?\s", data)):
            raise RefusedForSafety(
                f"{name} pulls in other content when it is opened. Remove that in Word and use that copy."
            )
