"""Places that are nothing but room: empty cells, empty lines under a label, the end of a label, combs of small cells."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.blanks.word_plain.inline import LONGEST
from generator.blanks.word_text.grid import Grid
from generator.blanks.word_text.layout import Cell, Flow, Row, Table, TextLine
from generator.blanks.word_text.spot import Span, Spot
from generator.slots import SlotKind

_NARROW = 620  # twips: a cell for one character
_TALL = 600  # twips: a row with room for some lines
_LABEL_END = re.compile(r"[:?]\s*$")
_GAP = re.compile(r"(?<=[^\s:]):(?P<gap>[ \u00a0]{3,}|[ ]?\t+)(?=(?P<next>[^:\t]{2,45}?:)|$)")
_SEPARATOR = re.compile(r"\s*[-/.]?\s*")
_LONGEST_LABEL = 160


def comb_spots(tables: list[Table]) -> tuple[list[Spot], set[Cell]]:
    """Rows of narrow empty cells, one character each; and the cells they take."""
    spots: list[Spot] = []
    taken: set[Cell] = set()
    for table in tables:
        for row in table.rows:
            for cells in _combs(row):
                spans = [Span(cell.lines[0], 0, 0) for cell in cells if not cell.text]
                spot = Spot("comb", SlotKind.TEXT, spans)
                spot.max_length = spot.capacity = len(spans)
                spots.append(spot)
                taken.update(cells)
    return spots, taken


def _combs(row: Row) -> Iterator[list[Cell]]:
    """Neighbours that are narrow and hold nothing, or only a separator between them."""
    found: list[Cell] = []
    for cell in [*row.cells, None]:
        if cell is not None and 0 < cell.width <= _NARROW and len(cell.lines) == 1 and not cell.has_picture:
            is_part = _SEPARATOR.fullmatch(cell.text) is not None and (not cell.text or bool(found))
            if is_part:
                found.append(cell)
                continue
        while found and found[-1].text:
            found.pop()
        if sum(not one.text for one in found) >= 3:
            yield found
        found = []


class Rooms:
    """Finds the rooms of one part, once its printed places are known."""

    def __init__(
        self, grid: Grid, spots_of: Mapping[TextLine, list[Spot]], combs: set[Cell], *, is_margin: bool
    ) -> None:
        self._grid, self._spots_of, self._combs, self._is_margin = grid, spots_of, combs, is_margin

    @cached_property
    def _comb_tables(self) -> set[Flow]:
        return {cell.row.table.flow for cell in self._combs}

    def in_table(self, table: Table) -> Iterator[Spot]:
        """Rooms in the cells of a table."""
        for row in table.rows:
            has_picture = any(cell.has_picture and not self._grid.has_spots(cell) for cell in row.cells)
            for cell in row.cells:
                if cell in self._combs or cell.is_continued or not cell.lines:
                    continue
                state = self._grid.state(cell)
                if state == "empty":
                    spot = self._empty_cell(cell, has_picture)
                    if spot is not None:
                        yield spot
                elif state in ("text", "mixed") and not has_picture and not self._is_margin:
                    yield from self._in_cell(cell)

    def in_flow(self, flow: Flow) -> Iterator[Spot]:
        """Rooms after labels that stand alone in a body, a header or a text box."""
        for line in flow.lines:
            yield from self._gaps(line)
            if self._is_margin or self._spots_of.get(line) or not _LABEL_END.search(line.text):
                continue
            if len(line.text) > 90 or line.text.rstrip().endswith("?"):
                continue
            spot = self._after_label(line, flow)
            if spot is not None:
                yield spot

    def _empty_cell(self, cell: Cell, has_picture: bool) -> Spot | None:
        seen = self._grid.context(cell)
        if not seen.label or len(seen.label) > _LONGEST_LABEL:
            return None
        if (self._is_margin or has_picture) and not seen.label.rstrip().endswith(":"):
            return None
        height = cell.row.height
        kind = SlotKind.MULTILINE if height >= _TALL else SlotKind.TEXT
        return Spot("empty", kind, [Span(cell.lines[0], 0, len(cell.lines[0].text))])

    def _in_cell(self, cell: Cell) -> Iterator[Spot]:
        """Empty lines under a label in its own cell, and the end of a label that ends with a colon."""
        if self._grid.labels_others(cell) or cell.flow in self._comb_tables:
            return
        lines = cell.lines
        for n, line in enumerate(lines):
            if self._spots_of.get(line) or not line.text.strip():
                continue
            yield from self._gaps(line)
            if self._spots_of.get(line):
                continue
            following = lines[n + 1] if n + 1 < len(lines) else None
            if following is not None and following.block != line.block + 1:
                continue  # a table stands between
            ends = _LABEL_END.search(line.text) is not None
            if following is not None and not following.text.strip() and not self._spots_of.get(following):
                is_last = not any(one.text.strip() for one in lines[n + 1 :])
                if is_last and len(lines) == n + 2 and cell.row.height < _TALL and _is_title(line):
                    continue  # a heading and the space under it
                if (is_last or ends) and len(line.text) <= _LONGEST_LABEL and not following.line.has_picture:
                    kind = SlotKind.MULTILINE if cell.row.height >= _TALL or n + 2 < len(lines) else SlotKind.TEXT
                    yield Spot("empty-line", kind, [Span(following, 0, len(following.text))])
            elif ends and len(line.text) <= 90 and (following is None or self._has_own_label(following)):
                yield Spot("end", SlotKind.TEXT, [Span(line, len(line.text), len(line.text))])
        if len(lines) == 1 and self._grid.is_caption(cell):
            yield Spot("caption", SlotKind.TEXT, [Span(lines[0], len(lines[0].text), len(lines[0].text))])

    def _has_own_label(self, line: TextLine) -> bool:
        spots = self._spots_of.get(line)
        if not spots:
            return _LABEL_END.search(line.text) is not None
        return re.search(r"\w", line.text[: spots[0].start]) is not None

    def _after_label(self, line: TextLine, flow: Flow) -> Spot | None:
        following = flow.blocks[line.block + 1 : line.block + 4]
        if not following:
            return Spot("end", SlotKind.TEXT, [Span(line, len(line.text), len(line.text))])
        first = following[0]
        if isinstance(first, Table) or first.line.has_picture or first.sdts:
            return None
        if first.text.strip():
            is_label = _LABEL_END.search(first.text) is not None and not self._spots_of.get(first)
            if not is_label:
                return None
            return Spot("end", SlotKind.TEXT, [Span(line, len(line.text), len(line.text))])
        second = following[1] if len(following) > 1 else None
        if isinstance(second, TextLine) and not second.text.strip() and not second.line.has_picture:
            return Spot("empty-line", SlotKind.MULTILINE, [Span(first, 0, 0)])
        if isinstance(second, Table):
            return None
        return Spot("end", SlotKind.TEXT, [Span(line, len(line.text), len(line.text))])

    def _gaps(self, line: TextLine) -> Iterator[Spot]:
        """White space after a colon, before the next label or the end: `Name:            Phone:        `."""
        if ":" not in line.text or len(line.text) > LONGEST:
            return
        taken = self._spots_of.get(line, [])
        for found in _GAP.finditer(line.text):
            start, end = found.span("gap")
            reach = end + len(found["next"] or "")
            if any(spot.start < reach and spot.end > start for spot in taken):
                continue
            if found["next"] is None and "\t" not in found["gap"] and len(found["gap"]) < 3:
                continue
            yield Spot("gap", SlotKind.TEXT, [Span(line, start, end)])


def _is_title(line: TextLine) -> bool:
    """A heading alone in a row that is one cell wide: in capitals, or without a word to end it."""
    cell = line.cell
    if cell is None or len(cell.row.cells) > 1 or len(cell.row.table.rows) == 1 or _LABEL_END.search(line.text):
        return False
    return line.text.isupper() or len(line.text) > 60
