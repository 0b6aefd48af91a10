"""PDF forms with AcroForm fields: read their slots, and write values into them. Flat PDFs (no fields) are `pdf_flat`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from generator.blanks.pdf_fields.appearance import is_comb, look_of
from generator.blanks.pdf_fields.calculate import calculations, not_understood
from generator.blanks.pdf_fields.clean import drop_stale, make_inert
from generator.blanks.pdf_fields.construct import Redrawing
from generator.blanks.pdf_fields.fields import (
    COMBO,
    EDIT,
    MULTILINE,
    PUSHBUTTON,
    RADIO,
    READ_ONLY,
    REQUIRED,
    Field,
    dictionary,
    read_fields,
    text_of,
)
from generator.blanks.pdf_fields.fill import Planned, Writer, button_choices, choices
from generator.blanks.pdf_fields.formats import format_of
from generator.blanks.pdf_fields.legible import paper_of
from generator.blanks.pdf_fields.meter import Room, room_for
from generator.blanks.pdf_fields.signed import Signed, about, refuse_where_forbidden, signed_by
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported
from generator.finding import Finding, Severity
from generator.pdf_append import appended
from generator.pdf_open import open_in_memory, saved_in_memory
from generator.pdf_text.embed import Fonts
from generator.pdf_text.fit import LEADING
from generator.sheet_mark import Continued, take_sheets_off
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status

__all__ = ["PdfFields", "Room", "fill_fields", "has_fields", "open_pdf", "open_pdf_fields", "rooms"]


_PACKED_TWICE = re.compile(rb"/Filter\s*(?:\[\s*/[^\]]*/|\d+\s+\d+\s+R)")
"""A stream with several filters: qpdf would unpack it to pack it once, which can take gigabytes. Such a file is saved unpacked."""


@dataclass(frozen=True, slots=True)
class PdfFields:
    """A fillable PDF as a blank."""

    data: bytes = field(repr=False)
    slots: tuple[Slot, ...]
    pages: int
    findings: tuple[Finding, ...] = ()
    kind: str = "pdf-fields"

    def fill(self, fills: Sequence[Fill], sheets: "SheetMaker | None" = None) -> Filled:
        """Write `fills`. What does not fit goes, in the order of the form, to the `sheets` that are made for it."""
        return fill_fields(self.data, fills, sheets)


SheetMaker = Callable[[pikepdf.Pdf, Fonts, Sequence[Continued]], Mapping[str, str]]
"""Adds pages for texts at the end of an open file, and gives for each slot the words that point to its text."""


def rooms(data: bytes, texts: Mapping[str, str]) -> dict[str, Room]:
    """How each text would end in its field, and with how much room, for a meter while typing; nothing is written.

    A field that the form does not have is left out.
    """
    with open_pdf(data) as pdf:
        writer, fields = Writer(pdf, paper_of(data)), {one.name: one for one in read_fields(pdf)}
        return {name: room_for(writer, fields[name], text) for name, text in texts.items() if name in fields}


def fill_fields(
    data: bytes,
    fills: Sequence[Fill],
    sheets: SheetMaker | None = None,
    *,
    calculate: bool = False,
    last: Callable[[pikepdf.Pdf], None] = lambda pdf: None,
) -> Filled:
    """Fill a PDF form without listing its slots. `sheets` gets what is continued, that of earlier fillings included.

    `calculate`: sums that the form works out are written too, and what it works out otherwise is told as a finding.
    `last` may put more on the pages, just before the file is written. A signed form is filled by appending to it, so that
    its signatures stay valid: nothing is put on its pages or after them, and what does not fit is refused.
    Raises FormUnsupported where a signature allows no filling.
    """
    with open_pdf(data) as pdf:
        if (signed := signed_by(pdf, read_fields(pdf))) is not None:
            return _fill_signed(pdf, data, fills, signed)
        before = take_sheets_off(pdf)
        fields = {one.name: one for one in read_fields(pdf, enter_forgotten=True)}
        named = {fill.slot for fill in fills}
        again = [Fill(one.slot, one.text) for one in before if one.slot in fields and one.slot not in named]
        redrawing = Redrawing(pdf, data)
        redrawing.buttons(fields.values())
        writer = Writer(pdf, paper_of(data))
        planned = {fill.slot: _planned(writer, fields.get(fill.slot), fill) for fill in (*fills, *again)}
        sums = dict(calculations(pdf, fields, _texts(fills))) if calculate else {}
        planned |= {name: writer.plan(fields[name], text, is_own_sum=True) for name, text in sums.items()}
        continued = [
            Continued(name, _label(one), planned[name].outcome.rest)
            for name, one in fields.items()
            if name in planned and planned[name].outcome.status is Status.CONTINUED
        ]
        continued += [one for one in before if one.slot not in fields]
        pointers = sheets(pdf, writer.fonts, continued) if sheets is not None else {}
        for name, plan in planned.items():
            if plan.draw is not None:
                plan.draw(pointers.get(name, ""))
        redrawing.rest(writer, fields.values(), {name for name, plan in planned.items() if plan.draw})
        writer.finish()
        found = (*(_about_scripts(fields) if calculate else ()), *drop_stale(pdf))
        make_inert(pdf)
        last(pdf)
        outcomes = tuple(_with_pointer(planned[fill.slot].outcome, pointers) for fill in fills)
        outcomes += tuple(replace(planned[name].outcome, value=text) for name, text in sums.items())
        return Filled(_saved(pdf, compress=not _PACKED_TWICE.search(data)), outcomes, found)


def _fill_signed(pdf: pikepdf.Pdf, data: bytes, fills: Sequence[Fill], signed: Signed) -> Filled:
    refuse_where_forbidden(pdf, signed)
    fields = {one.name: one for one in read_fields(pdf)}
    writer = Writer(pdf, paper_of(data))
    outcomes = []
    for fill in fills:
        planned = _planned(writer, fields.get(fill.slot), fill)
        why = ""
        if signed.locks_field(fill.slot):
            why = "a signature locks it"
        elif planned.outcome.status is Status.CONTINUED:
            why = f"{planned.outcome.why}, and no sheet may be added to a signed form"
        if why and planned.outcome.status is not Status.REFUSED:
            rest = fill.value if isinstance(fill.value, str) else ""
            planned = Planned(Outcome(fill.slot, Status.REFUSED, why, rest=rest))
        if planned.draw is not None:
            planned.draw("")
        outcomes.append(planned.outcome)
    writer.finish()
    try:
        return Filled(appended(data, pdf), tuple(outcomes), (about(signed),))
    except ValueError:
        raise FormUnsupported(
            "This form is signed, and its file does not end as a PDF should, so that nothing can be added. Get the form again."
        ) from None


def _texts(fills: Sequence[Fill]) -> dict[str, str]:
    return {fill.slot: fill.value for fill in fills if isinstance(fill.value, str)}


def _about_scripts(fields: Mapping[str, Field]) -> tuple[Finding, ...]:
    names = not_understood(list(fields.values()))
    if not names:
        return ()
    said = ", ".join(_label(fields[name]) for name in names[:5]) + (" and others" if len(names) > 5 else "")
    message = f"The form works these out by scripts of its own, which are not run: {said}."
    return (Finding("calculation-not-run", Severity.WARNING, "the form", message, "Work them out and write them in."),)


def _planned(writer: Writer, field: Field | None, fill: Fill) -> Planned:
    if field is None:
        return Planned(Outcome(fill.slot, Status.REFUSED, "the form has no such field"))
    if not isinstance(fill.value, str | bool):
        return Planned(Outcome(fill.slot, Status.REFUSED, "a field takes one value, not rows"))
    if fill.value == "" and field.type != "/Btn":
        return Planned(Outcome(fill.slot, Status.LEFT, "there is nothing to write"))
    return writer.plan(field, fill.value)


def _with_pointer(outcome: Outcome, pointers: Mapping[str, str]) -> Outcome:
    if outcome.status is not Status.CONTINUED or outcome.slot not in pointers:
        return outcome
    return replace(outcome, why=f"{outcome.why}: {pointers[outcome.slot]}")


def _label(one: Field) -> str:
    return text_of(one.inherited("/TU")) or one.name.rpartition(".")[2]


def has_fields(data: bytes) -> bool:
    """Whether a PDF has fields of its own, or a form of Adobe's (XFA); one without is flat."""
    with open_pdf(data) as pdf:
        form = dictionary(pdf.Root.get("/AcroForm"))
        return "/XFA" in form or any(
            one.widgets and not (one.type == "/Btn" and one.has(PUSHBUTTON)) for one in read_fields(pdf)
        )


