"""Writing values into fields: the value, the widgets' states, and appearances that show them."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, String

from generator.blanks.pdf_fields.appearance import (
    empty_appearance,
    fit,
    frame_of,
    mark_appearance,
    style_of,
    text_appearance,
)
from generator.blanks.pdf_fields.fields import (
    COMBO,
    EDIT,
    PUSHBUTTON,
    RADIO,
    READ_ONLY,
    Field,
    Widget,
    dictionary,
    drop,
    items,
    keys,
    text_of,
)
from generator.pdf_text.embed import Fonts
from generator.pdf_text.fit import FittedText
from generator.pdf_text.runs import missing
from generator.slots import Choice, Outcome, Status


@dataclass(frozen=True, slots=True)
class Decision:
    """How one field will end, decided before anything is written: the outcome, and what is to be stored and drawn.

    `stored` is the value, None where nothing is written; `shown` has a fitted text for each widget.
    """

    field: Field
    outcome: Outcome
    stored: str | None = None
    shown: tuple[FittedText, ...] = ()
    row: int | None = None


class Writer:
    """Fills the fields of one open file: first `decide` on every value, then `apply`, then `finish` once.

    Between the two stands what is to be continued, so that a box can point to the sheet that its text is on.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self.fonts = Fonts(pdf)

    def decide(self, field: Field, value: str | bool) -> Decision:
        """How a value will go in; what cannot be written is refused with the reason, and the field stays as it was."""
        reason = _why_not(field)
        if reason:
            return _refused(field, reason, value)
        if field.type == "/Btn":
            return self._button(field, value)
        text = "Yes" if value is True else "" if value is False else value
        try:
            text.encode("utf-16")
        except UnicodeEncodeError:
            return _refused(field, "it holds half a character, which no file can store", text)
        return self._choice(field, text) if field.type == "/Ch" else self._text(field, text)

    def apply(self, decision: Decision, pointer: str = "") -> str | None:
        """Write what was decided. `pointer` are the words for a box whose text is on a sheet. Gives what was stored."""
        field = decision.field
        if decision.stored is None:
            return None
        if field.type == "/Btn":
            field.object.V = Name(f"/{decision.stored}")
            for widget in field.widgets:
                self._set_state(field, widget, decision.stored)
            return decision.stored
        stored, shown = decision.stored, decision.shown
        if decision.outcome.status is Status.CONTINUED:
            words: tuple[str, ...] = (pointer, _short(pointer))
            if field.max_length is not None and _utf16(decision.outcome.rest) > field.max_length:
                stored = pointer if _utf16(pointer) <= field.max_length else ""
                words = (stored,)
            shown = tuple(_first_that_fits(field, widget, words) for widget in field.widgets)
        field.object.V = String(stored)
        drop(field.object, "/RV", "/DS")
        if field.type == "/Ch":
            drop(field.object, "/I")
            if decision.row is not None and not field.has(COMBO):
                field.object.I = pikepdf.Array([decision.row])
        if field.type == "/Ch" and not field.has(COMBO):
            for widget in field.widgets:
                self._put(widget, self._list_appearance(field, widget, choices(field), decision.row or 0))
        else:
            for widget, fitted in zip(field.widgets, shown, strict=True):
                self._put(widget, text_appearance(self._pdf, self.fonts, field, widget, fitted))
        return stored

    def finish(self) -> None:
        """Embed the fonts. Call once, after the last value."""
        self.fonts.finish()

    def _text(self, field: Field, text: str) -> Decision:
        if missing(text, style_of(field, field.widgets[0]).family):
            return _refused(field, "no font on this machine can draw some of its characters", text)
        if field.max_length is not None and _utf16(text) > field.max_length:
            why = f"it takes {field.max_length} characters"
            return Decision(field, Outcome(field.name, Status.CONTINUED, why, rest=text), "")
        return self._fitted(field, text, text)

    def _fitted(self, field: Field, stored: str, text: str, row: int | None = None) -> Decision:
        shown = tuple(fit(field, widget, text) for widget in field.widgets)
        if not all(one.fits for one in shown):
            outcome = Outcome(field.name, Status.CONTINUED, "the box is too small for it", rest=text)
            return Decision(field, outcome, stored, row=row)
        smallest, asked = min(one.size for one in shown), style_of(field, field.widgets[0]).size
        status = Status.SHRUNK if asked and smallest < asked else Status.FILLED
        why = f"set in {smallest:g} pt so that it fits" if status is Status.SHRUNK else ""
        return Decision(field, Outcome(field.name, status, why, smallest), stored, shown, row)

    def _choice(self, field: Field, text: str) -> Decision:
        options = choices(field)
        chosen = next((o for o in options if o.export == text), None) or next(
            (o for o in options if o.label == text), None
        )
        if chosen is None and not (field.has(COMBO) and field.has(EDIT)):
            near = difflib.get_close_matches(text, [o.label for o in options], n=3, cutoff=0.0)
            offers = ", ".join(f'"{label}"' for label in near)
            return _refused(field, f"the form offers no such choice; the nearest are {offers}", text)
        label = chosen.label if chosen else text
        if missing(label, style_of(field, field.widgets[0]).family):
            return _refused(field, "no font on this machine can draw some of its characters", text)
        row = options.index(chosen) if chosen else None
        if not field.has(COMBO):
            return Decision(field, Outcome(field.name, Status.FILLED), chosen.export if chosen else text, row=row)
        return self._fitted(field, chosen.export if chosen else text, label, row)

    def _list_appearance(
        self, field: Field, widget: Widget, options: tuple[Choice, ...], chosen: int
    ) -> pikepdf.Stream:
        """As many options as there is room for, beginning so that the chosen one is among them."""
        size = style_of(field, widget).size or 10.0
        rows = max(1, int(frame_of(widget).height / (size * 1.16)))
        first = max(0, min(chosen, len(options) - rows)) if chosen >= rows else 0
        lines = tuple(
            f"\u2023 {option.label}" if i == chosen else option.label
            for i, option in list(enumerate(options))[first : first + rows]
        )
        listed = Field(
            field.name, field.object, "/Tx", 1 << 12, field.default_appearance, field.alignment, None, field.widgets
        )
        return text_appearance(self._pdf, self.fonts, listed, widget, FittedText(lines, size, "sans", fits=True))

    def _button(self, field: Field, value: str | bool) -> Decision:
        states = tuple(dict.fromkeys(state for widget in field.widgets for state in widget.on_states()))
        if value is False or value in ("Off", ""):
            wanted = "Off"
        elif value is True:
            if field.has(RADIO) and len(states) > 1:
                return _refused(field, "the form asks to choose one of several", "")
            wanted = states[0] if states else "Yes"
        else:
            found = _state(value, field, states)
            if found is None:
                offers = ", ".join(f'"{state}"' for state in states) or "nothing"
                return _refused(field, f"this button offers {offers}, not that", value)
            wanted = found
        return Decision(field, Outcome(field.name, Status.FILLED), wanted)

    def _set_state(self, field: Field, widget: Widget, wanted: str) -> None:
        states = widget.on_states()
        is_radio = field.has(RADIO)
        if not states and (wanted == "Off" or len(field.widgets) == 1):
            states = (wanted,) if wanted != "Off" else ()
        on = wanted in states and wanted != "Off"
        if on:
            self._draw_mark_where_missing(widget, wanted, is_radio=is_radio)
        widget.annotation.AS = Name(f"/{wanted}") if on else Name.Off

    def _draw_mark_where_missing(self, widget: Widget, state: str, *, is_radio: bool) -> None:
        appearance = widget.annotation.get("/AP")
        if not isinstance(appearance, Dictionary):
            widget.annotation.AP = Dictionary()
        normal = widget.annotation.AP.get("/N")
        if not isinstance(normal, Dictionary) or isinstance(normal, pikepdf.Stream):
            widget.annotation.AP.N = Dictionary()
        states = widget.annotation.AP.N
        drawn = states.get(f"/{state}")
        if not isinstance(drawn, pikepdf.Stream) or not _draws(drawn):
            states[f"/{state}"] = mark_appearance(self._pdf, widget, is_radio=is_radio)
        if "/Off" not in states:
            states["/Off"] = empty_appearance(self._pdf, widget)

    def _put(self, widget: Widget, stream: pikepdf.Stream) -> None:
        appearance = widget.annotation.get("/AP")
        if not isinstance(appearance, Dictionary):
            widget.annotation.AP = Dictionary()
        widget.annotation.AP.N = stream
        drop(widget.annotation, "/AS")


