"""A note that a Word file carries: how its answers are put together, as a custom XML part (ECMA-376, part 1, 15.2.5).

Word keeps such parts when it saves. The note says places and lengths, never a value; a new one takes the old one's place.
"""

import re
from html import escape

from lxml import etree

from generator.ooxml import open_package, parse_xml, write_package

_SPACE = "urn:planscribe:composed"
_RELS = "word/_rels/document.xml.rels"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def add_note(data: bytes, note: str) -> bytes:
    """The document with the note; nothing else of it changes."""
    parts = open_package(data)
    known = _part_of(parts)
    name = known or _free_name(parts)
    parts[name] = f'<?xml version="1.0" encoding="UTF-8"?><composed xmlns="{_SPACE}">{escape(note)}</composed>'.encode()
    if known is None:
        root = parse_xml(parts[_RELS], _RELS)
        taken = {relation.get("Id") for relation in root}
        own = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        relation = etree.SubElement(root, f"{{{_REL}}}Relationship")
        relation.set("Id", own)
        relation.set("Type", _TYPE)
        relation.set("Target", f"../{name}")
        parts[_RELS] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package(parts)


def read_note(data: bytes) -> str:
    """The note of a Word file; "" where it carries none."""
    parts = open_package(data)
    name = _part_of(parts)
    return parse_xml(parts[name], name).text or "" if name is not None else ""


def _part_of(parts: dict[str, bytes]) -> str | None:
    return next((name for name, content in parts.items() if _is_note(name, content)), None)


def _is_note(name: str, content: bytes) -> bool:
    return re.fullmatch(r"customXml/item\d+\.xml", name) is not None and f'"{_SPACE}"'.encode() in content[:300]


def _free_name(parts: dict[str, bytes]) -> str:
    return next(f"customXml/item{n}.xml" for n in range(1, len(parts) + 2) if f"customXml/item{n}.xml" not in parts)
