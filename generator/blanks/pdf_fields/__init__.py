"""PDF forms with AcroForm fields: read their slots, and write values into them. Flat PDFs (no fields) are `pdf_flat`."""

import io
from collections.abc import Mapping, Sequence
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
    dictionary,
    read_fields,
    text_of,
)
from generator.blanks.pdf_fields.fill import Writer, button_choices, choices
from generator.blanks.pdf_fields.formats import format_of
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported
from generator.finding import Finding
from generator.pdf_text.fit import LEADING
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status

__all__ = ["PdfFields", "has_fields", "open_pdf_fields"]


@dataclass(frozen=True, slots=True)
class PdfFields:
    """A fillable PDF as a blank."""

    data: bytes = field(repr=False)
    slots: tuple[Slot, ...]
    pages: int
    findings: tuple[Finding, ...] = ()
    kind: str = "pdf-fields"

    def misfits(self, fills: Sequence[Fill]) -> tuple[Outcome, ...]:
        """Which texts will not fit their boxes and go to a sheet, in the order of `fills`; nothing is written."""
        outcomes = self.fill(fills).outcomes
        return tuple(outcome for outcome in outcomes if outcome.status is Status.CONTINUED)

    def fill(self, fills: Sequence[Fill], pointers: Mapping[str, str] | None = None) -> Filled:
        """Write `fills`. `pointers` are the words for boxes whose text is continued, such as "see sheet 1, item 3"."""
        with _open(self.data) as pdf:
            fields = {one.name: one for one in read_fields(pdf)}
            writer = Writer(pdf, pointers or {})
            outcomes = []
            for fill in fills:
                one = fields.get(fill.slot)
                if one is None:
                    outcomes.append(Outcome(fill.slot, Status.REFUSED, "the form has no such field"))
                elif not isinstance(fill.value, str | bool):
                    outcomes.append(Outcome(fill.slot, Status.REFUSED, "a field takes one value, not rows"))
                elif fill.value == "" and one.type != "/Btn":
                    outcomes.append(Outcome(fill.slot, Status.LEFT, "there is nothing to write"))
                else:
                    outcomes.append(writer.write(one, fill.value))
            writer.finish()
            found = drop_stale(pdf)
            make_inert(pdf)
            return Filled(_saved(pdf), tuple(outcomes), found)


def has_fields(data: bytes) -> bool:
    """Whether a PDF has fields of its own, or a form of Adobe's (XFA); one without is flat."""
    with _open(data) as pdf:
        form = dictionary(pdf.Root.get("/AcroForm"))
        return "/XFA" in form or any(
            one.widgets and not (one.type == "/Btn" and one.has(PUSHBUTTON)) for one in read_fields(pdf)
        )


def open_pdf_fields(data: bytes) -> PdfFields:
    """The form in a PDF file.

    Raises BlankNotReadable (damaged, no PDF), BlankIsEncrypted (needs a password), FormUnsupported (no fields, or an
    XFA shell that only Adobe Reader can show).
    """
    with _open(data) as pdf:
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
            data, tuple(_slot(one) for one in fields if not one.has(PUSHBUTTON) or one.type != "/Btn"), len(pdf.pages)
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
