"""How a filled field looks: appearance streams of our own, from the field's own family, size, colour and border.

See ISO 32000-2, 12.7.4.3 (variable text), 12.5.5 (appearance streams), 12.5.6.19 (appearance characteristics).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from pikepdf import Dictionary, Name

from generator.blanks.pdf_fields.fields import (
    COMB,
    MULTILINE,
    Field,
    Widget,
    dictionary,
    integer,
    items,
    text_of,
    value,
)
from generator.blanks.pdf_fields.legible import COLOUR
from generator.pdf_text.embed import Fonts, number
from generator.pdf_text.faces import face
from generator.pdf_text.fit import LARGEST_AUTO, SMALLEST, Box, FittedText, fit_text
from generator.pdf_text.runs import width

_SERIF = re.compile(r"tim|serif|roman|georgia|garamond|cambria|minion|palat|book", re.IGNORECASE)
_SANS = re.compile(r"sans", re.IGNORECASE)
_FONT = re.compile(r"/(\S+)\s+(-?[\d.]+)\s+Tf")
_WANTED = re.compile(r"font(?:-size)?\s*:[^;]*?([\d.]+)\s*pt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a field's default appearance asks for; `size` 0 is automatic, and then at most `largest`."""

    family: str
    size: float
    colour: bytes
    largest: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A widget as text sees it: turned upright, its size, and the matrix that turns it back."""

    width: float
    height: float
    rotation: int
    border: float

    @property
    def matrix(self) -> tuple[float, ...]:
        """The appearance's Matrix for the widget's rotation."""
        return {
            90: (0, 1, -1, 0, self.height, 0),
            180: (-1, 0, 0, -1, self.width, self.height),
            270: (0, -1, 1, 0, 0, self.width),
        }.get(self.rotation, (1, 0, 0, 1, 0, 0))


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a widget shows its text, read once: style, frame, room, ground, cells of a comb, sign of a button."""

    style: Style
    frame: Frame
    box: Box
    ground: bytes
    cells: int
    alignment: int
    sign: str = ""


def look_of(field: Field, widget: Widget) -> Look:
    """The look of one widget of a field."""
    characteristics = dictionary(value(widget.annotation, "/MK"))
    line = _colour(value(characteristics, "/BC"), stroke=True)
    thick = float(dictionary(value(widget.annotation, "/BS")).get("/W", 1)) if line else 0.0
    frame = _frame(widget, integer(value(characteristics, "/R")) % 360, min(max(thick, 0.0), 6.0))
    cells = (field.max_length or 0) if is_comb(field) else 0
    ground = _background(_colour(value(characteristics, "/BG"), stroke=False), line, frame)
    sign = text_of(characteristics.get("/CA"))[:1] if field.type == "/Btn" else ""
    return Look(_style(field, widget), frame, _box(field, frame), ground, cells, _alignment(field, widget), sign)


def _alignment(field: Field, widget: Widget) -> int:
    """The widget's own, else the field's: 0 left, 1 middle, 2 right; in a comb, of cells."""
    own = value(widget.annotation, "/Q")
    asked = field.alignment if own is None else integer(own)
    return asked if asked in (1, 2) else 0


def _style(field: Field, widget: Widget) -> Style:
    """The widget's own default appearance, else the field's; an automatic size begins at that of the default style (/DS)."""
    return _style_of(text_of(value(widget.annotation, "/DA")) or field.default_appearance, field.default_style)


@lru_cache(maxsize=256)
def _style_of(appearance: str, style: str) -> Style:
    """What two strings of the form's own ask for; a form says the same in most of its fields."""
    found = _FONT.search(appearance)
    name, size = (found[1], abs(float(found[2] or 0))) if found else ("Helv", 0.0)
    colours = COLOUR.findall(appearance.encode("latin-1", "ignore"))
    colour = _filling(colours[-1][0].split()) if colours else b"0 g"
    family = "serif" if _SERIF.search(name) and not _SANS.search(name) else "sans"
    wanted = _WANTED.search(style)
    largest = min(max(float(wanted[1]), SMALLEST), LARGEST_AUTO) if wanted else LARGEST_AUTO
    return Style(family, size, colour, largest)


def _filling(values: list[bytes]) -> bytes:
    """A filling colour by how many parts it has, whatever colour space the form named for it."""
    operator = {1: b"g", 3: b"rg", 4: b"k"}.get(len(values))
    return b" ".join(values) + b" " + operator if operator else b"0 g"


