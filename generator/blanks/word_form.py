"""A Word form without tags: all its places, of both kinds, as one blank.

Places that Word knows (form fields, content controls, merge fields) are `word_controls`, printed ones `word_plain`; a
document mixes them. Nothing here knows what a treatment plan is.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.blanks.word_controls import control_spots, field_spots, is_place, write_control, write_field
from generator.blanks.word_controls.content import stored_values
from generator.blanks.word_plain import (
    Leaders,
    Rooms,
    blanks_to_tick,
    box_spots,
    circle_spot,
    comb_spots,
    inline_spots,
    says_circle,
    write_box,
    write_circle,
    write_plain,
)
from generator.blanks.word_text.grid import Grid
from generator.blanks.word_text.labels import Labels, flows_of, make_unique, number_the_rest, read_sections
from generator.blanks.word_text.layout import Flow, Story, TextLine, all_lines, place_in_words, read_story
from generator.blanks.word_text.line import Element, P
from generator.blanks.word_text.rows import Copies, Group, control_ids, read_groups, serialize
from generator.blanks.word_text.spot import Span, Spot
from generator.blanks.word_text.write import printable
from generator.finding import Finding, Severity
from generator.ooxml import open_package, parse_xml, text_parts
from generator.ooxml_clean import TAKEN, Cleaned, cleaned
from generator.ooxml_zip import frame
from generator.slots import Fill, Filled, Near, Outcome, Region, Slot, SlotKind, Status, Value

_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PROTECTED = re.compile(rb"<w:documentProtection\b[^>]*w:edit=\"(forms|readOnly)\"[^>]*w:enforcement=\"(1|true|on)\"")
_SPANISH = re.compile(r"\b(fecha|nombre|firma|de la|del|tratamiento|expediente|seguro)\b", re.IGNORECASE)
_DAY_FIRST = re.compile(r"d[ií]a\s*/\s*mes|dd?\s*/\s*mm", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\bmm?\s*/\s*dd?|mes\s*/\s*d[ií]a", re.IGNORECASE)
_TEMPLATE = b"wordprocessingml.template.main+xml"
_BOXES = ("glyph", "symbol", "bracket", "blank-box")
_CONTROLS = ("form-text", "form-check", "form-list", "merge")


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a file: its stories, places in reading order, and the groups of those that repeat."""

    stories: Mapping[str, Story]
    spots: tuple[Spot, ...]
    groups: tuple[Group, ...]
    may_grow: bool


@dataclass(frozen=True)
class WordForm:
    """An untagged Word form as a blank. Every read and every fill begins from the file's own bytes."""

    data: bytes
    clean: Cleaned = field(repr=False)

    @property
    def kind(self) -> str:
        """`word-controls` where Word knows at least one place, `word-plain` where all are printed."""
        known = any(spot.sdt is not None or spot.word_field is not None for spot in self._seen.spots)
        return "word-controls" if known else "word-plain"

    @property
    def pages(self) -> int | None:
        """A Word file has no pages of its own."""
        return None

    @cached_property
    def _seen(self) -> _Read:
        return _read(self.clean.parts)

    @cached_property
    def slots(self) -> Sequence[Slot]:
        """Every place in reading order; then one slot of rows for each group of places that repeat."""
        seen = self._seen
        return (*(_slot(spot, seen) for spot in seen.spots), *(_rows_slot(group, seen) for group in seen.groups))

    @property
    def findings(self) -> Sequence[Finding]:
        """What a person should know before it is filled."""
        out = []
        for rule, count in self.clean.taken.items():
            message = f"{count} {TAKEN[rule][0]} are left out of filled documents."
            out.append(Finding(rule, Severity.WARNING, "the form", message, TAKEN[rule][1]))
        if _TEMPLATE in zip_types(self.data):
            out.append(
                Finding(
                    "template-file", Severity.ADVICE, "the form",
                    "This is a Word template (.dotx). What is filled is a document (.docx) made from it.",
                )
            )  # fmt: skip
        if not self._seen.may_grow:
            out.append(
                Finding(
                    "protected-form", Severity.ADVICE, "the form",
                    "This form is protected: only its fields can be filled, and rows are not added to its tables.",
                )
            )  # fmt: skip
        if not self._seen.spots:
            out.append(
                Finding(
                    "no-slots", Severity.WARNING, "the form", "No place for an answer was found in this form.",
                    "Look whether this is the form, or a document without blanks.",
                )
            )  # fmt: skip
        return tuple(out)

    def fill(self, fills: Sequence[Fill]) -> Filled:
        """Write `fills`. A slot of rows takes its rows by the keys of its columns; more rows are added as needed.

        A slot of a group may also be named beyond the printed rows (`body-t3-7-goal`), and the rows up to it are added.
        """
        parts = self.clean.parts
        writer = _Writer(_read(parts), parts)
        outcomes = writer.write(fills)
        changed = writer.changed_parts()
        return Filled(frame(self.data, parts, anew=changed).write(changed, level=6), outcomes)


