"""What every file given to a worker must pass before a task sees it, whatever the task."""

import hashlib
from collections import OrderedDict

from generator.pdf_limits import check_pdf
from generator.zip_limits import checked_entries

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MOST = 64
_passed: OrderedDict[bytes, None] = (
    OrderedDict()
)  # hashes of the last files that passed: a batch gives one thousands of times

_PDF_WITHIN = 1024  # where a reader looks for the header (ISO 32000-1, annex H, note 13)


def refuse_unsafe(data: bytes) -> None:
    """Nothing for a file that a task may open. Raises what `zip_limits` and `pdf_limits` raise; other kinds are left to the task."""
    is_zip = data.startswith(_ZIP)
    if not is_zip and b"%PDF-" not in data[:_PDF_WITHIN]:
        return
    digest = hashlib.sha256(data).digest()
    if digest in _passed:
        _passed.move_to_end(digest)
        return
    if is_zip:
        checked_entries(data)
    else:
        check_pdf(data)
    _passed[digest] = None
    if len(_passed) > _MOST:
        _passed.popitem(last=False)
