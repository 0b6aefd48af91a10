"""Word to PDF, old and other office files to .docx, SVG to PNG. Nothing outside the file is ever fetched.

LibreOffice does it where it is installed, kept warm (`office`); PDFs also come from dxpdf, a package, where it is not.
Every file goes through a worker before and after: LibreOffice sees only what was checked, and we open nothing it made.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from generator.convert.office import Job, OfficeFailed, OfficeOverLimit, Offices, program
from generator.errors import BlankNotReadable, GeneratorError, NoConverter, WorkerStopped
from generator.worker import call

_PDF_OPTIONS = {
    "SelectPdfVersion": 2,  # PDF/A-2b (ISO 19005-2)
    "PDFUACompliance": True,  # ISO 14289-1
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "ExportFormFields": False,  # a content control's answer is text on the page, whoever opens it
    "ExportNotes": False,
}
_WORD = "MS Word 2007 XML"
_READERS = {
    ".doc": "MS Word 97",
    ".dot": "MS Word 97 Vorlage",
    ".odt": "writer8",
    ".ott": "writer8_template",
    ".rtf": "Rich Text Format",
}
_TEMPLATES = (".docx", ".dotx")
_WITHOUT = (
    "This machine has no LibreOffice, which {does}. Install LibreOffice (it is free), "
    "or open the file in Word and save it as {wanted} there."
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A PDF and the engine that made it: `LibreOffice` (PDF/A-2b and PDF/UA) or `dxpdf` (a plain PDF)."""

    data: bytes
    engine: str


def is_available() -> bool:
    """Whether this machine can make PDFs of Word files."""
    return program() is not None or _has_dxpdf()


def warm() -> None:
    """Start LibreOffice now, in its own time, so that the first PDF does not wait for it."""
    office = program()
    if office is not None:
        _offices().warm(office)


def word_to_pdf(data: bytes, *, title: str = "", language: str = "en") -> Converted:
    """A PDF of a Word document (.docx), with title and language set, its title shown, and no names in its properties.

    Raises NoConverter where no engine is installed, WorkerStopped where none can make this one, and what the check of
    a Word file raises.
    """
    clean = cast("bytes", call("without-links", data))
    office = program()
    if office is not None:
        try:
            made = _offices().convert(
                office, Job(_WORD, "writer_pdf_Export", ".docx", "pdf", _PDF_OPTIONS, title), clean
            )
            return Converted(cast("bytes", call("finish-pdf", made, title, language)), "LibreOffice")
        except OfficeOverLimit:
            raise WorkerStopped(
                "Making a PDF of this document takes more time or memory than a form may. "
                "Open it in Word and save it as PDF there."
            ) from None
        except (OfficeFailed, GeneratorError):
            if not _has_dxpdf():
                raise _not_made() from None
    if not _has_dxpdf():
        raise NoConverter(_WITHOUT.format(does="makes PDFs of Word documents", wanted="PDF"))
    try:
        made = cast("bytes", call("word-to-pdf-plain", clean))
    except GeneratorError:
        raise _not_made() from None
    return Converted(cast("bytes", call("finish-pdf", made, title, language)), "dxpdf")


def to_docx(data: bytes, suffix: str) -> bytes:
    """A .docx of another office file: .dotx without more ado, .doc, .dot, .odt, .ott and .rtf through LibreOffice.

    Raises BlankNotReadable (not such a file), NoConverter, WorkerStopped, and what the check of a Word file raises.
    """
    suffix = suffix.lower()
    if suffix in _TEMPLATES:
        return cast("bytes", call("without-links", data))
    if suffix not in _READERS:
        raise BlankNotReadable(
            f"A file with the ending {suffix} is no form that can be read. Save it as .docx in Word, and use that copy."
        )
    call("check-office-file", data, suffix)
    office = program()
    if office is None:
        raise NoConverter(_WITHOUT.format(does=f"opens {suffix} files", wanted=".docx"))
    job = Job(_READERS[suffix], _WORD, suffix, "docx", {})
    made = _office_made(office, job, data, f"This {suffix} file cannot be made a .docx here. Save it as .docx in Word.")
    # LibreOffice takes macros and objects of old files along; only then is it a file that may be opened.
    return cast("bytes", call("without-links", cast("bytes", call("without-active-parts", made))))


def svg_to_png(data: bytes, *, width: int = 1200) -> bytes:
    """A PNG of an SVG drawing, `width` pixels wide; scripts and all that lies outside the file are left out.

    Raises BlankNotReadable (no SVG), NoConverter, WorkerStopped.
    """
    drawing = cast("bytes", call("clean-svg", data, width))
    office = program()
    if office is None:
        raise NoConverter(_WITHOUT.format(does="draws SVG files", wanted="PNG").replace("in Word", "in a browser"))
    job = Job("svg_Scalable_Vector_Graphics", "draw_png_Export", ".svg", "png", {})
    made = _office_made(office, job, drawing, "This SVG file cannot be drawn here. Save it as PNG and use that.")
    return cast("bytes", call("clean-picture", made))


def _office_made(office: Path, job: Job, data: bytes, message: str) -> bytes:
    try:
        return _offices().convert(office, job, data)
    except (OfficeFailed, OfficeOverLimit):
        raise WorkerStopped(message) from None


def _not_made() -> WorkerStopped:
    return WorkerStopped("No PDF can be made of this document here. Open it in Word and save it as PDF there.")


@cache
def _has_dxpdf() -> bool:
    from importlib.util import find_spec

    return find_spec("dxpdf") is not None


@cache
def _offices() -> Offices:
    return Offices()