def open_pdf_fields(data: bytes) -> PdfFields:
    """The form in a PDF file.

    Raises BlankNotReadable (damaged, no PDF), BlankIsEncrypted (needs a password), FormUnsupported (no fields, or an
    XFA shell that only Adobe Reader can show).
    """
    with open_pdf(data) as pdf:
        fields = read_fields(pdf)
        form = dictionary(pdf.Root.get("/AcroForm"))
        fillable = [one for one in fields if one.widgets and not (one.type == "/Btn" and one.has(PUSHBUTTON))]
        if "/XFA" in form and not any(one.type in ("/Tx", "/Ch", "/Btn") for one in fillable):
            raise FormUnsupported(
                "This form is only a cover page for Adobe Reader (XFA) and holds no fields. "
                "Ask its publisher for a plain fillable PDF, or print it to PDF from Adobe Reader."
            )
        if not fillable:
            raise FormUnsupported(
                "This PDF has no fields to fill. Make a fillable one of it with: planscribe template adopt"
            )
        return PdfFields(
            data,
            tuple(_slot(one) for one in fields if not one.has(PUSHBUTTON) or one.type != "/Btn"),
            len(pdf.pages),
            (about(signed),) if (signed := signed_by(pdf, fields)) is not None else (),
        )


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The file as pikepdf opens it. Raises BlankIsEncrypted or BlankNotReadable."""
    try:
        return open_in_memory(data)
    except pikepdf.PasswordError:
        raise BlankIsEncrypted(
            "This PDF needs a password to be opened. Open it with the password, save a copy without one, and use that copy."
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
        raise BlankNotReadable(
            "This file is not a PDF, or it is damaged. Get the form again and try with that."
        ) from None


def _saved(pdf: pikepdf.Pdf, *, compress: bool) -> bytes:
    return saved_in_memory(
        pdf,
        encryption=False,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=compress,
    )


def _slot(one: Field) -> Slot:
    first = one.widgets[0] if one.widgets else None
    kind = _kind(one)
    tooltip = text_of(one.inherited("/TU"))
    return Slot(
        id=one.name,
        label=_label(one),
        kind=kind,
        page=first.page if first else None,
        rect=first.rect if first else None,
        max_length=one.max_length,
        choices=choices(one) if one.type == "/Ch" else button_choices(one) if one.type == "/Btn" else (),
        tooltip=tooltip,
        format=format_of(one.object),
        capacity=_capacity(one) if kind in (SlotKind.TEXT, SlotKind.MULTILINE) and first else None,
        value=text_of(one.inherited("/V")),
        is_required=one.has(REQUIRED),
        is_read_only=one.has(READ_ONLY),
        is_hidden=bool(one.widgets) and all(widget.is_hidden for widget in one.widgets),
        is_comb=is_comb(one),
        is_editable=one.type == "/Ch" and one.has(COMBO) and one.has(EDIT),
    )


def _kind(one: Field) -> SlotKind:
    if one.type == "/Sig":
        return SlotKind.SIGNATURE
    if one.type == "/Ch":
        return SlotKind.CHOICE
    if one.type == "/Btn":
        return SlotKind.RADIO if one.has(RADIO) else SlotKind.CHECK
    if one.has(MULTILINE):
        return SlotKind.MULTILINE
    return SlotKind.DATE if format_of(one.object).startswith("date:") else SlotKind.TEXT


def _capacity(one: Field) -> int:
    """About how many characters the box shows at its own size (10 pt where that is automatic)."""
    look = look_of(one, one.widgets[0])
    box, size = look.box, look.style.size or 10.0
    lines = max(1, int(box.height / (size * LEADING))) if box.is_multiline else 1
    shown = int(box.width / (size * 0.5)) * lines
    return min(shown, one.max_length) if one.max_length else shown
