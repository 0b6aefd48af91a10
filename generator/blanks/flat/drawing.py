"""A page's lines made ready for looking: pieces of one rule joined, boxes taken apart into their sides, empty cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.blanks.flat.prompts import Prompt, find_prompts, is_prompt
from generator.blanks.flat.rects import (
    SQUARE,
    area,
    around,
    flat,
    inside,
    is_square,
    joined,
    overlaps,
    upright,
    without_doubles,
)
from generator.blanks.pdf_page import BOX_GLYPHS, Box, Page, Word
from generator.slots import Rect

INK = "▪▪▪"
"""Stands for letters that are drawn and not written."""
_SHAPE = re.compile(r"(?i)[/.-]?(mm|dd|yy(yy)?|aa(aa)?|día|dia|mes|año)([/.-]+(mm|dd|yy(yy)?|aa(aa)?))*")


def is_shape(word: Word) -> bool:
    """Whether a word in a blank shows the shape of a date, as "MM/DD/YYYY"; the answer is written over it."""
    return bool(_SHAPE.fullmatch(word.text))


@dataclass(slots=True)
class Drawing:
    """One page: its words without what only marks a blank, its rules, and its runs of underscores or dots."""

    page: Page
    across: list[Rect] = field(init=False)
    down: list[Rect] = field(init=False)
    words: list[Word] = field(init=False)
    runs: list[Rect] = field(init=False)
    prompts: list[Prompt] = field(init=False)

    def __post_init__(self) -> None:
        self.prompts, words = find_prompts(self.page.words)
        self.words = [
            w for w in words if not (set(w.text) <= {"_"} or w.text in BOX_GLYPHS or set(w.text) <= {".", "…"})
        ]
        self.runs = _runs(self.page.words)
        self.across = joined([flat(r) for r in self.page.across], 0)
        self.down = joined([upright(r) for r in self.page.down], 1)

    def words_in(self, cell: Rect) -> list[Word]:
        """The words of a cell, as they are read; letters turned into outlines, and pictures, are words as well."""
        drawn = [
            Word(INK, r, min(12.0, r[3] - r[1]))
            for r in self.page.ink
            if overlaps(r, cell, 2.5) and area(r) < 1.5 * area(cell) and area(r) > 14
        ]
        inside = [w for w in self.words if overlaps(w.rect, cell, 1.5)]
        if is_prompt(inside):
            inside = []
        return sorted([*inside, *drawn], key=lambda w: (-round(w.rect[1] / 3), w.rect[0]))

    def without_prompts(self) -> Page:
        """The page without the words that answers go over."""
        return replace(self.page, words=tuple(find_prompts(self.page.words)[1])) if self.prompts else self.page

    def over_prompts(self) -> list[Rect]:
        """The room for an answer over each prompt, up to the next word, side of a cell, or margin."""
        out = []
        for prompt in self.prompts:
            x0, y0, x1, y1 = prompt.rect
            middle = (y0 + y1) / 2
            ends = [w.rect[0] - 2 for w in self.page.words if w.rect[0] >= x1 and w.rect[1] <= middle <= w.rect[3]]
            ends += [d[0] - 1 for d in self.down if d[0] >= x1 - 1 and d[1] <= middle <= d[3]]
            ends += [p.rect[0] - 2 for p in self.prompts if p.rect[0] >= x1 and p.rect[1] <= middle <= p.rect[3]]
            out.append((x0, y0, max(x1, min([*ends, self.page.width - 36])), y1))
        return out

    def lies_on_shade(self, box: Box) -> bool:
        """A white square is seen only where something darker lies under it."""
        if box.fill is not None and box.fill < 0.97:
            return True
        return any(
            other.fill is not None and other.fill < 0.97 and inside(box.rect, other.rect, 1.0)
            for other in self.page.boxes
            if other is not box
        )

    def squares_of_rules(self) -> list[Rect]:
        """Squares that four short rules close."""
        short = [r for r in self.page.across if SQUARE[0] <= r[2] - r[0] <= SQUARE[1]]
        sides = [r for r in self.page.down if SQUARE[0] <= r[3] - r[1] <= SQUARE[1]]
        if len(short) > 600 or len(sides) > 600:
            return []
        out = []
        for top in short:
            for bottom in short:
                height = top[1] - bottom[1]
                if (
                    not SQUARE[0] <= height <= SQUARE[1]
                    or abs(top[0] - bottom[0]) > 1.5
                    or abs(top[2] - bottom[2]) > 1.5
                ):
                    continue
                ends = [s for s in sides if abs(s[1] - bottom[1]) < 2.5 and abs(s[3] - top[3]) < 2.5]
                has_left = any(abs(s[0] - top[0]) < 1.8 for s in ends)
                has_right = any(abs(s[2] - top[2]) < 1.8 for s in ends)
                if has_left and has_right and is_square((top[0], bottom[1], top[2], top[3])):
                    out.append((top[0], bottom[1], top[2], top[3]))
        return out

    def combs(self, squares: Sequence[Rect]) -> list[list[Rect]]:
        """Rows of four and more squares that touch: one answer, a letter each."""
        rows: list[list[Rect]] = []
        for r in sorted(squares, key=lambda s: (round(s[1] / 3), s[0])):
            last = rows[-1][-1] if rows else None
            if last and abs(last[1] - r[1]) < 2.5 and abs(last[3] - r[3]) < 2.5 and -1.5 <= r[0] - last[2] < 1.2:
                rows[-1].append(r)
            else:
                rows.append([r])
        return [row for row in rows if len(row) >= 2]

    def combs_of_cells(self) -> list[list[Rect]]:
        """Cells of a table for one character each: one row of them, also in groups ("dd / mm / yyyy")."""
        squares = [c for c in self.cells() if is_square(c) and not self.words_in(c)]
        touching = self.combs(squares)
        groups: list[list[Rect]] = []
        for row in touching:
            last = groups[-1][-1] if groups else None
            if last and abs(last[1] - row[0][1]) < 2.5 and 0 < row[0][0] - last[2] < 16:
                groups[-1] = [*groups[-1], *row]
            else:
                groups.append(row)
        return [g for g in groups if len(g) >= 4 and not any(_is_stacked(g[0], r) for r in squares)]

    def cells(self) -> list[Rect]:
        """The smallest rectangles that rules close on all four sides."""
        across = list(self.across)
        down = list(self.down)
        for box in self.page.boxes:
            if box.is_stroked and not is_square(box.rect):
                x0, y0, x1, y1 = box.rect
                across += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
                down += [(x0, y0, x0, y1), (x1, y0, x1, y1)]
        # Borders drawn cell by cell leave gaps where a thick side stands between them.
        across, down = joined(across, 0, gap=3.6), joined(down, 1)
        down = [*down, *_open_sides(across, down)]
        across = [r for r in across if r[2] - r[0] > 8]
        down = [r for r in down if r[3] - r[1] > 6]
        if len(across) > 900 or len(down) > 900:
            return []
        return _cells_between(across, down)


def _is_stacked(a: Rect, b: Rect) -> bool:
    """Whether two squares stand on each other: a table of boxes, no row of letters."""
    return abs(a[0] - b[0]) < 4 and 4 < abs(a[1] - b[1]) < 1.3 * (a[3] - a[1])


def _open_sides(across: Sequence[Rect], down: Sequence[Rect]) -> list[Rect]:
    """The sides that a table without outer borders would have: where three and more of its rows end alike."""
    out: list[Rect] = []
    for end, inward in ((0, 1), (2, -1)):
        columns: dict[int, list[Rect]] = {}
        for rule in sorted(across, key=lambda r: r[1]):
            if rule[2] - rule[0] > 60:
                columns.setdefault(round(rule[end] / 3), []).append(rule)
        for rows in columns.values():
            x = rows[0][end]
            sides = [d for d in down if abs(d[0] - x) < 4]
            inner = [d for d in down if 12 < (d[0] - x) * inward < 400]
            crossed = [
                r for r in rows if any(d[1] - 3 <= r[1] <= d[3] + 3 and r[0] - 3 <= d[0] <= r[2] + 3 for d in inner)
            ]
            if len(crossed) < 3:
                continue
            for y0, y1 in pairwise(r[1] for r in crossed):
                is_in_one_table = any(d[1] - 3 <= y0 and y1 <= d[3] + 3 for d in inner)
                has_side = any(d[1] - 3 <= y0 and y1 <= d[3] + 3 for d in sides)
                meets_side = any(d[1] - 3 <= y <= d[3] + 3 for d in sides for y in (y0, y1))
                if y1 - y0 < 90 and not has_side and (is_in_one_table or not meets_side):
                    out.append((x, y0, x, y1))
    return joined(out, 1)


def _cells_between(across: Sequence[Rect], down: Sequence[Rect]) -> list[Rect]:
    slack = 2.6
    xs_of: list[list[int]] = []
    for a in across:
        xs_of.append(
            [
                j
                for j, d in enumerate(down)
                if a[0] - slack <= d[0] <= a[2] + slack and d[1] - slack <= a[1] <= d[3] + slack
            ]
        )
    ordered = sorted(range(len(across)), key=lambda i: across[i][1])
    out = []
    for position, i in enumerate(ordered):
        verticals = sorted(xs_of[i], key=lambda j: down[j][0])
        y = across[i][1]
        for j, k in pairwise(verticals):
            left, right = down[j], down[k]
            if right[0] - left[0] < 6 or left[3] < y + 5 or right[3] < y + 5:
                # A side that ends here: look for the next one that goes on upwards.
                continue
            out += _closed(across, ordered[position + 1 :], xs_of, j, k, left, right, y)
        # Sides that only touch from below leave gaps; try each left side with the next one that rises.
        rising = [j for j in verticals if down[j][3] >= y + 5]
        for j, k in pairwise(rising):
            out += _closed(across, ordered[position + 1 :], xs_of, j, k, down[j], down[k], y)
    return without_doubles(out)


def _closed(
    across: Sequence[Rect],
    above: Sequence[int],
    xs_of: Sequence[list[int]],
    j: int,
    k: int,
    left: Rect,
    right: Rect,
    y: float,
) -> list[Rect]:
    if right[0] - left[0] < 6:
        return []
    for m in above:
        top = across[m][1]
        if top - y < 5:
            continue
        if left[3] < top - 3 or right[3] < top - 3:
            return []
        if j in xs_of[m] and k in xs_of[m]:
            return [(left[0], y, right[0], top)]
    return []


_OF_PATTERNS = frozenset("_/-().–")
_PATTERN = re.compile(r"_+([/–-]_+){1,2}|\(_+\)_+[–-]_+")


def _runs(words: Sequence[Word]) -> list[Rect]:
    """Runs of underscores or of leading dots, joined where they follow each other; "__/__/____" is one run."""
    patterns = list(_patterns(words))
    rows: list[Rect] = []
    runs = [
        w.rect
        for w in words
        if ((set(w.text) == {"_"} and w.rect[2] - w.rect[0] > 8) or (set(w.text) <= {".", "…"} and len(w.text) >= 8))
        and not any(inside(w.rect, p, 1.0) for p in patterns)
    ]
    for rect in sorted(runs, key=lambda r: (-round(r[1] / 3), r[0])):
        last = rows[-1] if rows else None
        if last and abs(last[1] - rect[1]) < 3 and -2 < rect[0] - last[2] < 3:
            rows[-1] = around([last, rect])
        else:
            rows.append(rect)
    return [r for r in [*rows, *patterns] if r[2] - r[0] > 14]


def _patterns(words: Sequence[Word]) -> Iterator[Rect]:
    """The shapes of a date or a telephone number in underscores: "__/__/____", "(___) ___-____"."""
    parts = sorted((w for w in words if set(w.text) <= _OF_PATTERNS), key=lambda w: (-round(w.rect[1] / 4), w.rect[0]))
    chains: list[list[Word]] = []
    for word in parts:
        last = chains[-1][-1].rect if chains else None
        if last and abs(last[1] - word.rect[1]) < 4 and -1 < word.rect[0] - last[2] < 5:
            chains[-1].append(word)
        else:
            chains.append([word])
    for chain in chains:
        while chain and chain[-1].text.strip(".,") == "":
            chain.pop()
        if _PATTERN.fullmatch("".join(w.text for w in chain).rstrip(".")):
            yield around([w.rect for w in chain])
