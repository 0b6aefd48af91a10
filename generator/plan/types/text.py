"""Text as a file gives it: a number or a date in a text's place is read as its text."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator


def as_text(value: object) -> object:
    """A number or date as text (a ZIP without quotes, an edition such as 4); anything else as it is."""
    if isinstance(value, bool):
        raise ValueError("write text here")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return value


Text = Annotated[str, BeforeValidator(as_text)]
