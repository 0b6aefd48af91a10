"""What stands on a page of a PDF: words, thin lines and boxes, as a person sees the page, read by PDFium.

PDFium ends the process when memory runs out, so this runs in a worker only. Nothing here knows of fields or answers.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as raw

from generator.errors import BlankIsEncrypted, BlankNotReadable
from generator.slots import Rect

_DEEPEST = 6
_MOST_OBJECTS = 60_000
_THIN = 2.6  # a rule is at most so thick, in points
_Matrix = tuple[float, float, float, float, float, float]
_Place = Callable[[float, float], tuple[float, float]]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them; `rect` from the foot of the line to its top, `size` the type's in points."""

    text: str
    rect: Rect
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that the page draws. `fill` is how light its inside is painted (0 black to 1 white), None if not."""

    rect: Rect
    is_stroked: bool
    fill: float | None
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page in the space of a reader: origin at the lower left of the page as shown, in points, turned upright."""

    number: int
    width: float
    height: float
    turn: int
    origin: tuple[float, float]
    words: tuple[Word, ...] = field(repr=False)
    across: tuple[Rect, ...] = field(repr=False)
    down: tuple[Rect, ...] = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)
    has_picture: bool = False
    ink: tuple[Rect, ...] = field(default=(), repr=False)
    """What else is drawn: pictures, and figures such as letters that were turned into outlines."""

    def shown(self, rect: Rect) -> Rect:
        """A rectangle of the file (as /Rect has it) in the space of a reader."""
        x0, y0, x1, y1 = rect
        return _around([_turned(x - self.origin[0], y - self.origin[1], self.turn, self.width, self.height) for x, y in
                        ((x0, y0), (x1, y1))])  # fmt: skip

    def stored(self, rect: Rect) -> Rect:
        """The other way: a rectangle as shown in the numbers that /Rect wants."""
        x0, y0, x1, y1 = rect
        back = [_turned_back(x, y, self.turn, self.width, self.height) for x, y in ((x0, y0), (x1, y1))]
        return _around([(x + self.origin[0], y + self.origin[1]) for x, y in back])


def read_pages(data: bytes, *, graphics: bool = True) -> Iterator[Page]:
    """Every page, one after the other. Raises BlankNotReadable or BlankIsEncrypted."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BlankIsEncrypted(
                "This PDF needs a password to be opened. Open it with the password, save a copy without one, and use that copy."
            ) from None
        raise BlankNotReadable(
            "This file is not a PDF, or it is damaged. Get the form again and try with that."
        ) from None
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                yield Page(number, 612.0, 792.0, 0, (0.0, 0.0), (), (), (), ())
                continue
            yield _read(page, number, graphics=graphics)
            page.close()
    finally:
        document.close()


def _read(page: pypdfium2.PdfPage, number: int, *, graphics: bool) -> Page:
    turn = (page.get_rotation() // 90) % 4
    width, height = page.get_size()
    box = page.get_bbox()
    origin = (box[0], box[1])

    def place(x: float, y: float) -> tuple[float, float]:
        return _turned(x - origin[0], y - origin[1], turn, width, height)

    words = tuple(_words(page, place, turn))
    drawn = _Drawn(place)
    if graphics:
        drawn.walk(page)
    inside = (-2.0, -2.0, width + 2.0, height + 2.0)
    return Page(
        number,
        width,
        height,
        turn,
        origin,
        tuple(word for word in words if _touches(word.rect, inside)),
        tuple(r for r in drawn.across if _touches(r, inside)),
        tuple(r for r in drawn.down if _touches(r, inside)),
        tuple(b for b in drawn.boxes if _touches(b.rect, inside)),
        drawn.has_picture,
        tuple(r for r in drawn.ink if _touches(r, inside)),
    )


def _turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point of the unturned page as it is shown; `width` and `height` are those shown (ISO 32000-2, 7.7.3.3)."""
    if turn == 1:
        return (y, height - x)
    if turn == 2:
        return (width - x, height - y)
    if turn == 3:
        return (width - y, x)
    return (x, y)


