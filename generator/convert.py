"""Word to PDF, through LibreOffice where it is installed. Nothing outside the file is fetched."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator.errors import NoConverter, WorkerStopped
from generator.worker import call

_SECONDS = 90
_FILTER = (
    "pdf:writer_pdf_Export:"
    + '{"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A PDF and the engine that made it."""

    data: bytes
    engine: str


def is_available() -> bool:
    """Whether this machine can make PDFs of Word files."""
    return program() is not None


def word_to_pdf(data: bytes, *, title: str = "", language: str = "en") -> Converted:
    """A tagged PDF of a Word document, with title and language set.

    Raises NoConverter where LibreOffice is missing, WorkerStopped where it cannot make this one (tried twice).
    """
    office = program()
    if office is None:
        raise NoConverter(
            "This machine has no LibreOffice, which makes PDFs of Word documents. "
            "Install LibreOffice (it is free), or take the Word document and save it as PDF there."
        )
    clean = cast("bytes", call("without-links", data))
    pdf = _convert(office, clean) or _convert(office, clean)
    if pdf is None:
        raise WorkerStopped(
            "LibreOffice could not make a PDF of this document. Open it in Word and save it as PDF there."
        )
    return Converted(cast("bytes", call("finish-pdf", pdf, title, language)), "LibreOffice")


def program() -> str | None:
    """The LibreOffice of this machine, None where there is none."""
    mac = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    return shutil.which("soffice") or shutil.which("libreoffice") or (str(mac) if mac.exists() else None)


def _convert(program: str, data: bytes) -> bytes | None:
    """One conversion in a profile of its own, so that a running LibreOffice neither helps nor hinders."""
    with tempfile.TemporaryDirectory(prefix="planscribe-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTER, "--outdir", folder, str(source)),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (a program of this machine)
        except (subprocess.TimeoutExpired, OSError):
            return None
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.is_file() and made.stat().st_size else None
