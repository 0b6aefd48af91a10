"""Yes or no."""

from typing import Annotated

from pydantic import BeforeValidator

_WORDS = {"true": True, "yes": True, "y": True, "sí": True, "si": True, "false": False, "no": False, "n": False}


def as_flag(value: object) -> bool:
    """A bool, or one of the words yes, no, true, false, sí; ValueError for all else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _WORDS:
        return _WORDS[value.strip().lower()]
    raise ValueError("write yes or no")


Flag = Annotated[bool, BeforeValidator(as_flag)]
