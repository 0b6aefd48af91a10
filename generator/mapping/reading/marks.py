"""A Word form without tags, read by marks: a tag in each place that its map fills, and what a line then shows of each."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.mapping.field_map import FieldMap
from generator.mapping.reading.match import TooMany, match
from generator.mapping.reading.pattern import NOTHING, Alt, Hole, Lit, Pattern, Seq

_TICKED, _EMPTY = frozenset("☒☑✓✔✗✘xX■\uf0fe\uf0fd\uf052\uf053"), frozenset("☐□❏❑❒▢○◻\uf0a8\uf06f\uf071")


@dataclass(frozen=True, slots=True)
class MarkedRows:
    """Rows that take a list: the head of its loop, the mark of each slot of the first row, the slots of the others."""

    head: str
    cells: Mapping[str, str]
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Slot → mark, the rows, and mark → slot (`{n}` for the row)."""

    tags: Mapping[str, str]
    loops: Sequence[MarkedRows]
    slots: Mapping[str, str]


def marked_form(field_map: FieldMap, slots: Sequence[str]) -> Marks:
    """A mark for each place of a form that its map fills."""
    tags: dict[str, str] = {}
    back: dict[str, str] = {}
    loops: list[MarkedRows] = []
    single = [entry.slot for entry in field_map.entries if entry.expression is not None]
    for row_map in field_map.rows:
        if row_map.count is not None:
            single += [slot.replace("{n}", str(n)) for n in range(1, row_map.count + 1) for slot in row_map.fields]
            continue
        cells = {}
        for pattern in row_map.fields:
            mark = f"c{len(back)}"
            back[mark] = pattern
            cells[pattern.replace("{n}", "1")] = f"{{{{ item.{mark} }}}}"
        shapes = [re.compile(re.escape(pattern).replace(re.escape("{n}"), r"\d+")) for pattern in row_map.fields]
        others = [one for one in slots if one not in cells and any(shape.fullmatch(one) for shape in shapes)]
        loops.append(MarkedRows(f"for item in r{len(loops)}", cells, others))
    for slot in single:
        if slot in slots:
            mark = f"s{len(back)}"
            back[mark] = slot
            tags[slot] = f"{{{{ {mark} }}}}"
    return Marks(tags, loops, back)


def values_of_line(text: str, pieces: str, names: Mapping[str, str], marks: Marks) -> dict[str, str] | None:
    """Slot → text for the marks of a line; None where it cannot be told which part is which."""
    row = re.search(r"\[(\d+)\]$", names.get("item", ""))
    parts: list[Pattern] = []
    for kind, inside in json.loads(pieces):
        if kind == "t":
            parts.append(Lit(str(inside)))
        elif kind == "e":
            slot = marks.slots.get(str(inside).rpartition(".")[2], "")
            own = slot.replace("{n}", str(int(row[1]) + 1)) if row else slot
            parts.append(Alt((Hole(f"slot:{own}"), NOTHING)))
        else:
            return None
    try:
        readings = match(Seq(tuple(parts)), text, "en", by_look=False).readings
    except TooMany:
        return None
    # Blanks at the edges of an answer belong to the form.
    found = [{got.place.removeprefix("slot:"): _state(str(got.value)) for got in one} for one in readings]
    full = max(found, key=len, default=None)
    if full is None or any(not one.items() <= full.items() for one in found):
        return None
    return {slot: value for slot, value in full.items() if value}


def _state(text: str) -> str:
    """The text; for a box "Yes" where it is ticked and "" where it is not."""
    if text in _EMPTY:
        return ""
    return "Yes" if text in _TICKED else text
