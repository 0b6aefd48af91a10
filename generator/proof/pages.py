"""The pages of a finished PDF as PDFium prints them: characters and ink, with fields and without. One page at a time is open."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageChops

from generator.proof.characters import Character, Characters, Rect, places, text_of
from generator.proof.glyphs import leaves_ink

_COARSE, _FINE = 1.0, 4.0
"""Pixels in a point."""
_LEAST = 10
"""Of 255 greys: what differs by less is the same to the eye."""
_CHANGED = b"\1"
_MOST_PIXELS = 4_000_000
_THIN = frozenset("-_‐‑‒–—―=|¦/\\.,·:;'`´^~…")
"""Signs that a line printed by the form may hide."""


class _Picture(NamedTuple):
    """A part of a page in grey: its pixels row by row, their stride, size, scale, and the point of the upper left corner."""

    pixels: bytes
    stride: int
    width: int
    height: int
    scale: float
    left: float
    top: float

    def bounds(self, rect: Rect) -> tuple[int, int, int, int]:
        """The pixels of a rectangle in points: from the left and the top to before the right and the foot; one at the least."""
        x0, y0, x1, y1 = rect
        left, right = math.floor((x0 - self.left) * self.scale), math.ceil((x1 - self.left) * self.scale)
        top, low = math.floor((self.top - y1) * self.scale), math.ceil((self.top - y0) * self.scale)
        left, right = max(left, 0), min(max(right, left + 1), self.width)
        top, low = max(top, 0), min(max(low, top + 1), self.height)
        return left, top, right, low


class _Pair:
    """A part of a page without the fields and with them."""

    def __init__(self, blank: _Picture, shown: _Picture) -> None:
        self._shown = shown
        self._changed = _changed(blank, shown)

    def is_different(self, rect: Rect) -> bool:
        """Whether fields change something inside a rectangle in points."""
        return self._is_changed(*self._shown.bounds(rect))

    def stands_out(self, rect: Rect) -> bool:
        """Whether something stands out in a rectangle that was not there without the fields."""
        left, top, right, low = self._shown.bounds(rect)
        if not self._is_changed(left, top, right, low):
            return False
        pixels, stride = self._shown.pixels, self._shown.stride
        seen = b"".join([pixels[at + left : at + right] for at in range(top * stride, low * stride, stride)])
        return max(seen) - min(seen) >= _LEAST

    def _is_changed(self, left: int, top: int, right: int, low: int) -> bool:
        changed, width = self._changed, self._shown.width
        return _CHANGED in b"".join([changed[at + left : at + right] for at in range(top * width, low * width, width)])


def _changed(blank: _Picture, shown: _Picture) -> bytes:
    """For each pixel, row by row, whether it is another one with the fields; none where the sizes differ, which proves nothing."""
    if (blank.width, blank.height) != (shown.width, shown.height):
        return bytes(shown.width * shown.height)
    images = [
        Image.frombuffer("L", (one.width, one.height), one.pixels, "raw", "L", one.stride, 1) for one in (blank, shown)
    ]
    return ImageChops.difference(*images).point([0] * _LEAST + [1] * (256 - _LEAST)).tobytes()


class Page:
    """One page, printed with its fields (flattened in memory) and without them."""

    def __init__(self, blank: pypdfium2.PdfPage, printed: pypdfium2.PdfPage) -> None:
        self._blank, self._printed = blank, printed

    def in_field(self, rect: Rect) -> list[Character]:
        """What fields show inside a rectangle: all that is printed there, without what the page itself prints at that place."""
        own = places(self._own.inside(rect))
        return list(_without(self._all.inside(rect), own)) if own else self._all.inside(rect)

    def placed(self) -> Counter[tuple[str, float, float]]:
        """Each visible character that is printed, with its place in points."""
        return self._all.placed()

    @cached_property
    def _all(self) -> Characters:
        return Characters(self._printed)

    @cached_property
    def _own(self) -> Characters:
        return Characters(self._blank)

    def unseen(self, characters: Iterable[Character]) -> int:
        """How many letters leave no ink that the page without fields lacks. Blanks and thin signs are not asked for.

        What the text of a page tells is told of letters in the colour of the paper as well, of those in the mode that
        paints nothing, cut by a clip, covered. So pictures are looked at: a coarse one first, a close one where in doubt.
        """
        return sum(not self._is_inked(one.box) for one in characters if _has_ink(one.text))

    def is_changed(self, rect: Rect) -> bool:
        """Whether fields change what is seen inside a rectangle."""
        return any(look.is_different(rect) for look in self._looks(rect))

    def _is_inked(self, box: Rect) -> bool:
        return any(look.stands_out(box) for look in self._looks(box))

    def _looks(self, rect: Rect) -> Iterator[_Pair]:
        """The whole page, then, if that is not enough, the rectangle from close by."""
        yield self._whole
        x0, y0, x1, y1 = _box(self._blank)
        near = (max(rect[0] - 2, x0), max(rect[1] - 2, y0), min(rect[2] + 2, x1), min(rect[3] + 2, y1))
        if near[2] > near[0] and near[3] > near[1]:
            yield _Pair(_picture(self._blank, near, _FINE), _picture(self._printed, near, _FINE))

    @cached_property
    def _whole(self) -> _Pair:
        part = _box(self._blank)
        return _Pair(_picture(self._blank, part, _COARSE), _picture(self._printed, part, _COARSE))


class Pages:
    """The pages of one file; `count` is 0 where PDFium cannot read it."""

    def __init__(self, data: bytes) -> None:
        self._open: tuple[int, Page] | None = None
        try:
            self._blank, self._printed = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            self.count = 0
            return
        self.count = len(self._blank)
        self._flattened: set[int] = set()

    def page(self, number: int) -> Page | None:
        """A page, from 0; None where there is none. The one asked for last stays open."""
        if not 0 <= number < self.count:
            return None
        if self._open is None or self._open[0] != number:
            self._open = (number, Page(self._blank[number], self._flat(number)))
        return self._open[1]

    def all_text(self, numbers: Sequence[int] = ()) -> str:
        """The text of these pages in the order it is drawn; of all pages where none is named."""
        return "\n".join(text_of(self._flat(number)) for number in numbers or range(self.count))

    def placed(self, number: int) -> Counter[tuple[str, float, float]]:
        """Each visible character of one page (from 0) with its place in points; nothing for a page that is not there."""
        page = self.page(number)
        return page.placed() if page is not None else Counter()

    def _flat(self, number: int) -> pypdfium2.PdfPage:
        if number not in self._flattened:
            raw.FPDFPage_Flatten(self._printed[number], raw.FLAT_PRINT)
            self._flattened.add(number)
        return self._printed[number]


def _without(characters: Iterable[Character], others: Counter[tuple[str, float, float]]) -> Iterator[Character]:
    for one in characters:
        place = (one.text, round(one.x, 1), round(one.y, 1))
        if others[place]:
            others[place] -= 1
        else:
            yield one


def _has_ink(text: str) -> bool:
    """Whether ink is asked for. A mark that has no letter to stand over may stand outside of what is seen."""
    return leaves_ink(text) and text not in _THIN and unicodedata.category(text) not in ("Mn", "Me")


def _box(page: pypdfium2.PdfPage) -> Rect:
    """What is seen of a page: its crop box as far as it lies on the sheet."""
    x0, y0, x1, y1 = page.get_cropbox()
    a0, b0, a1, b1 = page.get_mediabox()
    left, low, right, top = max(x0, a0), max(y0, b0), min(x1, a1), min(y1, b1)
    return (left, low, right, top) if right > left and top > low else (a0, b0, a1, b1)


def _picture(page: pypdfium2.PdfPage, part: Rect, scale: float) -> _Picture:
    x0, y0, x1, y1 = _box(page)
    wide, high = max(part[2] - part[0], 0.01), max(part[3] - part[1], 0.01)
    scale = min(scale, math.sqrt(_MOST_PIXELS / (wide * high)))
    # PDFium's binding cuts whole pixels off.
    cuts = (part[0] - x0, part[1] - y0, x1 - part[2], y1 - part[3])
    left, low, right, top = (max(math.floor(cut * scale), 0) for cut in cuts)
    page.set_rotation(0)
    crop = (left / scale, low / scale, right / scale, top / scale)
    bitmap = page.render(scale=scale, crop=crop, draw_annots=False, may_draw_forms=False, grayscale=True)
    start = (x0 + left / scale, y1 - top / scale)
    return _Picture(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height, scale, *start)