def choices(field: Field) -> tuple[Choice, ...]:
    """The options of a choice field; a pair is [export value, shown text] (ISO 32000-2, table 234)."""
    out = []
    for option in items(field.inherited("/Opt")):
        pair = items(option)
        if len(pair) >= 2:
            out.append(Choice(text_of(pair[0]), text_of(pair[1])))
        else:
            text = text_of(option)
            out.append(Choice(text, text))
    return tuple(out)


def button_choices(field: Field) -> tuple[Choice, ...]:
    """The on-states of a button; where /Opt gives them words, those are what a person reads."""
    options = [text_of(option) for option in items(field.inherited("/Opt"))]
    states = tuple(dict.fromkeys(state for widget in field.widgets for state in widget.on_states()))
    named = [
        Choice(state, options[int(state)] if state.isdigit() and int(state) < len(options) else state)
        for state in states
    ]
    return tuple(named)


def _state(value: str, field: Field, states: tuple[str, ...]) -> str | None:
    if value in states:
        return value
    by_label = [choice.export for choice in button_choices(field) if choice.label == value]
    if by_label:
        return by_label[0]
    return value if not states and len(field.widgets) == 1 else None


def _why_not(field: Field) -> str:
    if field.type == "/Sig":
        return "it is a signature field; sign the finished document"
    if field.has(READ_ONLY):
        return "the form does not let it be changed"
    if field.type == "/Btn" and field.has(PUSHBUTTON):
        return "it is a button to press, not an answer"
    if all(widget.page is None for widget in field.widgets):
        return "the form shows it on no page"
    return ""