def _turned_back(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    if turn == 1:
        return (height - y, x)
    if turn == 2:
        return (width - x, height - y)
    if turn == 3:
        return (y, width - x)
    return (x, y)


def _around(points: list[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _touches(a: Rect, b: Rect) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


# ---------------------------------------------------------------- words


def _words(page: pypdfium2.PdfPage, place: _Place, turn: int) -> Iterator[Word]:
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        return
    try:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        loose = raw.FS_RECTF()
        letters: list[str] = []
        rect: Rect | None = None
        size = 0.0
        for i in range(min(raw.FPDFText_CountChars(text), 200_000)):
            code = raw.FPDFText_GetUnicode(text, i)
            char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
            if char in _SQUARES_OF_SIGNS and _is_of_signs(text, i):
                char = "☐"
            if char.isalpha() and _is_aslant(raw.FPDFText_GetCharAngle(text, i)):
                continue  # a watermark, not a word of the form
            if char.isspace() or code < 32 or not raw.FPDFText_GetLooseCharBox(text, i, loose):
                if letters and rect is not None:
                    yield Word("".join(letters), rect, size)
                letters, rect = [], None
                continue
            here = _around([place(loose.left, loose.bottom), place(loose.right, loose.top)])
            # Some fonts claim to be of no height or of several lines'; the glyph itself is then believed.
            if not 2.0 < here[3] - here[1] < 60.0 and raw.FPDFText_GetCharBox(text, i, left, right, bottom, top):
                here = _around([place(left.value, bottom.value), place(right.value, top.value)])
            if _is_box_glyph(char) and raw.FPDFText_GetCharBox(text, i, left, right, bottom, top):
                here = _around([place(left.value, bottom.value), place(right.value, top.value)])
            if rect is not None and (
                _is_apart(rect, here)
                or _is_box_glyph(char)
                or _is_box_glyph(letters[-1])
                or (char == "_") != (letters[-1] == "_")
                or (letters in ([")"], ["]"]) and char.isalpha())  # "(  )Individual"
            ):
                yield Word("".join(letters), rect, size)
                letters, rect = [], None
            letters.append(char)
            size = here[3] - here[1]
            rect = here if rect is None else _around([rect[:2], rect[2:], here[:2], here[2:]])
        if letters and rect is not None:
            yield Word("".join(letters), rect, size)
    finally:
        raw.FPDFText_ClosePage(text)


def _is_aslant(angle: float) -> bool:
    """Whether letters stand neither upright nor at a right angle; `angle` in radians."""
    return 0.1 < angle % (math.pi / 2) < math.pi / 2 - 0.1


_SQUARES_OF_SIGNS = frozenset("mopqr¡¨£")
"""Letters at whose places fonts of signs (Wingdings, ZapfDingbats) have empty squares and rings."""


def _is_of_signs(text: object, i: int) -> bool:
    """Whether a letter is drawn in a font of signs; without a table of its letters PDFium tells their codes only."""
    name = ctypes.create_string_buffer(64)
    raw.FPDFText_GetFontInfo(text, i, name, 64, ctypes.c_int())
    return any(sign in name.value.lower() for sign in (b"wingding", b"webding", b"dingbat"))


def _is_box_glyph(char: str) -> bool:
    return char in BOX_GLYPHS


BOX_GLYPHS = frozenset("☐☑☒□▢◻❏❐❑❒○◯⃝◊\uf0a8\uf06f\uf071\uf0a1\uf072\uf0fe\uf0fd\uf0a3\uf0d8\uf099❍⬜▯")


def _is_apart(a: Rect, b: Rect) -> bool:
    height = max(a[3] - a[1], b[3] - b[1], 1.0)
    gap = b[0] - a[2]
    return gap > 0.35 * height or gap < -1.5 * height or abs(b[1] - a[1]) > 0.6 * height


# ---------------------------------------------------------------- lines and boxes


class _Drawn:
    """Collects what the page draws, forms inside forms included."""

    def __init__(self, place: _Place) -> None:
        self._place = place
        self._seen = 0
        self.across: list[Rect] = []
        self.down: list[Rect] = []
        self.boxes: list[Box] = []
        self.ink: list[Rect] = []
        self.has_picture = False

    def walk(self, page: pypdfium2.PdfPage) -> None:
        for i in range(raw.FPDFPage_CountObjects(page.raw)):
            self._object(raw.FPDFPage_GetObject(page.raw, i), _SAME, 0)

    def _object(self, obj: object, outer: _Matrix, depth: int) -> None:
        self._seen += 1
        if self._seen > _MOST_OBJECTS or depth > _DEEPEST:
            return
        kind = raw.FPDFPageObj_GetType(obj)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inner = _times(_matrix(obj), outer)
            for i in range(raw.FPDFFormObj_CountObjects(obj)):
                self._object(raw.FPDFFormObj_GetObject(obj, i), inner, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(obj, _times(_matrix(obj), outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._image(_times(_matrix(obj), outer))

    def _image(self, m: _Matrix) -> None:
        """A picture: a thin one is a rule, a large one may be a scan."""
        rect = _around([self._at(m, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))])
        wide, high = rect[2] - rect[0], rect[3] - rect[1]
        if high <= _THIN < wide:
            self.across.append(rect)
        elif wide <= _THIN < high:
            self.down.append(rect)
        elif wide > 200 and high > 200:
            self.has_picture = True
        else:
            self.ink.append(rect)

    def _path(self, obj: object, m: _Matrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(obj, mode, stroke)
        is_filled, is_stroked = mode.value != raw.FPDF_FILLMODE_NONE, bool(stroke.value)
        if not (is_filled or is_stroked):
            return
        fill = _lightness(obj, raw.FPDFPageObj_GetFillColor) if is_filled else None
        if is_stroked and (ink := _lightness(obj, raw.FPDFPageObj_GetStrokeColor)) is not None and ink > 0.97:
            is_stroked = False
            if not is_filled:
                return
        for points, curves in _figures(obj):
            placed = [self._at(m, x, y) for x, y in points]
            self._figure(placed, curves, is_stroked=is_stroked, fill=fill)

    def _figure(self, points: list[tuple[float, float]], curves: int, *, is_stroked: bool, fill: float | None) -> None:
        if len(points) < 2:
            return
        rect = _around(points)
        wide, high = rect[2] - rect[0], rect[3] - rect[1]
        if min(wide, high) <= _THIN and max(wide, high) >= 3:
            if fill is not None and fill > 0.97 and not is_stroked:
                return
            (self.across if wide >= high else self.down).append(rect)
        elif curves:
            if curves <= 8 and 4 <= wide <= 24 and 0.8 <= wide / high <= 1.25:
                self.boxes.append(Box(rect, is_stroked, fill, is_round=len(points) - 3 * curves <= 2))
            elif curves == 4 and is_stroked:
                self.boxes.append(Box(rect, is_stroked, fill))
            elif fill is not None and fill < 0.5:
                self._mark(rect)
        elif _is_rectangle(points, rect):
            self.boxes.append(Box(rect, is_stroked, fill))
        elif fill is not None and fill < 0.5:
            self._mark(rect)
        elif is_stroked and len(points) <= 200:
            for a, b in pairwise(points):
                piece = _around([a, b])
                if piece[3] - piece[1] <= 0.8 and piece[2] - piece[0] >= 3:
                    self.across.append(piece)
                elif piece[2] - piece[0] <= 0.8 and piece[3] - piece[1] >= 3:
                    self.down.append(piece)

    def _mark(self, rect: Rect) -> None:
        """A dark figure of a letter's size: one with its neighbour, where they follow each other like letters."""
        if rect[2] - rect[0] > 40 or rect[3] - rect[1] > 30:
            return
        last = self.ink[-1] if self.ink else None
        if last and rect[1] < last[3] and rect[3] > last[1] and -2 < rect[0] - last[2] < 0.6 * (rect[3] - rect[1]):
            self.ink[-1] = _around([last[:2], last[2:], rect[:2], rect[2:]])
        else:
            self.ink.append(rect)

    def _at(self, m: _Matrix, x: float, y: float) -> tuple[float, float]:
        return self._place(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _figures(obj: object) -> Iterator[tuple[list[tuple[float, float]], int]]:
    """The sub-paths of a path: their points, and how many curves they have."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curves = 0.0
    for i in range(min(raw.FPDFPath_CountSegments(obj), 4000)):
        segment = raw.FPDFPath_GetPathSegment(obj, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, round(curves)
            points, curves = [], 0.0
        curves += 1 / 3 if kind == raw.FPDF_SEGMENT_BEZIERTO else 0.0
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, round(curves)


def _is_rectangle(points: list[tuple[float, float]], rect: Rect) -> bool:
    corners = set()
    for x, y in points:
        near_x = 0 if abs(x - rect[0]) < 0.7 else 1 if abs(x - rect[2]) < 0.7 else None
        near_y = 0 if abs(y - rect[1]) < 0.7 else 1 if abs(y - rect[3]) < 0.7 else None
        if near_x is None or near_y is None:
            return False
        corners.add((near_x, near_y))
    return len(corners) == 4


def _lightness(obj: object, get: Callable[..., int]) -> float | None:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not get(obj, r, g, b, a):
        return 0.0
    share = a.value / 255
    return 1 - share * (1 - (0.3 * r.value + 0.59 * g.value + 0.11 * b.value) / 255)


def _matrix(obj: object) -> _Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(obj, m):
        return _SAME
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
