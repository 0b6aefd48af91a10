"""What a worker does with office files on their way to LibreOffice and back, and dxpdf, the way without it."""

import io
import zipfile

import dxpdf

from generator.errors import BlankNotReadable, RefusedForSafety
from generator.zip_limits import checked_entries

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS_IN_ODF = ("basic/", "scripts/", "object ")


def check_office_file(data: bytes, suffix: str) -> None:
    """Nothing for a file that is what its ending says. Raises BlankNotReadable, RefusedForSafety."""
    if suffix in (".doc", ".dot"):
        if not data.startswith(_OLE) or "WordDocument".encode("utf-16-le") not in data:
            raise _not_such(suffix)
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _not_such(suffix)
    elif suffix == ".rtf":
        if not data.lstrip().startswith(b"{\\rtf"):
            raise _not_such(suffix)
        if b"\\objdata" in data or b"\\objupdate" in data:
            raise RefusedForSafety("This .rtf file holds an embedded object. Remove it in Word and use that copy.")
    else:
        _check_open_document(data, suffix)


def word_to_pdf_plain(data: bytes) -> bytes:
    """A PDF by dxpdf, which needs no office program. Raises BlankNotReadable where it cannot."""
    try:
        return bytes(dxpdf.convert(data))
    except (ValueError, RuntimeError, OSError):
        raise BlankNotReadable(
            "No PDF can be made of this document. Open it in Word and save it as PDF there."
        ) from None


def _check_open_document(data: bytes, suffix: str) -> None:
    names = [entry.filename.lower() for entry in checked_entries(data)]
    if "content.xml" not in names or "mimetype" not in names:
        raise _not_such(suffix)
    if any(name.startswith(_MACROS_IN_ODF) for name in names):
        raise RefusedForSafety(f"This {suffix} file holds macros or embedded objects. Save a copy without them.")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            if entry.filename.endswith((".xml", ".rdf")) and b"<!DOCTYPE" in package.read(entry)[:2000]:
                raise RefusedForSafety(f"This {suffix} file holds a document type definition. It was not opened.")


def _not_such(suffix: str) -> BlankNotReadable:
    return BlankNotReadable(
        f"This is not a {suffix} file without a password, or it is damaged. Open it in Word, save it as .docx, and use that."
    )
