"""Which column of a sheet goes to which value of a plan: suggested from its header and cells, for a person to confirm.

What was confirmed is `column_map`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.exchange.cells import CellNotRead, DateOrder, date_order, read_cell
from generator.exchange.column_heads import LEVEL_WORDS, LEVELS, Head
from generator.exchange.column_map import ColumnMap, header_hash, header_keys, letter_of
from generator.exchange.column_numbering import Numbering
from generator.exchange.column_words import (
    DOING,
    FIRSTS,
    LASTS,
    STATEMENTS,
    TOWNS,
    TREE,
    bare,
    phrase_of,
    without_ordinal,
)
from generator.exchange.places import field_of, is_place
from generator.mapping.accept import Accept, toml_text
from generator.mapping.phrases import words
from generator.mapping.suggest import suggest
from generator.mapping.suggestion import SURE, Suggestion
from generator.plan.catalog import by_path
from generator.plan.notes import general
from generator.slots import Slot

_SAMPLE = 60  # cells of a column that are looked at before it is called sure


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number from 0, its key in a map, and where it seems to go ("" for nowhere), how surely and why."""

    number: int
    key: str
    path: str
    confidence: float
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether it may be used without a person's yes, where that was asked for."""
        return bool(self.path) and self.confidence >= SURE

    @property
    def letter(self) -> str:
        """The column as a spreadsheet calls it: A, B ... AA."""
        return letter_of(self.number)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe columns --json`."""
        return {
            "column": self.letter,
            "header": self.key,
            "path": self.path,
            "confidence": round(self.confidence, 3),
            "sure": self.is_sure,
            "why": self.why,
        }


def find_header(rows: Sequence[Sequence[str]], within: int = 12) -> int:
    """The number of the row with the columns' names, from 0: titles may stand over it. -1 where no row is one."""
    best, found = -1, 0
    for number, row in enumerate(rows[:within]):
        told = sum(1 for cell in row if cell.strip() and len(cell) < 120 and _is_known(cell))
        if told > found:
            best, found = number, told
    return best if found >= 2 or (found == 1 and sum(bool(c.strip()) for c in rows[best]) == 1) else -1


def suggest_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), own: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Where each column seems to go. `rows` are looked at so that a column whose cells say otherwise is not called sure.

    `own` are the agency's own words, caption → path.
    """
    keys = header_keys(header)
    heads = [Head.of(key) for key in keys]
    slots = [Slot(f"c{n}", label=head.caption) for n, head in enumerate(heads)]
    suggested = suggest(slots, own)
    told = {phrase for head in heads for phrase in (words(head.caption),)}
    columns: list[Column] = []
    chosen = [_general_place(head, one, told) for head, one in zip(heads, suggested, strict=True)]
    numbering = Numbering(heads, [path for path, _, _ in chosen])
    taken: dict[str, str] = {}
    for number, (key, (path, confidence, why)) in enumerate(zip(keys, chosen, strict=True)):
        place, is_certain = numbering.place(number)
        if path and not is_place(place):
            path, confidence, why = "", 0.0, "a sheet's cell cannot say this"
        if not path:
            columns.append(Column(number, key, "", confidence, why))
            continue
        if not is_certain:
            confidence, why = min(confidence, 0.7), "it is not plain which goal or objective its number counts under"
        if place in taken:
            confidence, why = min(confidence, 0.5), f"column {taken[place]} says the same"
        elif not _suits(place, [row[number] for row in rows[:_SAMPLE] if number < len(row)]):
            confidence, why = min(confidence, 0.6), "its cells do not look like this"
        taken.setdefault(place, letter_of(number))
        columns.append(Column(number, key, place, confidence, why))
    return tuple(columns)


def accepted_map(header: Sequence[str], columns: Sequence[Column], accept: Accept = "confident") -> ColumnMap:
    """The map of what is accepted of a suggestion; of two columns for one place the surer one is used."""
    places: dict[int, str] = {}
    left: dict[int, str] = {}
    used: set[str] = set()
    for one in sorted(columns, key=lambda one: (-one.confidence, one.number)):
        is_wanted = bool(one.path) and (accept == "all" or (accept == "confident" and one.is_sure))
        if is_wanted and one.path not in used:
            places[one.number] = one.path
            used.add(one.path)
        else:
            left[one.number] = (
                one.why if not one.path or one.path in used else "not sure enough to be used without a person"
            )
    return ColumnMap(header_hash(header), dict(sorted(places.items())), dict(sorted(left.items())))


def columns_text(header: Sequence[str], columns: Sequence[Column], name: str = "") -> str:
    """A column map as TOML to edit: what is sure stands as it is, what is not behind `#?` until a person takes it off."""
    lines = [
        f"# Which column of {name or 'the sheet'} goes to which value of a plan.",
        "# Lines without # are used. A line that starts with #? is a guess: take the #? away if it is right, or write",
        "# another name. Every name there is: planscribe schema. A column that stands in no line is not used.",
        "",
        f"header = {_quoted(header_hash(header))}",
        '# dates = "month-first"   # or "day-first": for dates such as 03/04/2026, where the sheet itself does not tell',
        "",
        "[columns]",
    ]
    for one in columns:
        lines.append(f"# column {one.letter}  ({one.confidence:.0%}: {one.why})")
        value = _quoted(one.path) if one.path else f"{{ leave = {_quoted(one.why)} }}"
        lines.append(f"{'#? ' if one.path and not one.is_sure else ''}{_quoted(one.key)} = {value}")
    lines += ["", "# Values that every plan of the sheet gets.", "[always]", '# "agency.name" = "Our agency"']
    return "\n".join(lines) + "\n"


