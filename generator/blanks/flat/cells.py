"""Where a cell or box takes an answer: all of it, what is below its caption, beside it, or on each of its lines."""

import re
from collections.abc import Iterator, Sequence

from generator.blanks.flat.drawing import Drawing, is_shape
from generator.blanks.flat.heads import heads
from generator.blanks.flat.rects import area, inset, inside, is_square, middle_in, overlap
from generator.blanks.pdf_page import Box, Word
from generator.slots import Rect

_LEAST_WIDTH, _LEAST_HEIGHT = 16.0, 7.0
_UNITS = frozenset(("us$", "no.", "nº", "hrs", "hr", "min", "lbs", "lb", "kg", "mg", "cm"))
_NUMBERED_PART = re.compile(r"(?i)(section|part|step|item|sección|seccion|parte|paso)\s*[\dIVX]{1,4}[a-z]?\.?")


def in_cells(drawing: Drawing, checks: Sequence[Rect]) -> tuple[list[Rect], list[Rect]]:
    """What cells and boxes offer, and which cells and boxes there are."""
    cells = drawing.cells()
    words = {cell: drawing.words_in(cell) for cell in cells}
    not_for_answers = heads(words, [c for c in cells if not words[c] or _is_unit(words[c])])
    found: list[Rect] = []
    for cell in cells:
        if cell not in not_for_answers:
            found += _free_in(drawing, cell, checks)
    used = list(cells)
    for box in drawing.page.boxes:
        if box.rect in checks or any(overlap(box.rect, cell) > 0.7 for cell in cells) or not _is_seen(drawing, box):
            continue
        if free := _free_in(drawing, box.rect, checks):
            found += free
            used.append(box.rect)
    return found, used


def _is_unit(words: Sequence[Word]) -> bool:
    """Whether a cell holds only what stands before or after an amount: "$", "%", ".00"."""
    text = words[0].text.lower() if len(words) == 1 else ""
    is_sign = 1 <= len(text) <= 2 and not any(c.isalnum() for c in text)
    return is_sign or text in _UNITS or (text.startswith((".", ",")) and text.strip(".,0") == "" and len(text) <= 3)


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


def _free_in(drawing: Drawing, cell: Rect, checks: Sequence[Rect]) -> list[Rect]:
    """The parts of a cell that take an answer; none where it is ticked, a heading, or for the lines in it."""
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
    words = drawing.words_in(cell)
    if not words or all(is_shape(w) for w in words):
        is_ruled = high > 40 and any(
            middle_in(rule, cell) and rule[2] - rule[0] > 0.5 * wide and y0 + 4 < rule[1] < y1 - 4
            for rule in drawing.across
        )
        return [] if is_ruled else [inset(cell)]
    if shade and shade[-1] < 0.975 and not (shade[-1] > 0.8 and words[-1].text.endswith(":") and len(words) <= 6):
        return []  # a shaded row with words in it is a heading, if they do not ask for anything
    if _is_unit(words):
        return _beside_unit(cell, words[0])
    lines = [*_after_captions(cell, words)] if len(words) > 1 else []
    if len(lines) < 2:
        lines = _after_bare_captions(cell, words)
    if len(lines) > 1:
        return lines
    return _below_caption(cell, words) or _right_of_caption(cell, words)


def _beside_unit(cell: Rect, unit: Word) -> list[Rect]:
    """All of a cell but its "$" or ".00"."""
    x0, y0, x1, y1 = cell
    left, right = unit.rect[0] - x0, x1 - unit.rect[2]
    free = (x0 + 1, y0 + 1, unit.rect[0] - 1, y1 - 1) if left > right else (unit.rect[2] + 1.5, y0 + 1, x1 - 1, y1 - 1)
    return [free] if free[2] - free[0] >= _LEAST_WIDTH else []


