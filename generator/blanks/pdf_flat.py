"""Find where answers go on a PDF without fields: rules, underscores, boxes, empty cells, squares, comb rows.

Nothing is written here; `pdf_adopt` makes fields of what is found. A page without any text is a scan and is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.blanks.flat.cells import in_cells
from generator.blanks.flat.drawing import Drawing, is_shape
from generator.blanks.flat.lines import blocks, free_over, over
from generator.blanks.flat.office import is_for_the_office, office_parts
from generator.blanks.flat.rects import area, around, common, inside, is_square, without_doubles
from generator.blanks.flat.ticks import find_checks
from generator.blanks.pdf_page import Page, read_pages
from generator.blanks.surroundings import nears
from generator.finding import Finding, Severity
from generator.slots import Near, Rect

TEXT, CHECK = "text", "check"
_LEAST_WIDTH, _LEAST_HEIGHT = 12.0, 6.0


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
    covers: bool = False  # whether a prompt is printed in it, to be covered by the answer


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
    drawing = Drawing(page)
    checks = find_checks(drawing)
    texts = _texts(drawing, checks)
    found = [(rect, CHECK, 0) for rect in checks] + [(rect, TEXT, cells) for rect, cells in texts]
    found = _in_order(found)
    office = office_parts(drawing)
    near = nears(drawing.without_prompts(), [rect for rect, _, _ in found], [kind == CHECK for _, kind, _ in found])
    near = [_with_its_prompt(drawing, one, rect) for one, (rect, _, _) in zip(near, found, strict=True)]
    grid = drawing.cells()
    prompts = [prompt.rect for prompt in drawing.prompts]
    rows: dict[tuple[str, int], int] = {}
    return [
        Place(
            page.number,
            page.stored(rect),
            kind,
            _label(about, kind, rect, rows, in_table=any(_begins(cell, rect) for cell in grid)),
            about,
            rect,
            cells,
            page.turn,
            covers=any(common(rect, prompt) > 0.5 * area(prompt) for prompt in prompts),
        )
        for (rect, kind, cells), about in zip(found, near, strict=True)
        if not is_for_the_office(about) and not any(inside(rect, part, 3.0) for part in office)
    ]


def _with_its_prompt(drawing: Drawing, near: Near, rect: Rect) -> Near:
    """What is near, with what a prompt in the place names ("[Client name]")."""
    named = [p.asks for p in drawing.prompts if p.asks and common(rect, p.rect) > 0.5 * area(p.rect)]
    return replace(near, inside=named[0]) if named and not near.left else near


def _begins(cell: Rect, rect: Rect) -> bool:
    return abs(cell[0] - rect[0]) < 3 and inside(rect, cell, 1.0)


def _label(near: Near, kind: str, rect: Rect, rows: dict[tuple[str, int], int], *, in_table: bool) -> str:
    """The caption; in a column of blanks its head with the number of the row. `rows` counts them along the page."""
    if kind == CHECK:
        return (near.right or near.left or near.above)[:120]
    # In a table a number at the left is the row's, and the head over it the caption.
    left = near.left if not in_table or any(c.isalpha() for c in near.left) else ""
    head = near.inside or left or near.above or near.column or near.below or near.left or near.right
    if head in (near.above, near.column) and not near.inside and not left:
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


def _texts(drawing: Drawing, checks: Sequence[Rect]) -> list[tuple[Rect, int]]:
    """Blanks for text, with the number of boxes where it is a comb."""
    squares = [b.rect for b in drawing.page.boxes if is_square(b.rect) and b.is_stroked] + drawing.squares_of_rules()
    # The rectangle, its comb's cells, how telling (higher wins).
    found = [(around(row), len(row), 5) for row in drawing.combs(without_doubles(squares))]
    # The separators between groups of cells count as characters: "05/17/1984" has ten.
    for row in drawing.combs_of_cells():
        whole = around(row)
        found.append((whole, round((whole[2] - whole[0]) / (row[0][2] - row[0][0])), 5))
    in_boxes, boxes = in_cells(drawing, checks)
    found += [(rect, 0, 4) for rect in in_boxes]
    found += [(over(run), 0, 3) for run in drawing.runs]
    found += [(rect, 0, 3) for rect in drawing.over_prompts()]
    pieces = [piece for rule in drawing.across for piece in free_over(drawing, rule, boxes, checks)]
    found += [(block, 0, 2) for block in blocks(drawing, pieces)]
    return _chosen(drawing, found, checks)


def _chosen(drawing: Drawing, found: list[tuple[Rect, int, int]], checks: Sequence[Rect]) -> list[tuple[Rect, int]]:
    """Each spot once: the more telling sign wins, of two alike the smaller."""
    out: list[tuple[Rect, int]] = []
    for rect, cells, _ in sorted(found, key=lambda f: (-f[2], area(f[0]))):
        if rect[2] - rect[0] < _LEAST_WIDTH or rect[3] - rect[1] < _LEAST_HEIGHT:
            continue
        if any(common(rect, other) > 0.4 * min(area(rect), area(other)) for other, _ in out):
            continue
        if any(common(rect, c) > 0.5 * area(c) for c in checks) and not cells:
            continue
        covered = sum(common(rect, w.rect) for w in drawing.words if not is_shape(w))
        if covered > 0.3 * area(rect):
            continue
        out.append((rect, cells))
    return out
