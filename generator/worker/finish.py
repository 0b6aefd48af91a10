"""Last touches on a PDF that a converter made, and the first on a Word file that goes to one."""

import io

import pikepdf
from lxml import etree
from pikepdf import Dictionary, String

from generator.ooxml import W, open_package, parse_xml, write_package
from generator.ooxml_clean import cleaned

_BODY = "word/document.xml"


def finish_pdf(data: bytes, title: str, language: str) -> bytes:
    """The PDF with its title shown in the window and its language set (PDF/UA-1, 7.1 and 7.2)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.Lang = String(language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata() as metadata:
            if title:
                metadata["dc:title"] = title
        for key in list(pdf.docinfo.keys()):
            if key not in ("/Title", "/Producer"):
                del pdf.docinfo[key]
        if title:
            pdf.docinfo["/Title"] = String(title)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def without_links(data: bytes) -> bytes:
    """A Word file without what a converter or a reader would fetch, start or embed; hyperlinks stay."""
    return write_package(cleaned(open_package(data, refuse_acting=False)).parts)


def let_tables_flow(data: bytes) -> bytes:
    """A Word file whose tables are held nowhere: no heading row repeats (ECMA-376-1, 17.4.49), and no row is kept with the
    next (17.3.1.15). Empty where none was held."""
    parts = open_package(data, refuse_acting=False)
    if _BODY not in parts:
        return b""
    root = parse_xml(parts[_BODY], _BODY)
    held = [one for table in root.iter(f"{{{W}}}tbl") for one in table.iter(f"{{{W}}}tblHeader", f"{{{W}}}keepNext")]
    for one in held:
        above = one.getparent()
        if above is not None:
            above.remove(one)
    if not held:
        return b""
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_package({**parts, _BODY: text})


def count_pages(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
