"""CSV and XLSX that run no formula, whatever their cells hold.

In a CSV a text that a spreadsheet could take for a formula gets an apostrophe before it, which is what a person would
type to say "this is text" (OWASP, CSV Injection); a negative number stays a number. In an XLSX every text is a text
cell: nothing is added to it, and nothing runs.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from generator.errors import OutputNotWritable

Cell = str | int | float | bool | date | None

_STARTERS = frozenset("=+-@|%\t\r\n＝＋－＠")
_NEGATIVE = re.compile(r"-\d+(?:\.\d+)?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767  # characters; Excel cuts the rest off


def safe_cell(value: Cell) -> str:
    """The text of a CSV cell: as it is, or with an apostrophe before it where a spreadsheet could run it.

    Marks and spaces that some programs cut off before they look are looked through.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if not isinstance(value, str) or _NEGATIVE.fullmatch(text):
        return text
    first = next((sign for sign in text if not _is_looked_through(sign)), "")
    return f"'{text}" if first in _STARTERS or text[:1] in _STARTERS else text


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV (RFC 4180; UTF-8 with its mark, so that Excel reads accents), every cell quoted.

    The quotes keep a cell whole in a program that splits at semicolons or tabs, too.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(value).replace("\x00", "\ufffd") for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def xlsx_bytes(rows: Iterable[Sequence[Cell]], *, title: str = "planscribe") -> bytes:
    """An XLSX of one sheet; texts are text cells to the letter, dates and numbers are dates and numbers.

    Signs that XML cannot hold become U+FFFD. Raises OutputNotWritable for a text longer than a cell holds.
    """
    book = Workbook(write_only=True)
    book.properties.creator = title
    sheet = book.create_sheet(title[:31])
    for row in rows:
        cells: list[object] = []
        for value in row:
            if not isinstance(value, str):
                cells.append(value)
                continue
            if len(value) > _LONGEST_CELL:
                raise OutputNotWritable(
                    "A text is longer than a cell of a sheet holds (32,767 characters). Export as CSV instead."
                )
            cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", value))
            cell.data_type = "s"  # openpyxl would read "=..." as a formula
            cell.number_format = "@"
            cell.quotePrefix = True
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _is_looked_through(sign: str) -> bool:
    return sign in " \"'" or (unicodedata.category(sign) in ("Cf", "Zs", "Cc") and sign not in _STARTERS)
