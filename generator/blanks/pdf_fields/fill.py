"""Writing values into fields: the value, the widgets' states, and appearances that show them."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Dictionary, Name, String

from generator.blanks.pdf_fields.appearance import (
    Look,
    empty_appearance,
    fit,
    look_of,
    mark_appearance,
    text_appearance,
)
from generator.blanks.pdf_fields.fields import (
    COMBO,
    EDIT,
    PASSWORD,
    PUSHBUTTON,
    RADIO,
    READ_ONLY,
    Field,
    Widget,
    drop,
    items,
    keys,
    text_of,
)
from generator.blanks.pdf_fields.legible import Paper, legible, shows_a_mark, white_paper
from generator.pdf_text.embed import Fonts
from generator.pdf_text.fit import LEADING, SMALLEST, FittedText
from generator.pdf_text.runs import missing
from generator.slots import Choice, Outcome, Status


@dataclass(frozen=True, slots=True)
class Planned:
    """What will be written into a field, decided before anything is. `draw` takes the words that point to a sheet."""

    outcome: Outcome
    draw: Callable[[str], None] | None = None


class Writer:
    """Fills the fields of one open file: first decide (`plan`), then write (`Planned.draw`), then `finish`."""

    def __init__(self, pdf: pikepdf.Pdf, paper: Paper = white_paper) -> None:
        self._pdf = pdf
        self._paper = paper
        self.fonts = Fonts(pdf)

    def plan(self, field: Field, value: str | bool, *, is_own_sum: bool = False) -> Planned:
        """How a value will end; what cannot be written is refused with the reason, and the field stays as it was.

        `is_own_sum`: the form itself would write it, so that it may be a field which people cannot change.
        """
        reason = _why_not(field, may_be_read_only=is_own_sum)
        if reason:
            rest = value if isinstance(value, str) else ""
            return Planned(Outcome(field.name, Status.REFUSED, reason, rest=rest))
        if field.type == "/Btn":
            return self._button(field, value)
        text = "Yes" if value is True else "" if value is False else value
        if any("\ud800" <= char <= "\udfff" for char in text):
            why = "it holds half a character, which no file can store"
            return Planned(Outcome(field.name, Status.REFUSED, why, rest=text))
        return self._choice(field, text) if field.type == "/Ch" else self._text(field, text)

    def redraw(self, field: Field, text: str) -> None:
        """Draw a text that the field holds already, as much of it as there is room for; the value is not touched."""
        looks = [self._look(field, widget) for widget in field.widgets]
        if missing(text, looks[0].style.family if looks else "sans"):
            return
        for widget, look in zip(field.widgets, looks, strict=True):
            shown = look if field.type != "/Btn" else replace(look, alignment=1)
            fitted = fit(shown, text)
            if not fitted.fits:
                fitted = FittedText(tuple(text.splitlines()), SMALLEST, "narrow", fits=False)
            put(widget, text_appearance(self._pdf, self.fonts, shown, fitted))

    def redraw_list(self, field: Field, text: str) -> None:
        """Draw a list with the option that it holds already."""
        options = choices(field)
        place = next((i for i, option in enumerate(options) if option.label == text), 0)
        for widget in field.widgets:
            put(widget, self._list_appearance(self._look(field, widget), options, place if text else -1))

    def draw_mark(self, field: Field, widget: Widget, state: str) -> None:
        """Draw the mark of a button's state where its own appearance shows none."""
        self._draw_mark_where_missing(field, widget, state, is_radio=field.has(RADIO))

    def finish(self) -> None:
        """Embed the fonts. Call once, after the last value."""
        self.fonts.finish()

    def _look(self, field: Field, widget: Widget) -> Look:
        """The widget's look, in a colour that shows on its ground."""
        look = look_of(field, widget)
        colour = legible(look.style.colour, look.ground, lambda: self._paper(widget.page, widget.rect))
        return look if colour == look.style.colour else replace(look, style=replace(look.style, colour=colour))

    def _text(self, field: Field, text: str) -> Planned:
        looks = [self._look(field, widget) for widget in field.widgets]
        if missing(text, looks[0].style.family):
            why = "no font on this machine can draw some of its characters"
            return Planned(Outcome(field.name, Status.REFUSED, why, rest=text))
        if field.max_length is not None and _utf16(text) > field.max_length:
            why = f"it takes {field.max_length} characters"
            if field.has(PASSWORD):
                return Planned(Outcome(field.name, Status.REFUSED, why, rest=text))
            return Planned(
                Outcome(field.name, Status.CONTINUED, why, rest=text),
                lambda pointer: self._continue(field, looks, _within(pointer, field), value=None),
            )
        if field.has(PASSWORD):
            # What the form means to keep from sight is not written on paper (ISO 32000-2, table 231, Password).
            veiled = [_veiled(look, len(text)) for look in looks]
            return Planned(Outcome(field.name, Status.FILLED), lambda _: self._show(field, looks, veiled, text))
        fitted = [fit(look, text) for look in looks]
        if not _all_fit(field, fitted):
            return Planned(
                Outcome(field.name, Status.CONTINUED, "the box is too small for it", rest=text),
                lambda pointer: self._continue(field, looks, pointer, value=text),
            )
        return Planned(_outcome(field, looks, fitted), lambda _: self._show(field, looks, fitted, text))

    def _show(self, field: Field, looks: Sequence[Look], fitted: Sequence[FittedText], value: str) -> None:
        field.store(String(value))
        for widget, look, text in zip(field.widgets, looks, fitted, strict=True):
            put(widget, text_appearance(self._pdf, self.fonts, look, text))

    def _continue(self, field: Field, looks: Sequence[Look], pointer: str, *, value: str | None) -> None:
        """The pointer in every box, or its short form where the words do not fit; the whole text stays the value."""
        field.store(String(pointer if value is None else value))
        self._point(field, looks, pointer)

    def _point(self, field: Field, looks: Sequence[Look], pointer: str) -> None:
        for widget, look in zip(field.widgets, looks, strict=True):
            tried = (fit(look, words) for words in (pointer, _short(pointer)) if words)
            shown = next((one for one in tried if one.fits), fit(look, ""))
            put(widget, text_appearance(self._pdf, self.fonts, look, shown))

    def _choice(self, field: Field, text: str) -> Planned:
        options = choices(field)
        chosen = next((o for o in options if o.export == text), None) or next(
            (o for o in options if o.label == text), None
        )
        if chosen is None and not (field.has(COMBO) and field.has(EDIT)):
            near = difflib.get_close_matches(text, [o.label for o in options], n=3, cutoff=0.0)
            offers = ", ".join(f'"{label}"' for label in near)
            why = f"the form offers no such choice; the nearest are {offers}"
            return Planned(Outcome(field.name, Status.REFUSED, why, rest=text))
        label = chosen.label if chosen else text
        if missing(label, "sans"):
            why = "no font on this machine can draw some of its characters"
            return Planned(Outcome(field.name, Status.REFUSED, why, rest=text))
        looks = [self._look(field, widget) for widget in field.widgets]

        def store() -> None:
            field.store(String(chosen.export if chosen else text))
            drop(field.object, "/I")

        if not field.has(COMBO):
            place = options.index(chosen) if chosen else 0
            return Planned(
                Outcome(field.name, Status.FILLED), lambda _: self._list(field, looks, options, place, store)
            )
        fitted = [fit(look, label) for look in looks]

        def draw(pointer: str) -> None:
            store()
            if not is_shown:
                self._point(field, looks, pointer)
                return
            for widget, look, one in zip(field.widgets, looks, fitted, strict=True):
                put(widget, text_appearance(self._pdf, self.fonts, look, one))

        is_shown = _all_fit(field, fitted)
        if not is_shown:
            return Planned(Outcome(field.name, Status.CONTINUED, "the box is too small for it", rest=label), draw)
        return Planned(_outcome(field, looks, fitted), draw)

    def _list(
        self, field: Field, looks: Sequence[Look], options: tuple[Choice, ...], chosen: int, store: Callable[[], None]
    ) -> None:
        store()
        field.object.I = pikepdf.Array([chosen])
        for widget, look in zip(field.widgets, looks, strict=True):
            put(widget, self._list_appearance(look, options, chosen))

    def _list_appearance(self, look: Look, options: tuple[Choice, ...], chosen: int) -> pikepdf.Stream:
        """As many options as there is room for, beginning so that the chosen one (-1: none) is among them."""
        size = look.style.size or 10.0
        rows = max(1, int(look.frame.height / (size * LEADING)))
        first = max(0, min(chosen, len(options) - rows)) if chosen >= rows else 0
        lines = tuple(
            f"\u2023 {option.label}" if i == chosen else option.label
            for i, option in list(enumerate(options))[first : first + rows]
        )
        listed = replace(look, box=replace(look.box, is_multiline=True))
        return text_appearance(self._pdf, self.fonts, listed, FittedText(lines, size, "sans", fits=True))

    def _button(self, field: Field, value: str | bool) -> Planned:
        states = tuple(dict.fromkeys(state for widget in field.widgets for state in widget.on_states()))
        if value is False or value in ("Off", ""):
            wanted = "Off"
        elif value is True:
            if field.has(RADIO) and len(states) > 1:
                why = "the form asks to choose one of several"
                return Planned(Outcome(field.name, Status.REFUSED, why, rest=""))
            wanted = states[0] if states else "Yes"
        else:
            found = _state(value, field, states)
            if found is None:
                offers = ", ".join(f'"{state}"' for state in states) or "nothing"
                return Planned(
                    Outcome(field.name, Status.REFUSED, f"this button offers {offers}, not that", rest=value)
                )
            wanted = found

        def draw(_: str) -> None:
            field.store(Name(f"/{wanted}"))
            for widget in field.widgets:
                self._set_state(field, widget, wanted)

        return Planned(Outcome(field.name, Status.FILLED), draw)

    def _set_state(self, field: Field, widget: Widget, wanted: str) -> None:
        states = widget.on_states()
        is_radio = field.has(RADIO)
        if not states and (wanted == "Off" or len(field.widgets) == 1):
            states = (wanted,) if wanted != "Off" else ()
        on = wanted in states and wanted != "Off"
        if on:
            self._draw_mark_where_missing(field, widget, wanted, is_radio=is_radio)
        widget.annotation.AS = Name(f"/{wanted}") if on else Name.Off

    def _draw_mark_where_missing(self, field: Field, widget: Widget, state: str, *, is_radio: bool) -> None:
        appearance = widget.annotation.get("/AP")
        if not isinstance(appearance, Dictionary):
            widget.annotation.AP = Dictionary()
        normal = widget.annotation.AP.get("/N")
        named = normal if isinstance(normal, Dictionary) and not isinstance(normal, pikepdf.Stream) else Dictionary()
        # Poppler finds no state in a dictionary of states that is an object of its own.
        widget.annotation.AP.N = Dictionary({key: named[key] for key in keys(named)})
        states = widget.annotation.AP.N
        look = self._look(field, widget)
        drawn, off = states.get(f"/{state}"), states.get("/Off")
        if not shows_a_mark(drawn, off, look.ground, lambda: self._paper(widget.page, widget.rect)):
            states[f"/{state}"] = mark_appearance(self._pdf, look, is_radio=is_radio)
        if "/Off" not in states:
            states["/Off"] = empty_appearance(self._pdf, look)


