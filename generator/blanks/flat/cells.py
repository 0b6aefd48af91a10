"""Where a cell or box takes an answer: all of it, what is below its caption, or right of it."""

from collections.abc import Sequence

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import area, inset, inside, is_square, middle_in, overlap, overlaps
from generator.blanks.pdf_page import Box, Word
from generator.slots import Rect

_LEAST_WIDTH, _LEAST_HEIGHT = 16.0, 7.0


def in_cells(drawing: Drawing, checks: Sequence[Rect]) -> tuple[list[Rect], list[Rect]]:
    """What cells and boxes offer, and which cells and boxes there are."""
    cells = drawing.cells()
    empty = [cell for cell in cells if not any(overlaps(w.rect, cell, 1.5) for w in drawing.words)]
    found: list[Rect] = []
    for cell in cells:
        if cell in empty or not _heads(drawing, cell, empty):
            found += _free_in(drawing, cell, checks)
    used = list(cells)
    for box in drawing.page.boxes:
        if box.rect in checks or any(overlap(box.rect, cell) > 0.7 for cell in cells) or not _is_seen(drawing, box):
            continue
        if free := _free_in(drawing, box.rect, checks):
            found += free
            used.append(box.rect)
    return found, used


def _is_seen(drawing: Drawing, box: Box) -> bool:
    """Whether a box looks like one to write in: drawn or lighter than what is under it, and holding no smaller one."""
    if not (box.is_stroked or drawing.lies_on_shade(box)) or is_square(box.rect) or box.is_round:
        return False
    if box.fill is not None and box.fill < 0.55:
        return False
    return not any(
        other is not box and inside(other.rect, box.rect, 0.5) and 60 < area(other.rect) < 0.95 * area(box.rect)
        for other in drawing.page.boxes
    )


def _heads(drawing: Drawing, cell: Rect, empty: Sequence[Rect]) -> bool:
    """Whether a cell with words is the head of a row or column of empty cells, and so takes no answer itself."""
    text = " ".join(
        w.text
        for w in sorted(drawing.words, key=lambda w: (-round(w.rect[1] / 3), w.rect[0]))
        if overlaps(w.rect, cell, 1.5)
    )
    if text.rstrip().endswith((":", "#", "$")) or len(text) <= 2:
        return False
    right = any(
        abs(e[0] - cell[2]) < 4 and min(e[3], cell[3]) - max(e[1], cell[1]) > 0.6 * (e[3] - e[1]) for e in empty
    )
    below = any(
        abs(e[3] - cell[1]) < 4
        and min(e[2], cell[2]) - max(e[0], cell[0]) > 0.8 * (cell[2] - cell[0])
        and e[3] - e[1] > 8
        for e in empty
    )
    low = min((w.rect[1] for w in drawing.words if overlaps(w.rect, cell, 1.5)), default=cell[1])
    return (right or below) and low - cell[1] < 12


def _free_in(drawing: Drawing, cell: Rect, checks: Sequence[Rect]) -> list[Rect]:
    """The part of a cell that an answer can take: all of it, what is below its caption, or right of it."""
    x0, y0, x1, y1 = cell
    wide, high = x1 - x0, y1 - y0
    if (
        wide < _LEAST_WIDTH
        or high < _LEAST_HEIGHT
        or wide > 0.99 * drawing.page.width
        or high > 0.6 * drawing.page.height
    ):
        return []
    if any(middle_in(check, cell) for check in checks):
        return []
    shade = [b.fill for b in drawing.page.boxes if b.fill is not None and inside(cell, b.rect, 2.0)]
    if shade and shade[-1] < (0.6 if drawing.page.words else 0.93):
        return []
    if any(middle_in(run, cell) for run in drawing.runs):
        return []
    words = [w for w in drawing.words if overlaps(w.rect, cell, 1.5)]
    if not words:
        return (
            []
            if any(
                middle_in(rule, cell)
                for rule in drawing.across
                if rule[2] - rule[0] > 0.5 * wide and y0 + 4 < rule[1] < y1 - 4
            )
            and high > 40
            else [inset(cell)]
        )
    if shade and shade[-1] < 0.975:
        return []  # a shaded row with words in it is a heading
    lines_of_captions = _after_captions(drawing, cell, words)
    if len(lines_of_captions) > 1:
        return lines_of_captions
    low = min(w.rect[1] for w in words)
    right = max(w.rect[2] for w in words)
    top = max(w.rect[3] for w in words)
    size = max(w.size for w in words)
    lines = max(1, round((top - low) / max(size, 5)))
    letters = sum(len(w.text) for w in words)
    below = low - y0
    if (
        below >= max(7.5, 0.75 * min(size, 11))
        and (y1 - top) < max(8.0, 0.5 * high)
        and lines <= 3
        and (below >= 0.3 * high or below > 14)
    ):
        return [(x0 + 1.5, y0 + 1, x1 - 1.5, low - 0.3)] if wide >= 22 else []
    if (
        lines <= 2
        and x1 - right > 32
        and letters < 70
        and (x1 - right > 0.28 * wide)
        and high < 46
        and min(w.rect[0] for w in words) - x0 < 0.25 * wide
    ):
        text = " ".join(w.text for w in words)
        if text.rstrip().endswith((":", "#", "?", ".")) or x1 - right > 60:
            return [(right + 2.5, y0 + 1, x1 - 1.5, y1 - 1)]
    return []


def _after_captions(drawing: Drawing, cell: Rect, words: Sequence[Word]) -> list[Rect]:
    """The room right of every "Name:" of a cell that holds several such captions."""
    out: list[Rect] = []
    for word in words:
        if not word.text.endswith(":"):
            continue
        x, y0, y1 = word.rect[2] + 2, word.rect[1] - 1, word.rect[3] + 1
        later = [w.rect[0] for w in words if w.rect[0] > x and w.rect[1] < y1 - 2 and w.rect[3] > y0 + 2]
        end = min([*later, cell[2]]) - 2
        if end - x > 24:
            out.append((x, y0, end, y1))
    return out
