"""A calendar date: ISO 8601 `YYYY-MM-DD`, quoted or not. Nothing is guessed."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_US = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})", re.ASCII)
_US_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)


def as_day(value: object) -> date:
    """A date, or ISO text of one; ValueError for all else, a 30 February among them."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value.strip()):
        return date.fromisoformat(value.strip())
    raise ValueError("write a calendar date as YYYY-MM-DD")


def read_typed_day(text: str) -> date | None:
    """A date as people at an intake desk type it: 1958-02-28, 2/28/1958, 02281958. None when it is not on the calendar.

    Two-digit years are not read: a birth date in '58 would be a guess.
    """
    typed = text.strip()
    try:
        if _ISO.fullmatch(typed):
            return date.fromisoformat(typed)
        match = _US.fullmatch(typed) or _US_SOLID.fullmatch(typed)
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


Day = Annotated[date, BeforeValidator(as_day)]
