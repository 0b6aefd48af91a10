"""Find where answers go on a PDF without fields: rules, underscores, boxes, empty cells, squares, comb rows.

Nothing is written here; `pdf_adopt` makes fields of what is found. A page without any text is a scan and is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.blanks.pdf_page import BOX_GLYPHS, Box, Page, Word, read_pages
from generator.blanks.surroundings import nears
from generator.finding import Finding, Severity
from generator.slots import Near, Rect

TEXT, CHECK = "text", "check"
_LEAST_WIDTH, _LEAST_HEIGHT = 16.0, 7.0
_LINE_HEIGHT = 12.5  # of a blank over a rule, where nothing stands above it
_SQUARE = (4.5, 21.0)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that takes an answer. `rect` is in the file's own points (as /Rect), `shown` as the page is seen."""

    page: int
    rect: Rect
    kind: str
    label: str = ""
    near: Near = field(default_factory=Near)
    shown: Rect = (0.0, 0.0, 0.0, 0.0)
    cells: int = 0  # of a comb: how many boxes
    turn: int = 0  # of its page, in quarters of a circle clockwise


@dataclass(frozen=True, slots=True)
class FlatPdf:
    """What a flat PDF offers: its places in reading order, its pages, and what a person should know."""

    places: tuple[Place, ...]
    pages: int
    findings: tuple[Finding, ...] = ()


def find_places(data: bytes) -> FlatPdf:
    """Every place for an answer, in reading order. Raises BlankNotReadable or BlankIsEncrypted."""
    places: list[Place] = []
    scans: list[int] = []
    count = 0
    for page in read_pages(data):
        count += 1
        if not page.words and page.has_picture:
            scans.append(page.number + 1)
            continue
        places += _of_page(page)
    findings: tuple[Finding, ...] = ()
    if scans:
        where = "page " + ", ".join(str(n) for n in scans)
        findings = (
            Finding(
                "page-is-a-scan", Severity.WARNING, where, "This page is a picture without text; no places can be found on it.",
                "Ask for the original file, or make its text readable first (OCR), and adopt that.",
            ),
        )  # fmt: skip
    return FlatPdf(tuple(places), count, findings)


def find_flat_fields(pdf: bytes) -> list[dict[str, object]]:
    """The places as plain data: `page` from 0, `rect` in PDF points, `kind` text or check, `label`."""
    return [
        {"page": p.page, "rect": [round(v, 2) for v in p.rect], "kind": p.kind, "label": p.label}
        for p in find_places(pdf).places
    ]


def _of_page(page: Page) -> list[Place]:
    drawing = _Drawing(page)
    checks = drawing.checks()
    texts = drawing.texts(checks)
    found = [(rect, CHECK, 0) for rect in checks] + [(rect, TEXT, cells) for rect, cells in texts]
    found = _in_order(found)
    office = drawing.office_parts()
    near = nears(page, [rect for rect, _, _ in found], [kind == CHECK for _, kind, _ in found])
    rows: dict[tuple[str, int], int] = {}
    return [
        Place(page.number, page.stored(rect), kind, _label(about, kind, rect, rows), about, rect, cells, page.turn)
        for (rect, kind, cells), about in zip(found, near, strict=True)
        if not _is_for_the_office(about) and not any(_inside(rect, part, 3.0) for part in office)
    ]


def _is_for_the_office(near: Near) -> bool:
    """Whether a place is for the office, court or notary, who write there themselves."""
    text = " ".join((near.left, near.above, near.inside, near.section)).lower()
    return any(
        words in text
        for words in (
            "agency use",
            "office use",
            "court use only",
            "official use",
            "staff use",
            "clerk fills",
            "uso de la oficina",
            "do not write",
            "for irs use",
            "notary",
        )
    )


def _label(near: Near, kind: str, rect: Rect, rows: dict[tuple[str, int], int]) -> str:
    """The caption; in a column of blanks its head with the number of the row. `rows` counts them along the page."""
    if kind == CHECK:
        return (near.right or near.left or near.above)[:120]
    head = near.inside or near.left or near.above or near.column or near.below or near.right
    if head in (near.above, near.column) and not near.inside and not near.left:
        key = (head, round(rect[0] / 6))
        rows[key] = rows.get(key, 0) + 1
        return f"{head[:110]} {rows[key]}" if rows[key] > 1 else head[:120]
    return head[:120]


