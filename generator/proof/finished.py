"""A finished file as a checker reads it: the text of each page, and the boxes whose text does not show."""

import io
import logging
import zipfile
from dataclasses import dataclass

import pypdf
import pypdfium2
from lxml import etree
from pypdf.errors import PyPdfError

from generator.errors import BlankNotReadable
from generator.proof.nouns import Expected
from generator.proof.pdf import prove_pdf
from generator.proof.word import word_texts


@dataclass(frozen=True, slots=True)
class Finished:
    """The texts of the pages (one for a Word file, whose pages are not fixed), and the names of boxes that cut text."""

    pages: tuple[str, ...]
    is_paged: bool
    cut_off: tuple[str, ...]


def read_finished(data: bytes) -> Finished:
    """Read a finished PDF or Word file. Raises BlankNotReadable where it is neither."""
    if b"%PDF-" in data[:1024]:
        return _pdf(data)
    try:
        return Finished((" ".join(word_texts(data)),), False, ())
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError):
        raise BlankNotReadable("This file is neither a PDF nor a Word document (.docx), or it is damaged.") from None


def _pdf(data: bytes) -> Finished:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        fields = pypdf.PdfReader(io.BytesIO(data)).get_form_text_fields(full_qualified_name=True)
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        pages = tuple(page.get_textpage().get_text_range() for page in document)
        document.close()
    except (PyPdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError, RecursionError):
        raise BlankNotReadable("This PDF cannot be read. Make it again.") from None
    expected = [Expected(str(name), str(value)) for name, value in fields.items() if value and str(value).strip()]
    values = "\n".join(one.value for one in expected)
    faults = prove_pdf(data, expected).faults if expected else ()
    seen = tuple(f"{page}\n{values}" if i == 0 else page for i, page in enumerate(pages)) if expected else pages
    return Finished(seen, True, tuple(fault.slot for fault in faults))