def _refused(field: Field, reason: str, value: str | bool) -> Decision:
    return Decision(field, Outcome(field.name, Status.REFUSED, reason, rest=value if isinstance(value, str) else ""))


def _first_that_fits(field: Field, widget: Widget, words: Sequence[str]) -> FittedText:
    tried = (fit(field, widget, one) for one in words if one)
    return next((one for one in tried if one.fits), FittedText((), 6.0, "sans", fits=True))


def _draws(mark: pikepdf.Stream) -> bool:
    """Whether every viewer shows the mark of a button's own appearance.

    Not where it is empty, nor where it is a letter of an embedded TrueType dingbat without an /Encoding: Poppler
    draws nothing for those (they come from macOS Preview; a court's ud105.pdf taught us).
    """
    try:
        content = mark.read_bytes().strip()
    except pikepdf.PdfError:
        return False
    if not content:
        return False
    if b"Tf" not in content:
        return True
    fonts = dictionary(dictionary(mark.get("/Resources")).get("/Font"))
    for key in keys(fonts):
        font = dictionary(fonts.get(key))
        if font.get("/Subtype") == "/TrueType" and "/Encoding" not in font and "Dingbats" in str(font.get("/BaseFont")):
            return False
    return True


def _short(pointer: str) -> str:
    """The shortest pointer, `1.3` for sheet 1, item 3, where the words do not fit."""
    numbers = "".join(char if char.isdigit() else " " for char in pointer).split()
    return "\u2192 " + ".".join(numbers) if numbers else ""


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
