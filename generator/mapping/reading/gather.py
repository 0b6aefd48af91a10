"""The texts of a filled form back to values, by its field map: what each slot shows, and what none can tell.

Slots help each other: a text that could be parted in several ways is parted as another slot of the form says. What
is then still open is left out and told, by name.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.mapping.field_map import Entry, FieldMap, RowMap
from generator.mapping.reading.decode import NotRead, Value, decode
from generator.mapping.reading.made import made
from generator.mapping.reading.match import Accept, Got, Matched, TooMany, match
from generator.mapping.reading.pattern import NOTHING, Hole, Join, Lit, Pattern, Scope, flags, path_of, pattern_of
from generator.plan.notes import general

Composed = Mapping[str, Sequence[tuple[str, int, int]]]
"""For a slot: which places its text shows, from and to which character (`parts_note`)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a form with the pattern that it was printed by. `slot` is its id, `label` what a person calls it.

    `is_squeezed`: all blanks and line ends of the text were made single spaces, and those of the pattern too.
    """

    slot: str
    text: str
    pattern: Pattern
    label: str = ""
    told: tuple[Got, ...] = ()
    is_squeezed: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A slot of which not all was read: the places that stay open, and why."""

    slot: str
    label: str
    places: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """Values by their place in the paper view, each with its slot; what was not read; slots parted at separators."""

    values: Mapping[str, Value]
    slots: Mapping[str, str]
    unread: tuple[Unread, ...] = ()
    parted: tuple[str, ...] = ()


_ROUNDS = 3
_NOT_LIKE_IT = "its text is not what the form prints here"
_SEVERAL = "its text can be parted in several ways"
_DIFFERS = "the form shows another value for this in another place"


def shown_by_map(
    field_map: FieldMap, values: Mapping[str, str], language: str, labels: Mapping[str, str]
) -> tuple[list[Shown], list[Unread]]:
    """The slots of a map with their patterns, for the texts (or on-states, "" for off) that a filled form holds."""
    shown: list[Shown] = []
    unread: list[Unread] = []
    for slot, entry, row in _entries(field_map, values):
        text = values.get(slot, "")
        if entry.expression is None:
            if text.strip():
                unread.append(
                    Unread(slot, labels.get(slot, slot), (), f"the map has no value for it: {entry.why_empty}")
                )
            continue
        scope = Scope(language, row)
        if entry.is_check:
            found = _from_box(entry, text, scope)
            if found is not None:
                shown.append(Shown(slot, "", NOTHING, labels.get(slot, slot), (found,)))
            elif text:
                unread.append(Unread(slot, labels.get(slot, slot), (), "what this box says of the plan cannot be told"))
            continue
        if entry.choices is not None:
            words = [word for word, export in entry.choices.items() if export == text]
            if text and len(words) != 1:
                unread.append(Unread(slot, labels.get(slot, slot), (), "no word of the plan is this choice"))
                continue
            text = words[0] if text else ""
        if text.strip():
            pattern = pattern_of(entry.expression.text, scope, made)
            shown.append(Shown(slot, _as_printed(text), pattern, labels.get(slot, slot)))
    return shown, unread


def row_pattern(row_map: RowMap, n: int, language: str) -> Pattern:
    """What an added sheet prints of row `n` (from 1) that the form has no place for: its values, a line each."""
    scope = Scope(language, f"{row_map.path}[{n - 1}]")
    fields = [entry for entry in row_map.fields.values() if entry.expression is not None]
    items = tuple(
        Lit("Yes") if entry.is_check else pattern_of(entry.expression.text, scope, made)
        for entry in fields
        if entry.expression is not None
    )
    return Join("\n", items)


def composed_of(shown: Sequence[Shown], language: str, accept: Accept) -> dict[str, list[tuple[str, int, int]]]:
    """For every text that is made of several values: which, and where each stands. `accept` knows the values."""
    out: dict[str, list[tuple[str, int, int]]] = {}
    for one in shown:
        if isinstance(one.pattern, Hole) or not one.text:
            continue
        try:
            readings = match(one.pattern, one.text, language, accept, by_look=False).readings
        except TooMany:
            continue
        if readings:
            longest = max(readings, key=len)
            out[one.slot] = [(got.place, got.start, got.end) for got in longest]
    return out


