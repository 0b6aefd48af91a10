"""Take out of a Word file what acts when it is opened, and say in words what was taken.

Taken out: links to files and pictures elsewhere (hyperlinks stay), embedded objects, controls, other documents drawn in
when the file is opened, fields that start programs or fetch files. Macros and document type definitions are refused by
`ooxml.open_package` before.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from lxml import etree

from generator.ooxml import W, parse_xml, without_outside_links

_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_O = "urn:schemas-microsoft-com:office:office"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ACTING_TYPES = (
    "/oleObject",
    "/control",
    "/aFChunk",
    "/attachedTemplate",
    "/subDocument",
    "/activeXControlBinary",
    "/frame",
)
_ACTING_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|EMBED|GLOSSARY|AUTOTEXT|RD)\b",
    re.IGNORECASE,
)
_SAFE_EMBEDDED = re.compile(r"word/embeddings/[^/]+\.xlsx", re.IGNORECASE)
_EMBEDDED = re.compile(r"word/(embeddings|activex|afchunk[^/]*|subdocs?)/?.*", re.IGNORECASE)

TAKEN = {
    "outside-links": ("links to other files or pictures elsewhere", "Put the pictures into the template itself."),
    "embedded-objects": ("embedded objects or controls", "Show their content as text or as a picture."),
    "outside-content": ("places that draw in another document", "Copy that content into the template itself."),
    "acting-fields": (
        "fields that start programs or fetch files",
        "Remove these fields in Word, or replace them by text.",
    ),
}
"""What can be taken out: rule → (words for it, what to do)."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The parts that are safe to give on, and how much was taken out, by the rules of `TAKEN`."""

    parts: Mapping[str, bytes]
    taken: Mapping[str, int]


def cleaned(parts: Mapping[str, bytes]) -> Cleaned:
    """The parts of a Word file without what acts when it is opened. Untouched parts stay the same bytes."""
    kept, links = without_outside_links(parts)
    taken = {"outside-links": links}
    kept, taken["embedded-objects"] = _without_embedded(kept)
    taken["outside-content"] = taken["acting-fields"] = 0
    for name, data in kept.items():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        has_chunk = b"altChunk" in data or b"subDoc" in data
        has_object = b"OLEObject" in data or b":control" in data or b"objectEmbed" in data or b"objectLink" in data
        may_act = b"instrText" in data or b"fldSimple" in data
        if not (has_chunk or has_object or (may_act and _ACTING_FIELDS.search(_instructions_of(data)))):
            continue
        root = parse_xml(data, name)
        gone = {
            "outside-content": list(root.iter(f"{{{W}}}altChunk", f"{{{W}}}subDoc")),
            "embedded-objects": list(
                root.iter(f"{{{_O}}}OLEObject", f"{{{W}}}control", f"{{{W}}}objectEmbed", f"{{{W}}}objectLink")
            ),
            "acting-fields": list(_acting(root)),
        }
        for rule, elements in gone.items():
            for element in elements:
                _remove(element)
            taken[rule] += len(elements)
        if any(gone.values()):
            kept[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Cleaned(kept, {rule: count for rule, count in taken.items() if count})


def _instructions_of(data: bytes) -> str:
    """All field instructions of a part run together, so that a word split over runs is still one word."""
    found = re.findall(rb"instrText[^>]*>([^<]*)<|instr=\"([^\"]*)\"|instr='([^']*)'", data)
    text = b"".join(b"".join(one) for one in found).decode(errors="replace")
    return text + " " + " ".join(b"".join(one).decode(errors="replace") for one in found)


def _without_embedded(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], int]:
    """Without embedded objects and what names them; workbooks behind charts stay, their chart needs them."""
    charted = {
        target for name in parts if name.startswith("word/charts/_rels/") for target in _targets(parts[name], name)
    }
    kept = {
        name: data
        for name, data in parts.items()
        if not _EMBEDDED.fullmatch(name) or (_SAFE_EMBEDDED.fullmatch(name) and name in charted)
    }
    count = len(parts) - len(kept)
    for name, data in list(kept.items()):
        if name.endswith(".rels"):
            root = parse_xml(data, name)
            gone = [one for one in root if _is_acting(one, name, kept, parts)]
            for relation in gone:
                root.remove(relation)
            if gone:
                kept[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                count += sum(_target(one, name) not in parts for one in gone)
    types = kept["[Content_Types].xml"]
    if count and b"Override" in types:
        root = parse_xml(types, "[Content_Types].xml")
        for override in root.findall(f"{{{_TYPES}}}Override"):
            if str(override.get("PartName", "")).lstrip("/") in parts.keys() - kept.keys():
                root.remove(override)
        kept["[Content_Types].xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept, count


def _is_acting(relation: etree._Element, rels: str, kept: Mapping[str, bytes], parts: Mapping[str, bytes]) -> bool:
    if str(relation.get("Type", "")).endswith(_ACTING_TYPES):
        return True
    target = _target(relation, rels)
    return target in parts and target not in kept


def _targets(data: bytes, rels: str) -> Iterator[str]:
    for relation in parse_xml(data, rels):
        yield _target(relation, rels)


def _target(relation: etree._Element, rels: str) -> str:
    target = str(relation.get("Target", ""))
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(dirname(rels)), target))


def _acting(root: etree._Element) -> Iterator[etree._Element]:
    """Every run or simple field that belongs to a field which acts. The shown result of a field stays as text."""
    for field in root.iter(f"{{{W}}}fldSimple"):
        if _ACTING_FIELDS.search(str(field.get(f"{{{W}}}instr", ""))):
            yield field
    open_fields: list[list[etree._Element]] = []
    for node in root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}delInstrText"):
        kind = node.get(f"{{{W}}}fldCharType") if node.tag == f"{{{W}}}fldChar" else "text"
        if kind == "begin":
            open_fields.append([node])
        elif open_fields:
            open_fields[-1].append(node)
            if kind == "end":
                ended = open_fields.pop()
                if _ACTING_FIELDS.search("".join(one.text or "" for one in ended)):
                    yield from ended
        elif kind == "text" and _ACTING_FIELDS.search(node.text or ""):
            yield node
    for unended in open_fields:
        if _ACTING_FIELDS.search("".join(one.text or "" for one in unended)):
            yield from unended


def _remove(element: etree._Element) -> None:
    """Take an element out; a simple field leaves the runs it shows."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tag == f"{{{W}}}fldSimple":
        for child in list(element):
            element.addprevious(child)
    parent.remove(element)