def _in_order(found: list[tuple[Rect, str, int]]) -> list[tuple[Rect, str, int]]:
    """Reading order: lines from the top, each from the left."""
    out: list[tuple[Rect, str, int]] = []
    line: list[tuple[Rect, str, int]] = []
    for one in sorted(found, key=lambda f: -f[0][3]):
        if line and line[0][0][3] - one[0][3] > 7:
            out += sorted(line, key=lambda f: f[0][0])
            line = []
        line.append(one)
    return out + sorted(line, key=lambda f: f[0][0])


@dataclass(slots=True)
class _Drawing:
    """A page's lines, made ready: pieces of one rule joined, boxes taken apart into their sides."""

    page: Page
    across: list[Rect] = field(init=False)
    down: list[Rect] = field(init=False)
    words: list[Word] = field(init=False)
    blanks: list[Rect] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [
            w
            for w in self.page.words
            if not (set(w.text) <= {"_"} or w.text in BOX_GLYPHS or set(w.text) <= {".", "…"})
        ]
        self.blanks = _runs(self.page.words)
        self.across = _joined([_flat(r) for r in self.page.across], 0)
        self.down = _joined([_upright(r) for r in self.page.down], 1)

    def office_parts(self) -> list[Rect]:
        """Where the office writes: a box that says so, or what lies under a dark heading that does, as far as its part may go."""
        out = []
        for box in self.page.boxes:
            x0, y0, x1, y1 = box.rect
            if _area(box.rect) > 0.25 * self.page.width * self.page.height or x1 - x0 < 40:
                continue
            text = " ".join(w.text for w in self.words if _middle_in(w.rect, box.rect)).lower()
            is_dark = box.fill is not None and box.fill < 0.4 and y1 - y0 < 26
            if is_dark and ("use" in text.split() or "use:" in text.split()):
                out.append((x0, y0 - 44, x1, y1))
            elif any(said in text for said in ("use only", "office use", "agency use", "uso de la oficina")):
                out.append(box.rect)
        return out

    # ------------------------------------------------------------ check boxes

    def checks(self) -> list[Rect]:
        """Squares and rings to tick: drawn ones, glyphs, and four short rules."""
        found: list[Rect] = []
        for word in self.page.words:
            if word.text in BOX_GLYPHS:
                x0, y0, x1, y1 = word.rect
                if 3.5 <= x1 - x0 <= 22 and 3.5 <= y1 - y0 <= 22:
                    found.append(word.rect)
        for box in self.page.boxes:
            if (_is_square(box.rect) and self._is_tickable(box)) or self._is_wide_tick(box):
                found.append(box.rect)
        found += self._squares_of_rules()
        found = _without_nested(_without_doubles(found))
        found = [r for r in found if not any(_middle_in(w.rect, r) and w.text.strip(".,|•·▪■") for w in self.words)]
        combs = {id(r) for row in self._combs(found) for r in row}
        return [r for r in found if id(r) not in combs]

    def _is_wide_tick(self, box: Box) -> bool:
        """A low box wider than high, right before words, is ticked as well (the forms of California's courts)."""
        x0, y0, x1, y1 = box.rect
        wide, high = x1 - x0, y1 - y0
        if not (box.is_stroked and 6.5 <= high <= 15 and 1.5 < wide / high <= 2.8 and wide <= 32):
            return False
        middle = (y0 + y1) / 2
        level = [w for w in self.words if w.rect[1] - 1 <= middle <= w.rect[3] + 1]
        return any(0 <= w.rect[0] - x1 < 14 for w in level) and not any(
            0 <= x0 - w.rect[2] < 6 and w.text.endswith(":") for w in level
        )

    def _is_tickable(self, box: Box) -> bool:
        if box.is_stroked:
            return True
        return box.fill is not None and (box.fill > 0.75 or box.is_round) and self._lies_on_shade(box)

    def _lies_on_shade(self, box: Box) -> bool:
        """A white square is seen only where something darker lies under it."""
        if box.fill is not None and box.fill < 0.97:
            return True
        return any(
            other.fill is not None and other.fill < 0.97 and _inside(box.rect, other.rect, 1.0)
            for other in self.page.boxes
            if other is not box
        )

    def _squares_of_rules(self) -> list[Rect]:
        short = [r for r in self.page.across if _SQUARE[0] <= r[2] - r[0] <= _SQUARE[1]]
        sides = [r for r in self.page.down if _SQUARE[0] <= r[3] - r[1] <= _SQUARE[1]]
        if len(short) > 600 or len(sides) > 600:
            return []
        out = []
        for top in short:
            for bottom in short:
                height = top[1] - bottom[1]
                if (
                    not _SQUARE[0] <= height <= _SQUARE[1]
                    or abs(top[0] - bottom[0]) > 1.5
                    or abs(top[2] - bottom[2]) > 1.5
                ):
                    continue
                ends = [s for s in sides if abs(s[1] - bottom[1]) < 2.5 and abs(s[3] - top[3]) < 2.5]
                has_left = any(abs(s[0] - top[0]) < 1.8 for s in ends)
                has_right = any(abs(s[2] - top[2]) < 1.8 for s in ends)
                if has_left and has_right and _is_square((top[0], bottom[1], top[2], top[3])):
                    out.append((top[0], bottom[1], top[2], top[3]))
        return out

    def _combs(self, squares: Sequence[Rect]) -> list[list[Rect]]:
        """Rows of four and more squares that touch: one answer, a letter each."""
        rows: list[list[Rect]] = []
        for r in sorted(squares, key=lambda s: (round(s[1] / 3), s[0])):
            last = rows[-1][-1] if rows else None
            if last and abs(last[1] - r[1]) < 2.5 and abs(last[3] - r[3]) < 2.5 and -1.5 <= r[0] - last[2] < 1.2:
                rows[-1].append(r)
            else:
                rows.append([r])
        return [row for row in rows if len(row) >= 2]

    # ------------------------------------------------------------ texts

    def texts(self, checks: Sequence[Rect]) -> list[tuple[Rect, int]]:
        """Blanks for text, with the number of boxes where it is a comb."""
        found: list[tuple[Rect, int, int]] = []  # the rectangle, its comb's cells, how telling (higher wins)
        squares = [b.rect for b in self.page.boxes if _is_square(b.rect) and b.is_stroked] + self._squares_of_rules()
        for row in self._combs(_without_doubles(squares)):
            found.append((_around(row), len(row), 5))
        cells = self._cells()
        empty = [cell for cell in cells if not any(_overlaps(w.rect, cell, 1.5) for w in self.words)]
        for cell in cells:
            if cell not in empty and self._heads(cell, empty):
                continue
            for rect in self._free_in(cell, checks):
                found.append((rect, 0, 4))
        used = list(cells)
        for box in self.page.boxes:
            rect = box.rect
            if not (box.is_stroked or self._lies_on_shade(box)) or _is_square(rect) or box.is_round or rect in checks:
                continue
            if box.fill is not None and box.fill < 0.55:
                continue
            if any(_overlap(rect, cell) > 0.7 for cell in cells):
                continue
            if any(
                other is not box
                and _inside(other.rect, rect, 0.5)
                and _area(other.rect) > 60
                and _area(other.rect) < 0.95 * _area(rect)
                for other in self.page.boxes
            ):
                continue
            for free in self._free_in(rect, checks, is_only_filled=not box.is_stroked):
                found.append((free, 0, 4))
                used.append(rect)
        for run in self.blanks:
            found.append((self._over(run), 0, 3))
        pieces = [piece for rule in self.across for piece in self._free_over(rule, used, checks)]
        found += [(block, 0, 2) for block in self._blocks(pieces)]
        return self._chosen(found, checks)

    def _heads(self, cell: Rect, empty: Sequence[Rect]) -> bool:
        """Whether a cell with words is the head of a row or column of empty cells, and so takes no answer itself."""
        text = " ".join(
            w.text
            for w in sorted(self.words, key=lambda w: (-round(w.rect[1] / 3), w.rect[0]))
            if _overlaps(w.rect, cell, 1.5)
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
        low = min((w.rect[1] for w in self.words if _overlaps(w.rect, cell, 1.5)), default=cell[1])
        return (right or below) and low - cell[1] < 12

    def _blocks(self, pieces: Sequence[Rect]) -> list[Rect]:
        """Three and more rules of one length, evenly under each other with nothing between, are one answer of several lines."""
        left = sorted(pieces, key=lambda r: (round(r[0] / 4), round(r[2] / 4), -r[1]))
        out: list[Rect] = []
        block: list[Rect] = []

        def close() -> None:
            beside = [r for r in pieces if block and abs(r[1] - block[-1][1]) < 1.5 and r not in block]
            is_one = len(block) >= 3 and not (beside and abs(beside[0][0] - block[0][0]) > 20)
            out.extend([_around(block)] if is_one else block)

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
                    and self._is_line_of_a_block(last, r)
                    and not self._has_own_caption(r)
                ):
                    close()
                    block = []
            block.append(r)
        close()
        return out

    def _has_own_caption(self, r: Rect) -> bool:
        middle = r[1] + 4
        return any(0 <= r[0] - w.rect[2] < 45 and w.rect[1] - 1 <= middle <= w.rect[3] + 1 for w in self.words)

    def _cells(self) -> list[Rect]:
        """The smallest rectangles that rules close on all four sides."""
        across = list(self.across)
        down = list(self.down)
        for box in self.page.boxes:
            if box.is_stroked and not _is_square(box.rect):
                x0, y0, x1, y1 = box.rect
                across += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
                down += [(x0, y0, x0, y1), (x1, y0, x1, y1)]
        across, down = _joined(across, 0), _joined(down, 1)
        across = [r for r in across if r[2] - r[0] > 8]
        down = [r for r in down if r[3] - r[1] > 6]
        if len(across) > 900 or len(down) > 900:
            return []
        return _cells_between(across, down)

    def _free_in(self, cell: Rect, checks: Sequence[Rect], *, is_only_filled: bool = False) -> list[Rect]:
        """The part of a cell that an answer can take: all of it, what is below its caption, or right of it."""
        x0, y0, x1, y1 = cell
        wide, high = x1 - x0, y1 - y0
        if (
            wide < _LEAST_WIDTH
            or high < _LEAST_HEIGHT
            or wide > 0.99 * self.page.width
            or high > 0.6 * self.page.height
        ):
            return []
        if any(_middle_in(check, cell) for check in checks):
            return []
        shade = [b.fill for b in self.page.boxes if b.fill is not None and _inside(cell, b.rect, 2.0)]
        if shade and shade[-1] < (0.6 if self.page.words else 0.93):
            return []
        if any(_middle_in(run, cell) for run in self.blanks):
            return []
        inside = [w for w in self.words if _overlaps(w.rect, cell, 1.5)]
        if not inside:
            return (
                []
                if any(
                    _middle_in(rule, cell)
                    for rule in self.across
                    if rule[2] - rule[0] > 0.5 * wide and y0 + 4 < rule[1] < y1 - 4
                )
                and high > 40
                else [_inset(cell)]
            )
        if shade and shade[-1] < 0.975:
            return []  # a shaded row with words in it is a heading
        lines_of_captions = self._after_captions(cell, inside)
        if len(lines_of_captions) > 1:
            return lines_of_captions
        low = min(w.rect[1] for w in inside)
        right = max(w.rect[2] for w in inside)
        top = max(w.rect[3] for w in inside)
        size = max(w.size for w in inside)
        lines = max(1, round((top - low) / max(size, 5)))
        letters = sum(len(w.text) for w in inside)
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
            and min(w.rect[0] for w in inside) - x0 < 0.25 * wide
        ):
            text = " ".join(w.text for w in inside)
            if text.rstrip().endswith((":", "#", "?", ".")) or x1 - right > 60:
                return [(right + 2.5, y0 + 1, x1 - 1.5, y1 - 1)]
        return []

    def _after_captions(self, cell: Rect, inside: Sequence[Word]) -> list[Rect]:
        """The room right of every "Name:" of a cell that holds several such captions."""
        out: list[Rect] = []
        for word in inside:
            if not word.text.endswith(":"):
                continue
            x, y0, y1 = word.rect[2] + 2, word.rect[1] - 1, word.rect[3] + 1
            later = [w.rect[0] for w in inside if w.rect[0] > x and w.rect[1] < y1 - 2 and w.rect[3] > y0 + 2]
            end = min([*later, cell[2]]) - 2
            if end - x > 24:
                out.append((x, y0, end, y1))
        return out

    def _over(self, run: Rect) -> Rect:
        """The room over a run of underscores."""
        x0, y0, x1, y1 = run
        height = max(9.0, min(16.0, (y1 - y0) * 1.05))
        return (x0, y0, x1, y0 + height)

    def _free_over(self, rule: Rect, cells: Sequence[Rect], checks: Sequence[Rect]) -> list[Rect]:
        """The pieces of a rule with room for an answer on top of them."""
        x0, y, x1, _ = rule
        if x1 - x0 < 18:
            return []
        on = sorted(
            (
                w.rect
                for w in self.words
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
            for w in self.words
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
                w.rect[1] for w in self.words if w.rect[0] < b - 2 and w.rect[2] > a + 2 and y + 3 < w.rect[1] < y + 30
            ]
            lines = [r[1] for r in self.across if r[0] < b - 4 and r[2] > a + 4 and y + 4 < r[1] < y + 30]
            room = min([*above, *lines, y + 30]) - y
            if room < 7:
                continue
            height = min(_LINE_HEIGHT, room) if room < 22 else _LINE_HEIGHT
            if self._is_decoration(rule, on):
                continue
            out.append((a, y, b, y + height))
        return out

    def _is_decoration(self, rule: Rect, on: Sequence[Rect]) -> bool:
        """A rule across the page with no words that ask for anything at its ends or under it."""
        x0, y, x1, _ = rule
        if on:
            return False
        left = any(
            w.rect[2] <= x0 + 3 and x0 - w.rect[2] < 40 and w.rect[1] - 4 <= y + 3 <= w.rect[3] for w in self.words
        )
        right = any(
            w.rect[0] >= x1 - 3 and w.rect[0] - x1 < 20 and w.rect[1] - 4 <= y + 3 <= w.rect[3] for w in self.words
        )
        under = [w for w in self.words if y - 16 < w.rect[3] <= y + 2 and w.rect[0] < x1 and w.rect[2] > x0]
        peers = [
            r
            for r in self.across
            if r is not rule and abs(r[0] - x0) < 4 and abs(r[2] - x1) < 4 and 9 < abs(r[1] - y) < 34
        ]
        whole = x1 - x0 > 0.8 * (self.page.width - 2 * _margin(self.words))
        if whole and not left:
            return not (peers and any(self._is_line_of_a_block(rule, r) for r in peers))
        if left or right:
            return False
        return not (under or peers or x1 - x0 > 40)

    def _is_line_of_a_block(self, a: Rect, b: Rect) -> bool:
        low, high = sorted((a[1], b[1]))
        return not any(
            low + 1 < (w.rect[1] + w.rect[3]) / 2 < high - 1 and w.rect[0] < a[2] and w.rect[2] > a[0]
            for w in self.words
        )

    def _chosen(self, found: list[tuple[Rect, int, int]], checks: Sequence[Rect]) -> list[tuple[Rect, int]]:
        """Each spot once: the more telling sign wins, of two alike the smaller."""
        out: list[tuple[Rect, int]] = []
        for rect, cells, _ in sorted(found, key=lambda f: (-f[2], _area(f[0]))):
            if rect[2] - rect[0] < _LEAST_WIDTH - 4 or rect[3] - rect[1] < 6:
                continue
            if any(_common(rect, other) > 0.4 * min(_area(rect), _area(other)) for other, _ in out):
                continue
            if any(_common(rect, c) > 0.5 * _area(c) for c in checks) and not cells:
                continue
            covered = sum(_common(rect, w.rect) for w in self.words)
            if covered > 0.3 * _area(rect):
                continue
            out.append((rect, cells))
        return out


# ---------------------------------------------------------------- geometry


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
    return _without_doubles(out)


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


def _joined(rules: list[Rect], axis: int) -> list[Rect]:
    """Pieces of one rule, and doubles, as one: `axis` 0 for rules that lie, 1 for those that stand."""
    other = 1 - axis
    out: list[Rect] = []
    for r in sorted(rules, key=lambda one: (round(one[other] / 1.2), one[axis])):
        for n in range(len(out) - 1, max(-1, len(out) - 6), -1):
            last = out[n]
            if (
                abs(last[other] - r[other]) < 1.3
                and r[axis] <= last[axis + 2] + 1.6
                and r[axis + 2] >= last[axis] - 1.6
            ):
                merged = list(last)
                merged[axis] = min(last[axis], r[axis])
                merged[axis + 2] = max(last[axis + 2], r[axis + 2])
                out[n] = (merged[0], merged[1], merged[2], merged[3])
                break
        else:
            out.append(r)
    return out


def _runs(words: Sequence[Word]) -> list[Rect]:
    """Runs of underscores or of leading dots, joined where they follow each other."""
    rows: list[Rect] = []
    runs = [
        w
        for w in words
        if (set(w.text) == {"_"} and w.rect[2] - w.rect[0] > 8) or (set(w.text) <= {".", "…"} and len(w.text) >= 8)
    ]
    for word in sorted(runs, key=lambda w: (-round(w.rect[1] / 3), w.rect[0])):
        last = rows[-1] if rows else None
        if last and abs(last[1] - word.rect[1]) < 3 and -2 < word.rect[0] - last[2] < 3:
            rows[-1] = _around([last, word.rect])
        else:
            rows.append(word.rect)
    return [r for r in rows if r[2] - r[0] > 14]


def _flat(r: Rect) -> Rect:
    middle = (r[1] + r[3]) / 2
    return (r[0], middle, r[2], middle)


def _upright(r: Rect) -> Rect:
    middle = (r[0] + r[2]) / 2
    return (middle, r[1], middle, r[3])


def _is_square(r: Rect) -> bool:
    wide, high = r[2] - r[0], r[3] - r[1]
    return _SQUARE[0] <= wide <= _SQUARE[1] and _SQUARE[0] <= high <= _SQUARE[1] and 0.66 <= wide / high <= 1.5


def _margin(words: Sequence[Word]) -> float:
    return min((w.rect[0] for w in words), default=36.0)


def _inset(r: Rect) -> Rect:
    return (r[0] + 1, r[1] + 1, r[2] - 1, r[3] - 1)


def _around(rects: Sequence[Rect]) -> Rect:
    return (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))


