"""A field map: which plan value goes to which slot of a blank without tags.

In a form's `form.toml`:

    [fields]
    client_name = "patient.name.full"                       # an expression over the paper view, with template filters
    dob = "patient.dob | date"
    program_type = { value = "plan.type", choices = { formal = "Choice1", informal = "Choice2" } }
    is_minor = { when = "patient.is_minor" }                # a check box: on when the expression is true
    sex_f = { when = "patient.sex", is = "female" }         # on when it is this word
    office_use = { empty = "for the office" }               # must stay empty

    [rows.goals]                                            # one row of slots for each entry of a list, in order
    path = "goals"
    count = 3                                               # how many rows the form has; the rest is continued
    fields = { "goal_{n}" = "statement", "goal_{n}_date" = "target_date | date" }   # {n} counts from 1

Without `count` the form gets a row for every entry: a table in Word grows. A field of a row may be any kind of entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import MapNotValid
from generator.mapping.expression import Expression
from generator.mapping.paper import Paper, PaperValue
from generator.slots import Fill, Value


@dataclass(frozen=True, slots=True)
class Entry:
    """What one slot gets: an expression and how its value becomes the slot's. `path` is what the report calls it."""

    slot: str
    expression: Expression | None
    path: str = ""
    choices: Mapping[str, str] | None = None
    is_check: bool = False
    equals: str | None = None
    on: str | None = None
    why_empty: str = ""


