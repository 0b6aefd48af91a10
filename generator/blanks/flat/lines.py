"""Where an answer stands on a line: over a rule, or over a run of underscores or dots; evenly ruled lines are one answer."""

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import around
from generator.blanks.pdf_page import Word
from generator.slots import Rect

_LINE_HEIGHT = 12.5  # of a blank over a rule, where nothing stands above it


def blocks(drawing: Drawing, pieces: Sequence[Rect]) -> list[Rect]:
    """Three and more rules of one length, evenly under each other with nothing between, are one answer of several lines."""
    left = [r for column in _columns(pieces) for r in column]
    out: list[Rect] = []
    block: list[Rect] = []

    def close() -> None:
        beside = [r for r in pieces if block and abs(r[1] - block[-1][1]) < 1.5 and r not in block]
        is_one = len(block) >= 3 and not (beside and abs(beside[0][0] - block[0][0]) > 20)
        out.extend([around(block)] if is_one else block)

    for r in left:
        if block:
            last = block[-1]
            gap = last[1] - r[1]
            even = len(block) < 2 or abs((block[-2][1] - last[1]) - gap) < 2.5
            same = abs(r[0] - last[0]) < 4 and abs(r[2] - last[2]) < 4
            if not (
                same
                and 8 < gap < 32
                and even
                and r[2] - r[0] > 150
                and _is_line_of_a_block(drawing, last, r)
                and not _has_own_caption(drawing, r)
            ):
                close()
                block = []
        block.append(r)
    close()
    return out


def _columns(pieces: Sequence[Rect]) -> list[list[Rect]]:
    """Rules of about the same ends, each column from the top."""
    columns: list[list[Rect]] = []
    for r in sorted(pieces, key=lambda r: -r[1]):
        for column in columns:
            if abs(column[-1][0] - r[0]) < 4 and abs(column[-1][2] - r[2]) < 4:
                column.append(r)
                break
        else:
            columns.append([r])
    return columns


def _has_own_caption(drawing: Drawing, r: Rect) -> bool:
    middle = r[1] + 4
    return any(0 <= r[0] - w.rect[2] < 45 and w.rect[1] - 1 <= middle <= w.rect[3] + 1 for w in drawing.words)


def free_over(drawing: Drawing, rule: Rect, cells: Sequence[Rect], checks: Sequence[Rect]) -> list[Rect]:
    """The pieces of a rule with room for an answer on top of them."""
    x0, y, x1, _ = rule
    if x1 - x0 < 18:
        return []
    written = [w for w in drawing.words if w.rect[0] < x1 - 1 and w.rect[2] > x0 + 1 and _stands_on(w, y)]
    written.sort(key=lambda w: w.rect[0])
    if written and (_is_underline(rule, written) or _is_a_tables(drawing, rule)):
        return []
    ticked = [c for c in checks if c[0] < x1 and c[2] > x0 and c[1] - 4 <= y <= c[3]]
    if written and any(c[2] < written[0].rect[0] + 4 for c in ticked) and not written[-1].text.endswith((":", ")")):
        return []  # a row of boxes to tick, parted from the next by a rule
    on = [w.rect for w in written] + ticked
    on += [c for c in cells if (abs(c[1] - y) < 2.5 or abs(c[3] - y) < 2.5) and c[0] < x1 and c[2] > x0]
    on.sort(key=lambda r: r[0])
    pieces, start = [], x0
    for r in on:
        if r[0] - start > 20:
            pieces.append((start, r[0] - 1))
        start = max(start, r[2] + 2)
    if x1 - start > 20:
        pieces.append((start, x1))
    if on and sum(b - a for a, b in pieces) < 0.25 * (x1 - x0) and not any(b - a > 60 for a, b in pieces):
        return []
    if _is_decoration(drawing, rule, on):
        return []
    out = []
    for a, b in pieces:
        height = _room(drawing, a, b, y)
        if height >= 7:
            out += [(p, y, q, y + height) for p, q in _parts(drawing, a, b, y)]
    return out


def _stands_on(word: Word, y: float) -> bool:
    low, high = word.rect[1], word.rect[3]
    return low - 3.5 <= y <= low + 0.45 * (high - low) + 1.5


def _is_underline(rule: Rect, written: Sequence[Word]) -> bool:
    """Whether words stand all along a rule: it parts paragraphs, or underlines them."""
    first, last = written[0].rect[0], written[-1]
    if first - rule[0] > 20 and rule[2] - last.rect[2] > 20:
        return not any(w.text.endswith(":") for w in written)
    return first - rule[0] <= 20 and not last.text.endswith((":", "#", "$", "?", ")"))


def _is_a_tables(drawing: Drawing, rule: Rect) -> bool:
    """Whether sides hang down from a rule: it is the upper edge of a table or frame, and what stands on it a heading."""
    x0, y, x1, _ = rule
    return any(abs(d[3] - y) < 2.5 and d[3] - d[1] > 10 and x0 - 2 <= d[0] <= x1 + 2 for d in drawing.down)


