"""A Word document that LibreOffice made of an older file, without the macros and embedded objects it took along."""

import io
import re
import zipfile

from lxml import etree

from generator.errors import BlankNotReadable
from generator.ooxml import parse_xml, write_package

_ACTIVE = re.compile(
    r"word/(?:vbaProject\.bin|vbaData\.xml|_rels/vbaProject\.bin\.rels|embeddings/.*|activeX/.*)", re.I
)
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def without_active_parts(data: bytes) -> bytes:
    """The document with pictures in the place of embedded objects; text, fields and layout stay as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist() if not _ACTIVE.fullmatch(name)}
            gone = {name for name in package.namelist() if _ACTIVE.fullmatch(name)}
    except (zipfile.BadZipFile, OSError, RuntimeError):
        raise BlankNotReadable("This file cannot be made a Word document; it is damaged.") from None
    if not gone:
        return data
    for name, content in list(parts.items()):
        if name.endswith(".rels") or name == "[Content_Types].xml":
            parts[name] = _without_names(content, name, gone)
        elif b"OLEObject" in content:
            root = parse_xml(content, name)
            for element in list(root.iter(_OLE)):
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(_MACRO_TYPE, _PLAIN_TYPE)
    return write_package(parts)


def _without_names(content: bytes, part: str, gone: set[str]) -> bytes:
    """A list of relations or types without the parts that are gone."""
    root = parse_xml(content, part)
    for entry in list(root):
        name = (entry.get("Target") or entry.get("PartName") or "").lstrip("/")
        if name in gone or f"word/{name}" in gone:
            root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
