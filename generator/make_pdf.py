"""A fillable PDF filled whole: fields written, what does not fit continued on added sheets, the pointers in the boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.blanks.pdf_fields import Filling, begin_filling
from generator.continuation import Continued, continuation_sheets, draw_sheets, first_page_size, take_sheets
from generator.finding import Finding, Severity
from generator.slots import Fill, Filled, Outcome, Status


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What the added sheets say beside the texts: the form's title, the letterhead's lines, the language."""

    title: str = ""
    heading: tuple[str, ...] = ()
    language: str = "en"


def fill_pdf_form(data: bytes, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued] = ()) -> Filled:
    """Fill, and add sheets for texts that do not fit and for `extra` rows that the form has no place for.

    A form that was filled before keeps what stands on its sheets, unless its slot is filled anew, or a person has
    since written something else into the field. Raises BlankNotReadable, BlankIsEncrypted or FormUnsupported.
    """
    with begin_filling(data) as filling:
        return _fill(filling, fills, words, extra)


def _fill(filling: Filling, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued]) -> Filled:
    standing = take_sheets(filling.pdf)
    told = filling.decide(fills)
    written = {o.slot for o in told if o.status not in (Status.LEFT, Status.REFUSED)} | {item.slot for item in extra}
    kept = [item for item, held in standing if item.slot not in written]
    gone = {item.slot for item, held in standing if held is not None and not _still_held(filling, item.slot, held)}
    fields = [item for item in kept if filling.has(item.slot) and item.slot not in gone]
    again = filling.decide([Fill(item.slot, item.text) for item in fields])
    labels = {item.slot: item.label for item in fields}
    continued = {o.slot: o for o in (*told, *again) if o.status is Status.CONTINUED}
    items = [
        Continued(slot, labels.get(slot) or filling.label(slot), continued[slot].rest)
        for slot in filling.in_order(continued)
    ]
    items += [item for item in kept if not filling.has(item.slot)]
    items += extra
    pointers: Mapping[str, str] = {}
    if items:
        sheets = continuation_sheets(
            items,
            title=words.title,
            heading=words.heading,
            language=words.language,
            paper=first_page_size(filling.pdf),
        )
        pointers = sheets.pointers
        draw_sheets(filling.pdf, filling.fonts, sheets, filling.write(pointers))
    else:
        filling.write({})
    outcomes = tuple(_with_place(outcome, pointers) for outcome in told)
    added = tuple(Outcome(item.slot, Status.CONTINUED, pointers[item.slot], rest=item.text) for item in extra)
    done = filling.finish()
    lost = tuple(_replaced(slot) for slot in sorted(gone - written))
    return replace(done, outcomes=outcomes + added, findings=(*done.findings, *lost))


def _still_held(filling: Filling, slot: str, held: str) -> bool:
    return filling.has(slot) and filling.stored(slot) == held


def _replaced(slot: str) -> Finding:
    message = "The field was changed after it was continued on a sheet, so the sheet's older text was taken out."
    return Finding("continued-text-replaced", Severity.ADVICE, slot, message)


def fill_pdf_fields(pdf: bytes, values: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Fill a PDF form: field name → text, or the on-state of a button, or the export value of a choice.

    Gives the file and the status word of every field named: filled, shrunk, continued (the text stands on a page added
    at the end), left or refused. Raises BlankNotReadable, BlankIsEncrypted or FormUnsupported for the whole file.

    >>> fill_pdf_fields(b"not a PDF", {})
    Traceback (most recent call last):
    generator.errors.BlankNotReadable: This file is not a PDF, or it is damaged. Get the form again and try with that.
    """
    fills = [Fill(name, value) for name, value in values.items()]
    filled = fill_pdf_form(pdf, fills, SheetWords())
    return filled.data, {outcome.slot: str(outcome.status) for outcome in filled.outcomes}


def _with_place(outcome: Outcome, pointers: Mapping[str, str]) -> Outcome:
    if outcome.status is not Status.CONTINUED or outcome.slot not in pointers:
        return outcome
    return replace(outcome, why=f"{outcome.why}: {pointers[outcome.slot]}")


def fill_pdf_task(data: bytes, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued]) -> Filled:
    """Open and fill in one go, for a worker."""
    return fill_pdf_form(data, fills, words, extra)