def _frame(widget: Widget, rotation: int, border: float) -> Frame:
    x0, y0, x1, y1 = widget.rect
    wide, high = (y1 - y0, x1 - x0) if rotation in (90, 270) else (x1 - x0, y1 - y0)
    return Frame(wide, high, rotation, border)


def _box(field: Field, frame: Frame) -> Box:
    is_multiline = field.type == "/Tx" and field.has(MULTILINE)
    slack = 2.0 if frame.width > 20 else 1.0
    high = frame.height - 2 * frame.border - (2.0 if is_multiline else 0.5)
    return Box(max(frame.width - 2 * (frame.border + slack), 1.0), max(high, 1.0), is_multiline, slack)


def fit(look: Look, text: str) -> FittedText:
    """How a text stands in a widget; comb cells take one character each."""
    if look.cells:
        return _fit_comb(look, text)
    return fit_text(text, look.box, look.style.family, look.style.size, look.style.largest)


def is_comb(field: Field) -> bool:
    """Whether the field is divided into cells (ISO 32000-2, table 230)."""
    return field.type == "/Tx" and field.has(COMB) and field.max_length is not None and not field.has(MULTILINE)


def text_appearance(pdf: pikepdf.Pdf, fonts: Fonts, look: Look, text: FittedText) -> pikepdf.Stream:
    """The appearance that shows `text` in a widget."""
    frame = look.frame
    resources: dict[str, pikepdf.Object] = {}
    out = [look.ground, b"/Tx BMC q"]
    inset = frame.border
    clip = (inset, inset, frame.width - 2 * inset, frame.height - 2 * inset)
    out.append(b" ".join(number(max(v, 0)) for v in clip) + b" re W n")
    out.append(b"BT " + look.style.colour)
    if text.stretch != 1.0:
        out.append(number(text.stretch * 100) + b" Tz")
    for line, x, y in _placed(look, text):
        shown, used, _ = fonts.show(line, text.family, text.size)
        resources |= used
        out.append(b"1 0 0 1 %s %s Tm %s" % (number(x), number(y), shown))
    out.append(b"ET Q EMC")
    return _stream(pdf, frame, b"\n".join(out), fonts.resources(resources) if resources else Dictionary())


def mark_appearance(pdf: pikepdf.Pdf, look: Look, *, is_radio: bool) -> pikepdf.Stream:
    """A drawn mark for a button whose own appearance is missing or empty.

    The form's own sign where it names one (/MK /CA, a ZapfDingbats character), else a tick, or a dot for radio buttons.
    """
    frame = look.frame
    side = min(frame.width, frame.height)
    left, low = (frame.width - side) / 2, (frame.height - side) / 2

    def path(*points: tuple[float, float]) -> bytes:
        placed = [b"%s %s" % (number(left + x * side), number(low + y * side)) for x, y in points]
        return b" ".join([placed[0] + b" m", *(point + b" l" for point in placed[1:])])

    stroke = number(max(side * 0.12, 0.8)) + b" w 1 J 1 j "
    sign = look.sign or ("l" if is_radio else "4")
    if sign in "l":
        mark = _disc(frame.width / 2, frame.height / 2, side * 0.25) + b" f"
    elif sign in "5678":
        mark = stroke + path((0.25, 0.25), (0.75, 0.75)) + b" S " + path((0.25, 0.75), (0.75, 0.25)) + b" S"
    elif sign == "n":
        mark = path((0.27, 0.27), (0.73, 0.27), (0.73, 0.73), (0.27, 0.73)) + b" f"
    elif sign == "u":
        mark = path((0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5)) + b" f"
    else:
        mark = stroke + path((0.2, 0.5), (0.42, 0.24), (0.8, 0.78)) + b" S"
    colour = look.style.colour
    strokes = colour.replace(b"rg", b"RG").replace(b"g", b"G").replace(b"k", b"K")
    return _stream(pdf, frame, b"\n".join((look.ground, b"q " + colour + b" " + strokes, mark, b"Q")), Dictionary())


def empty_appearance(pdf: pikepdf.Pdf, look: Look) -> pikepdf.Stream:
    """A widget with nothing in it but its own background and border."""
    return _stream(pdf, look.frame, look.ground, Dictionary())