def _below_caption(cell: Rect, words: Sequence[Word]) -> list[Rect]:
    x0, y0, x1, y1 = cell
    wide, high = x1 - x0, y1 - y0
    low, top = min(w.rect[1] for w in words), max(w.rect[3] for w in words)
    size = max(w.size for w in words)
    lines = max(1, round((top - low) / max(size, 5)))
    below = low - y0
    if all(not any(c.isalpha() for c in w.text) for w in words) and wide < 40:
        return []  # the number of a row
    if wide < 22 or lines > 3 or (y1 - top) >= max(8.0, 0.5 * high):
        return []
    if below < max(7.5, 0.75 * min(size, 11)) or not (below >= 0.3 * high or below > 14):
        return []
    return [] if _is_title(cell, words) else [(x0 + 1.5, y0 + 1, x1 - 1.5, low - 0.3)]


def _is_title(cell: Rect, words: Sequence[Word]) -> bool:
    """The name of a form or part, in the middle of its cell: nothing is written there."""
    if _NUMBERED_PART.fullmatch(" ".join(w.text for w in words)):
        return True
    x0, y0, x1, y1 = cell
    left, right = min(w.rect[0] for w in words) - x0, x1 - max(w.rect[2] for w in words)
    over, under = y1 - max(w.rect[3] for w in words), min(w.rect[1] for w in words) - y0
    is_centred = min(left, right) > 6 and abs(left - right) < 0.12 * (x1 - x0)
    return is_centred and over > 4 and under < 2.5 * over and not words[-1].text.endswith(":")


def _right_of_caption(cell: Rect, words: Sequence[Word]) -> list[Rect]:
    x0, y0, x1, y1 = cell
    wide, high = x1 - x0, y1 - y0
    right = max(w.rect[2] for w in words)
    lines = max(1, round((max(w.rect[3] for w in words) - min(w.rect[1] for w in words)) / max(5, words[0].size)))
    least = (24.0, 0.2) if words[-1].text.endswith(":") else (32.0, 0.28)
    if lines > 2 or high >= 46 or x1 - right <= max(least[0], least[1] * wide) or sum(len(w.text) for w in words) >= 70:
        return []
    if min(w.rect[0] for w in words) - x0 >= 0.25 * wide:
        return []
    if not words[-1].text.endswith((":", "#", "?", ".")) and x1 - right <= 60:
        return []
    return [(right + 2.5, y0 + 1, x1 - 1.5, y1 - 1)]


def _after_captions(cell: Rect, words: Sequence[Word]) -> Iterator[Rect]:
    """The room right of every "Name:" of a cell that holds several such captions."""
    for word in words:
        if not word.text.endswith(":"):
            continue
        x, y0, y1 = word.rect[2] + 2, word.rect[1] - 1, word.rect[3] + 1
        later = [w.rect[0] for w in words if w.rect[0] > x and w.rect[1] < y1 - 2 and w.rect[3] > y0 + 2]
        end = min([*later, cell[2]]) - 2
        if end - x > 24:
            yield (x, y0, end, y1)


def _after_bare_captions(cell: Rect, words: Sequence[Word]) -> list[Rect]:
    """The room right of each caption where a cell holds several lines of them, as "Street", "City", "State   Zip"."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.rect[1], w.rect[0])):
        if lines and abs(lines[-1][0].rect[1] - word.rect[1]) < 0.5 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    if len(lines) < 3 or cell[3] - cell[1] < 13 * len(lines):
        return []
    out: list[Rect] = []
    bottoms = [*(max(w.rect[3] for w in line) for line in lines[1:]), cell[1]]
    for line, bottom in zip(lines, bottoms, strict=True):
        line.sort(key=lambda w: w.rect[0])
        if line[0].rect[0] - cell[0] > 0.25 * (cell[2] - cell[0]):
            return []
        before = out[:]
        starts = [*(w.rect[0] for w in line[1:]), cell[2]]
        count = 0
        for word, following in zip(line, starts, strict=True):
            count += 1
            if following - word.rect[2] > 34:
                if count > 3:
                    return []
                out.append((word.rect[2] + 2, max(bottom + 0.5, word.rect[1] - 2), following - 2, word.rect[3] + 1))
                count = 0
        if count or out == before:
            return []
    return out