def _room(drawing: Drawing, a: float, b: float, y: float) -> float:
    """How high an answer over the rule from `a` to `b` may stand, in points."""
    above = [w.rect[1] for w in drawing.words if w.rect[0] < b - 2 and w.rect[2] > a + 2 and y + 3 < w.rect[1] < y + 30]
    lines = [r[1] for r in drawing.across if r[0] < b - 4 and r[2] > a + 4 and y + 4 < r[1] < y + 30]
    room = min([*above, *lines, y + 30]) - y
    return min(_LINE_HEIGHT, room) if room < 22 else _LINE_HEIGHT


def _parts(drawing: Drawing, a: float, b: float, y: float) -> list[tuple[float, float]]:
    """One rule over several small captions ("first   middle   last") is as many blanks."""
    captions = _captions_under(drawing, a, b, y)
    if len(captions) < 2:
        return [(a, b)]
    starts = [c[0] for c in captions]
    if starts[0] - a > 14:  # each stands in the middle of its part
        cuts = [(one[1] + following[0]) / 2 for one, following in pairwise(captions)]
    else:
        cuts = [start - 2 for start in starts[1:]]
    edges = [a, *cuts, b]
    parts = list(pairwise(edges))
    return parts if all(q - p > 26 for p, q in parts) else [(a, b)]


def _captions_under(drawing: Drawing, a: float, b: float, y: float) -> list[tuple[float, float]]:
    """From where to where each caption right under a rule goes; none where they are not short or stand apart too little."""
    under = [w for w in drawing.words if w.rect[2] > a and w.rect[0] < b and -3 < y - w.rect[3] < 7]
    out: list[tuple[float, float]] = []
    count = 0
    for w in sorted(under, key=lambda w: w.rect[0]):
        if out and w.rect[0] - out[-1][1] < max(16.0, 1.8 * w.size):
            out[-1] = (out[-1][0], w.rect[2])
            count += 1
        else:
            out.append((w.rect[0], w.rect[2]))
            count = 1
        # "Date: ____ Sex: ____" on the next line asks for answers of its own, beside its words.
        if count > 4 or w.text.endswith((":", "$", "#")):
            return []
    return out


def _is_decoration(drawing: Drawing, rule: Rect, on: Sequence[Rect]) -> bool:
    """A rule across the page with no words that ask for anything at its ends or under it."""
    x0, y, x1, _ = rule
    if on:
        return False
    left = any(
        w.rect[2] <= x0 + 3 and x0 - w.rect[2] < 40 and w.rect[1] - 4 <= y + 3 <= w.rect[3] for w in drawing.words
    )
    right = any(
        w.rect[0] >= x1 - 3 and w.rect[0] - x1 < 20 and w.rect[1] - 4 <= y + 3 <= w.rect[3] for w in drawing.words
    )
    under = [w for w in drawing.words if y - 16 < w.rect[3] <= y + 2 and w.rect[0] < x1 and w.rect[2] > x0]
    peers = [
        r
        for r in drawing.across
        if r is not rule and abs(r[0] - x0) < 4 and abs(r[2] - x1) < 4 and 9 < abs(r[1] - y) < 34
    ]
    if not left and _is_a_tables(drawing, rule):
        return True
    if not left and x1 - x0 > 0.6 * drawing.page.width and _is_over_a_footer(drawing, y):
        return True
    if len(_captions_under(drawing, x0, x1, y)) > 1:
        return False
    whole = x1 - x0 > 0.8 * (drawing.page.width - 2 * _margin(drawing.words))
    if whole and not left:
        return not (peers and any(_is_line_of_a_block(drawing, rule, r) for r in peers))
    if left or right:
        return False
    return not (under or peers or x1 - x0 > 40)


def _is_over_a_footer(drawing: Drawing, y: float) -> bool:
    """Whether under a line at the foot of the page only its number, the form's, or its edition is left."""
    if y > 0.12 * drawing.page.height:
        return False
    under = " ".join(w.text for w in drawing.words if w.rect[3] < y + 2).lower()
    return bool(re.search(r"\b(page|página|pág|rev|form|formulario)\b|\d/\d{2,4}\b", under))


def _is_line_of_a_block(drawing: Drawing, a: Rect, b: Rect) -> bool:
    low, high = sorted((a[1], b[1]))
    return not any(
        low + 1 < (w.rect[1] + w.rect[3]) / 2 < high - 1 and w.rect[0] < a[2] and w.rect[2] > a[0]
        for w in drawing.words
    )


def _margin(words: Sequence[Word]) -> float:
    return min((w.rect[0] for w in words), default=36.0)


def over(run: Rect) -> Rect:
    """The room over a run of underscores."""
    x0, y0, x1, y1 = run
    height = max(9.0, min(16.0, (y1 - y0) * 1.05))
    return (x0, y0, x1, y0 + height)
