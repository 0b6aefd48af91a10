"""A file that a finished PDF carries inside: put there, and taken out again. What it says is no matter of this page.

An associated file of the document (ISO 32000-2, 14.13): listed under /AF of the catalog, kept as an embedded file
(7.11.4), of which the pages are made (relationship Source). Any viewer shows it among the attachments.
"""

import io
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, AttachedFileSpec, Name

from generator.errors import BlankNotReadable, RefusedForSafety

OPEN, LOCKED = "planscribe-plan.json", "planscribe-plan.locked"
_LARGEST = 30_000_000
_KINDS = {OPEN: "application/json", LOCKED: "application/octet-stream"}
_WORDS = {OPEN: "The plan of which this document was made", LOCKED: "The plan, locked with a passphrase"}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a PDF carries: the file's bytes (none where there is no such file), and whether they are locked."""

    data: bytes = field(default=b"", repr=False)
    is_locked: bool = False


def carry(pdf: bytes, data: bytes, is_locked: bool) -> bytes:
    """The PDF with the file inside, in place of one that it carried before."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for name in _KINDS:
            _take_out(file, name)
        name = LOCKED if is_locked else OPEN
        file.attachments[name] = AttachedFileSpec(
            file, data, filename=name, description=_WORDS[name], mime_type=_KINDS[name], relationship=Name.Source
        )
        _associate(file, file.attachments[name].obj)
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()


def carried(pdf: bytes) -> Carried:
    """What the PDF carries. Raises BlankNotReadable for no PDF, RefusedForSafety where the file inside is far too large."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            for name in (LOCKED, OPEN):
                if name in file.attachments:
                    data = file.attachments[name].get_file().read_bytes()
                    if len(data) > _LARGEST:
                        raise RefusedForSafety("The plan inside this PDF is far larger than a plan. It was not read.")
                    return Carried(data, name == LOCKED)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError):
        raise BlankNotReadable("This PDF, or what it carries, is damaged. Get it again.") from None
    return Carried()


def _take_out(file: pikepdf.Pdf, name: str) -> None:
    if name in file.attachments:
        del file.attachments[name]
    listed = file.Root.get("/AF")
    if isinstance(listed, Array):
        # What is deleted leaves an empty place behind in the list.
        file.Root.AF = Array([one for one in listed if isinstance(one, pikepdf.Dictionary) and one.get("/UF") != name])


def _associate(file: pikepdf.Pdf, spec: pikepdf.Object) -> None:
    """List the file in the catalog, unless pikepdf has done so."""
    listed = file.Root.get("/AF")
    there = list(listed) if isinstance(listed, Array) else []
    if not any(one == spec for one in there):
        file.Root.AF = Array([*there, spec])