@dataclass(frozen=True, slots=True)
class RowMap:
    """Slots that repeat for the entries of a list."""

    name: str
    path: str
    count: int | None
    fields: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class FieldMap:
    """All entries of a map, and its rows."""

    entries: tuple[Entry, ...]
    rows: tuple[RowMap, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A slot with its text, the expression it comes from, and the names which that reads."""

    fill: Fill
    path: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A row that the form has no place for: its values by their names, in order."""

    label: str
    text: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a map makes of one plan: fills, slots left empty with the reason, and rows that are too many."""

    fills: tuple[Resolved, ...]
    left: Mapping[str, str]
    extra: tuple[Extra, ...]


def read_field_map(data: Mapping[str, object], *, form: str) -> FieldMap:
    """The map in the tables `fields` and `rows` of a .toml. Raises MapNotValid or NameUnknown, naming the slot."""
    fields = data.get("fields", {})
    rows = data.get("rows", {})
    if not isinstance(fields, dict) or not isinstance(rows, dict):
        raise MapNotValid(f"The field map of {form} needs tables [fields] and [rows.NAME].")
    return FieldMap(
        tuple(_entry(str(slot), value, form) for slot, value in fields.items()),
        tuple(_row_map(str(name), value, form) for name, value in rows.items()),
    )


def resolve(field_map: FieldMap, paper: Paper) -> Resolution:
    """The fills for a plan as on paper. A blank value leaves its slot, and says so."""
    fills: list[Resolved] = []
    left: dict[str, str] = {}
    for entry in field_map.entries:
        if entry.expression is None:
            left[entry.slot] = entry.why_empty
            continue
        raw = entry.expression.evaluate(paper)
        if entry.choices is not None and _text(raw) and _text(raw) not in entry.choices:
            left[entry.slot] = "the form offers no choice that is the plan's word"
            continue
        value = _slot_value(entry, raw)
        if value is None or value == "":
            left[entry.slot] = "the plan has nothing for it"
        else:
            fills.append(Resolved(Fill(entry.slot, value), entry.path, entry.expression.names))
    extra: list[Extra] = []
    for row_map in field_map.rows:
        row_fills, row_left, row_extra = _resolve_rows(row_map, paper)
        fills += row_fills
        left |= row_left
        extra += row_extra
    return Resolution(tuple(fills), left, tuple(extra))


def _resolve_rows(row_map: RowMap, paper: Paper) -> tuple[list[Resolved], dict[str, str], list[Extra]]:
    rows = Expression.read(row_map.path).evaluate(paper)
    entries = rows if isinstance(rows, list) else []
    count = row_map.count if row_map.count is not None else len(entries)
    fills: list[Resolved] = []
    left: dict[str, str] = {}
    extra: list[Extra] = []
    for n in range(1, max(count, len(entries)) + 1):
        entry = entries[n - 1] if n <= len(entries) else None
        row: Paper = entry if isinstance(entry, dict) else {"item": entry}
        values = {
            slot.replace("{n}", str(n)): (_row_value(field, row) if entry is not None else None, field)
            for slot, field in row_map.fields.items()
        }
        path = f"{row_map.path}[{n - 1}]"
        if n > count:
            said = [(text, field) for value, field in values.values() if (text := _text_of(value))]
            places = tuple(
                _in_row(path, field.expression).split("|")[0].strip() for _, field in said if field.expression
            )
            if said:
                extra.append(Extra(f"{row_map.name} {n}", "\n".join(text for text, _ in said), places))
            continue
        for slot, (value, field) in values.items():
            if field.expression is None:
                left[slot] = field.why_empty
            elif value is None or value == "":
                left[slot] = "the plan has nothing for it"
            else:
                names = tuple(f"{row_map.path}[].{name}" for name in field.expression.names if name != "item")
                fills.append(Resolved(Fill(slot, value), _in_row(path, field.expression), names or (row_map.path,)))
    return fills, left, extra


def _row_value(field: Entry, row: Paper) -> Value | None:
    return None if field.expression is None else _slot_value(field, field.expression.evaluate(row))


def _text_of(value: Value | None) -> str:
    return value if isinstance(value, str) else "Yes" if value is True else ""


def _in_row(path: str, expression: Expression) -> str:
    return path if expression.text.split("|")[0].strip() == "item" else f"{path}.{expression.text}"


def _slot_value(entry: Entry, value: PaperValue) -> Value | None:
    if entry.is_check:
        holds = _text(value).lower() == entry.equals.lower() if entry.equals is not None else bool(value)
        if not holds:
            return None
        return entry.on if entry.on is not None else True
    text = _text(value)
    return entry.choices[text] if entry.choices is not None and text else text


def _text(value: PaperValue) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "Yes"
    if isinstance(value, list):
        return "\n".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(text for item in value.values() if (text := _text(item)))
    return str(value)


def _entry(slot: str, value: object, form: str, row: str = "") -> Entry:
    if isinstance(value, str):
        return Entry(slot, _expression(value, slot, form, row), path=value)
    if isinstance(value, dict) and isinstance(value.get("empty"), str):
        return Entry(slot, None, why_empty=value["empty"])
    if isinstance(value, dict) and isinstance(value.get("when"), str):
        equals, on = value.get("is"), value.get("on")
        return Entry(
            slot,
            _expression(value["when"], slot, form, row),
            path=value["when"],
            is_check=True,
            equals=None if equals is None else str(equals),
            on=None if on is None else str(on),
        )
    if isinstance(value, dict) and isinstance(value.get("value"), str):
        choices = value.get("choices")
        return Entry(
            slot,
            _expression(value["value"], slot, form, row),
            path=value["value"],
            choices={str(k): str(v) for k, v in choices.items()} if isinstance(choices, dict) else None,
        )
    raise MapNotValid(
        f'The field map of {form} does not say what the slot "{slot}" gets. Write an expression, or '
        "{ value = ... }, { when = ... } or { empty = ... }."
    )


def _row_map(name: str, value: object, form: str) -> RowMap:
    if isinstance(value, dict):
        path, count, fields = value.get("path"), value.get("count"), value.get("fields")
        is_count = count is None or (isinstance(count, int) and count >= 0)
        if isinstance(path, str) and is_count and isinstance(fields, dict):
            _expression(path, name, form)
            return RowMap(name, path, count, {str(s): _entry(str(s), e, form, row=path) for s, e in fields.items()})
    raise MapNotValid(
        f"The rows {name} in the field map of {form} need path and fields, and count where the form has a fixed number of rows."
    )


def _expression(text: str, slot: str, form: str, row: str = "") -> Expression:
    return Expression.read(text, place=f'the slot "{slot}" of {form}', row=row)