def put(widget: Widget, stream: pikepdf.Stream) -> None:
    """Make a stream the widget's normal appearance."""
    appearance = widget.annotation.get("/AP")
    if not isinstance(appearance, Dictionary):
        widget.annotation.AP = Dictionary(N=stream)
    else:
        appearance.N = stream
    drop(widget.annotation, "/AS")


_MOST_STARS = 200


def _veiled(look: Look, length: int) -> FittedText:
    """An asterisk for each letter, or as many as there is room for."""
    tried = (fit(look, "*" * count) for count in range(min(length, _MOST_STARS), 0, -1))
    return next((one for one in tried if one.fits), fit(look, ""))


def _seen(field: Field) -> list[int]:
    """The places of the widgets that can show; one that is hidden, of no size or on no page decides nothing beside others."""
    return [place for place, widget in enumerate(field.widgets) if widget.can_show] or list(range(len(field.widgets)))


def _all_fit(field: Field, fitted: Sequence[FittedText]) -> bool:
    return all(fitted[place].fits for place in _seen(field))


def _outcome(field: Field, looks: Sequence[Look], fitted: Sequence[FittedText]) -> Outcome:
    places = _seen(field)
    shrunk = [fitted[place].size for place in places if 0 < fitted[place].size < looks[place].style.size]
    if shrunk:
        return Outcome(field.name, Status.SHRUNK, f"set in {min(shrunk):g} pt so that it fits", min(shrunk))
    return Outcome(field.name, Status.FILLED, size_pt=min(fitted[place].size for place in places))


def _within(pointer: str, field: Field) -> str:
    """A pointer that becomes the field's value must keep to its length, too."""
    return "" if field.max_length is not None and _utf16(pointer) > field.max_length else pointer


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


def _why_not(field: Field, *, may_be_read_only: bool) -> str:
    if field.type == "/Sig":
        return "it is a signature field; sign the finished document"
    if field.has(READ_ONLY) and not may_be_read_only:
        return "the form does not let it be changed"
    if field.type == "/Btn" and field.has(PUSHBUTTON):
        return "it is a button to press, not an answer"
    if all(widget.page is None for widget in field.widgets):
        return "the form shows it on no page"
    return ""


def _short(pointer: str) -> str:
    """The shortest pointer, `1.3` for sheet 1, item 3, where the words do not fit."""
    numbers = "".join(char if char.isdigit() else " " for char in pointer).split()
    return "\u2192 " + ".".join(numbers) if numbers else ""


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
