"""The characters of a page as PDFium prints them, each with its box."""

import ctypes
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

_BAND = 12.0
"""Points: characters are kept by the band of the page in which they stand."""

_MARK = 6.0
"""Points: about half a letter."""

Rect = tuple[float, float, float, float]


class Character(NamedTuple):
    """One printed character: the middle of its box, and the box, in points."""

    text: str
    x: float
    y: float
    box: Rect

    @property
    def height(self) -> float:
        """The longer side of its box, so that turned text is as high as upright."""
        x0, y0, x1, y1 = self.box
        return max(y1 - y0, x1 - x0)


class Characters:
    """Characters of one page, found by where they stand."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._codes, self._boxes = _read(page)
        self._bands: dict[int, list[int]] = {}
        # A page has thousands of characters and few are asked for: only those become `Character`.
        for number, (_, top, _, bottom) in enumerate(self._boxes):
            self._bands.setdefault(int((bottom + top) / 2 // _BAND), []).append(number)

    def placed(self) -> Counter[tuple[str, float, float]]:
        """Each visible character with its place in points."""
        every = (self._character(number) for numbers in self._bands.values() for number in numbers)
        return places(one for one in every if one and not one.text.isspace())

    def inside(self, rect: Rect) -> list[Character]:
        """The characters whose middle lies inside a rectangle, from its foot to its top."""
        x0, y0, x1, y1 = rect
        bands = self._bands
        low, high = int((y0 - _MARK) // _BAND), int((y1 + _MARK) // _BAND)
        # A rectangle of no sense may be as high as it likes; there are only so many bands with characters.
        near = (
            range(low, high + 1) if high - low < len(bands) else sorted(band for band in bands if low <= band <= high)
        )
        # Twice the middle of a box is compared with twice the rectangle: most of a band lies beside it.
        left, right = 2 * (x0 - _MARK), 2 * (x1 + _MARK)
        boxes = self._boxes
        beside = [n for band in near for n in bands.get(band, ()) if left <= boxes[n][0] + boxes[n][2] <= right]
        found = map(self._character, beside)
        return [one for one in found if one is not None and _is_inside(one, x0, y0, x1, y1)]

    def _character(self, number: int) -> Character | None:
        """None for what means nothing in Unicode."""
        code, (left, top, right, bottom) = self._codes[number], self._boxes[number]
        if code in _MEANS_NOTHING:
            return None
        return Character(chr(code), (left + right) / 2, (bottom + top) / 2, (left, bottom, right, top))


def _is_inside(one: Character, x0: float, y0: float, x1: float, y1: float) -> bool:
    """A mark stands over its letter, or over another mark, and may stand a little outside where its letter does not."""
    if x0 <= one.x <= x1 and y0 <= one.y <= y1:
        return True
    is_near = x0 - _MARK <= one.x <= x1 + _MARK and y0 - _MARK <= one.y <= y1 + _MARK
    return is_near and unicodedata.category(one.text) in ("Mn", "Me")


def places(characters: Iterable[Character]) -> Counter[tuple[str, float, float]]:
    """How often each character stands at each place, to a tenth of a point."""
    return Counter([(one.text, round(one.x, 1), round(one.y, 1)) for one in characters])


# The same two functions of PDFium, told that they take plain addresses: they are called once for each character, and the
# turning of Python's values into typed pointers took longer than what they do.
_UNICODE_OF = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetUnicode, ctypes.c_void_p).value or 0
)
_BOX_OF = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_BOX = struct.Struct("4f")  # FS_RECTF: left, top, right, bottom
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""
_MEANS_NOTHING = frozenset((0, 0xFFFE, 0xFFFF))


def _read(page: pypdfium2.PdfPage) -> tuple[list[int], list[tuple[float, float, float, float]]]:
    """The code of each character of a page in the order they are drawn, and its box as PDFium gives it."""
    text = page.get_textpage()
    at = ctypes.cast(text.raw, ctypes.c_void_p).value
    count = text.count_chars()
    boxes = (ctypes.c_char * (_BOX.size * count))()
    start = ctypes.addressof(boxes)
    codes = _whole(list(map(_UNICODE_OF, repeat(at, count), range(count))))
    found = list(map(_BOX_OF, repeat(at, count), range(count), range(start, start + _BOX.size * count, _BOX.size)))
    if not all(is_found or code in _MEANS_NOTHING for code, is_found in zip(codes, found, strict=True)):
        raise pypdfium2.PdfiumError("a character without a box")
    return codes, list(_BOX.iter_unpack(boxes))


def text_of(page: pypdfium2.PdfPage) -> str:
    """The text of a page in the order it is drawn."""
    text = page.get_textpage()
    at = ctypes.cast(text.raw, ctypes.c_void_p).value
    codes = _whole([_UNICODE_OF(at, i) for i in range(text.count_chars())])
    return "".join([chr(code) for code in codes if code not in _MEANS_NOTHING])


def _whole(codes: list[int]) -> list[int]:
    """The codes with halves of a character (surrogates) joined: the first half becomes it, the second one means nothing.

    PDFium turns what stands amid right-to-left letters round, halves too.
    """
    if _HYPHEN in codes:
        codes = [ord("-") if code == _HYPHEN else code for code in codes]
    for place in [place for place, code in enumerate(codes[:-1]) if 0xD800 <= code < 0xE000]:
        halves = codes[place], codes[place + 1]
        if {half >> 10 for half in halves} == {0x36, 0x37}:
            codes[place : place + 2] = [0x10000 + ((min(halves) & 0x3FF) << 10 | max(halves) & 0x3FF), 0]
    return codes
