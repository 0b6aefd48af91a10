"""What is printed around the places of a PDF form: captions, headings, column heads. Knows positions, not meanings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.blanks.pdf_page import BOX_GLYPHS, Page, Word, read_pages
from generator.slots import Near, Rect, Slot, SlotKind

_OF_PATTERNS = "/-().–"
_FAR_LEFT, _FAR_ABOVE, _FAR_RIGHT = 220.0, 34.0, 260.0


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line that belong together. `size` in points."""

    text: str
    rect: Rect
    size: float


def with_surroundings(data: bytes, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots with what is printed near each. A slot without a page or a rectangle stays as it is."""
    wanted = {slot.page for slot in slots if slot.page is not None and slot.rect is not None}
    found: dict[int, Near] = {}
    for page in read_pages(data):
        if page.number in wanted:
            here = [(i, slot) for i, slot in enumerate(slots) if slot.page == page.number and slot.rect is not None]
            rects = [page.shown(slot.rect) for _, slot in here if slot.rect is not None]
            checks = [slot.kind in (SlotKind.CHECK, SlotKind.RADIO) for _, slot in here]
            for (i, _), near in zip(here, nears(page, rects, checks), strict=True):
                found[i] = near
    return tuple(replace(slot, near=found[i]) if i in found else slot for i, slot in enumerate(slots))


def nears(page: Page, rects: Sequence[Rect], checks: Sequence[bool]) -> list[Near]:
    """What is printed near each rectangle (in the space of the page as shown); all together are each other's walls."""
    segments = segments_of(page, rects)
    heads = _headings(segments)
    out = []
    for i, rect in enumerate(rects):
        others = [r for j, r in enumerate(rects) if j != i]
        out.append(_near(rect, others, segments, heads, is_check=checks[i], page=page))
    return out


def segments_of(page: Page, rects: Sequence[Rect] = ()) -> list[Segment]:
    """The page's text as lines, broken where a gap, an upright rule or a field stands between words."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda w: (-(w.rect[1] + w.rect[3]) / 2, w.rect[0])):
        if set(word.text) <= set("_[]()") or word.text in BOX_GLYPHS or re.fullmatch(r"[.…·]{4,}", word.text):
            continue
        if not word.text.strip(_OF_PATTERNS) and any(_overlap_of(word.rect, r) for r in rects):
            continue  # the strokes of "__/__/____"
        middle = (word.rect[1] + word.rect[3]) / 2
        for row in reversed(rows[-4:]):
            last = row[-1].rect
            if last[1] <= middle <= last[3] and abs((last[1] + last[3]) / 2 - middle) < 0.45 * max(word.size, 4):
                row.append(word)
                break
        else:
            rows.append([word])
    out = []
    for row in rows:
        row.sort(key=lambda w: w.rect[0])
        piece = [row[0]]
        for a, b in pairwise(row):
            if _breaks(a, b, page, rects):
                out.append(_segment(piece))
                piece = []
            piece.append(b)
        out.append(_segment(piece))
    return out


def _overlap_of(word: Rect, place: Rect) -> bool:
    middle = (word[0] + word[2]) / 2
    return place[0] <= middle <= place[2] and word[1] < place[3] - 2 and word[3] > place[1] + 2


def _breaks(a: Word, b: Word, page: Page, rects: Sequence[Rect]) -> bool:
    gap = b.rect[0] - a.rect[2]
    size = max(a.size, b.size, 4)
    if gap > 1.3 * size:
        return True
    low, high = min(a.rect[1], b.rect[1]), max(a.rect[3], b.rect[3])
    middle = (low + high) / 2
    left, right = a.rect[2] - 1, b.rect[0] + 1
    if any(left <= (d[0] + d[2]) / 2 <= right and d[1] <= middle <= d[3] for d in page.down):
        return True
    return any(r[0] >= left - 3 and r[2] <= right + 3 and r[1] <= middle <= r[3] for r in rects)


def _segment(words: Sequence[Word]) -> Segment:
    rects = [w.rect for w in words]
    rect = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    return Segment(" ".join(w.text for w in words), rect, max(w.size for w in words))


def _headings(segments: Sequence[Segment]) -> list[Segment]:
    """Lines that head what follows: larger than the page's usual type, all capitals, or numbered parts."""
    if not segments:
        return []
    sizes = sorted(s.size for s in segments for _ in range(max(1, len(s.text) // 10)))
    usual = sizes[len(sizes) // 2]
    out = []
    for s in segments:
        words = s.text.split()
        letters = [c for c in s.text if c.isalpha()]
        if len(letters) < 4 or len(words) > 14:
            continue
        capitals = sum(c.isupper() for c in letters) / len(letters)
        is_part = re.match(r"(?i)(part|section|sección|parte)\s+([0-9]+|[a-z]|[ivx]+)\b", s.text)
        if is_part or s.size > 1.12 * usual or (capitals > 0.9 and len(letters) >= 6 and len(words) <= 9):
            out.append(s)
    return out


def _near(
    rect: Rect,
    others: Sequence[Rect],
    segments: Sequence[Segment],
    heads: Sequence[Segment],
    *,
    is_check: bool,
    page: Page,
) -> Near:
    x0, y0, x1, y1 = rect
    height = max(4.0, y1 - y0)
    tall = height > 26
    inside = [s for s in segments if _inside(s, rect)]
    free = [s for s in segments if s not in inside]
    top_line = y1 - 12 if tall else y0
    left = _best(
        [
            (x0 - s.rect[2], s)
            for s in free
            if s.rect[2] <= x0 + 4
            and x0 - s.rect[2] < _FAR_LEFT
            and _share(s.rect[1], s.rect[3], y0 - 2, y1 + 2) > 0.45
            and not _between_x(s.rect[2], x0, max(y0, s.rect[1]), min(y1, s.rect[3]), others)
            and not (tall and s.rect[3] < top_line - 40)
        ]
    )
    right = _best(
        [
            (s.rect[0] - x1, s)
            for s in free
            if s.rect[0] >= x1 - 4
            and s.rect[0] - x1 < (_FAR_RIGHT if is_check else 60)
            and _share(s.rect[1], s.rect[3], y0 - 2, y1 + 2) > 0.45
            and not _between_x(x1, s.rect[0], max(y0, s.rect[1]), min(y1, s.rect[3]), others)
        ]
    )
    above = _stack(
        [
            (s.rect[1] - y1, s)
            for s in free
            if s.rect[1] >= y1 - 0.55 * s.size
            and s.rect[1] - y1 < _FAR_ABOVE
            and _overlap(s.rect[0], s.rect[2], x0, x1)
            and not _between_y(y1, s.rect[1], max(x0, s.rect[0]), min(x1, s.rect[2]), others)
        ],
        rect,
        page,
    )
    if left is not None and above and _is_other_cell(left, rect, free, page):
        left = None
    below = _best(
        [
            (y0 - s.rect[3], s)
            for s in free
            if s.rect[3] <= y0 + 0.5 * s.size
            and y0 - s.rect[3] < 12
            and _overlap(s.rect[0], s.rect[2], x0, x1)
            and not _between_y(s.rect[3], y0, max(x0, s.rect[0]), min(x1, s.rect[2]), others)
        ]
    )
    section = _best([(s.rect[1] - y1, s) for s in heads if s.rect[1] >= y1 - 2 and _spans(s.rect, rect, page)])
    return Near(
        left=_whole(left, rect, free, page),
        above=above,
        below=_text(below),
        right=_text(right),
        inside=" ".join(s.text for s in inside)[:120],
        section=_text(section),
        column=_column(rect, others, free, page),
        row="",
    )


def _is_other_cell(left: Segment, rect: Rect, segments: Sequence[Segment], page: Page) -> bool:
    """Whether words at the left stand behind a wall, while others stand in the place's own cell, right over it."""
    x0, _, x1, y1 = rect
    middle = (left.rect[1] + left.rect[3]) / 2
    if not any(left.rect[2] - 1 <= d[0] <= x0 + 3 and d[1] <= middle <= d[3] for d in page.down):
        return False
    over = [s for s in segments if -2 < s.rect[1] - y1 < 3 and s.rect[0] < x1 and s.rect[2] > x0 and s.rect[0] > x0 - 6]
    rules = [r for r in page.across if r[0] < x1 - 4 and r[2] > x0 + 4 and y1 - 2 < r[1] < y1 + 4]
    return bool(over) and not rules


def _column(rect: Rect, others: Sequence[Rect], segments: Sequence[Segment], page: Page) -> str:
    """The words over a column of equal boxes that this one stands in."""
    top = rect
    while True:
        over = [
            r
            for r in others
            if r[1] >= top[3] - 2
            and r[1] - top[3] < max(10.0, top[3] - top[1])
            and abs(r[0] - top[0]) < 4
            and abs((r[2] - r[0]) - (top[2] - top[0])) < 8
        ]
        if not over:
            break
        top = min(over, key=lambda r: r[1])
    if top is rect:
        return ""
    found = [
        (s.rect[1] - top[3], s)
        for s in segments
        if s.rect[1] >= top[3] - 2 and s.rect[1] - top[3] < 30 and _overlap(s.rect[0], s.rect[2], top[0], top[2])
    ]
    return _stack(found, top, page)


def _whole(left: Segment | None, rect: Rect, segments: Sequence[Segment], page: Page) -> str:
    """A caption at the left with its other lines: "Date of" over "birth", beside one tall cell."""
    if left is None:
        return ""
    block = [left]
    beside = [
        s for s in segments if s.rect[2] <= rect[0] + 4 and rect[1] - 2 <= (s.rect[1] + s.rect[3]) / 2 <= rect[3] + 2
    ]
    for s in sorted(beside, key=lambda s: abs(s.rect[1] - left.rect[1])):
        near = min(block, key=lambda b: abs(b.rect[1] - s.rect[1]))
        low, high = (s, near) if s.rect[1] < near.rect[1] else (near, s)
        if s not in block and _goes_on(high, low, page):
            block.append(s)
    return _lines_of(sorted(block, key=lambda s: -s.rect[1]))


def _goes_on(high: Segment, low: Segment, page: Page) -> bool:
    """Whether one line goes on in the next: as large, right under it, flush or centred, no rule between them."""
    gap = high.rect[1] - low.rect[3]
    is_flush = abs(high.rect[0] - low.rect[0]) < 4 or abs(high.rect[0] + high.rect[2] - low.rect[0] - low.rect[2]) < 12
    is_next = high.rect[1] > low.rect[1] + 2 and gap < 0.5 * low.size and abs(high.size - low.size) < 1.5
    return is_flush and is_next and not _is_ruled_between(high, low, page)


def _is_ruled_between(high: Segment, low: Segment, page: Page) -> bool:
    a, b = (low.rect[1] + low.rect[3]) / 2, (high.rect[1] + high.rect[3]) / 2
    x0, x1 = max(high.rect[0], low.rect[0]), min(high.rect[2], low.rect[2])
    return any(a < (r[1] + r[3]) / 2 < b and r[0] < x1 and r[2] > x0 and r[2] - r[0] > 20 for r in page.across)


def _lines_of(block: Sequence[Segment]) -> str:
    """The lines as one text; a word parted at its hyphen is whole again."""
    text = ""
    for s in block:
        text += s.text if not text or text.endswith("-") else f" {s.text}"
    return text


def _stack(found: Sequence[tuple[float, Segment]], rect: Rect, page: Page) -> str:
    """The nearest line above, with the lines over it that go on in the same block (at most three)."""
    if not found:
        return ""
    ordered = sorted(found, key=lambda one: (one[0], abs(one[1].rect[0] - rect[0])))
    first = ordered[0][1]
    # Beside each other over one wide box: the one that starts with the box is its caption.
    level = [s for d, s in ordered if abs(s.rect[1] - first.rect[1]) < 3]
    first = min(level, key=lambda s: abs(s.rect[0] - rect[0]))
    block = [first]
    for _, s in ordered:
        last = block[-1]
        gap = s.rect[1] - last.rect[3]
        if (
            len(block) < 3
            and s is not last
            and s.rect[1] > last.rect[1] + 2
            and gap < 0.5 * last.size
            and (abs(s.rect[0] - last.rect[0]) < 14 or abs(s.rect[0] + s.rect[2] - last.rect[0] - last.rect[2]) < 12)
            and abs(s.size - last.size) < 1.5
            and not _is_ruled_between(s, last, page)
        ):
            block.append(s)
    return _lines_of(block[::-1])


def _best(found: Sequence[tuple[float, Segment]]) -> Segment | None:
    return min(found, key=lambda one: one[0])[1] if found else None


def _text(segment: Segment | None) -> str:
    return segment.text if segment else ""


def _inside(s: Segment, rect: Rect) -> bool:
    x, y = (s.rect[0] + s.rect[2]) / 2, (s.rect[1] + s.rect[3]) / 2
    return rect[0] <= x <= rect[2] and rect[1] + 1 <= y <= rect[3] - 1 and s.rect[0] >= rect[0] - 3


def _share(a0: float, a1: float, b0: float, b1: float) -> float:
    return max(0.0, min(a1, b1) - max(a0, b0)) / max(0.1, min(a1 - a0, b1 - b0))


def _overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    return min(a1, b1) - max(a0, b0) > min(6.0, 0.5 * (b1 - b0))


def _spans(head: Rect, rect: Rect, page: Page) -> bool:
    """Whether a heading stands over this place: over the same column of the page, or over its whole width."""
    return head[0] <= rect[2] and (head[2] >= rect[0] - 0.5 * page.width)


def _between_x(x0: float, x1: float, y0: float, y1: float, others: Sequence[Rect]) -> bool:
    middle = (y0 + y1) / 2
    return any(r[0] >= x0 - 3 and r[2] <= x1 + 3 and r[2] - r[0] > 1 and r[1] <= middle <= r[3] for r in others)


def _between_y(y0: float, y1: float, x0: float, x1: float, others: Sequence[Rect]) -> bool:
    middle = (x0 + x1) / 2
    return any(r[1] >= y0 - 3 and r[3] <= y1 + 3 and r[0] <= middle <= r[2] for r in others)
