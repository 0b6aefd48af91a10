"""One cell of a sheet, as people type it, made the value that a plan holds at a place.

A cell that cannot be read is never guessed at: it is `CellNotRead`, whose words repeat nothing of the cell.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal

from generator.mapping.words import choice_title
from generator.plan.catalog import FieldWords
from generator.plan.types.partial_date import PartialDate

DateOrder = Literal["month-first", "day-first"]
PARTIAL_DATES = ("onset", "last_use", "when")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_PARTED = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4})", re.ASCII)
_SOLID = re.compile(r"\d{8}", re.ASCII)
_DAY_FIRST_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|º|°)?[\s\-/.,]*(?:de\s+)?([a-z]+)\.?[\s\-/.,]*(?:del?\s+)?(\d{4})"
)
_MONTH_FIRST_WORDS = re.compile(r"([a-z]+)\.?[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?[\s,\-/.]+(\d{4})")
_MONTH_YEAR = re.compile(r"([a-z]+)\.?[\s\-/,]*(?:del?\s+)?(\d{4})|(\d{1,2})[/\-](\d{4})|(\d{4})[/\-](\d{1,2})")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?\s*m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.I)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom)[a-z]*\.?,\s*")
_YES = frozenset("yes y true t 1 x si s verdadero checked on ✓ ✔ ☑ ☒".split())
_NO = frozenset("no n false f 0 falso unchecked off ☐".split())


class CellNotRead(ValueError):
    """What a cell would have to be; the words stand after "this is not "."""


def read_cell(text: str, field: FieldWords, order: DateOrder = "month-first") -> object:
    """The value of a cell that is not blank, for a field of a plan. Raises CellNotRead."""
    last = field.path.rpartition(".")[2]
    if field.kind == "date":
        return read_date(text, order)
    if field.kind == "number":
        return read_number(text)
    if field.kind == "flag":
        return read_flag(text)
    if field.kind == "choice":
        return read_choice(text, field.choices, field.path)
    if field.kind == "list":
        return read_list(text)
    return read_partial_date(text, order) if last in PARTIAL_DATES else text.strip()


def read_date(text: str, order: DateOrder = "month-first") -> date:
    """A calendar day as systems and people write it; a time of day behind it is cut off. Years have four digits."""
    plain = _TIME.sub("", _plain(text)) if ":" in text else _plain(text)
    plain = _WEEKDAY.sub("", plain)
    try:
        if found := _ISO.fullmatch(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _PARTED.fullmatch(plain):
            first, second, year = (int(part) for part in found.groups())
            if order == "day-first":
                first, second = second, first
            return date(year, first, second)
        if _SOLID.fullmatch(plain):
            return _solid(plain, order)
        if (found := _DAY_FIRST_WORDS.fullmatch(plain)) and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
        if (found := _MONTH_FIRST_WORDS.fullmatch(plain)) and found[1] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[1]], int(found[2]))
    except ValueError:
        raise CellNotRead("a day of the calendar") from None
    raise CellNotRead("a date with a year of four digits, such as 2026-11-22 or 11/22/2026")


def date_order(cells: Iterable[str]) -> DateOrder | None:
    """Which number comes first in a column's dates; None where nothing tells, or where some say this and some that."""
    firsts: set[DateOrder] = set()
    for cell in cells:
        found = _PARTED.fullmatch(_TIME.sub("", _plain(cell)) if ":" in cell else _plain(cell))
        if found is None:
            continue
        if int(found[1]) > 12 >= int(found[2]):
            firsts.add("day-first")
        elif int(found[2]) > 12 >= int(found[1]):
            firsts.add("month-first")
    return firsts.pop() if len(firsts) == 1 else None


def read_partial_date(text: str, order: DateOrder = "month-first") -> str:
    """A year, a month or a day as ISO text of what is known."""
    plain = _plain(text)
    if re.fullmatch(r"(18|19|20|21)\d{2}", plain):
        return plain
    if found := _MONTH_YEAR.fullmatch(plain):
        month = _MONTHS.get(found[1] or "") or int(found[3] or found[6] or 0)
        year = found[2] or found[4] or found[5]
        if 1 <= month <= 12:
            return str(PartialDate(int(year), month))
    try:
        return read_date(text, order).isoformat()
    except CellNotRead:
        # A person's own words ("since childhood") are kept as they are where the plan takes text.
        return text.strip()


def read_number(text: str) -> int | float:
    """A number; a currency sign, a percent sign and commas between thousands are looked through."""
    plain = re.sub(r"^\$\s*|\s*%$", "", text.strip())
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain, re.ASCII):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", plain, re.ASCII) or len(plain) > 18:
        raise CellNotRead("a number")
    number = float(plain)
    return int(number) if number.is_integer() else number


def read_flag(text: str) -> bool:
    """Yes or no, in the words and marks that sheets use."""
    plain = _plain(text)
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise CellNotRead("yes or no")


def read_choice(text: str, choices: tuple[str, ...], path: str) -> str:
    """One of the field's words, said as its word or its title in English or Spanish."""
    known = _choices(choices)
    found = known.get(" ".join(re.findall(r"[a-z0-9]+", _plain(text))))
    if found is None:
        raise CellNotRead(f"one of: {', '.join(choices)}")
    return found


def read_list(text: str) -> list[str]:
    """The items of a list: one a line, or parted by semicolons or bars; commas belong to sentences and part nothing."""
    parts = re.split(r"[\n\r;|]+", text)
    items = [re.sub(r"^\s*(?:[-•*·]|\d{1,2}[.)])\s+", "", part).strip() for part in parts]
    return [item for item in items if item]


@cache
def _choices(choices: tuple[str, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for word in choices:
        for said in (word, choice_title(word, "en"), choice_title(word, "es")):
            out.setdefault(" ".join(re.findall(r"[a-z0-9]+", _plain(said))), word)
    return out


def _solid(digits: str, order: DateOrder) -> date:
    """Eight digits: no year begins a month or day, so 19840517 and 05171984 cannot be taken for each other."""
    if 1800 <= int(digits[:4]) <= 2200:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    first, second = int(digits[:2]), int(digits[2:4])
    month, day = (second, first) if order == "day-first" else (first, second)
    return date(int(digits[4:]), month, day)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).lower().split())
