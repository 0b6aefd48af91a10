"""How added sheets are known again: each carries, as page-piece data, what it continues (ISO 32000-2, 14.5).

So a filled form can be filled again: old sheets come off, and what they continued is continued anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, String

from generator.sheet_tags import take_tags_off

_OWNER = "/planscribe"


@dataclass(frozen=True, slots=True)
class Continued:
    """One text that goes to a sheet: the slot it belongs to, what a person calls that slot, and the whole text."""

    slot: str
    label: str
    text: str


def mark_sheets(pages: Sequence[pikepdf.Page], items: Sequence[Continued]) -> None:
    """Write what the sheets continue onto the first of them, and onto all that they are sheets."""
    for number, page in enumerate(pages):
        rows = [Array([String(one.slot), String(one.label), String(one.text)]) for one in items] if number == 0 else []
        private = Dictionary(Continues=Array(rows))
        page.obj.PieceInfo = Dictionary({_OWNER: Dictionary(LastModified=String("D:20000101000000Z"), Private=private)})
        page.obj.LastModified = String("D:20000101000000Z")


def take_sheets_off(pdf: pikepdf.Pdf) -> tuple[Continued, ...]:
    """Remove the sheets of an earlier filling, and give back what they continued, in order."""
    found: list[Continued] = []
    tagged: list[int] = []
    for number in reversed(range(len(pdf.pages))):
        piece = pdf.pages[number].obj.get("/PieceInfo")
        mark = piece.get(_OWNER) if isinstance(piece, pikepdf.Dictionary) else None
        if not isinstance(mark, pikepdf.Dictionary):
            continue
        found = [*_continued(mark), *found]
        key = pdf.pages[number].obj.get("/StructParents")
        tagged += [key] if isinstance(key, int) else []
        del pdf.pages[number]
    if tagged:
        take_tags_off(pdf, tagged)
    return tuple(found)


def _continued(mark: pikepdf.Dictionary) -> list[Continued]:
    private = mark.get("/Private")
    rows = private.get("/Continues") if isinstance(private, pikepdf.Dictionary) else None
    if not isinstance(rows, pikepdf.Array):
        return []
    out = []
    for row in rows:
        texts = (
            [str(text) for text in row if isinstance(text, pikepdf.String)] if isinstance(row, pikepdf.Array) else []
        )
        if len(texts) == 3:
            out.append(Continued(*texts))
    return out


def rename_slots(pdf: pikepdf.Pdf, prefix: str) -> None:
    """Say `prefix.name` for each slot that sheets of a file continue, as its fields are called in a packet."""
    for page in pdf.pages:
        piece = page.obj.get("/PieceInfo")
        mark = piece.get(_OWNER) if isinstance(piece, pikepdf.Dictionary) else None
        if isinstance(mark, pikepdf.Dictionary):
            rows = [Continued(f"{prefix}.{one.slot}", one.label, one.text) for one in _continued(mark)]
            mark.Private = Dictionary(
                Continues=Array([Array([String(one.slot), String(one.label), String(one.text)]) for one in rows])
            )


def note_composed(pdf: pikepdf.Pdf, note: str) -> None:
    """Write into the document how its answers are put together; an empty note takes an older one out."""
    pieces = pdf.Root.get("/PieceInfo")
    if isinstance(pieces, pikepdf.Dictionary) and _OWNER in pieces:
        del pieces[_OWNER]
    if not note:
        return
    if not isinstance(pieces, pikepdf.Dictionary):
        pieces = pdf.Root.PieceInfo = Dictionary()
    private = Dictionary(Composed=pdf.make_stream(note.encode()))
    pieces[_OWNER] = Dictionary(LastModified=String("D:20000101000000Z"), Private=private)


def composed_note(pdf: pikepdf.Pdf) -> str:
    """The note of `note_composed`; "" where the document carries none."""
    piece = pdf.Root.get("/PieceInfo")
    mark = piece.get(_OWNER) if isinstance(piece, pikepdf.Dictionary) else None
    private = mark.get("/Private") if isinstance(mark, pikepdf.Dictionary) else None
    note = private.get("/Composed") if isinstance(private, pikepdf.Dictionary) else None
    return note.read_bytes().decode("utf-8", "replace") if isinstance(note, pikepdf.Stream) else ""
