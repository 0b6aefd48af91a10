"""Writing values into fields: the value, the widgets' states, and appearances that show them."""

import difflib
from collections.abc import Mapping

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
    drop,
    items,
    text_of,
)
from generator.pdf_text.embed import Fonts
from generator.pdf_text.fit import FittedText
from generator.pdf_text.runs import missing
from generator.slots import Choice, Outcome, Status


class Writer:
    """Fills the fields of one open file. `pointers` are the words that a box shows when its text is on a sheet."""

    def __init__(self, pdf: pikepdf.Pdf, pointers: Mapping[str, str]) -> None:
        self._pdf = pdf
        self._fonts = Fonts(pdf)
        self._pointers = pointers

    def write(self, field: Field, value: str | bool) -> Outcome:
        """Write one value; what cannot be written is refused with the reason, and the field stays as it was."""
        reason = _why_not(field)
        if reason:
            return Outcome(field.name, Status.REFUSED, reason, rest=value if isinstance(value, str) else "")
        if field.type == "/Btn":
            return self._button(field, value)
        text = "Yes" if value is True else "" if value is False else value
        return self._choice(field, text) if field.type == "/Ch" else self._text(field, text)

    def finish(self) -> None:
        """Embed the fonts. Call once, after the last value."""
        self._fonts.finish()

    def _text(self, field: Field, text: str) -> Outcome:
        lost = missing(text, style_of(field, field.widgets[0]).family)
        if lost:
            return Outcome(
                field.name, Status.REFUSED, "no font on this machine can draw some of its characters", rest=text
            )
        too_long = field.max_length is not None and _utf16(text) > field.max_length
        if too_long or not all(fit(field, widget, text).fits for widget in field.widgets):
            return self._continue(field, text, keep_value=not too_long)
        field.object.V = String(text)
        _forget_rich_text(field)
        smallest = self._show(field, text)
        asked = style_of(field, field.widgets[0]).size
        if asked and smallest < asked:
            return Outcome(field.name, Status.SHRUNK, f"set in {smallest:g} pt so that it fits", smallest)
        return Outcome(field.name, Status.FILLED, size_pt=smallest)

    def _continue(self, field: Field, text: str, *, keep_value: bool) -> Outcome:
        pointer = self._pointers.get(field.name, "")
        if field.max_length is not None and _utf16(pointer) > field.max_length:
            pointer = ""
        field.object.V = String(text if keep_value else pointer)
        _forget_rich_text(field)
        for widget in field.widgets:
            shown = next(
                (words for words in (pointer, _short(pointer)) if words and fit(field, widget, words).fits), ""
            )
            self._put(widget, text_appearance(self._pdf, self._fonts, field, widget, fit(field, widget, shown)))
        limit = f"it takes {field.max_length} characters" if not keep_value else "the box is too small for it"
        return Outcome(field.name, Status.CONTINUED, limit, rest=text)

    def _show(self, field: Field, text: str) -> float:
        sizes = []
        for widget in field.widgets:
            fitted = fit(field, widget, text)
            sizes.append(fitted.size)
            self._put(widget, text_appearance(self._pdf, self._fonts, field, widget, fitted))
        return min(sizes)

    def _choice(self, field: Field, text: str) -> Outcome:
        options = choices(field)
        chosen = next((o for o in options if o.export == text), None) or next(
            (o for o in options if o.label == text), None
        )
        if chosen is None and not (field.has(COMBO) and field.has(EDIT)):
            near = difflib.get_close_matches(text, [o.label for o in options], n=3, cutoff=0.0)
            offers = ", ".join(f'"{label}"' for label in near)
            return Outcome(
                field.name, Status.REFUSED, f"the form offers no such choice; the nearest are {offers}", rest=text
            )
        label = chosen.label if chosen else text
        field.object.V = String(chosen.export if chosen else text)
        drop(field.object, "/I")
        if chosen and not field.has(COMBO):
            field.object.I = pikepdf.Array([options.index(chosen)])
        if not field.has(COMBO):
            for widget in field.widgets:
                self._put(widget, self._list_appearance(field, widget, options, options.index(chosen) if chosen else 0))
            return Outcome(field.name, Status.FILLED)
        if not all(fit(field, widget, label).fits for widget in field.widgets):
            return self._continue_choice(field, label)
        smallest = self._show(field, label)
        asked = style_of(field, field.widgets[0]).size
        shrunk = bool(asked) and smallest < asked
        why = f"set in {smallest:g} pt so that it fits" if shrunk else ""
        return Outcome(field.name, Status.SHRUNK if shrunk else Status.FILLED, why, smallest)

    def _continue_choice(self, field: Field, label: str) -> Outcome:
        pointer = self._pointers.get(field.name, "")
        for widget in field.widgets:
            shown = next(
                (words for words in (pointer, _short(pointer)) if words and fit(field, widget, words).fits), ""
            )
            self._put(widget, text_appearance(self._pdf, self._fonts, field, widget, fit(field, widget, shown)))
        return Outcome(field.name, Status.CONTINUED, "the box is too small for it", rest=label)

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
        return text_appearance(self._pdf, self._fonts, listed, widget, FittedText(lines, size, "sans", fits=True))

    def _button(self, field: Field, value: str | bool) -> Outcome:
        states = tuple(dict.fromkeys(state for widget in field.widgets for state in widget.on_states()))
        if value is False or value in ("Off", ""):
            wanted = "Off"
        elif value is True:
            if field.has(RADIO) and len(states) > 1:
                return Outcome(field.name, Status.REFUSED, "the form asks to choose one of several", rest="")
            wanted = states[0] if states else "Yes"
        else:
            found = _state(value, field, states)
            if found is None:
                offers = ", ".join(f'"{state}"' for state in states) or "nothing"
                return Outcome(field.name, Status.REFUSED, f"this button offers {offers}, not that", rest=value)
            wanted = found
        field.object.V = Name(f"/{wanted}")
        for widget in field.widgets:
            self._set_state(field, widget, wanted)
        return Outcome(field.name, Status.FILLED)

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
        if not isinstance(drawn, pikepdf.Stream) or not drawn.read_bytes().strip():
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
    if not field.widgets:
        return "the form shows it on no page"
    return ""


def _forget_rich_text(field: Field) -> None:
    drop(field.object, "/RV", "/DS")


def _short(pointer: str) -> str:
    """The shortest pointer, `1.3` for sheet 1, item 3, where the words do not fit."""
    numbers = "".join(char if char.isdigit() else " " for char in pointer).split()
    return "\u2192 " + ".".join(numbers) if numbers else ""


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
