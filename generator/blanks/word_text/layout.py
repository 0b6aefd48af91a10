"""The stories of a Word file (body, headers, footers, notes, text boxes) as lines in order, and tables as grids.

Content controls around paragraphs, rows and cells are looked through and remembered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from generator.blanks.word_text.line import MC, SDT, SDT_CONTENT, SDT_PR, Element, Line, P, w
from generator.ooxml import part_in_words

TBL, TR, TC = w("tbl"), w("tr"), w("tc")
_THROUGH = frozenset((w("customXml"), w("smartTag"), w("ins"), w("moveTo")))
_BOX, _FALLBACK, _CHOICE = w("txbxContent"), f"{{{MC}}}Fallback", f"{{{MC}}}Choice"
_ALTERNATE = f"{{{MC}}}AlternateContent"
_VAL = w("val")
_TRPR, _TRHEIGHT, _TBLHEADER, _GRIDBEFORE = w("trPr"), w("trHeight"), w("tblHeader"), w("gridBefore")
_TCPR, _GRIDSPAN, _TCW, _VMERGE = w("tcPr"), w("gridSpan"), w("tcW"), w("vMerge")


@dataclass(slots=True, eq=False)
class Flow:
    """A run of paragraphs and tables in one container: a body, a header, a cell, a text box."""

    blocks: "list[TextLine | Table]" = field(default_factory=list)
    cell: "Cell | None" = None
    twin: "Flow | None" = None

    @property
    def lines(self) -> "list[TextLine]":
        """The paragraphs right in this container, without those of tables in it."""
        return [block for block in self.blocks if isinstance(block, TextLine)]


@dataclass(slots=True, eq=False)
class TextLine:
    """A paragraph in its place. `number` counts all paragraphs of the part from 1; `sdts` stand around it."""

    part: str
    number: int
    line: Line
    flow: Flow
    block: int
    sdts: tuple[Element, ...]
    boxes: list[Flow] = field(default_factory=list)
    section: str = ""
    lead: str = ""

    @property
    def text(self) -> str:
        """The visible text."""
        return self.line.text

    @property
    def cell(self) -> "Cell | None":
        """The table cell it stands in."""
        return self.flow.cell


@dataclass(eq=False)
class Cell:
    """A table cell: `column` is its first grid column, `span` how many it covers."""

    element: Element
    row: "Row"
    index: int
    column: int
    span: int
    width: int
    is_continued: bool
    flow: Flow = field(default_factory=Flow)

    @property
    def lines(self) -> list[TextLine]:
        """Its own paragraphs."""
        return self.flow.lines

    @cached_property
    def text(self) -> str:
        """All text in it, that of tables inside too."""
        return "\n".join(line.text for line in all_lines(self.flow)).strip()

    @cached_property
    def has_picture(self) -> bool:
        """Whether a picture or text box stands in it."""
        return any(line.line.has_picture for line in all_lines(self.flow))

    def overlaps(self, other: "Cell") -> bool:
        """Whether two cells stand over or under each other."""
        return self.column < other.column + other.span and other.column < self.column + self.span


@dataclass(eq=False)
class Row:
    """A table row, its height in twips (0 where it has none), and the content controls around it."""

    element: Element
    table: "Table"
    index: int
    height: int
    sdts: tuple[Element, ...]
    is_header: bool
    cells: list[Cell] = field(default_factory=list)


@dataclass(eq=False)
class Table:
    """A table: `number` counts those of its part from 1, `block` is its place in its flow, `grid` its columns in twips."""

    element: Element
    part: str
    number: int
    flow: Flow
    block: int
    rows: list[Row] = field(default_factory=list)
    grid: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Story:
    """One part: its root element, its flow, and all its lines in reading order."""

    part: str
    root: Element
    flow: Flow
    lines: list[TextLine]
    tables: list[Table]


def read_story(root: Element, part: str) -> Story:
    """The story of one part."""
    return _Walk(root, part).story()


def all_lines(flow: Flow) -> Iterator[TextLine]:
    """Every line of a container in order, those of its tables and text boxes too."""
    for block in flow.blocks:
        if isinstance(block, TextLine):
            yield block
            for box in block.boxes:
                yield from all_lines(box)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from all_lines(cell.flow)


def place_in_words(line: TextLine, is_in_box: bool = False) -> str:
    """Where a line stands: `the document, table 2, row 3, cell 1`."""
    cell = line.cell
    place = f"{part_in_words(line.part)}, "
    if is_in_box:
        place += "text box, "
    if cell is None:
        return f"{place}paragraph {line.number}"
    table = cell.row.table
    return f"{place}table {table.number}, row {cell.row.index + 1}, cell {cell.index + 1}"


class _Walk:
    def __init__(self, root: Element, part: str) -> None:
        self.root, self.part = root, part
        self.numbers: Mapping[Element, int] = {p: n for n, p in enumerate(root.iter(P), 1)}
        self.lines: list[TextLine] = []
        self.tables: list[Table] = []
        self.boxes: dict[Element, Flow] = {}

    def story(self) -> Story:
        body = self.root.find(w("body"))
        flow = Flow()
        self._blocks(self.root if body is None else body, flow, ())
        return Story(self.part, self.root, flow, self.lines, self.tables)

    def _blocks(self, node: Element, flow: Flow, sdts: tuple[Element, ...]) -> None:
        for child in node:
            tag = child.tag
            if tag == P:
                self._paragraph(child, flow, sdts)
            elif tag == TBL:
                self._table(child, flow, sdts)
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    self._blocks(content, flow, (*sdts, child))
            elif tag in _THROUGH or tag in (w("footnote"), w("endnote")):
                self._blocks(child, flow, sdts)

    def _paragraph(self, node: Element, flow: Flow, sdts: tuple[Element, ...]) -> None:
        line = TextLine(self.part, self.numbers[node], Line.read(node), flow, len(flow.blocks), sdts)
        flow.blocks.append(line)
        self.lines.append(line)
        if line.line.has_picture:
            for box, twin_of in _boxes(node):
                inner = Flow(twin=self.boxes.get(twin_of) if twin_of is not None else None)
                line.boxes.append(inner)
                self.boxes[box] = inner
                self._blocks(box, inner, ())

    def _table(self, node: Element, flow: Flow, sdts: tuple[Element, ...]) -> None:
        table = Table(node, self.part, len(self.tables) + 1, flow, len(flow.blocks))
        columns = node.find(w("tblGrid"))
        if columns is not None:
            table.grid = tuple(_number(column, w("w")) for column in columns)
        flow.blocks.append(table)
        self.tables.append(table)
        self._rows(node, table, sdts)

    def _rows(self, node: Element, table: Table, sdts: tuple[Element, ...]) -> None:
        for child in node:
            if child.tag == TR:
                self._row(child, table, sdts)
            elif child.tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    self._rows(content, table, (*sdts, child))
            elif child.tag in _THROUGH:
                self._rows(child, table, sdts)

    def _row(self, node: Element, table: Table, sdts: tuple[Element, ...]) -> None:
        properties = node.find(_TRPR)
        height, header, before = 0, False, 0
        if properties is not None:
            height = _number(properties.find(_TRHEIGHT))
            header = properties.find(_TBLHEADER) is not None
            before = _number(properties.find(_GRIDBEFORE))
        row = Row(node, table, len(table.rows), height, sdts, header)
        table.rows.append(row)
        self._cells(node, row, before, sdts)

    def _cells(self, node: Element, row: Row, column: int, sdts: tuple[Element, ...]) -> int:
        for child in node:
            if child.tag == TC:
                properties = child.find(_TCPR)
                span, width, continued = 1, 0, False
                if properties is not None:
                    span = max(1, _number(properties.find(_GRIDSPAN)))
                    size = properties.find(_TCW)
                    width = _number(size, w("w")) if size is not None and size.get(w("type")) != "pct" else 0
                    merge = properties.find(_VMERGE)
                    continued = merge is not None and merge.get(_VAL) != "restart"
                width = width or sum(row.table.grid[column : column + span])
                cell = Cell(child, row, len(row.cells), column, span, width, continued)
                cell.flow.cell = cell
                row.cells.append(cell)
                column += span
                self._blocks(child, cell.flow, sdts)
            elif child.tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    column = self._cells(content, row, column, (*sdts, child))
            elif child.tag in _THROUGH:
                column = self._cells(child, row, column, sdts)
        return column


def _boxes(paragraph: Element) -> list[tuple[Element, Element | None]]:
    """The text boxes anchored in a paragraph, outermost only; a fallback copy with the box it is a copy of."""
    out: list[tuple[Element, Element | None]] = []

    def walk(node: Element, chosen: list[Element] | None) -> None:
        for child in node:
            if child.tag == _BOX:
                twin = chosen.pop(0) if chosen else None
                out.append((child, twin))
            elif child.tag == _ALTERNATE:
                start = len(out)
                for choice in child.findall(_CHOICE):
                    walk(choice, None)
                first = [box for box, twin in out[start:] if twin is None]
                for fallback in child.findall(_FALLBACK):
                    walk(fallback, list(first))
            elif isinstance(child.tag, str):
                walk(child, chosen)

    walk(paragraph, None)
    return out


def _number(node: Element | None, name: str = _VAL) -> int:
    try:
        return int(float(node.get(name) or 0)) if node is not None else 0
    except ValueError:
        return 0


def sdt_properties(sdt: Element) -> Element:
    """The `w:sdtPr` of a content control (an empty one where it has none)."""
    found = sdt.find(SDT_PR)
    return found if found is not None else etree.Element(SDT_PR)