def open_word_form(data: bytes) -> WordForm:
    """The form in a Word file. Raises the errors of `open_package`."""
    return WordForm(data, cleaned(open_package(data, refuse_acting=False)))


def zip_types(data: bytes) -> bytes:
    """The content types part of a package, as it lies in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("[Content_Types].xml")


# -- reading


def _read(parts: Mapping[str, bytes]) -> _Read:
    leaders = Leaders(parts.get("word/styles.xml"))
    stories: dict[str, Story] = {}
    spots: list[Spot] = []
    groups: list[Group] = []
    for name in text_parts(parts):
        if not _STORIES.fullmatch(name):
            continue
        story = read_story(parse_xml(parts[name], name), name)
        found, own_groups = _read_story(story, leaders)
        stories[name] = story
        spots += found
        groups += own_groups
    _give_ids(spots)
    _give_date_formats(spots, stories)
    may_grow = _PROTECTED.search(parts.get("word/settings.xml", b"")) is None
    return _Read(stories, tuple(spots), tuple(groups), may_grow)


def _read_story(story: Story, leaders: Leaders) -> tuple[list[Spot], list[Group]]:
    spots_of: dict[TextLine, list[Spot]] = {}
    is_margin = not story.part.startswith("word/document")
    combs, comb_cells = comb_spots(story.tables)
    comb_lines = {span.line for spot in combs for span in spot.spans}
    seen: set[Element] = set()
    for line in story.lines:
        found = [] if line in comb_lines else _in_line(line, leaders, seen)
        if found:
            spots_of[line] = found
    for spot in combs:
        for span in spot.spans:
            spots_of.setdefault(span.line, []).append(spot)
    grid = Grid(spots_of)
    _read_leads(story, grid, spots_of)
    _circle_by_label(story, grid, spots_of)
    _join_lines(story, spots_of)
    rooms = Rooms(grid, spots_of, comb_cells, is_margin=is_margin)
    for flow in flows_of(story):
        _add_all(spots_of, rooms.in_flow(flow))
    for table in story.tables:
        _add_all(spots_of, rooms.in_table(table))
    twins = _twins(story, spots_of)
    for found in spots_of.values():
        found.sort(key=lambda spot: spot.start)
    read_sections(story, spots_of)
    Labels(story, grid, spots_of).name_all()
    prefix = "body" if story.part == "word/document.xml" else story.part.rpartition("/")[2].removesuffix(".xml")
    groups = read_groups(story, grid, spots_of, prefix)
    spots = [spot for line in story.lines for spot in spots_of.get(line, ()) if spot.line is line and spot not in twins]
    make_unique(spots, {group.id: len(group.elements) for group in groups})
    number_the_rest(spots)
    return spots, groups


def _add_all(spots_of: dict[TextLine, list[Spot]], spots: Iterator[Spot]) -> None:
    for spot in list(spots):
        spots_of.setdefault(spot.line, []).append(spot)


def _in_line(line: TextLine, leaders: Leaders, seen: set[Element]) -> list[Spot]:
    """The places of one line, in order: controls first, then what is printed beside them."""
    if any(sdt in seen and is_place(sdt) for sdt in line.sdts):
        return []  # a further paragraph of a control that is one place
    spots = list(control_spots(line, seen)) if line.sdts or line.line.controls else []
    if any(spot.sdt in line.sdts and not spot.is_read_only for spot in spots):
        return spots
    if line.line.fields:
        inside = [(spot.start, spot.end) for spot in spots if spot.end > spot.start]
        spots += [spot for spot in field_spots(line) if not any(a <= spot.start and spot.end <= b for a, b in inside)]
    taken = [(spot.start, spot.end) for spot in spots]
    taken += [(one.start, one.end) for one in line.line.controls]
    if not line.text.strip():
        spots += inline_spots(line, taken, leaders) if line.text else ()
        return sorted(spots, key=lambda spot: (spot.start, spot.end))
    circle = circle_spot(line, taken, says_circle=False)
    if circle is not None:
        spots.append(circle)
        taken.append((circle.start, circle.end))
    printed = list(inline_spots(line, taken, leaders))
    spots += printed
    taken += [(spot.start, spot.end) for spot in printed]
    spots += box_spots(line, taken)
    spots.sort(key=lambda spot: (spot.start, spot.end))
    blanks_to_tick(line, spots)
    return spots


def _read_leads(story: Story, grid: Grid, spots_of: Mapping[TextLine, list[Spot]]) -> None:
    """The line of words before each table, for tables that hold none themselves."""
    for table in story.tables:
        for block in reversed(table.flow.blocks[: table.block]):
            if not isinstance(block, TextLine):
                break
            if block.text.strip():
                if not spots_of.get(block):
                    grid.lead_before[table] = block.text.strip()
                break


def _circle_by_label(story: Story, grid: Grid, spots_of: dict[TextLine, list[Spot]]) -> None:
    """Choices in a cell whose label says to circle one."""
    for table in story.tables:
        for row in table.rows:
            for cell, after in zip(row.cells, row.cells[1:], strict=False):
                if says_circle(cell.text) and len(after.lines) == 1 and not spots_of.get(after.lines[0]):
                    line = after.lines[0]
                    spot = circle_spot(line, [], says_circle=True) if line.text.strip() else None
                    if spot is not None and not spots_of.get(cell.lines[0]):
                        spots_of[line] = [spot]
                        grid.forget()


def _join_lines(story: Story, spots_of: dict[TextLine, list[Spot]]) -> None:
    """Underscore lines right below each other are the lines of one answer."""
    for line in story.lines:
        spots = spots_of.get(line, [])
        if len(spots) != 1 or spots[0].shape != "underscores" or line.text.strip(" _\t"):
            continue
        if spots[0].end - spots[0].start < 20 or line.line.paragraph.find(".//{*}numPr") is not None:
            continue
        above = line.flow.blocks[line.block - 1] if line.block else None
        if not isinstance(above, TextLine) or not spots_of.get(above):
            continue
        last = spots_of[above][-1]
        span = last.spans[-1]
        if last.shape != "underscores" or span.line is not above or above.text[span.end :].strip():
            continue
        if above.text.strip(" _\t") and (span.end - span.start < 8 or len(spots_of[above]) > 1):
            continue
        last.spans.append(Span(line, spots[0].start, spots[0].end))
        last.kind = SlotKind.MULTILINE
        spots_of[line] = [last]


def _twins(story: Story, spots_of: Mapping[TextLine, list[Spot]]) -> set[Spot]:
    """Places in the fallback copy of a text box belong to those in the box itself."""
    out: set[Spot] = set()
    for line in story.lines:
        for box in line.boxes:
            if box.twin is None:
                continue
            mine, other = (_spots_in(flow, spots_of) for flow in (box, box.twin))
            if len(mine) == len(other):
                for copy, first in zip(mine, other, strict=True):
                    first.twins.append(copy)
                    out.add(copy)
    return out


def _spots_in(flow: Flow, spots_of: Mapping[TextLine, list[Spot]]) -> list[Spot]:
    return [spot for line in all_lines(flow) for spot in spots_of.get(line, ()) if spot.line is line]


def _give_ids(spots: Sequence[Spot]) -> None:
    """Ids from the place: part, paragraph, number in it; those of a group from the group, row and column."""
    taken: dict[str, int] = {}
    for spot in spots:
        if spot.group:
            spot.id = f"{spot.group}-{(spot.index or 0) + 1}-{spot.key}"
        else:
            part = spot.line.part
            stem = "body" if part == "word/document.xml" else part.rpartition("/")[2].removesuffix(".xml")
            base = f"{stem}-p{spot.line.number}"
            taken[base] = taken.get(base, 0) + 1
            spot.id = f"{base}-{taken[base]}"


def _give_date_formats(spots: Sequence[Spot], stories: Mapping[str, Story]) -> None:
    """The shape of dates: from the words beside the place, else from those of the whole form."""
    if not any(spot.kind is SlotKind.DATE for spot in spots):
        return
    text = " ".join(line.text for story in stories.values() for line in story.lines)
    is_spanish = len(_SPANISH.findall(text)) > 8
    day_first = _DAY_FIRST.search(text) is not None or (is_spanish and not _MONTH_FIRST.search(text))
    for spot in spots:
        if spot.kind is not SlotKind.DATE or spot.format:
            continue
        around = f"{spot.label} {spot.hint} {spot.after}"
        own = True if _DAY_FIRST.search(around) else False if _MONTH_FIRST.search(around) else day_first
        printed = spot.line.text[spot.start : spot.end] if spot.shape == "date" else ""
        year = (
            "yy"
            if re.search(r"(?<!_)_{2}$", printed) and not printed.endswith("____") and "20__" not in printed
            else "yyyy"
        )
        mark = next((one for one in "/.-" if one in printed), "/")
        spot.format = "date:" + mark.join((("dd", "mm") if own else ("mm", "dd")) + (year,))


# -- slots


def _slot(spot: Spot, seen: _Read) -> Slot:
    width = sum(span.end - span.start for span in spot.spans)
    box = next((flow for flow in (spot.line.flow,) if flow.cell is None and flow.blocks and _is_box(spot, seen)), None)
    return Slot(
        spot.id,
        label=spot.label,
        kind=SlotKind.MULTILINE
        if spot.kind is SlotKind.TEXT and len(spot.spans) > 1 and spot.shape != "comb"
        else spot.kind,
        where=place_in_words(spot.line, is_in_box=box is not None),
        max_length=spot.max_length,
        choices=spot.choices,
        tooltip=spot.hint or spot.name,
        format=spot.format,
        capacity=spot.capacity or (width if spot.shape in ("underscores", "dots") else None),
        value=spot.value,
        is_read_only=spot.is_read_only,
        is_comb=spot.shape == "comb",
        is_editable=spot.is_editable,
        group=spot.group,
        index=spot.index,
        question=spot.question,
        near=_near(spot),
        shape=spot.shape,
        regions=tuple(_region(span, seen) for span in spot.spans),
    )


def _near(spot: Spot) -> Near:
    """The words around a place: before it (the question, for a box), after it, its prompt, heading and heads."""
    is_box = spot.kind is SlotKind.CHECK
    return Near(
        left=spot.question if is_box else spot.own or spot.row_head,
        above=spot.column,
        right=spot.own if is_box else spot.after,
        inside=spot.hint if spot.shape in ("placeholder", "prompt") else "",
        section=spot.section,
        column=spot.column,
        row=spot.row_head,
    )


def _is_box(spot: Spot, seen: _Read) -> bool:
    return spot.line.flow is not seen.stories[spot.line.part].flow


def _region(span: Span, seen: _Read) -> Region:
    paragraph = span.line.line.paragraph
    path = paragraph.getroottree().getpath(paragraph)
    return Region(span.line.part, path, span.start, span.end)


def _rows_slot(group: Group, seen: _Read) -> Slot:
    first = next(iter(group.spots[0].values()))
    return Slot(
        group.id,
        label=group.label or first.section,
        kind=SlotKind.ROWS,
        where=place_in_words(first.line),
        group=group.id,
        near=Near(section=group.section),
        columns=group.keys,
        capacity=len(group.elements),
        is_read_only=not seen.may_grow,
    )


# -- writing


class _Writer:
    """Writes fills into the trees of one reading of the file."""

    def __init__(self, read: _Read, parts: Mapping[str, bytes]) -> None:
        self._read, self._parts = read, parts
        self._spots = {spot.id: spot for spot in read.spots}
        self._groups = {group.id: group for group in read.groups}
        self._copies: dict[str, Copies] = {}
        self._touched: set[str] = set()
        self._stored: dict[str, bytes] = {}

    def write(self, fills: Sequence[Fill]) -> tuple[Outcome, ...]:
        wanted, order = self._flat(fills)
        self._grow(wanted)
        outcomes: dict[str, Outcome] = {}
        # From the end of each line to its start, so that earlier places keep their offsets.
        for fill in sorted(wanted, key=lambda one: self._place(one.slot), reverse=True):
            spot = self._spots.get(fill.slot)
            if spot is None:
                outcomes[fill.slot] = self._unknown(fill)
            else:
                outcomes[fill.slot] = self._one(spot, fill.value)
        places = self._places([one for one in outcomes.values() if one.status is Status.FILLED])
        return tuple(
            replace(outcome, places=places.get(outcome.slot, ()))
            for outcome in (self._whole(slot, outcomes) for slot in order)
        )

    def _places(self, filled: Sequence[Outcome]) -> dict[str, tuple[tuple[str, int], ...]]:
        """Where each filled place stands in the finished parts; rows that were added have moved what follows."""
        numbers = {
            part: {paragraph: n for n, paragraph in enumerate(self._read.stories[part].root.iter(P), 1)}
            for part in self._touched
        }
        out = {}
        for one in filled:
            spot = self._spots[one.slot]
            spans = [span for each in (spot, *spot.twins) for span in each.spans]
            out[one.slot] = tuple((span.line.part, numbers[span.line.part][span.line.line.paragraph]) for span in spans)
        return out

    def changed_parts(self) -> dict[str, bytes]:
        changed = {name: serialize(self._read.stories[name].root) for name in self._touched}
        return {**changed, **self._stored}

    def _flat(self, fills: Sequence[Fill]) -> tuple[list[Fill], list[str]]:
        """Rows as single fills; and the slots as they were given, for the report."""
        flat: dict[str, Fill] = {}
        order: list[str] = []
        for fill in fills:
            order.append(fill.slot)
            group = self._groups.get(fill.slot)
            if group is None:
                flat[fill.slot] = fill
                continue
            rows = (
                [row for row in fill.value if isinstance(row, Mapping)]
                if not isinstance(fill.value, str | bool)
                else []
            )
            for n, row in enumerate(rows, 1):
                for key, value in row.items():
                    name = f"{group.id}-{n}-{key}"
                    flat[name] = Fill(name, value)
        return list(flat.values()), order

    def _grow(self, fills: Sequence[Fill]) -> None:
        """Add the rows that fills name beyond the printed ones."""
        for fill in fills:
            found = re.fullmatch(r"(.+-[ts]\d+[a-h]?)-(\d+)-(\w+)", fill.slot)
            group = self._groups.get(found[1]) if found is not None else None
            if (
                found is None
                or group is None
                or not self._read.may_grow
                or found[3] not in group.keys
                or not fill.value
            ):
                continue
            if int(found[2]) > 500:
                continue
            while len(group.elements) < int(found[2]):
                self._add_row(group)

    def _add_row(self, group: Group) -> None:
        part = next(iter(group.spots[0].values())).line.part
        story = self._read.stories[part]
        copies = self._copies.setdefault(group.id, Copies(group))
        old = list(group.spots[-1].values())
        model = group.elements[-1]
        fresh = copies.add(control_ids(story.root))
        self._touched.add(part)
        row: dict[str, Spot] = {}
        twin_of = dict(zip(model.iter(), fresh.iter(), strict=False))
        index = len(group.elements)
        for key, spot in zip(group.keys, old, strict=True):
            row[key] = _copied(spot, twin_of, index, f"{group.id}-{index + 1}-{key}")
            self._spots[row[key].id] = row[key]
        group.elements.append(fresh)
        group.spots.append(row)

    def _place(self, slot: str) -> tuple[str, int, int, int]:
        spot = self._spots.get(slot)
        if spot is None:
            return ("", 0, 0, 0)
        return (spot.line.part, spot.line.number, spot.start, spot.end)

    def _one(self, spot: Spot, value: Value) -> Outcome:
        if not isinstance(value, str | bool):
            return Outcome(spot.id, Status.REFUSED, "this place takes one text, not rows")
        if value == "" or value is False:
            return Outcome(spot.id, Status.LEFT, "the plan has nothing for it")
        if spot.is_read_only:
            return Outcome(spot.id, Status.REFUSED, "the form has locked this place", rest=_said(value))
        clean = printable(value) if isinstance(value, str) else value
        for one in (spot, *spot.twins):
            why = _write(one, clean)
            if why:
                return Outcome(spot.id, Status.REFUSED, why, rest=_said(value))
        self._touched.add(spot.line.part)
        if isinstance(clean, str):
            stored = stored_values(spot, {**self._parts, **self._stored}, clean)
            if stored is not None:
                self._stored[stored[0]] = stored[1]
        return Outcome(spot.id, Status.FILLED, _remark(spot, value, clean))

    def _unknown(self, fill: Fill) -> Outcome:
        if not fill.value:
            return Outcome(fill.slot, Status.LEFT, "the plan has nothing for it")
        group = re.match(r"(.+-[ts]\d+[a-h]?)-\d+-", fill.slot)
        if group is not None and group[1] in self._groups and not self._read.may_grow:
            why = "the form is protected and has no more rows"
            return Outcome(fill.slot, Status.CONTINUED, why, rest=_said(fill.value))
        return Outcome(fill.slot, Status.REFUSED, "the form has no such place", rest=_said(fill.value))

    def _whole(self, slot: str, outcomes: Mapping[str, Outcome]) -> Outcome:
        if slot in outcomes:
            return outcomes[slot]
        inner = [outcome for name, outcome in outcomes.items() if name.startswith(f"{slot}-")]
        worst = [one for one in inner if one.status in (Status.REFUSED, Status.CONTINUED)]
        if worst:
            return Outcome(slot, worst[0].status, worst[0].why, rest="\n".join(one.rest for one in worst))
        filled = any(one.status is Status.FILLED for one in inner)
        return Outcome(slot, Status.FILLED if filled else Status.LEFT, "" if filled else "the plan has nothing for it")


def _write(spot: Spot, value: Value) -> str:
    if spot.sdt is not None:
        return write_control(spot, value)
    if spot.word_field is not None:
        return write_field(spot, value)
    if spot.shape in _BOXES:
        return write_box(spot, value)
    if spot.shape == "circle":
        return write_circle(spot, value)
    return write_plain(spot, value)


def _remark(spot: Spot, value: Value, clean: Value) -> str:
    if (
        value != clean
        and isinstance(value, str)
        and isinstance(clean, str)
        and len(clean) < len(value.replace("\r\n", "\n"))
    ):
        return "characters that no document can hold were left out"
    if spot.max_length and isinstance(clean, str) and len(clean) > spot.max_length and spot.shape != "comb":
        return f"longer than the {spot.max_length} characters that the form asks for"
    return ""


def _said(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Yes" if value else ""
    return "\n".join(", ".join(_said(one) for one in row.values()) for row in value if isinstance(row, Mapping))


def _copied(spot: Spot, twin_of: Mapping[Element, Element], index: int, name: str) -> Spot:
    """The same place in a copied row."""
    from copy import copy

    from generator.blanks.word_text.line import Line

    fresh = copy(spot)
    spans = []
    for span in spot.spans:
        line = copy(span.line)
        line.line = Line.read(twin_of[span.line.line.paragraph])
        line.number = span.line.number
        spans.append(Span(line, span.start, span.end))
    fresh.spans = spans
    fresh.sdt = twin_of[spot.sdt] if spot.sdt is not None else None
    fresh.id, fresh.index, fresh.twins = name, index, []
    if spot.word_field is not None:
        place = spot.line.line.fields.index(spot.word_field)
        fresh.word_field = spans[0].line.line.fields[place]
    return fresh


__all__ = ["WordForm", "open_word_form"]
