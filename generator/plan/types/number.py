"""A number, given as one or as the text of one. A measure's baseline may also be words."""

import re
from typing import Annotated

from pydantic import BeforeValidator

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def as_number(value: object) -> int | float:
    """An int or float, or the plain decimal text of one; ValueError for all else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError("write a number")
        return value
    if isinstance(value, str) and _PLAIN.fullmatch(value.strip()):
        return float(value) if "." in value else int(value)
    raise ValueError("write a number")


def as_whole_number(value: object) -> int:
    """Like `as_number`, and whole."""
    number = as_number(value)
    if number != int(number):
        raise ValueError("write a whole number")
    return int(number)


Number = Annotated[int | float, BeforeValidator(as_number)]
WholeNumber = Annotated[int, BeforeValidator(as_whole_number)]
