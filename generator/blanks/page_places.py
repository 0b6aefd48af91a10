"""Where slots stand on the pictures of their pages, as shares of a page from its upper left corner.

A rectangle of a PDF field is turned as the page is; in a PDF made of a Word form the places are found by marks that
were written into it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator.blanks.pdf_page import Page, read_pages
from generator.slots import Rect

Share = tuple[int, float, float, float, float]
"""Page from 0; left, top, width and height from 0 to 1."""
_MARK = re.compile(r"‹(\d+)›")


def mark_of(number: int) -> str:
    """The mark to write into a place, so that `marked_places` finds it."""
    return f"‹{number}›"


def field_places(pdf: bytes, rects: Sequence[tuple[int, Rect]]) -> tuple[Share, ...]:
    """Each field's place, in the same order; `rects` are page (from 0) and /Rect. Raises BlankNotReadable."""
    pages = {page.number: page for page in read_pages(pdf, graphics=False)}
    return tuple(_share(pages[number], pages[number].shown(rect)) for number, rect in rects if number in pages)


def marked_places(pdf: bytes) -> dict[int, Share]:
    """The first place of every mark, by its number. A mark that a line break parts is not found."""
    out: dict[int, Share] = {}
    for page in read_pages(pdf, graphics=False):
        for text, rect in _runs(page):
            for found in _MARK.finditer(text):
                x0, y0, x1, y1 = rect
                each = (x1 - x0) / max(len(text), 1)
                part = (x0 + found.start() * each, y0, x0 + found.end() * each, y1)
                out.setdefault(int(found[1]), _share(page, part))
    return out


def _runs(page: Page) -> Iterable[tuple[str, Rect]]:
    """Words; those that touch on a line are one, for a mark may be parted from its brackets."""
    lines: dict[int, list[tuple[str, Rect]]] = defaultdict(list)
    for word in page.words:
        line = lines[round(word.rect[1])]
        if line and -1.0 < word.rect[0] - line[-1][1][2] < 0.12 * word.size:
            text, rect = line.pop()
            line.append(
                (text + word.text, (rect[0], min(rect[1], word.rect[1]), word.rect[2], max(rect[3], word.rect[3])))
            )
        else:
            line.append((word.text, word.rect))
    return [run for line in lines.values() for run in line]


def _share(page: Page, rect: Rect) -> Share:
    x0, y0, x1, y1 = rect
    wide, high = page.width or 1.0, page.height or 1.0
    return (page.number, x0 / wide, 1 - y1 / high, (x1 - x0) / wide, (y1 - y0) / high)
