"""PDF forms with AcroForm fields: read their slots, and write values into them. Flat PDFs (no fields) are `pdf_flat`."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

from generator.blanks.pdf_fields.appearance import box_of, is_comb, style_of
from generator.blanks.pdf_fields.clean import drop_stale, make_inert
from generator.blanks.pdf_fields.fields import (
    COMBO,
    EDIT,
    MULTILINE,
    PUSHBUTTON,
    RADIO,
    READ_ONLY,
    REQUIRED,
    Field,
    attach_orphans,
    dictionary,
    read_fields,
    text_of,
)
from generator.blanks.pdf_fields.fill import Decision, Writer, button_choices, choices
from generator.blanks.pdf_fields.formats import format_of
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported
from generator.finding import Finding
from generator.pdf_text.embed import Fonts
from generator.pdf_text.fit import LEADING
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status

__all__ = ["Filling", "PdfFields", "begin_filling", "open_pdf_fields"]


@dataclass(frozen=True, slots=True)
class PdfFields:
    """A fillable PDF as a blank."""

    data: bytes = field(repr=False)
    slots: tuple[Slot, ...]
    pages: int
    findings: tuple[Finding, ...] = ()
    kind: str = "pdf-fields"

    def fill(self, fills: Sequence[Fill]) -> Filled:
        """Write `fills`; a text that does not fit is stored whole and its box says nothing (see `Filling` for sheets)."""
        with begin_filling(self.data) as filling:
            filling.decide(fills)
            filling.write({})
            return filling.finish()


class Filling:
    """One form open for filling: `decide`, then what is continued gets its sheets, then `write`, then `finish`.

    The file is opened once. `pdf` and `fonts` are for those who add pages between `write` and `finish`.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._fields = {one.name: one for one in read_fields(pdf)}
        refuse_unfillable(pdf, tuple(self._fields.values()))
        attach_orphans(pdf)
        self._order = {name: place for place, name in enumerate(self._fields)}
        self._writer = Writer(pdf)
        self._decisions: dict[str, Decision] = {}

    def __enter__(self) -> "Filling":
        return self

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    @property
    def fonts(self) -> Fonts:
        """The faces used in this file."""
        return self._writer.fonts

    def has(self, slot: str) -> bool:
        """Whether the form has a field of that name."""
        return slot in self._fields

    def stored(self, slot: str) -> str:
        """What a field holds."""
        return text_of(self._fields[slot].inherited("/V"))

    def label(self, slot: str) -> str:
        """What a person calls a field."""
        return text_of(self._fields[slot].inherited("/TU")) or slot.rpartition(".")[2]

    def decide(self, fills: Sequence[Fill]) -> tuple[Outcome, ...]:
        """How each value will end. Nothing is written yet. Of two values for one field the later is meant."""
        out = []
        for fill in fills:
            one = self._fields.get(fill.slot)
            if one is None:
                outcome = Outcome(fill.slot, Status.REFUSED, "the form has no such field")
            elif not isinstance(fill.value, str | bool):
                outcome = Outcome(fill.slot, Status.REFUSED, "a field takes one value, not rows")
            elif fill.value == "" and one.type != "/Btn":
                outcome = Outcome(fill.slot, Status.LEFT, "there is nothing to write")
            else:
                decision = self._writer.decide(one, fill.value)
                outcome = decision.outcome
                self._decisions[fill.slot] = decision
            out.append(outcome)
        return tuple(out)

    def in_order(self, slots: Iterable[str]) -> list[str]:
        """Slots in the order of the form, so that the order of fills does not matter."""
        return sorted(slots, key=lambda slot: self._order.get(slot, len(self._order)))

    def write(self, pointers: Mapping[str, str]) -> dict[str, str]:
        """Write all that was decided, with the words for boxes whose text is on a sheet. Gives what those now hold."""
        out = {}
        for name in self.in_order(self._decisions):
            decision = self._decisions[name]
            stored = self._writer.apply(decision, pointers.get(name, ""))
            if stored is not None and decision.outcome.status is Status.CONTINUED:
                out[name] = stored
        return out

    def finish(self) -> Filled:
        """The file, made inert, with the outcomes of all decisions."""
        self._writer.finish()
        found = drop_stale(self.pdf)
        make_inert(self.pdf)
        return Filled(_saved(self.pdf), tuple(one.outcome for one in self._decisions.values()), found)


def begin_filling(data: bytes) -> Filling:
    """Open a form to fill it. Raises what `open_pdf_fields` raises. Close it, or use it in a `with`."""
    pdf = _open(data)
    try:
        return Filling(pdf)
    except BaseException:
        pdf.close()
        raise


def open_pdf_fields(data: bytes) -> PdfFields:
    """The form in a PDF file.

    Raises BlankNotReadable (damaged, no PDF), BlankIsEncrypted (needs a password), FormUnsupported (no fields, or an
    XFA shell that only Adobe Reader can show).
    """
    with _open(data) as pdf:
        fields = read_fields(pdf)
        refuse_unfillable(pdf, fields)
        return PdfFields(
            data, tuple(_slot(one) for one in fields if not one.has(PUSHBUTTON) or one.type != "/Btn"), len(pdf.pages)
        )


def refuse_unfillable(pdf: pikepdf.Pdf, fields: Sequence[Field]) -> None:
    """Raise FormUnsupported where a file has no field that takes an answer."""
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


def _open(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise BlankIsEncrypted(
            "This PDF needs a password to be opened. Open it with the password, save a copy without one, and use that copy."
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
        raise BlankNotReadable(
            "This file is not a PDF, or it is damaged. Get the form again and try with that."
        ) from None


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, encryption=False, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _slot(one: Field) -> Slot:
    first = one.widgets[0] if one.widgets else None
    kind = _kind(one)
    tooltip = text_of(one.inherited("/TU"))
    return Slot(
        id=one.name,
        label=tooltip or one.name.rpartition(".")[2],
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
    box, size = box_of(one, one.widgets[0]), style_of(one, one.widgets[0]).size or 10.0
    lines = max(1, int(box.height / (size * LEADING))) if box.is_multiline else 1
    shown = int(box.width / (size * 0.5)) * lines
    return min(shown, one.max_length) if one.max_length else shown
