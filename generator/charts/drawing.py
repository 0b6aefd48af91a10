"""Series drawn as small plots beside each other, each on its own scale, by Pillow. Black, grey and one colour print well."""

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from generator.charts.series import Series, number

WIDTH, HEIGHT = 6.9, 2.5
"""Inches: every chart has this shape, so that a form can keep its place."""
_DPI = 220
_MOST = 6
_INK, _QUIET, _GRID, _LINE = "#1F2933", "#4A555E", "#C9D2D9", "#1F5F8B"


def draw(series: Sequence[Series], language: str, *, colour: str = _LINE) -> bytes:
    """The plots as a PNG of 6.9 by 2.5 inches. Six are shown; how many more the table has is said below them."""
    shown = series[:_MOST]
    columns = min(3, max(1, len(shown)))
    lines = -(-len(shown) // columns)
    picture = Image.new("RGB", (round(WIDTH * _DPI), round(HEIGHT * _DPI)), "white")
    pen = ImageDraw.Draw(picture)
    rest = len(series) - len(shown)
    foot = 24 if rest else 0
    wide, high = picture.width / columns, (picture.height - foot) / lines
    for place, one in enumerate(shown):
        left, top = (place % columns) * wide, (place // columns) * high
        _plot(pen, one, (left + 8, top + 4, left + wide - 14, top + high - 6), language, colour)
    if rest:
        words = f"{rest} más en la tabla" if language == "es" else f"{rest} more in the table"
        pen.text((picture.width - 12, picture.height - 2), words, fill=_QUIET, font=_font(20), anchor="rd")
    out = io.BytesIO()
    picture.quantize(32).save(out, "PNG", optimize=True, dpi=(_DPI, _DPI))
    return out.getvalue()


def _plot(
    pen: ImageDraw.ImageDraw, one: Series, box: tuple[float, float, float, float], language: str, colour: str
) -> None:
    left, top, right, bottom = box
    pen.text((left, top), _fitted(pen, one.name, right - left), fill=_INK, font=_font(23, bold=True), anchor="la")
    low, high = _scale(one)
    left, top, bottom = left + 56, top + 44, bottom - 30

    def at(day: date, value: float) -> tuple[float, float]:
        first, last = one.points[0][0], one.points[-1][0]
        span = (last - first).days
        x = (left + right) / 2 if not span else left + 24 + (right - left - 48) * (day - first).days / span
        return x, bottom - (bottom - top) * (value - low) / (high - low)

    for value in (low, (low + high) / 2, high):
        y = at(one.points[0][0], value)[1]
        pen.line((left, y, right, y), fill=_GRID, width=2)
        pen.text((left - 8, y), number(value), fill=_QUIET, font=_font(18), anchor="rm")
    if one.target is not None:
        y = at(one.points[0][0], one.target)[1]
        for dash in range(round(left), round(right), 18):
            pen.line((dash, y, min(dash + 10, right), y), fill=_QUIET, width=3)
        words = f"{'meta' if language == 'es' else 'target'} {number(one.target)}"
        below = y - top < 24
        pen.text(
            (left + 2, y + 3 if below else y - 3), words, fill=_QUIET, font=_font(18), anchor="la" if below else "ld"
        )
    spots = [at(*point) for point in one.points]
    if len(spots) > 1:
        pen.line(spots, fill=colour, width=5, joint="curve")
    for n, ((x, y), (_, value)) in enumerate(zip(spots, one.points, strict=True)):
        pen.ellipse((x - 8, y - 8, x + 8, y + 8), fill=colour, outline="white", width=2)
        if len(spots) <= 8 or n in (0, len(spots) - 1):
            above = y - top > 28
            pen.text((x, y - 11 if above else y + 11), number(value), fill=_INK, font=_font(20, bold=True), anchor="md" if above else "ma")  # fmt: skip
    form = "%d/%m/%y" if language == "es" else "%m/%d/%y"
    ends = [(spots[0], one.points[0][0])]
    if one.points[-1][0] != one.points[0][0]:
        ends.append((spots[-1], one.points[-1][0]))
    for (x, _), day in ends:
        pen.text((x, bottom + 7), day.strftime(form), fill=_QUIET, font=_font(18), anchor="ma")


def _scale(one: Series) -> tuple[float, float]:
    values = [value for _, value in one.points] + [value for value in (one.top, one.target) if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (low, low + 1)


def _fitted(pen: ImageDraw.ImageDraw, text: str, width: float) -> str:
    text = " ".join(text.split())[:200]
    font = _font(23, bold=True)
    if pen.textlength(text, font=font) <= width:
        return text
    while text and pen.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text.rstrip() + "…"


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    data = (resources.files("generator") / "data" / "fonts" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)
