"""Faults of blocks in their places: rows that repeat without tr, blocks alone in a paragraph, prefixes that do not fit.

The structural rules of docxtpl's prefixes come from docxtpl-lint; what it does not know stands here.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docxtpl_lint.core import Issue, Location, check_docxtpl_tags, scan_tags
from docxtpl_lint.reader import iter_paragraphs
from lxml import etree

from generator.blanks.word_tags.doctor.edit import row_with
from generator.blanks.word_tags.doctor.nouns import Edit, Repair, Sheet, Trouble
from generator.blanks.word_tags.doctor.tags import written
from generator.blanks.word_tags.scan import Tag, Text
from generator.finding import Severity
from generator.ooxml import W

_TR, _TC, _P = f"{{{W}}}tr", f"{{{W}}}tc", f"{{{W}}}p"
LINTED: dict[str, tuple[str, str, str]] = {
    "DTL003": ("deleted-tag", "a tag stands in text that is marked as deleted; it still runs", "Accept or reject the change in Word."),
    "DTL201": ("mark-in-prefix-tag", "a tag with a prefix may hold no % and no }", "Use set for the value before, or leave out the prefix."),
    "DTL203": ("prefix-outside-table", "tr and tc work inside of tables only", "Use {%p for paragraphs."),
    "DTL204": ("prefix-mismatch", "a block opens with one prefix and closes with another", "Give both the same prefix."),
    "DTL205": ("block-over-tables", "a block of rows opens in one table and closes in another", "Open and close it in one table."),
    "DTL206": ("block-in-one-row", "a block of rows opens and closes in one row, which takes the row away", "Put {%tr for … %} into a row of its own above, {%tr endfor %} into one below."),
    "DTL207": ("block-over-rows", "a block of cells opens in one row and closes in another", "Open and close it in one row."),
    "DTL208": ("cell-tag-outside-table", "this tag is for table cells", "Move it into a cell."),
    "DTL209": ("text-beside-prefix", "a tag with a prefix takes its paragraph, row or cell away, with what else stands there", "Give the tag a paragraph, row or cell of its own."),
    "DTL210": ("block-in-one-paragraph", "a block of paragraphs opens and closes in one paragraph", "Leave out the p."),
}  # fmt: skip
"""Rules of docxtpl-lint that we take over: our name for each, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class _End:
    tag: Tag
    index: int
    text: Text


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    ends: tuple[_End, ...]  # the opening, each elif and else, the close


def faults_of_blocks(sheet: Sheet) -> Iterator[Trouble]:
    """Troubles of every block that is opened and closed."""
    explained: set[int] = set()
    for block in _blocks(sheet):
        trouble = _rows_without_tr(block) or _alone(block)
        if trouble is not None:
            explained.update(id(end.tag) for end in block.ends)
            yield trouble
    by_place = {(tag.place.part, index, tag.at): (tag, index) for tag, index in sheet.tags}
    blocks = {id(end.tag): block for block in _blocks(sheet) for end in block.ends}
    for issue in _linted(sheet):
        place = (_part(issue.location.part), issue.location.paragraph - 1, issue.location.column - 1)
        texts = sheet.texts.get(place[0], [])
        if not 0 <= place[1] < len(texts):
            continue
        found = by_place.get(place)
        if found is not None and id(found[0]) in explained:
            continue
        rule, message, mend = LINTED[issue.rule]
        text = texts[place[1]]
        around = found[0].around if found else " ".join(issue.snippet.split())
        repair = _repair(issue.rule, *found, blocks.get(id(found[0])), text) if found else None
        yield Trouble(rule, Severity.ERROR, text.place, message, mend, around, "docxtpl-lint " + issue.rule, repair)


def _linted(sheet: Sheet) -> list[Issue]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name in sheet.texts:
            package.writestr(name, sheet.parts[name])
    # Its structural rules only: names, syntax and filters are ours, and cost it a parse of the whole.
    paragraphs = list(iter_paragraphs(io.BytesIO(out.getvalue())))
    issues = [Issue("DTL003", Location("", one.part, one.index, column=1)) for one in paragraphs if one.deleted_code]
    for part in dict.fromkeys(one.part for one in paragraphs):
        inside = [one for one in paragraphs if one.part == part]
        issues += check_docxtpl_tags("", scan_tags("", inside, []), inside)
    return [issue for issue in issues if issue.rule in LINTED]


def _part(label: str) -> str:
    return "word/document.xml" if label == "body" else f"word/{label}.xml"


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    open_ones: list[tuple[str, list[_End]]] = []
    part = ""
    for tag, index in sheet.tags:
        if tag.place.part != part:
            part, open_ones = tag.place.part, []
        if tag.opens != "{%" or not tag.inside:
            continue
        word = tag.inside.split()[0]
        end = _End(tag, index, sheet.texts[part][index])
        if word in ("for", "if"):
            open_ones.append((word, [end]))
        elif word in ("else", "elif") and open_ones:
            open_ones[-1][1].append(end)
        elif word in ("endfor", "endif") and open_ones and open_ones[-1][0] == word[3:]:
            kind, ends = open_ones.pop()
            yield _Block(kind, (*ends, end))


def _cell(text: Text) -> etree._Element | None:
    return next(text.element.iterancestors(_TC), None)


def _row(text: Text) -> etree._Element | None:
    cell = _cell(text)
    return next(cell.iterancestors(_TR), None) if cell is not None else None


