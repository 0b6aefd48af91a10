"""Last touches on a PDF that a converter made, and the first on a Word file that goes to one."""

import io

import pikepdf
from pikepdf import Dictionary, String

from generator.ooxml import open_package, write_package
from generator.ooxml_clean import cleaned


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


def count_pages(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
