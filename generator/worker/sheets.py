"""What a worker does with a sheet somebody sent (.xlsx or .csv): its cells as text, and nothing run or followed."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from generator.errors import BlankNotReadable, FileTooLarge, RefusedForSafety
from generator.zip_limits import checked_entries

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 100_000
MOST_CHARACTERS = 40_000_000


def read_sheet(data: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of a workbook's first sheet, or of a CSV file, every cell as text; dates as YYYY-MM-DD, formulas by their
    last result. Rows end at their last cell with text; empty rows at the end are left out.

    Raises BlankNotReadable (neither, or damaged), FileTooLarge (over 20,000 rows, 1,000 columns or 40 million
    characters), RefusedForSafety (macros, document type definitions).
    """
    rows = _workbook_rows(data) if data.startswith(b"PK") else _csv_rows(data)
    out: list[tuple[str, ...]] = []
    characters = 0
    for row in rows:
        if len(row) > MOST_COLUMNS or len(out) >= MOST_ROWS or characters > MOST_CHARACTERS:
            raise FileTooLarge(
                f"This sheet has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns. Take out what is not needed."
            )
        texts = list(row)
        while texts and not texts[-1]:
            texts.pop()
        characters += sum(map(len, texts))
        out.append(tuple(texts))
    while out and not out[-1]:
        out.pop()
    return tuple(out)


def _workbook_rows(data: bytes) -> Iterator[Sequence[str]]:
    _refuse_active_parts(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a sheet says of its own size is not true in every file, and decides how far short rows are filled up.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            last = max((n for n, value in enumerate(row, 1) if value is not None), default=0)
            if last > MOST_COLUMNS:
                raise FileTooLarge(f"This sheet has more than {MOST_COLUMNS:,} columns. Take out what is not needed.")
            yield [_text(value) for value in row[:last]]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, SyntaxError, AssertionError):  # fmt: skip
        raise BlankNotReadable(
            "This is not an Excel sheet (.xlsx), or it is damaged. Save it again, or save it as CSV."
        ) from None


def _refuse_active_parts(data: bytes) -> None:
    entries = checked_entries(data)
    names = {entry.filename.lower() for entry in entries}
    if any("vbaproject" in name or "/macrosheets/" in name or "/activex/" in name for name in names):
        raise RefusedForSafety("This sheet holds macros. Save it as .xlsx without macros, or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in entries:
                if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    continue
                part = package.read(entry)
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part[:200]:
                    raise RefusedForSafety("This sheet is put together in a way that Excel never does. Save it as CSV.")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        raise BlankNotReadable("This Excel sheet is damaged. Save it again, or save it as CSV.") from None


def _csv_rows(data: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise BlankNotReadable("This is not a CSV file, or it is damaged. Save the sheet again as CSV (UTF-8).")
    csv.field_size_limit(LONGEST_CELL)
    # Not splitlines: only line feeds and carriage returns end a line of a CSV.
    source = _Lines(list(io.StringIO(text, newline="")))
    delimiter, width = _shape(source.lines)
    reader = csv.reader(source, delimiter=delimiter)
    while True:
        began = source.at
        try:
            row: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        if _has_run_on(source.lines[began : source.at], row, delimiter, width):
            # The quote that was never closed costs its own row. One cell too many says that something is astray in it.
            (alone,) = csv.reader([source.lines[began]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield [*alone, *[""] * (width - len(alone)), "?"]
            source.at = began + 1
            reader = csv.reader(source, delimiter=delimiter)
        elif row is None:
            raise BlankNotReadable(
                "This CSV file is damaged: a cell never ends, or is far too long. Save the sheet again as CSV."
            )
        else:
            yield row


class _Lines:
    """Lines one after the other, from a place that can be set back."""

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.at = lines, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _shape(lines: list[str]) -> tuple[str, int]:
    """The sign between cells, and how many cells most rows have: what gives most of the first rows one width."""
    best = (0, 0, ",")
    for delimiter in ",;\t|":
        try:
            rows = [row for row in csv.reader(lines[:200], delimiter=delimiter) if row]
        except csv.Error:
            rows = [line.split(delimiter) for line in lines[:200]]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        for width, count in widths.items():
            best = max(best, (count, width, delimiter), key=lambda one: one[:2])
    return best[2], best[1]


def _has_run_on(lines: list[str], row: list[str] | None, delimiter: str, width: int) -> bool:
    """Whether a row took the rows after it into a cell, for want of a closing quote: those would be rows by themselves."""
    following = [line for line in lines[1:] if line.strip()]
    if not following or width < 3:
        return False
    try:
        whole = sum(len(next(csv.reader([line], delimiter=delimiter))) == width for line in following)
    except csv.Error:
        return False
    if row is not None and len(row) == width:
        return len(following) > 1 and whole >= len(following) - 1
    return whole * 2 >= len(following)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")  # what Excel writes as "CSV UTF-8" and as plain "CSV"
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BlankNotReadable("This is not a CSV file, or it is damaged. Save the sheet again as CSV (UTF-8).")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return re.sub(r"_x000[dD]_", "", str(value))
