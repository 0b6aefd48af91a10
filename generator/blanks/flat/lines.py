"""Where an answer stands on a line: over a rule, or over a run of underscores or dots; evenly ruled lines are one answer."""

from collections.abc import Sequence

from generator.blanks.flat.drawing import Drawing
from generator.blanks.flat.rects import around
from generator.blanks.pdf_page import Word
from generator.slots import Rect

_LINE_HEIGHT = 12.5  # of a blank over a rule, where nothing stands above it


def blocks(drawing: Drawing, pieces: Sequence[Rect]) -> list[Rect]:
    """Three and more rules of one length, evenly under each other with nothing between, are one answer of several lines."""
    left = sorted(pieces, key=lambda r: (round(r[0] / 4), round(r[2] / 4), -r[1]))
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


def _has_own_caption(drawing: Drawing, r: Rect) -> bool:
    middle = r[1] + 4
    return any(0 <= r[0] - w.rect[2] < 45 and w.rect[1] - 1 <= middle <= w.rect[3] + 1 for w in drawing.words)


def free_over(drawing: Drawing, rule: Rect, cells: Sequence[Rect], checks: Sequence[Rect]) -> list[Rect]:
    """The pieces of a rule with room for an answer on top of them."""
    x0, y, x1, _ = rule
    if x1 - x0 < 18:
        return []
    on = sorted(
        (
            w.rect
            for w in drawing.words
            if w.rect[0] < x1 - 1
            and w.rect[2] > x0 + 1
            and w.rect[1] - 3.5 <= y <= w.rect[1] + 0.45 * (w.rect[3] - w.rect[1]) + 1.5
        ),
        key=lambda r: r[0],
    )
    on += [c for c in checks if c[0] < x1 and c[2] > x0 and c[1] - 4 <= y <= c[3]]
    sides = [c for c in cells if (abs(c[1] - y) < 2.5 or abs(c[3] - y) < 2.5) and c[0] < x1 and c[2] > x0]
    on = sorted([*on, *sides], key=lambda r: r[0])
    written = [
        w
        for w in drawing.words
        if w.rect[0] < x1 - 1
        and w.rect[2] > x0 + 1
        and w.rect[1] - 3.5 <= y <= w.rect[1] + 0.45 * (w.rect[3] - w.rect[1]) + 1.5
    ]
    if written:
        last = max(written, key=lambda w: w.rect[2])
        first = min(w.rect[0] for w in written)
        # Words all along the rule: it parts paragraphs, or underlines them.
        if first - x0 > 20 and x1 - last.rect[2] > 20 and not any(w.text.endswith(":") for w in written):
            return []
        if first - x0 <= 20 and not last.text.endswith((":", "#", "$", "?", ")")):
            return []
    pieces, start = [], x0
    for r in on:
        if r[0] - start > 20:
            pieces.append((start, r[0] - 1))
        start = max(start, r[2] + 2)
    if x1 - start > 20:
        pieces.append((start, x1))
    if on and sum(b - a for a, b in pieces) < 0.25 * (x1 - x0) and not any(b - a > 60 for a, b in pieces):
        return []
    out = []
    for a, b in pieces:
        above = [
            w.rect[1] for w in drawing.words if w.rect[0] < b - 2 and w.rect[2] > a + 2 and y + 3 < w.rect[1] < y + 30
        ]
        lines = [r[1] for r in drawing.across if r[0] < b - 4 and r[2] > a + 4 and y + 4 < r[1] < y + 30]
        room = min([*above, *lines, y + 30]) - y
        if room < 7:
            continue
        height = min(_LINE_HEIGHT, room) if room < 22 else _LINE_HEIGHT
        if _is_decoration(drawing, rule, on):
            continue
        out.append((a, y, b, y + height))
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
    whole = x1 - x0 > 0.8 * (drawing.page.width - 2 * _margin(drawing.words))
    if whole and not left:
        return not (peers and any(_is_line_of_a_block(drawing, rule, r) for r in peers))
    if left or right:
        return False
    return not (under or peers or x1 - x0 > 40)


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