def _fit_comb(look: Look, text: str) -> FittedText:
    cell = (look.box.width + 2) / look.cells
    family = look.style.family
    size = look.style.size or min(look.style.largest, look.box.height / 1.15)
    while size > 6 and any(width(char, family, size) > cell for char in text):
        size -= 0.5
    fits = len(text) <= look.cells and all(width(char, family, size) <= cell + 0.5 for char in text)
    return FittedText((text,), size, family, fits)


def _placed(look: Look, text: FittedText) -> list[tuple[str, float, float]]:
    """Each line (each character of a comb) with the point its baseline begins at."""
    frame, box = look.frame, look.box.to_the_edge if text.is_tight else look.box
    font = face(text.family)
    cap, drop = font.cap_height * text.size / 1000, -font.descent * text.size / 1000
    left = (frame.width - box.width) / 2
    if box.is_multiline:
        # The first line's capitals begin just under the top, as Acrobat sets them.
        top = frame.height - frame.border - (0.3 if text.is_tight else 1.0) - cap * 1.05
        return [(line, left + _shift(look, box, line, text), top - i * text.step) for i, line in enumerate(text.lines)]
    base = max((frame.height - cap) / 2, min(frame.border + drop, frame.height - frame.border - cap))
    if look.cells:
        cell = frame.width / look.cells
        chars = text.lines[0] if text.lines else ""
        skipped = max(look.cells - len(chars), 0) * look.alignment // 2
        return [
            (char, place * cell + (cell - width(char, text.family, text.size)) / 2, base)
            for place, char in enumerate(chars, skipped)
        ]
    # Lines in a box meant for one: the last stands where the one would, as far as there is room above; many forms have
    # a printed rule there, which else would run through the text.
    below = (len(text.lines) - 1) * text.step
    first = base + below / 2
    if below:
        usual = (frame.height - cap * (look.style.size or 10.0) / text.size) / 2
        first = max(first, min(frame.height - frame.border - 0.3 - cap * 1.05, usual + below))
    return [(line, left + _shift(look, box, line, text), first - i * text.step) for i, line in enumerate(text.lines)]


def _shift(look: Look, box: Box, line: str, text: FittedText) -> float:
    room = box.width - text.width(line)
    return max(room, 0.0) * look.alignment / 2


def _background(fill: bytes, line: bytes, frame: Frame) -> bytes:
    """The operators that draw a widget's own ground and border, each in its colour where there is one."""
    out = []
    if fill:
        out.append(b"q %s 0 0 %s %s re f Q" % (fill, number(frame.width), number(frame.height)))
    if line and frame.border:
        half, thick = number(frame.border / 2), number(frame.border)
        wide, high = number(frame.width - frame.border), number(frame.height - frame.border)
        out.append(b"q %s %s w %s %s %s %s re S Q" % (line, thick, half, half, wide, high))
    return b"\n".join(out)


def _colour(obj: object, *, stroke: bool) -> bytes:
    values = [float(v) for v in items(obj)]
    if not values:
        return b""
    operator = {1: b"G" if stroke else b"g", 3: b"RG" if stroke else b"rg", 4: b"K" if stroke else b"k"}.get(
        len(values)
    )
    return b" ".join(number(v) for v in values) + b" " + operator if operator else b""


def _disc(x: float, y: float, r: float) -> bytes:
    k = 0.5523 * r
    curve = b"%s %s %s %s %s %s c"
    parts = [b"%s %s m" % (number(x + r), number(y))]
    for a in (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ):
        parts.append(curve % tuple(number(v) for v in a))
    return b" ".join(parts)


def _stream(pdf: pikepdf.Pdf, frame: Frame, content: bytes, resources: pikepdf.Object) -> pikepdf.Stream:
    # Key by key onto a bare stream: half the time of a dictionary built first, and that of one parsed.
    stream = pikepdf.Stream(pdf, content)
    stream["/Type"], stream["/Subtype"], stream["/Resources"] = Name.XObject, Name.Form, resources
    stream["/BBox"] = pikepdf.Object.parse(b"[0 0 %s %s]" % (number(frame.width), number(frame.height)))
    if frame.rotation:
        stream["/Matrix"] = pikepdf.Object.parse(b"[%s]" % b" ".join(number(v) for v in frame.matrix))
    return stream
