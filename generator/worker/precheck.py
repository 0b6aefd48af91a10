"""What every file given to a worker must pass before a task sees it, whatever the task."""

from generator.pdf_limits import check_pdf
from generator.zip_limits import checked_entries

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF_WITHIN = 1024  # where a reader looks for the header (ISO 32000-1, annex H, note 13)


def refuse_unsafe(data: bytes) -> None:
    """Nothing for a file that a task may open. Raises what `zip_limits` and `pdf_limits` raise; other kinds are left to the task."""
    if data.startswith(_ZIP):
        checked_entries(data)
    elif b"%PDF-" in data[:_PDF_WITHIN]:
        check_pdf(data)
