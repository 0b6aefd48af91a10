"""A signature as it was drawn: strokes of a pen, checked point by point, and the picture they make.

Vectors are what is kept: they are small, and no picture format of anybody else's is ever read for them.
"""

import io
import json
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from generator.errors import SignatureNotPossible

WIDTH, HEIGHT = 600, 200
"""The pad's own units, whatever its size on a screen."""

_MOST_POINTS = 6_000
_LEAST_INK = 24  # units that the pen must have travelled: a dot is no signature
_PEN = 5
_SCALE = 2  # 1200 pixels across: 300 dots to the inch on a line of four inches
_TOO_MUCH = "This drawing is too large for a signature. Clear it, and sign again."

Stroke = tuple[tuple[int, int], ...]
Ink = tuple[Stroke, ...]


def read_ink(given: object) -> Ink:
    """Strokes as a pad sends them (lists of x, y in the pad's units), each point checked.

    Raises SignatureNotPossible for what is none, is too much, or is too little to be a signature.
    """
    if not isinstance(given, list | tuple):
        raise SignatureNotPossible("The drawing did not arrive whole. Sign again.")
    ink, points = [], 0
    for stroke in given:
        points += len(stroke) if isinstance(stroke, list | tuple) else _MOST_POINTS
        if points > _MOST_POINTS:
            raise SignatureNotPossible(_TOO_MUCH)
        ink.append(tuple(_point(one) for one in stroke))
    if sum(map(_length, ink)) < _LEAST_INK:
        raise SignatureNotPossible("Nothing was drawn. Sign in the box, or choose another way.")
    return tuple(one for one in ink if one)


def ink_as_text(ink: Ink) -> str:
    """The strokes as JSON, as a record keeps them; "" for none."""
    return json.dumps(ink, separators=(",", ":")) if ink else ""


def ink_from_text(text: str) -> Ink:
    """The strokes of a record. Raises SignatureNotPossible."""
    if not text:
        return ()
    try:
        return read_ink(json.loads(text))
    except ValueError:
        raise SignatureNotPossible("The kept drawing of this signature cannot be read.") from None


def ink_as_png(ink: Ink) -> bytes:
    """The strokes in black on nothing, cut to what was drawn."""
    size = (WIDTH * _SCALE, HEIGHT * _SCALE)
    darkness = Image.new("L", size, 0)
    pen = ImageDraw.Draw(darkness)
    wide, round_ = _PEN * _SCALE, _PEN * _SCALE / 2
    for stroke in ink:
        points = [(x * _SCALE, y * _SCALE) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=255, width=wide, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - round_, y - round_, x + round_, y + round_), fill=255)
    extent = darkness.getbbox()
    darkness = darkness.crop(extent) if extent else darkness
    picture = Image.new("RGBA", darkness.size, (0, 0, 0, 0))
    picture.putalpha(darkness)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _point(given: object) -> tuple[int, int]:
    if isinstance(given, list | tuple) and len(given) == 2:
        x, y = given
        if type(x) in (int, float) and type(y) in (int, float) and 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            return round(x), round(y)
    raise SignatureNotPossible("The drawing did not arrive whole. Sign again.")


def _length(stroke: Sequence[tuple[int, int]]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(stroke))
