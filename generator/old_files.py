"""Forms in the files of older or other programs (.doc, .odt, .rtf), made Word documents by LibreOffice."""

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import cast

from generator.convert import program
from generator.errors import BlankNotReadable, NoConverter
from generator.worker import call

_SECONDS = 90
_OLE, _RTF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument.text"
_KINDS = {
    ".doc": "a document of an older Word (.doc)",
    ".odt": "a document of LibreOffice (.odt)",
    ".rtf": "an .rtf file",
}


def kind_of_old_file(data: bytes) -> str:
    """What kind of file it is, in words; "" for what needs no conversion."""
    return _KINDS.get(_suffix(data), "")


def as_word_or_pdf(data: bytes) -> bytes:
    """The file itself, or the Word document that LibreOffice makes of it; links to elsewhere are never followed.

    Raises NoConverter where LibreOffice is missing, BlankNotReadable where it cannot read the file.
    """
    suffix = _suffix(data)
    if not suffix:
        return data
    office = program()
    if office is None:
        raise NoConverter(
            f"This is {_KINDS[suffix]}, and this machine has no LibreOffice to open it. "
            "Open it in Word, save it as Word document (.docx), and use that copy."
        )
    with tempfile.TemporaryDirectory(prefix="planscribe-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"form{suffix}"
        source.write_bytes(data)
        out = Path(folder) / "made"
        command = [
            office,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"),
            *("--outdir", str(out), str(source)),
        ]
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (a program of this machine)
        made = out / "form.docx"
        if not made.is_file() or not made.stat().st_size:
            raise BlankNotReadable(
                "This file cannot be read; it is damaged or needs a password. Open it in Word, save it as Word document "
                "(.docx), and use that copy."
            )
        return cast("bytes", call("without-active-parts", made.read_bytes()))


def _suffix(data: bytes) -> str:
    head = data[:200]
    if head.startswith(_OLE):
        return ".doc"
    if head.lstrip().startswith(_RTF):
        return ".rtf"
    return ".odt" if head.startswith(_ZIP) and _ODF in head else ""