def gather(shown: Sequence[Shown], language: str, composed: Composed | None = None) -> Gathered:
    """Read all texts. `composed` says for some slots how their text is put together, where the document tells it."""
    known: dict[str, Value] = {}
    slots: dict[str, str] = {}
    conflicts: set[str] = set()
    unread: list[Unread] = []
    parted: list[str] = []

    def keep(found: Sequence[Got], slot: str) -> None:
        for got in found:
            if got.place in known and not _same(known[got.place], got.value):
                conflicts.add(got.place)
            known.setdefault(got.place, got.value)
            slots.setdefault(got.place, slot)

    waiting: list[Shown] = []
    endless: list[Shown] = []
    for one in shown:
        keep(one.told, one.slot)
        if not one.text:
            continue
        matched = _told(one, language, composed) or _match(one, language, None)
        if matched is None:
            endless.append(one)
            continue
        if len(matched.readings) == 1:
            keep(matched.readings[0], one.slot)
            if matched.is_parted:
                parted.append(one.slot)
            if matched.unread:
                unread.append(Unread(one.slot, one.label, matched.unread, "this cannot be read backward"))
        else:
            waiting.append(one)
    for _ in range(_ROUNDS):
        if not waiting:
            break
        still: list[Shown] = []
        for one in waiting:
            matched = _match(one, language, _agrees(known))
            if matched is not None and len(matched.readings) == 1:
                keep(matched.readings[0], one.slot)
                if matched.is_parted:
                    parted.append(one.slot)
            else:
                still.append(one)
        if len(still) == len(waiting):
            break
        waiting = still
    for one in waiting:
        unread.append(_partly(one, language, known, keep))
    unread += [Unread(one.slot, one.label, (), _SEVERAL) for one in endless]
    for place in conflicts:
        known.pop(place, None)
        unread.append(Unread(slots[place], slots[place], (place,), _DIFFERS))
    return Gathered(known, slots, tuple(unread), tuple(parted))


def _partly(
    one: Shown, language: str, known: Mapping[str, Value], keep: Callable[[Sequence[Got], str], None]
) -> Unread:
    """Keep what all ways to read a text agree on; tell the rest."""
    matched = _match(one, language, _agrees(known)) or _match(one, language, None)
    if matched is None:
        return Unread(one.slot, one.label, (), _SEVERAL)
    if not matched.readings:
        return Unread(one.slot, one.label, (), _NOT_LIKE_IT)
    first = matched.readings[0]
    sure = [got for got in first if all(_holds(reading, got) for reading in matched.readings)]
    keep(sure, one.slot)
    places = {got.place for reading in matched.readings for got in reading} - {got.place for got in sure}
    return Unread(one.slot, one.label, tuple(sorted(places)), _SEVERAL)


def _holds(reading: Sequence[Got], wanted: Got) -> bool:
    return any(got.place == wanted.place and _same(got.value, wanted.value) for got in reading)


def _match(one: Shown, language: str, accept: Accept | None) -> Matched | None:
    try:
        matched = match(one.pattern, one.text, language, accept)
    except TooMany:
        return None
    if not matched.readings and accept is not None:
        return _match(one, language, None)
    return matched


def _told(one: Shown, language: str, composed: Composed | None) -> Matched | None:
    """The reading that the document itself tells; None where it tells none, or its text was changed since."""
    spans = composed.get(one.slot) if composed is not None else None
    if not spans:
        return None
    allowed = set(spans)
    long = {(place, end - start) for place, start, end in spans}

    def accept(got: Got) -> bool:
        # Where blanks were squeezed, pieces have moved; how long each is still holds.
        return (
            (got.place, got.end - got.start) in long if one.is_squeezed else (got.place, got.start, got.end) in allowed
        )

    try:
        matched = match(one.pattern, one.text, language, accept, by_look=False)
    except TooMany:
        return None
    whole = [reading for reading in matched.readings if len(reading) == len(allowed)]
    return Matched((whole[0],)) if whole else None


def _agrees(known: Mapping[str, Value]) -> Accept:
    return lambda got: got.place not in known or _same(known[got.place], got.value)


def _same(one: Value, other: Value) -> bool:
    return one == other or str(one).split() == str(other).split()


def _as_printed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _entries(field_map: FieldMap, values: Mapping[str, str]) -> Iterator[tuple[str, Entry, str]]:
    """Every slot with its entry and the place of its row; a row map without a number goes as far as there are slots."""
    for entry in field_map.entries:
        yield entry.slot, entry, ""
    for row_map in field_map.rows:
        for n in range(1, (row_map.count or _rows_there(row_map, values)) + 1):
            for slot, entry in row_map.fields.items():
                yield slot.replace("{n}", str(n)), entry, f"{row_map.path}[{n - 1}]"


def _rows_there(row_map: RowMap, values: Mapping[str, str]) -> int:
    shapes = [re.compile(re.escape(slot).replace(r"\{n\}", r"(\d+)")) for slot in row_map.fields]
    found = [
        int(hit[1])
        for slot in values
        for shape in shapes
        if "(" in shape.pattern and (hit := shape.fullmatch(slot)) and hit.groups()
    ]
    return min(max(found, default=0), 2_000)


def _from_box(entry: Entry, text: str, scope: Scope) -> Got | None:
    """What a ticked box says: the flag it stands for, or the word. An empty box says nothing."""
    if not text or entry.expression is None or (entry.on is not None and text != entry.on):
        return None
    tree_path = path_of_text(entry.expression.text)
    if tree_path is None:
        return None
    place = scope.place(tree_path)
    name = general(place)
    if entry.equals is None:
        return Got(place, True, 0, 0) if name in flags() else None
    try:
        return Got(place, decode(entry.equals, name, (), scope.language), 0, 0)
    except NotRead:
        return None


def path_of_text(text: str) -> str | None:
    """The path of an expression that is one name; None for any other."""
    from jinja2 import nodes

    from generator.sandbox import parse

    (output,) = [node for node in parse("{{ (" + text + ") }}").body if isinstance(node, nodes.Output)]
    return path_of(output.nodes[0])
