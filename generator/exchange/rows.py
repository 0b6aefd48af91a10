"""A sheet of a practice system, each row made a plan. A row that cannot be read says why and holds up no other.

One row is one plan. Reasons name the row and the column as a spreadsheet counts them, and never repeat a cell.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from generator.errors import MapNotValid, PlanNotReadable
from generator.exchange.cells import CellNotRead, DateOrder
from generator.exchange.column_map import ColumnMap, kept_columns, letter_of, orders_of, read_columns
from generator.exchange.columns import Column, accepted_map, find_header, suggest_columns
from generator.exchange.places import put, title_of, write
from generator.mapping.accept import Accept
from generator.plan import SCHEMA, Plan
from generator.plan.notes import notes
from generator.worker import Limits, call

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_LIMITS = Limits(seconds=60.0, wall_seconds=120.0, file_bytes=60_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the plan's data, or the reason why it gives none."""

    number: int
    data: Mapping[str, object] = field(repr=False, default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read: its header, where the header stands (row number, from 1), and the rows under it."""

    header: tuple[str, ...]
    header_row: int
    body: tuple[tuple[str, ...], ...] = field(repr=False)


def read_sheet(path: Path) -> Sheet:
    """The first sheet of a workbook, or a CSV, opened in a worker.

    Raises PlanNotReadable where the file is missing or has no header with two known columns, BlankNotReadable where it
    is no sheet, FileTooLarge and RefusedForSafety.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise PlanNotReadable(f"There is no file {path}, or it cannot be read. Check the name.") from None
    return parse_sheet(data, name=path.name)


def parse_sheet(data: bytes, *, name: str = "This sheet") -> Sheet:
    """The sheet in the bytes of a file; `name` is what errors call it."""
    rows = cast("tuple[tuple[str, ...], ...]", call("read-sheet", data, limits=_LIMITS))
    if not any(rows):
        raise PlanNotReadable(f"{name} is empty. A sheet needs a row with the columns' names, and rows under it.")
    at = find_header(rows)
    if at < 0:
        raise PlanNotReadable(
            f"In {name}, no row among the first names its columns in words that are known, such as First name, "
            "Date of birth, Problem 1. Put such a row on top, or name the columns' places in it (patient.dob)."
        )
    return Sheet(rows[at], at + 1, rows[at + 1 :])


def columns_for(
    sheet: Sheet, *, accept: Accept = "confident", map_text: str = "", own: Mapping[str, str] | None = None
) -> ColumnMap:
    """The columns' places: those of a map given as TOML, else those kept for this header, else what is accepted of a suggestion."""
    if map_text:
        return read_columns(map_text, sheet.header)
    kept = kept_columns(sheet.header)
    if kept is not None:
        return kept
    found = accepted_map(sheet.header, suggestion_for(sheet, own), accept)
    if not found.places:
        raise MapNotValid("No column of this sheet is certain. Look at them with: planscribe columns, and confirm.")
    return found


def suggestion_for(sheet: Sheet, own: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """What each column seems to be."""
    return suggest_columns(sheet.header, sheet.body, own)


def plan_rows(sheet: Sheet, columns: ColumnMap) -> Iterator[Row]:
    """Each row that holds anything, in order."""
    orders = orders_of(columns, sheet.body)
    for number, cells in enumerate(sheet.body, sheet.header_row + 1):
        if any(cell.strip() for cell in cells):
            yield _row(number, cells, sheet, columns, orders)


def row_hash(cells: Sequence[str], columns: ColumnMap) -> str:
    """What a row's content is known by."""
    return hashlib.sha256("\x1f".join((columns.fingerprint, *cells)).encode("utf-8", "replace")).hexdigest()


def _row(number: int, cells: Sequence[str], sheet: Sheet, columns: ColumnMap, orders: Mapping[int, DateOrder]) -> Row:
    if len(cells) > len(sheet.header):
        return Row(
            number,
            reason=f"Row {number} has more cells than the header has columns; a comma or quote may be astray in it.",
        )
    if _is_header_again(cells, sheet.header):
        return Row(number, reason=f"Row {number} is the header once more.")
    data: dict[str, object] = {"schema": SCHEMA}
    for place, value in columns.always.items():
        put(data, place, value)
    for column, place in columns.places.items():
        text = cells[column] if column < len(cells) else ""
        try:
            write(data, place, text, orders.get(column, "month-first"))
        except CellNotRead as wanted:
            return Row(
                number, reason=f"Row {number}, column {letter_of(column)} ({title_of(place)}): this is not {wanted}."
            )
    reason = _lacks(number, data, columns)
    if reason:
        return Row(number, reason=reason)
    _close_gaps(data)
    _add_ids(data)
    plan = Plan.model_validate(data)
    unread = [note.where for note in notes(plan)]
    if unread:
        return Row(number, reason=f"Row {number}: {title_of(unread[0])} cannot be read.")
    return Row(number, data)


def _lacks(number: int, data: Mapping[str, object], columns: ColumnMap) -> str:
    """Why a row is nobody's: where the sheet has columns for a name or number, one of them must be given."""
    wanted = [
        path for path in columns.places.values() if path.startswith("patient.name.") or path == "patient.record_number"
    ]
    names = [path for path in wanted if path != "patient.record_number"]
    patient = data.get("patient")
    given = patient if isinstance(patient, dict) else {}
    if names and not given.get("name"):
        return f"Row {number} has no name of a person."
    if wanted and not given.get("name") and not given.get("record_number"):
        return f"Row {number} has neither a name nor a record number."
    return ""


def _is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    told = [(a.strip(), b.strip()) for a, b in zip(cells, header, strict=False) if a.strip()]
    return len(told) > 1 and all(a == b for a, b in told)


def _close_gaps(data: dict[str, object]) -> None:
    """Lists without the entries that no cell filled: a person with a first and a third problem has two."""
    for key, value in list(data.items()):
        if isinstance(value, dict):
            _close_gaps(value)
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    _close_gaps(entry)
            data[key] = [entry for entry in value if entry not in ({}, [])]


def _add_ids(data: dict[str, object]) -> None:
    """Numbers for problems, goals, objectives and interventions, as a plan has them: P1, G1, G1.O1, G1.O1.I1."""
    goals = 0
    for p, problem in enumerate(_entries(data, "problems"), 1):
        problem.setdefault("id", f"P{p}")
        for goal in _entries(problem, "goals"):
            goals += 1
            goal.setdefault("id", f"G{goals}")
            for o, objective in enumerate(_entries(goal, "objectives"), 1):
                objective.setdefault("id", f"{goal['id']}.O{o}")
                for i, intervention in enumerate(_entries(objective, "interventions"), 1):
                    intervention.setdefault("id", f"{objective['id']}.I{i}")


def _entries(data: Mapping[str, object], key: str) -> list[dict[str, object]]:
    rows = data.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
