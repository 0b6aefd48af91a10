"""What the cells of tables are to each other: label beside, column head above, label below, the rows that repeat."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from generator.blanks.word_text.layout import Cell, Row, Table, TextLine, all_lines
from generator.blanks.word_text.spot import Spot

ORDINAL = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4}|#\s?\d+)\W*")
_TALL = 600


@dataclass(frozen=True, slots=True)
class Context:
    """What a person reads as the name of a cell: `label` is the whole, `row` and `column` its heads."""

    label: str = ""
    row: str = ""
    column: str = ""
    head: Row | None = None
    is_below: bool = False


class Grid:
    """All tables of a part, with what stands in their cells."""

    def __init__(self, spots_of: Mapping[TextLine, list[Spot]]) -> None:
        self._spots_of = spots_of
        self._states: dict[Cell, str] = {}
        self._contexts: dict[Cell, Context] = {}
        self._heads: dict[Cell, Cell | None] = {}
        self._headers: dict[Row, bool] = {}
        self.lead_before: dict[Table, str] = {}

    def forget(self) -> None:
        """Read the cells anew: a place was found in one of them."""
        for known in (self._states, self._contexts, self._heads, self._headers):
            known.clear()

    def has_spots(self, cell: Cell) -> bool:
        """Whether a place to fill is already known in a cell."""
        return any(self._spots_of.get(line) for line in all_lines(cell.flow))

    def state(self, cell: Cell) -> str:
        """`empty`, `text`, `spots` (nothing but places), `mixed` (places with words), `other` (picture, table)."""
        if cell not in self._states:
            self._states[cell] = self._state(cell)
        return self._states[cell]

    def _state(self, cell: Cell) -> str:
        static = static_text(cell, self._spots_of)
        if self.has_spots(cell):
            return "mixed" if re.search(r"\w", static) else "spots"
        if re.search(r"\w", static) or len(cell.text) > 2:
            return "text"
        nested = len(cell.flow.blocks) > len(cell.lines)
        return "other" if cell.has_picture or nested or cell.text else "empty"

    def context(self, cell: Cell) -> Context:
        """The label of a cell from the cells around it."""
        if cell not in self._contexts:
            self._contexts[cell] = self._context(cell)
        return self._contexts[cell]

    def _context(self, cell: Cell) -> Context:
        row = cell.row
        below = self._below(cell)
        if below and not self._starts_with_room(row.table) and self._above(cell):
            below = ""
        if self._starts_with_room(row.table):
            # Labels stand below: a cell beside a label, or over nothing, only keeps two lines apart.
            return Context(below, is_below=True) if below else Context()
        if self.is_header(row):
            return Context()
        head_cell = self._head(cell)
        left = self._left(cell)
        if head_cell is not None:
            column = self._column_words(head_cell)
            row_head = self._row_head(cell)
            label = f"{row_head}: {column}" if row_head and not ORDINAL.fullmatch(row_head) else column
            if row_head and ORDINAL.fullmatch(row_head) and not column:
                label = row_head
            return Context(label, row_head, column, head_cell.row)
        if left:
            over = self._over_label(cell)
            return Context(f"{over}: {left}", row=over) if over else Context(left, row=left)
        if below:
            return Context(below, is_below=True)
        above = self._above(cell)
        if above:
            return Context(above, column=above)
        right = self._right(cell)
        if right:
            return Context(right)
        if all(self.state(one) in ("empty", "spots", "other") for line in row.table.rows for one in line.cells):
            return Context(self.lead_before.get(row.table, ""))
        return Context()

    def is_header(self, row: Row) -> bool:
        """Whether a row holds nothing but the heads of columns (its first cell may be an empty corner)."""
        if row not in self._headers:
            self._headers[row] = self._is_header(row)
        return self._headers[row]

    def _is_header(self, row: Row) -> bool:
        cells = [cell for cell in row.cells if not cell.is_continued]
        states = [self.state(cell) for cell in cells]
        if len(cells) < 2 or states.count("text") < max(1, len(cells) - 1):
            return False
        if states[0] not in ("text", "empty", "other") or any(one != "text" for one in states[1:]):
            return False
        following = row.table.rows[row.index + 1 : row.index + 2]
        is_over_rooms = bool(following) and self._is_only_room(following[0])
        is_pair = len(cells) == 2 and any(cell.text.rstrip().endswith(":") for cell in cells) and not is_over_rooms
        if is_pair or any(len(cell.text) > 120 for cell in cells):
            return False
        return states[0] == "text" or bool(following and self._is_filled_row(following[0]))

    def labels_others(self, cell: Cell) -> bool:
        """Whether a cell's words are the label of a neighbour: the empty cell beside it or the column below it."""
        right = _neighbour(cell, 1)
        if right is not None and self._is_answer(right) and not self._head(right):
            return True
        if self.is_header(cell.row) or len(cell.row.cells) == 1:
            after = cell.row.table.rows[cell.row.index + 1 : cell.row.index + 2]
            if after:
                under = [one for one in after[0].cells if one.overlaps(cell)]
                return any(self.state(one) in ("empty", "spots") for one in under) and (
                    len(cell.row.cells) > 1 or self._is_only_room(after[0])
                )
        before = cell.row.table.rows[cell.row.index - 1] if cell.row.index else None
        if before is not None and self._starts_with_room(cell.row.table):
            over = [one for one in before.cells if one.overlaps(cell)]
            return any(self.state(one) in ("empty", "spots") for one in over)
        return False

    def is_caption(self, cell: Cell) -> bool:
        """Whether a cell is a caption with room under it: a short label alone in a row that is made taller."""
        row = cell.row
        if row.height < 430 or len(row.cells) < 2 or self.state(cell) != "text":
            return False
        if len(cell.text) > 45 or "\n" in cell.text or row.is_header or self.is_header_of_something(row):
            return False
        if _shaded(cell):
            return False
        return all(
            self.state(one) in ("text", "mixed") and len(one.text) <= 90 and len(one.lines) == 1 for one in row.cells
        )

    def _is_answer(self, cell: Cell) -> bool:
        """Whether a cell is nothing but room, or begins with its boxes: the cell before it is its label."""
        if self.state(cell) in ("empty", "spots"):
            return True
        first = next((line for line in cell.lines if line.text.strip()), None)
        spots = self._spots_of.get(first, []) if first is not None else []
        return bool(spots) and first is not None and not re.search(r"\w", first.text[: spots[0].start])

    def is_header_of_something(self, row: Row) -> bool:
        """Whether the row below takes this one as its heads."""
        after = row.table.rows[row.index + 1 : row.index + 2]
        return bool(after) and self._is_filled_row(after[0])

    def repeating(self, table: Table) -> list[list[Row]]:
        """Runs of rows that are the same place again and again under one head."""
        out: list[list[Row]] = []
        last: tuple[object, ...] | None = None
        for row in table.rows:
            shape = self._shape(row)
            if shape is None:
                last = None
                continue
            if shape == last:
                out[-1].append(row)
            else:
                out.append([row])
            last = shape
        return [rows for rows in out if len(rows) > 1 or self._may_grow_alone(rows[0])]

    def _may_grow_alone(self, row: Row) -> bool:
        return len(row.cells) >= 3 and row.height < _TALL

    def _shape(self, row: Row) -> tuple[object, ...] | None:
        """What makes two rows the same: their head, and cell by cell the state and the words."""
        parts: list[object] = []
        heads = set()
        for cell in row.cells:
            state = self.state(cell)
            if state == "text":
                if not ORDINAL.fullmatch(cell.text):
                    return None
                parts.append(("ordinal", cell.column))
                continue
            if state == "other" and cell.text:
                return None
            head = self._head(cell)
            if head is not None:
                heads.add(head.row)
            words = re.sub(r"\W+", " ", static_text(cell, self._spots_of)) if state == "mixed" else ""
            parts.append((state in ("empty", "spots"), words, cell.column, cell.span))
        if len(heads) != 1:
            return None
        return (heads.pop(), *parts)

    def _is_filled_row(self, row: Row) -> bool:
        states = [self.state(cell) for cell in row.cells]
        rooms = sum(one in ("empty", "spots", "mixed") for one in states)
        if rooms == 0:
            return False
        # label, room, label, room: the labels stand beside the rooms, not above them
        labels_beside = sum(a == "text" and b in ("empty", "spots") for a, b in pairwise(states))
        return labels_beside <= 1 and rooms >= len(states) - 1

    def _head(self, cell: Cell) -> Cell | None:
        """The column head over a cell, over other rooms."""
        if cell not in self._heads:
            self._heads[cell] = self._find_head(cell)
        return self._heads[cell]

    def _find_head(self, cell: Cell) -> Cell | None:
        for row in reversed(cell.row.table.rows[: cell.row.index]):
            over = [one for one in row.cells if one.overlaps(cell) and not one.is_continued]
            if not over:
                continue
            best = over[0]
            if self.state(best) in ("empty", "spots", "mixed"):
                is_same = (
                    best.column == cell.column and best.span == cell.span and len(row.cells) == len(cell.row.cells)
                )
                if is_same and best in self._heads and self.state(best) == self.state(cell):
                    head = self._heads[best]
                    return head if head is None or self._stands_under(cell, head.row) else None
                if self.state(best) == "mixed" and not (best.column == cell.column and best.span == cell.span):
                    return None
                continue
            if self.state(best) != "text" or not self.is_header(row):
                return None
            if (
                best.span > 1
                and best.span > 2 * cell.span
                and len(over) == 1
                and len(row.cells) < len(cell.row.cells) - 1
            ):
                return None
            return best if self._stands_under(cell, row) else None
        return None

    def _stands_under(self, cell: Cell, head: Row) -> bool:
        """Rows under a head have its columns; a row of label beside room does not."""
        states = [self.state(one) for one in cell.row.cells]
        labels_beside = sum(a == "text" and b in ("empty", "spots") for a, b in pairwise(states))
        if labels_beside > 1:
            return False
        return abs(len(head.cells) - len(cell.row.cells)) <= 1

    def _column_words(self, head: Cell) -> str:
        words = one_line(head.text)
        if head.row.index:
            upper = [one for one in head.row.table.rows[head.row.index - 1].cells if one.overlaps(head)]
            if upper and 1 < upper[0].span < 9 and upper[0].span > head.span and self.is_header(upper[0].row):
                return f"{one_line(upper[0].text)}: {words}"
        return words

    def _above(self, cell: Cell) -> str:
        """The words of a row that is one cell wide, right over a row of nothing but room."""
        if not cell.row.index or not self._is_only_room(cell.row):
            return ""
        over = cell.row.table.rows[cell.row.index - 1]
        if len(over.cells) != 1 or self.state(over.cells[0]) != "text" or len(over.cells[0].text) > 160:
            return ""
        return one_line(over.cells[0].text)

    def _is_only_room(self, row: Row) -> bool:
        return bool(row.cells) and all(self.state(one) in ("empty", "spots") for one in row.cells)

    def _row_head(self, cell: Cell) -> str:
        words = [self._text(one) for one in cell.row.cells[: cell.index] if self._is_label(one)]
        return " ".join(one_line(one) for one in words if one)[:120]

    def _left(self, cell: Cell) -> str:
        beside = _neighbour(cell, -1)
        while beside is not None and self.state(beside) == "empty" and 0 < beside.width < 300:
            beside = _neighbour(beside, -1)
        if beside is None or not self._is_label(beside):
            return ""
        return one_line(self._text(beside))

    def _over_label(self, cell: Cell) -> str:
        """The head of some rows that stands before the label of one: `Primary | Company | ...`."""
        beside = _neighbour(cell, -1)
        before = _neighbour(beside, -1) if beside is not None else None
        if before is None or not self._is_label(before):
            return ""
        words = one_line(self._text(before))
        return "" if ORDINAL.fullmatch(words) or len(words) > 60 else words.rstrip(" :")

    def _right(self, cell: Cell) -> str:
        """The words after a small cell at the start of a row: a box to tick or initial."""
        beside = _neighbour(cell, 1)
        if cell.index or beside is None or self.state(beside) != "text" or not 0 < cell.width <= 1300:
            return ""
        return one_line(beside.text) if beside.width > cell.width else ""

    def _is_label(self, cell: Cell) -> bool:
        if cell.is_continued:
            return bool(self._text(cell))
        return self.state(cell) == "text"

    def _text(self, cell: Cell) -> str:
        if not cell.is_continued:
            return cell.text
        for row in reversed(cell.row.table.rows[: cell.row.index]):
            for one in row.cells:
                if one.column == cell.column and not one.is_continued:
                    return one.text if self.state(one) == "text" else ""
        return ""

    def _below(self, cell: Cell) -> str:
        rows = cell.row.table.rows
        if cell.row.index + 1 >= len(rows):
            return ""
        if any(self.state(one) in ("text", "mixed") for one in cell.row.cells):
            return ""
        under = [one for one in rows[cell.row.index + 1].cells if one.overlaps(cell)]
        if len(under) != 1 or self.state(under[0]) not in ("text", "mixed"):
            return ""
        if static_text(under[0], self._spots_of).endswith((":", "?")):
            return ""  # a label of its own
        return one_line(under[0].text)

    @cached_property
    def _room_first(self) -> dict[Table, bool]:
        return {}

    def _starts_with_room(self, table: Table) -> bool:
        """A table whose first row is nothing but room has its labels below, as signature lines do."""
        if table not in self._room_first:
            first, rest = table.rows[0], table.rows[1:2]
            rooms = all(self.state(cell) in ("empty", "spots") for cell in first.cells)
            below = bool(rest) and any(self.state(cell) in ("text", "mixed") for cell in rest[0].cells)
            rooms_below = bool(rest) and any(self.state(c) == "empty" and c.width > 900 for c in rest[0].cells)
            self._room_first[table] = rooms and below and not rooms_below
        return self._room_first[table]


def static_text(cell: Cell, spots_of: Mapping[TextLine, list[Spot]]) -> str:
    """The printed words of a cell's own lines, without its places to fill."""
    out = []
    for line in cell.lines:
        at = 0
        for spot in spots_of.get(line, ()):
            if spot.line is line:
                out.append(line.text[at : spot.start])
                at = max(at, spot.end)
        out.append(line.text[at:])
    return " ".join(out).strip()


def one_line(text: str) -> str:
    """The words of a text in one line."""
    return " ".join(text.split())


def _neighbour(cell: Cell, step: int) -> Cell | None:
    place = cell.index + step
    return cell.row.cells[place] if 0 <= place < len(cell.row.cells) else None


def _shaded(cell: Cell) -> bool:
    from generator.blanks.word_text.line import w

    properties = cell.element.find(w("tcPr"))
    shading = properties.find(w("shd")) if properties is not None else None
    return shading is not None and (shading.get(w("fill")) or "auto").lower() not in ("auto", "ffffff")