def _area(r: Rect) -> float:
    return max(0.0, r[2] - r[0]) * max(0.0, r[3] - r[1])


def _common(a: Rect, b: Rect) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _overlap(a: Rect, b: Rect) -> float:
    common = _common(a, b)
    return common / max(0.01, _area(a) + _area(b) - common)


def _middle_in(a: Rect, b: Rect) -> bool:
    return b[0] <= (a[0] + a[2]) / 2 <= b[2] and b[1] <= (a[1] + a[3]) / 2 <= b[3]


def _inside(a: Rect, b: Rect, slack: float) -> bool:
    return a[0] >= b[0] - slack and a[1] >= b[1] - slack and a[2] <= b[2] + slack and a[3] <= b[3] + slack


def _overlaps(a: Rect, b: Rect, least: float) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > least and min(a[3], b[3]) - max(a[1], b[1]) > least


def _without_doubles(rects: Sequence[Rect]) -> list[Rect]:
    out: list[Rect] = []
    for r in rects:
        if not any(_overlap(r, other) > 0.55 for other in out[-400:]):
            out.append(r)
    return out


def _without_nested(rects: Sequence[Rect]) -> list[Rect]:
    """A ring round a square is one box to tick: the inner one stays."""
    return [
        r
        for r in rects
        if not any(
            o is not r and _middle_in(o, r) and _area(o) < _area(r) < 5 * _area(o) and _inside(o, r, 1.5) for o in rects
        )
    ]


def numbered(places: Sequence[Place]) -> list[Place]:
    """The places with labels that are never empty."""
    return [
        replace(p, label=p.label or f"{'Box' if p.kind == CHECK else 'Blank'} {n}") for n, p in enumerate(places, 1)
    ]
