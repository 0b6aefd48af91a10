"""How a document's answers are put together, as a note that it carries: places and lengths, never a value.

`Nell Brannigan, aunt, 617-555-0151` is three values, and no reader can be sure which; the note says
`patient.emergency_contact.name` stands from 0 to 14. With it a filled form is read back whole.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from generator.mapping.field_map import FieldMap
from generator.mapping.paper import Paper, PaperValue
from generator.mapping.reading.gather import Composed, Gathered, Shown, composed_of, row_pattern, shown_by_map
from generator.mapping.reading.match import Accept, Got

_STEP = re.compile(r"([^.\[\]]+)|\[(-?\d+)\]")
_OF_GOAL = re.compile(r"(.*goals\[\d+\])\.interventions_text\[(\d+)\]")
_LINE = re.compile(r"\.objectives\[\d{1,2}\]\.interventions\[\d{1,2}\]\.description")
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """What a document tells of itself: the form's id, its language, and for each slot which places stand where.

    `places` says of lines that a form joins from several lists (all interventions of a goal) where each belongs.
    """

    form: str = ""
    language: str = ""
    composed: Composed = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def shown_of_map(
    field_map: FieldMap, values: Mapping[str, str], extra: Iterable[tuple[str, str]], language: str
) -> list[Shown]:
    """The texts of a form filled by a map: `values` by slot, `extra` the rows on added sheets as label and text."""
    shown, _ = shown_by_map(field_map, values, language, {})
    return shown + rows_shown(field_map, extra, language)


def rows_shown(field_map: FieldMap, extra: Iterable[tuple[str, str]], language: str) -> list[Shown]:
    """Rows that the form has no place for; a label such as "Goal 6" says which row of which list it is."""
    known = {row.name: row for row in field_map.rows}
    shown = []
    for label, text in extra:
        name, _, n = label.rpartition(" ")
        if name in known and n.isdigit() and 0 < int(n) <= 2_000:
            shown.append(Shown(label, text.strip(), row_pattern(known[name], int(n), language), label))
    return shown


def note_of(form: str, shown: Sequence[Shown], paper: Paper, language: str) -> str:
    """The note of a document as JSON."""
    slots = composed_of(shown, language, knows(paper))
    places = {span[0]: own for spans in slots.values() for span in spans if (own := _own_place(paper, span[0]))}
    note = {"form": form, "language": language, "slots": slots, "places": places}
    return json.dumps(note, separators=(",", ":"))


def _own_place(paper: Paper, place: str) -> str:
    """Where line n of a goal's interventions belongs: `goals[0].objectives[1].interventions[0].description`."""
    found = _OF_GOAL.fullmatch(place)
    goal = _at(paper, found[1]) if found else None
    if found is None or not isinstance(goal, dict):
        return ""
    objectives = goal.get("objectives")
    lines = [
        f"{found[1]}.objectives[{o}].interventions[{i}].description"
        for o, objective in enumerate(objectives if isinstance(objectives, list) else ())
        if isinstance(objective, dict) and isinstance(rows := objective.get("interventions"), list)
        for i, row in enumerate(rows)
        if isinstance(row, dict) and row.get("description")
    ]
    return lines[int(found[2])] if int(found[2]) < len(lines) else ""


def read_note(text: str) -> Note:
    """What a note says; nothing where it is no note of ours."""
    try:
        data = json.loads(text) if 0 < len(text) <= _LARGEST else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return Note()
    out: dict[str, list[tuple[str, int, int]]] = {}
    slots = data.get("slots")
    for slot, spans in slots.items() if isinstance(slots, dict) else ():
        told = [(one[0], one[1], one[2]) for one in spans if _is_span(one)] if isinstance(spans, list) else []
        if told and len(told) == len(spans):
            out[slot] = told
    moved = data.get("places")
    places = {k: v for k, v in moved.items() if _is_own_place(k, v)} if isinstance(moved, dict) else {}
    form, language = data.get("form"), data.get("language")
    return Note(form if isinstance(form, str) else "", "es" if language == "es" else "en", out, places)


def with_own_places(gathered: Gathered, note: Note) -> Gathered:
    """The values at the places that the note says they have."""
    values = {note.places.get(place, place): value for place, value in gathered.values.items()}
    return replace(gathered, values=values)


def _is_own_place(line: str, place: object) -> bool:
    """Whether this says of a line of a goal's interventions which intervention of that goal it is, and nothing else."""
    goal = _OF_GOAL.fullmatch(line)
    return goal is not None and isinstance(place, str) and _LINE.fullmatch(place.removeprefix(goal[1])) is not None


def _is_span(one: object) -> bool:
    return (
        isinstance(one, list)
        and len(one) == 3
        and isinstance(one[0], str)
        and all(isinstance(n, int) and not isinstance(n, bool) for n in one[1:])
    )


def knows(paper: Paper) -> Accept:
    """Whether a value is what the plan has at its place on paper."""

    def accept(got: Got) -> bool:
        value = _at(paper, got.place)
        if isinstance(value, bool) or isinstance(got.value, bool):
            return value is got.value
        return value is not None and (value == got.value or str(value) == str(got.value))

    return accept


@lru_cache(8192)
def _steps(place: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, index) for name, index in _STEP.findall(place))


def _at(paper: Paper, place: str) -> PaperValue:
    here: PaperValue = paper
    key = ""
    for name, index in _steps(place):
        if name:
            key = name
            here = here.get(name.removesuffix("_title")) if isinstance(here, dict) else None
            continue
        if isinstance(here, str):
            here = list(here.split("\n"))
        if not isinstance(here, list):
            return None
        rows = here
        if key == "progress":  # printed oldest first, whatever the order in the file
            rows = sorted(here, key=lambda row: str(row.get("date") or "") if isinstance(row, dict) else "")
        here = rows[int(index)] if -len(rows) <= int(index) < len(rows) else None
    return here
