"""Many plans from one place: a folder of plan files, a JSONL, a sheet of rows. One at a time, so that memory stays flat."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import PlanNotReadable
from generator.exchange.column_map import ColumnMap
from generator.exchange.rows import SUFFIXES, Sheet, columns_for, plan_rows, read_sheet
from generator.mapping.accept import Accept

_PLANS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Source:
    """One plan still to be read: where it stands, a name for its documents, and its bytes; or why there is none."""

    place: str
    stem: str
    payload: bytes = field(repr=False, default=b"")
    suffix: str = ".json"
    reason: str = ""


def plan_sources(path: Path, *, columns: Path | None = None, accept: Accept = "confident") -> Iterator[Source]:
    """Every plan of a folder (in the order of names), a .jsonl, a CSV or XLSX, or the one plan of a file.

    Raises PlanNotReadable where there is nothing of the kind, MapNotValid for a column map that does not fit, and the
    errors of reading a sheet. A single plan that is bad is a Source with a reason.
    """
    if path.is_dir():
        return _of_folder(path)
    if not path.is_file():
        raise PlanNotReadable(f"There is no file or folder {path}. Check the name.")
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return _of_sheet(path, columns, accept)
    if suffix == ".jsonl":
        return _of_lines(path)
    if suffix in _PLANS:
        return iter([_of_file(path)])
    raise PlanNotReadable(f"{path.name} is no folder, plan file, .jsonl, .csv or .xlsx. Plans are read from those.")


def _of_folder(folder: Path) -> Iterator[Source]:
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in _PLANS)
    if not files:
        raise PlanNotReadable(f"The folder {folder} has no plan file (.yaml, .yml or .json).")
    return (_of_file(file) for file in files)


def _of_file(file: Path) -> Source:
    try:
        return Source(file.name, file.stem, file.read_bytes(), file.suffix.lower())
    except OSError:
        return Source(file.name, file.stem, reason=f"{file.name} cannot be read.")


def _of_lines(path: Path) -> Iterator[Source]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield Source(f"line {number}", f"line-{number:05}", line)


def _of_sheet(path: Path, columns: Path | None, accept: Accept) -> Iterator[Source]:
    sheet = read_sheet(path)
    try:
        text = columns.read_text(encoding="utf-8") if columns is not None else ""
    except (OSError, UnicodeDecodeError):
        raise PlanNotReadable(f"There is no column map {columns}, or it cannot be read. Check the name.") from None
    return sources_of(sheet, columns_for(sheet, accept=accept, map_text=text))


def sources_of(sheet: Sheet, columns: ColumnMap) -> Iterator[Source]:
    """Every row of a sheet, its columns going where the map says."""
    for row in plan_rows(sheet, columns):
        place, stem = f"row {row.number}", f"row-{row.number:05}"
        if row.reason:
            yield Source(place, stem, reason=row.reason)
        else:
            yield Source(place, stem, json.dumps(row.data, ensure_ascii=False, default=str).encode())
