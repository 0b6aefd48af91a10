"""Where the columns of one header go, once that is settled: as a file to edit, and kept for the next sheet like it.

A map is kept under the hash of its header, so that next month's export of the same system is read without a question.
Only places are kept, never a cell.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from generator.errors import MapNotValid
from generator.exchange.cells import DateOrder, date_order
from generator.exchange.column_words import folded
from generator.exchange.places import field_of, is_place
from generator.files import home, write_whole
from generator.mapping.accept import toml_text


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where the columns of one header go: number of the column → place. `left` says of the others why they are not used.

    `dates` is the order of day and month where a date is all numbers ("" where each column tells); `always` are values
    that every plan of the sheet gets.
    """

    header: str
    places: Mapping[int, str]
    left: Mapping[int, str] = field(default_factory=dict)
    dates: str = ""
    always: Mapping[str, object] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what a row becomes."""
        said = repr(
            (self.header, sorted(self.places.items()), self.dates, sorted((k, repr(v)) for k, v in self.always.items()))
        )
        return hashlib.sha256(said.encode()).hexdigest()


def letter_of(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def header_hash(header: Sequence[str]) -> str:
    """What a header is known by: its words in order, without case, accents and signs."""
    plain = "\x1f".join(plain_words(cell) for cell in header)
    return hashlib.sha256(plain.encode()).hexdigest()


def plain_words(cell: str) -> str:
    """A column's words without case, accents and signs; the sign itself where there are no words."""
    return " ".join(re.findall(r"[a-z0-9]+", folded(cell))) or cell.strip()


def header_keys(header: Sequence[str]) -> tuple[str, ...]:
    """A key for each column that is its alone: a second "Problem" is "Problem (2)", one without words "column F"."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for number, cell in enumerate(header):
        key = " ".join(cell.split())[:120] or f"column {letter_of(number)}"
        seen[key.lower()] = seen.get(key.lower(), 0) + 1
        out.append(key if seen[key.lower()] == 1 else f"{key} ({seen[key.lower()]})")
        if out[-1] in out[:-1]:
            out[-1] = f"column {letter_of(number)}"
    return tuple(out)


def read_columns(text: str, header: Sequence[str], *, name: str = "The column map") -> ColumnMap:
    """A column map from its TOML, for a header. Raises MapNotValid: not TOML, an unknown place or column, a place twice."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapNotValid(f"{name} is not TOML: {error}.") from None
    numbers = _numbers(header_keys(header))
    table = data.get("columns")
    if not isinstance(table, dict):
        raise MapNotValid(f"{name} needs a table [columns]. Make one with: planscribe columns")
    places: dict[int, str] = {}
    left = dict.fromkeys(range(len(header)), "the column map says nothing of it")
    for key, entry in table.items():
        number = numbers.get(key, numbers.get(plain_words(key)))
        if number is None:
            raise MapNotValid(
                f'{name} names a column that this sheet does not have: "{key}". Is it the map of another sheet?'
            )
        if isinstance(entry, dict) and set(entry) <= {"leave"}:
            left[number] = str(entry.get("leave", "left out by the column map"))
            continue
        if not isinstance(entry, str) or not is_place(entry):
            raise MapNotValid(f'{name}: a plan has no place for the column "{key}"; write a name such as patient.dob.')
        if entry in places.values():
            raise MapNotValid(f'{name} puts two columns into "{entry}". Leave one of them out.')
        places[number] = entry
        left.pop(number, None)
    order = data.get("dates", "")
    if order not in ("", "month-first", "day-first"):
        raise MapNotValid(f'{name}: dates is "month-first" or "day-first".')
    always = data.get("always", {})
    if not isinstance(always, dict) or not all(is_place(str(key)) for key in always):
        raise MapNotValid(f"{name}: a name under [always] is none of a plan.")
    return ColumnMap(header_hash(header), places, left, str(order), always)


def _numbers(keys: Sequence[str]) -> dict[str, int]:
    """The columns by their keys, and by their words alone where these are one column's."""
    plain = Counter(plain_words(key) for key in keys)
    folded = {plain_words(key): number for number, key in enumerate(keys) if plain[plain_words(key)] == 1}
    return folded | {key: number for number, key in enumerate(keys)}


def map_as_text(columns: ColumnMap, header: Sequence[str]) -> str:
    """A confirmed map as TOML."""
    keys = header_keys(header)
    table: dict[str, object] = {keys[number]: path for number, path in columns.places.items()}
    table |= {keys[number]: {"leave": why} for number, why in columns.left.items() if number < len(keys)}
    order = {"dates": columns.dates} if columns.dates else {}
    return toml_text({"header": columns.header, **order, "columns": table, "always": dict(columns.always)})


def keep_columns(columns: ColumnMap, header: Sequence[str]) -> Path:
    """Keep a confirmed map under its header's hash. Gives where; raises OutputNotWritable."""
    path = home() / "columns" / f"{columns.header}.toml"
    write_whole(path, map_as_text(columns, header).encode())
    return path


def kept_columns(header: Sequence[str]) -> ColumnMap | None:
    """The map that was kept for this header; None where there is none. Raises MapNotValid for one that was broken since."""
    path = home() / "columns" / f"{header_hash(header)}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    except UnicodeDecodeError:
        raise MapNotValid(f"The kept column map {path.name} is not text. Remove it, and map the sheet again.") from None
    return read_columns(text, header, name=f"The kept column map {path.name[:12]}...")


def orders_of(columns: ColumnMap, rows: Sequence[Sequence[str]]) -> dict[int, DateOrder]:
    """For each column of dates, which number comes first: as the map says, else as its own cells tell, else as the other
    date columns tell, else the month."""
    dated = [n for n, path in columns.places.items() if (one := field_of(path)) is not None and one.kind == "date"]
    if columns.dates:
        return dict.fromkeys(dated, cast("DateOrder", columns.dates))
    told = {n: date_order(row[n] for row in rows if n < len(row)) for n in dated}
    said = {order for order in told.values() if order is not None}
    other: DateOrder = said.pop() if len(said) == 1 else "month-first"
    return {n: order or other for n, order in told.items()}
