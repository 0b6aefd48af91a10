"""A fillable PDF filled whole: fields written, what does not fit continued on added sheets, the pointers in the boxes.

`make_pdf` marks and proves it as well, in one call to a worker; Word documents are `make_word`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf

from generator.blanks.pdf_fields import fill_fields
from generator.blanks.pdf_fields.signed import SIGNED
from generator.continuation import add_sheets
from generator.errors import FormUnsupported
from generator.marks import Marks, marked, put_on_pages
from generator.notice import pages_with_notice
from generator.pdf_text.embed import Fonts
from generator.proof import Expected, Proof
from generator.proof.pdf import prove_pdf
from generator.sheet_mark import Continued, note_composed
from generator.slots import Fill, Filled, Outcome, Status


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What the added sheets say beside the texts: the form's title, the letterhead's lines, the language.

    `composed` is the note of how the answers are put together, which the document carries.
    """

    title: str = ""
    heading: tuple[str, ...] = ()
    language: str = "en"
    composed: str = ""


def fill_pdf_task(
    data: bytes, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued] = (), calculate: bool = True
) -> Filled:
    """Fill in one go, and add sheets for texts that do not fit and for `extra` rows that the form has no place for.

    `calculate`: the form's own sums are worked out, as a viewer would when a person types.
    """
    return _filled(data, fills, words, extra, Marks(), calculate=calculate)


def _filled(
    data: bytes, fills: Sequence[Fill], words: SheetWords, extra: Sequence[Continued], marks: Marks, *, calculate: bool
) -> Filled:
    """Filled, continued and marked while the file is open once; charts, which are given pictures, come after."""
    places: dict[str, str] = {}
    own_pages = 0

    def sheets(pdf: pikepdf.Pdf, fonts: Fonts, items: Sequence[Continued]) -> Mapping[str, str]:
        nonlocal own_pages
        own_pages = len(pdf.pages)
        note_composed(pdf, words.composed)
        known = {one.slot for one in extra}
        wanted = [*(one for one in items if one.slot not in known), *extra]
        places.update(add_sheets(pdf, fonts, wanted, title=words.title, heading=words.heading, language=words.language))
        return places

    def put_marks(pdf: pikepdf.Pdf) -> None:
        # What an earlier filling added is gone by now, and what was added now lies after the form's own pages.
        noted = pages_with_notice(data)[:own_pages] if marks.notice else ()
        put_on_pages(pdf, marks, {place for place, is_there in enumerate(noted) if is_there})

    filled = fill_fields(data, fills, sheets, calculate=calculate, last=put_marks)
    is_signed = any(finding.rule == SIGNED for finding in filled.findings)
    if is_signed and marks != Marks():
        raise FormUnsupported(
            "This form is signed, so that nothing can be printed on its pages: no mark of a draft, no notice, no chart. "
            "Mend the plan's errors first, or ask the form's publisher for one without a signature."
        )
    added = tuple(
        Outcome(item.slot, Status.CONTINUED, places[item.slot], rest=item.text)
        if item.slot in places
        else Outcome(item.slot, Status.REFUSED, "no sheet may be added to a signed form", rest=item.text)
        for item in extra
    )
    return replace(filled, outcomes=filled.outcomes + added)


@dataclass(frozen=True, slots=True)
class MadePdf:
    """The finished document with how each slot ended, what the proof looked for, and the proof."""

    filled: Filled
    expected: tuple[Expected, ...]
    proof: Proof


def make_pdf(
    data: bytes,
    fills: Sequence[Fill],
    words: SheetWords,
    extra: Sequence[Continued],
    on_states: Mapping[str, str],
    marks: Marks,
) -> MadePdf:
    """A form filled, marked and proven in one call to a worker.

    `on_states` are the form's check boxes and radio buttons, each with the state that stands for yes.
    """
    # A chart's place is found in the file as it is written, and the other marks go over it.
    at_once = marks if marks.charts is None else Marks()
    filled = _filled(data, fills, words, extra, at_once, calculate=True)
    document = filled.data if marks.charts is None else marked(filled.data, marks)
    expected = _expected(filled.outcomes, fills, extra, on_states)
    return MadePdf(replace(filled, data=document), expected, prove_pdf(document, expected))


def is_shown(outcome: Outcome) -> bool:
    """Whether the answer is on the paper, so that the proof must see it."""
    return outcome.status in (Status.FILLED, Status.SHRUNK, Status.CONTINUED)


def _expected(
    outcomes: Sequence[Outcome], fills: Sequence[Fill], extra: Sequence[Continued], on_states: Mapping[str, str]
) -> tuple[Expected, ...]:
    values: dict[str, object] = {}
    values |= {fill.slot: fill.value for fill in fills}
    values |= {one.slot: one.text for one in extra}
    values |= {outcome.slot: outcome.value for outcome in outcomes if outcome.value}
    out = []
    for outcome in outcomes:
        if is_shown(outcome):
            value, is_button = values[outcome.slot], outcome.slot in on_states
            text = on_states[outcome.slot] if value is True and is_button else value_said(value)
            out.append(Expected(outcome.slot, text, is_button, outcome.status is Status.CONTINUED))
    return tuple(out)


def value_said(value: object) -> str:
    """A slot's value as text."""
    return "Yes" if value is True else "" if value is False else str(value)


def fill_pdf_fields(pdf: bytes, values: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Fill a PDF form: field name → text, or the on-state of a button, or the export value of a choice.

    Gives the file and the status word of every field named: filled, shrunk, continued (the text stands on a page added
    at the end), left or refused. Raises BlankNotReadable, BlankIsEncrypted or FormUnsupported for the whole file.
    The file is opened in the caller's own process, without a worker's limits: give it only files that you trust, or call
    it behind a wall of your own.

    >>> fill_pdf_fields(b"not a PDF", {})
    Traceback (most recent call last):
    generator.errors.BlankNotReadable: This file is not a PDF, or it is damaged. Get the form again and try with that.
    """
    filled = fill_pdf_task(pdf, [Fill(name, value) for name, value in values.items()], SheetWords(), calculate=False)
    return filled.data, {outcome.slot: str(outcome.status) for outcome in filled.outcomes}