def _rows_without_tr(block: _Block) -> Trouble | None:
    """A block that goes over cells or rows of a table though it has no prefix."""
    first, last = block.ends[0], block.ends[-1]
    if any(end.tag.prefix for end in block.ends):
        return None
    rows = [_row(end.text) for end in block.ends]
    cells = [_cell(end.text) for end in block.ends]
    if rows[0] is None or rows[-1] is None or cells[0] is cells[-1]:
        if (rows[0] is None) == (rows[-1] is None):
            return None
        return Trouble(
            "block-over-tables", Severity.ERROR, first.tag.place, f"this {block.kind} opens outside of a table and closes inside, or the other way",
            "Open and close it on the same side; for rows use {%tr.", first.tag.around,
        )  # fmt: skip
    repair: Repair | None = None
    if rows[0] is rows[-1]:
        repair = _rows_around(block, first, last)
    elif all(_is_alone_in_row(end, row) for end, row in zip(block.ends, rows, strict=True)):
        edits = tuple((end.index, _prefixed(end, "tr")) for end in block.ends)
        repair = Repair("gave the tags of the row loop their tr", first.tag.place.part, edits)
    return Trouble(
        "loop-without-tr", Severity.ERROR, first.tag.place, f"this {block.kind} goes over cells of a table without tr",
        "Put {%tr for … %} into a row of its own above, {%tr endfor %} into one below.", first.tag.around, repair=repair,
    )  # fmt: skip


def _prefixed(end: _End, prefix: str) -> Edit:
    return Edit(end.tag.at, len(end.tag.raw), written(end.tag, end.tag.inside, prefix=prefix))


def _rows_around(block: _Block, first: _End, last: _End) -> Repair | None:
    """Take the tags out of the row and put them into rows of their own, above and below."""
    if len(block.ends) != 2:
        return None
    edits = [
        (first.index, Edit(first.tag.at, len(first.tag.raw), "")),
        (last.index, Edit(last.tag.at, len(last.tag.raw), "")),
    ]

    def change(texts: list[Text]) -> bool:
        row = _row(texts[first.index])
        if row is None:
            return False
        row.addprevious(row_with(row, written(first.tag, first.tag.inside, prefix="tr")))
        row.addnext(row_with(row, written(last.tag, last.tag.inside, prefix="tr")))
        return True

    return Repair("put the loop's tags into rows of their own, with tr", first.tag.place.part, tuple(edits), change)


def _is_alone_in_row(end: _End, row: etree._Element | None) -> bool:
    if row is None:
        return False
    return "".join(str(node.text or "") for node in row.iter(f"{{{W}}}t")).strip() == end.tag.raw.strip()


def _alone(block: _Block) -> Trouble | None:
    """A block whose tags stand alone in their paragraphs without p: it leaves empty lines."""
    first, last = block.ends[0], block.ends[-1]
    if any(end.tag.prefix for end in block.ends) or first.index == last.index:
        return None
    if any(end.text.text.strip() != end.tag.raw or "-" in (end.tag.raw[2], end.tag.raw[-3]) for end in block.ends):
        return None
    safe = all(_leaves_a_paragraph(block, end) for end in block.ends)
    edits = tuple((end.index, _prefixed(end, "p")) for end in block.ends)
    return Trouble(
        "lone-block", Severity.WARNING, first.tag.place, f"this {block.kind} stands alone in its paragraph, and leaves an empty line",
        f"Write {written(first.tag, first.tag.inside, prefix='p')}, and the same p at its end.", first.tag.around,
        repair=Repair("gave the tags that stand alone their p", first.tag.place.part, edits) if safe else None,
    )  # fmt: skip


def _leaves_a_paragraph(block: _Block, end: _End) -> bool:
    """A cell must keep a paragraph when the tag's own is gone (ECMA-376-1, 17.4.65)."""
    cell = _cell(end.text)
    if cell is None:
        return end.text.element.tag == _P
    own = {id(one.text.element) for one in block.ends}
    inside = range(block.ends[0].index, block.ends[-1].index + 1)
    paragraphs = [one for one in cell.findall(_P) if id(one) not in own]
    last = cell.findall(_P)[-1] if cell.findall(_P) else None
    return bool(paragraphs) and bool(inside) and last is not None and id(last) not in own


def _repair(rule: str, tag: Tag, index: int, block: _Block | None, text: Text) -> Repair | None:
    if block is None:
        return None
    part = tag.place.part
    if rule in ("DTL203", "DTL210"):
        has_lines = all(end.text.text.strip() == end.tag.raw for end in block.ends)
        prefix = "p" if rule == "DTL203" and has_lines else ""
        return Repair(
            "gave the block the prefix of its place", part, tuple((e.index, _prefixed(e, prefix)) for e in block.ends)
        )
    if rule == "DTL204":
        return _one_prefix(block.ends, part)
    if rule == "DTL206" and len(block.ends) == 2:
        return _rows_around(block, block.ends[0], block.ends[-1])
    if rule == "DTL209" and block.ends[0].index == block.ends[-1].index:
        return Repair("left out the prefix", part, tuple((end.index, _prefixed(end, "")) for end in block.ends))
    return None


def _one_prefix(ends: Sequence[_End], part: str) -> Repair | None:
    """The prefix that the places of both ends allow: that of a table's row, else that of a paragraph, else none."""
    rows = [_row(end.text) for end in ends]
    used = {end.tag.prefix for end in ends} - {""}
    alone = all(end.text.text.strip() == end.tag.raw for end in ends)
    if all(row is not None for row in rows) and rows[0] is not rows[-1] and "tr" in used | {"tr"} and alone:
        prefix = "tr"
    elif rows[0] is not None and rows[0] is rows[-1] and "tc" in used and alone:
        prefix = "tc"
    elif alone and ends[0].index != ends[-1].index:
        prefix = "p"
    else:
        prefix = ""
    return Repair("gave both ends the same prefix", part, tuple((end.index, _prefixed(end, prefix)) for end in ends))
