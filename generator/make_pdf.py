"""A fillable PDF filled whole: fields written, what does not fit continued on added sheets, the pointers in the boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.blanks.pdf_fields import PdfFields, open_pdf_fields
from generator.continuation import Continued, append_pages, continuation_sheets, first_page_size
from generator.slots import Fill, Filled, Outcome, SlotKind, Status


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What the added sheets say beside the texts: the form's title, the letterhead's lines, the language."""

    title: str = ""
    heading: tuple[str, ...] = ()
    language: str = "en"


def fill_pdf_form(
    blank: PdfFields, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued] = ()
) -> Filled:
    """Fill, and add sheets for texts that do not fit and for `extra` rows that the form has no place for."""
    labels = {slot.id: slot.label for slot in blank.slots}
    first = blank.fill(fills)
    items = [
        Continued(o.slot, labels.get(o.slot, o.slot), o.rest) for o in first.outcomes if o.status is Status.CONTINUED
    ]
    items += extra
    if not items:
        return first
    sheets = continuation_sheets(
        items, title=words.title, heading=words.heading, language=words.language, paper=first_page_size(blank.data)
    )
    filled = blank.fill(fills, sheets.pointers)
    outcomes = tuple(_with_place(outcome, sheets.pointers) for outcome in filled.outcomes)
    added = tuple(Outcome(item.slot, Status.CONTINUED, sheets.pointers[item.slot], rest=item.text) for item in extra)
    return replace(filled, data=append_pages(filled.data, sheets.data), outcomes=outcomes + added)


def fill_pdf_fields(pdf: bytes, values: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Fill a PDF form: field name → text, or the on-state of a button, or the export value of a choice.

    Gives the file and the status word of every field named: filled, shrunk, continued (the text stands on a page added
    at the end), left or refused. Raises BlankNotReadable, BlankIsEncrypted or FormUnsupported for the whole file.

    >>> fill_pdf_fields(b"not a PDF", {})
    Traceback (most recent call last):
    generator.errors.BlankNotReadable: This file is not a PDF, or it is damaged. Get the form again and try with that.
    """
    blank = open_pdf_fields(pdf)
    buttons = {slot.id for slot in blank.slots if slot.kind in (SlotKind.CHECK, SlotKind.RADIO)}
    fills = [Fill(name, value or "Off" if name in buttons else value) for name, value in values.items()]
    filled = fill_pdf_form(blank, fills, SheetWords())
    return filled.data, {outcome.slot: str(outcome.status) for outcome in filled.outcomes}


def _with_place(outcome: Outcome, pointers: Mapping[str, str]) -> Outcome:
    if outcome.status is not Status.CONTINUED or outcome.slot not in pointers:
        return outcome
    return replace(outcome, why=f"{outcome.why}: {pointers[outcome.slot]}")


def fill_pdf_task(data: bytes, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued]) -> Filled:
    """Open and fill in one go, for a worker."""
    return fill_pdf_form(open_pdf_fields(data), fills, words, extra)
