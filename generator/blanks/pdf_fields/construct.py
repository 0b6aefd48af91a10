"""What a form with /NeedAppearances leaves to its viewer to draw, drawn before that word is taken out.

With the word, a viewer draws every field anew from its value; without it, each shows the appearance that is stored. So a
value that no stored appearance shows would vanish, and an old one would come to light. See ISO 32000-2, 12.7.3, table 224.
"""

import re
from collections.abc import Collection, Iterable

import pikepdf
from pikepdf import Dictionary, Name

from generator.blanks.pdf_fields.appearance import empty_appearance, look_of
from generator.blanks.pdf_fields.fields import COMBO, PUSHBUTTON, Field, Widget, dictionary, is_true, text_of
from generator.blanks.pdf_fields.fill import Writer, choices, put
from generator.blanks.pdf_fields.viewer import Viewer

_SHOWN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Redrawing:
    """The drawing that a form leaves to its viewer, made up for; nothing where the form does not ask for it.

    Buttons first (`buttons`), before any is set; then, after all is written, what is left (`rest`).
    """

    def __init__(self, pdf: pikepdf.Pdf, data: bytes) -> None:
        self._pdf = pdf
        is_asked = is_true(dictionary(pdf.Root.get("/AcroForm")).get("/NeedAppearances"))
        self._viewer = Viewer(pdf, data) if is_asked else None

    def buttons(self, fields: Iterable[Field]) -> None:
        """Give all buttons, filled or not, the drawings that the viewer showed: one form has one kind of mark."""
        if self._viewer is None:
            return
        for one in fields:
            if one.type == "/Btn":
                for widget in one.widgets:
                    self._viewer.take_button(widget)

    def rest(self, writer: Writer, fields: Iterable[Field], written: Collection[str]) -> None:
        """Draw the fields that are not `written` now, where their stored appearance does not show their value."""
        if self._viewer is None:
            return
        for one in fields:
            if one.name in written:
                continue
            if one.type == "/Btn":
                for widget in one.widgets:
                    _settle_button(self._pdf, writer, one, widget)
            elif one.type in ("/Tx", "/Ch"):
                self._text(self._viewer, writer, one)

    def _text(self, viewer: Viewer, writer: Writer, one: Field) -> None:
        """As the viewer showed it, if that shows the value; the viewer lacks letters that the form's own font has."""
        value = _value(one)
        is_list = one.type == "/Ch" and not one.has(COMBO)
        drawn = [(widget, stream) for widget in one.widgets if (stream := viewer.text(widget)) is not None]
        if len(drawn) == len(one.widgets) and all(is_list or _says(stream, value) for _, stream in drawn):
            for widget, stream in drawn:
                put(widget, stream)
        elif is_list:
            if not all(_has_appearance(widget) for widget in one.widgets):
                writer.redraw_list(one, value)
        elif not all(_shows(widget, value) for widget in one.widgets):
            writer.redraw(one, value)


def _value(one: Field) -> str:
    """What the field shows: its value, or the words of the option that is chosen."""
    value = text_of(one.inherited("/V"))
    return next((option.label for option in choices(one) if option.export == value), value) if value else ""


def _settle_button(pdf: pikepdf.Pdf, writer: Writer, one: Field, widget: Widget) -> None:
    """The state that the value says where none is set, and what it looks like."""
    if one.has(PUSHBUTTON):
        caption = text_of(dictionary(widget.annotation.get("/MK")).get("/CA"))
        if caption and not isinstance(dictionary(widget.annotation.get("/AP")).get("/N"), pikepdf.Stream):
            writer.redraw(one, caption)
        return
    value = text_of(one.inherited("/V"))
    if "/AS" not in widget.annotation:
        widget.annotation.AS = Name(f"/{value}") if value in widget.on_states() else Name.Off
    state = text_of(widget.annotation.get("/AS"))
    if state not in ("", "Off"):
        writer.draw_mark(one, widget, state)
    else:
        _draw_off(pdf, one, widget)


def _draw_off(pdf: pikepdf.Pdf, one: Field, widget: Widget) -> None:
    normal = dictionary(dictionary(widget.annotation.get("/AP")).get("/N"))
    if isinstance(normal, pikepdf.Stream) or "/Off" in normal:
        return
    if not isinstance(widget.annotation.get("/AP"), Dictionary):
        widget.annotation.AP = Dictionary()
    if not isinstance(widget.annotation.AP.get("/N"), Dictionary):
        widget.annotation.AP.N = Dictionary()
    widget.annotation.AP.N.Off = empty_appearance(pdf, look_of(one, widget))


def _has_appearance(widget: Widget) -> bool:
    stream = dictionary(widget.annotation.get("/AP")).get("/N")
    return isinstance(stream, pikepdf.Stream) and bool(_texts(stream.read_bytes()).strip())


def _shows(widget: Widget, value: str) -> bool:
    """Whether the stored appearance shows a value, as far as its own bytes tell: letters that a font of the form's encodes in
    its own way count as another text, and are drawn anew."""
    stream = dictionary(widget.annotation.get("/AP")).get("/N")
    return _says(stream, value) if isinstance(stream, pikepdf.Stream) else not value.strip()


def _says(stream: pikepdf.Stream, value: str) -> bool:
    return "".join(_texts(stream.read_bytes()).split()) == "".join(value.split())


def _texts(content: bytes) -> str:
    out = []
    for found in _SHOWN.findall(content):
        if found.startswith(b"<"):
            digits = b"".join(found[1:-1].split())
            raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            raw = _ESCAPE.sub(_unescaped, found[1:-1])
        out.append(raw.decode("cp1252", "replace"))
    return "".join(out)


def _unescaped(found: re.Match[bytes]) -> bytes:
    char = found[1]
    return bytes([int(char, 8) & 0xFF]) if char.isdigit() else _PLAIN.get(char, char)
