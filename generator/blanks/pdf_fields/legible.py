"""Whether what is drawn can be told from the ground it stands on, on paper: agencies print, copy and fax in grey.

A form's own colour is kept wherever it can be seen at all. See ISO 32000-2, 8.6.8 (colour operators).
"""

import re
from collections.abc import Callable
from functools import lru_cache

import pikepdf
import pypdfium2

from generator.blanks.pdf_fields.fields import dictionary, items, keys
from generator.slots import Rect

_LEAST = 0.2
"""The difference in grey (0 black, 1 white) below which a copy does not show a mark."""
COLOUR = re.compile(rb"((?:-?[\d.]+\s+){1,4})(rg|g|k|scn|sc)(?![\w*])")
_PAINTS = re.compile(rb"(?:^|[\s\])>])(?:f\*?|F|[Bb]\*?|[Ss]|sh|Do|EI|T[jJ]|'|\")(?=\s|$)")
_SHOWS_TEXT = re.compile(rb"(?:^|[\s\])>])(?:T[jJ]|'|\")(?=\s|$)")
_PAINTS_MORE = re.compile(rb"(?:^|\s)(?:f\*?|F|[Bb]\*?|[Ss]|sh|Do|EI)(?=\s|$)")
_FONT = re.compile(rb"/(\S+)\s+-?[\d.]+\s+Tf")
_EMPTY_TEXT = re.compile(rb"(?:\(\s*\)|<\s*>|\[\s*\])\s*(?:T[jJ]|'|\")")
_INVISIBLE = re.compile(rb"(?:^|\s)3\s+Tr(?=\s|$)")

Paper = Callable[[int | None, Rect], float]
"""The grey of the page's own ground inside a rectangle."""


def paper_of(data: bytes) -> Paper:
    """The ground of the pages of a file, looked at only where it is asked for; white where it cannot be told."""
    opened: list[pypdfium2.PdfDocument] = []

    def grey(page: int | None, rect: Rect) -> float:
        if page is None:
            return 1.0
        try:
            if not opened:
                opened.append(pypdfium2.PdfDocument(data))
            return _middle_grey(opened[0][page], rect)
        except (pypdfium2.PdfiumError, ValueError, IndexError):
            return 1.0

    return grey


def white_paper(page: int | None, rect: Rect) -> float:
    """Every page is white."""
    return 1.0


def legible(colour: bytes, ground: bytes, paper: Callable[[], float]) -> bytes:
    """The colour itself, or black or white where it cannot be told from the ground.

    `ground` are the operators that draw it, empty where the page itself is the ground, whose grey is then asked of `paper`.
    """
    shade = _grey_of_style(colour)
    under = _grey_under(ground, shade, paper)
    if abs(shade - under) >= _LEAST:
        return colour
    return b"0 g" if under > 0.5 else b"1 g"


def grey_of(operators: bytes) -> float:
    """How light the last filling colour of some operators is, 0 to 1 (ITU-R BT.601); black where there is none."""
    found = COLOUR.findall(operators)
    if not found:
        return 0.0
    try:
        values = [min(max(float(v), 0.0), 1.0) for v in found[-1][0].split()]
    except ValueError:
        return 0.0
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        values = [(1 - part) * (1 - black) for part in (cyan, magenta, yellow)]
    if len(values) == 3:
        return 0.299 * values[0] + 0.587 * values[1] + 0.114 * values[2]
    return values[0]


@lru_cache(maxsize=64)
def _grey_of_style(colour: bytes) -> float:
    """A form says the same colour in most of its fields."""
    return grey_of(colour)


def shows_a_mark(on: object, off: object, ground: bytes, paper: Callable[[], float]) -> bool:
    """Whether the appearance of a button's on-state can be told from that of its off-state.

    False where it paints nothing, the same as Off, text without a font or letters, or a sign in the colour of its ground.
    """
    if not isinstance(on, pikepdf.Stream) or _is_flat(on):
        return False
    content = on.read_bytes()
    if not _PAINTS.search(content):
        return False
    if isinstance(off, pikepdf.Stream) and off.read_bytes().strip() == content.strip() and not _draws_others(on, off):
        return False
    if not _SHOWS_TEXT.search(content):
        return True
    fonts = keys(dictionary(dictionary(on.get("/Resources")).get("/Font")))
    if any(f"/{name.decode('latin-1')}" not in fonts for name in _FONT.findall(content)):
        return False
    shade = grey_of(content)
    is_seen = not _INVISIBLE.search(content) and len(_EMPTY_TEXT.findall(content)) < len(_SHOWS_TEXT.findall(content))
    is_seen = is_seen and abs(shade - _grey_under(ground, shade, paper)) >= _LEAST
    painted_off = len(_PAINTS_MORE.findall(off.read_bytes())) if isinstance(off, pikepdf.Stream) else None
    return is_seen or (painted_off is not None and len(_PAINTS_MORE.findall(content)) > painted_off)


def _draws_others(on: pikepdf.Stream, off: pikepdf.Stream) -> bool:
    """Whether the same words draw other pictures, because two streams name other resources."""
    drawn = [dictionary(dictionary(one.get("/Resources")).get("/XObject")) for one in (on, off)]
    places = [[(key, one[key].objgen) for key in sorted(keys(one))] for one in drawn]
    return places[0] != places[1]


def _is_flat(stream: pikepdf.Stream) -> bool:
    try:
        x0, y0, x1, y1 = (float(v) for v in items(stream.get("/BBox")))  # type: ignore[arg-type,unused-ignore]
    except (TypeError, ValueError):
        return True
    return x0 == x1 or y0 == y1


def _grey_under(ground: bytes, shade: float, paper: Callable[[], float]) -> float:
    if COLOUR.search(ground):
        return grey_of(ground)
    # Only what is lost on white paper is worth a look at the page itself.
    return paper() if 1.0 - shade < _LEAST else 1.0


def _middle_grey(page: pypdfium2.PdfPage, rect: Rect) -> float:
    """The median grey inside a rectangle of a page without its annotations, at one pixel a point."""
    left, bottom, right, top = page.get_mediabox()
    crop = (max(rect[0] - left, 0), max(rect[1] - bottom, 0), max(right - rect[2], 0), max(top - rect[3], 0))
    page.set_cropbox(left, bottom, right, top)
    page.set_rotation(0)
    bitmap = page.render(crop=crop, draw_annots=False, may_draw_forms=False, grayscale=True)
    pixels = sorted(bytes(bitmap.buffer)[: bitmap.stride * bitmap.height])
    return pixels[len(pixels) // 2] / 255 if pixels else 1.0