def _general_place(head: Head, one: Suggestion, told: set[tuple[str, ...]]) -> tuple[str, float, str]:
    """The place that a header names, lists as `[]`, with how surely and why."""
    if head.path:
        plain = general(head.path)
        if is_place(head.path):
            return plain, 1.0, "its header is the value's own name"
    phrase = phrase_of(head.caption)
    path = bare().get(phrase) or bare().get(without_ordinal(phrase))
    if not path and head.levels and set(head.caption.split()) <= LEVEL_WORDS.keys():  # "P1 G1 O2"
        path = STATEMENTS[max(LEVELS.index(level) for level in head.levels)]
    if path in ("patient.name.full", "patient.name.last_first") and told & FIRSTS and told & LASTS:
        return path, 0.5, "the first and the last name have columns of their own"
    if path == "patient.name.full" and len(phrase) == 1 and told & LASTS:
        path = "patient.name.first"
    if path == "patient.address.line1" and not told & TOWNS:
        path = "patient.address.one_line"
    if path:
        return path, 0.96, "its header says so"
    found = general(one.path)
    found = {"diagnoses[].description": "diagnoses[].line", f"{TREE}.interventions_text": f"{DOING}.description"}.get(
        found, found
    )
    if not found:
        return "", one.confidence, one.why
    return found, one.confidence, one.why


def _is_known(cell: str) -> bool:
    head = Head.of(" ".join(cell.split()))
    if head.path:
        return is_place(head.path)
    phrase = phrase_of(head.caption)
    if phrase in bare() or without_ordinal(phrase) in bare():
        return True
    return bool(phrase) and suggest([Slot("c", label=head.caption)])[0].confidence >= SURE


def _suits(place: str, cells: Sequence[str]) -> bool:
    """Whether most cells can be read as what the place takes."""
    one = field_of(place)
    given = [cell for cell in cells if cell.strip()]
    if one is None or not given or one.kind in ("text", "list"):
        return True
    order = date_order(given) or "month-first"
    return sum(_reads(cell, place, order) for cell in given) * 2 >= len(given)


def _reads(cell: str, place: str, order: DateOrder) -> bool:
    one = by_path()[general(place)]
    try:
        read_cell(cell, one, order)
    except CellNotRead:
        return False
    return True


def _quoted(text: str) -> str:
    return toml_text({"x": text})[4:].rstrip("\n")
