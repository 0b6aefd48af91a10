"""Employer identification numbers: nine digits, shown as 12-3456789."""

import re


def is_valid(text: str) -> bool:
    """Whether the shape is right; which prefixes the IRS has given out is not checked."""
    return re.fullmatch(r"\d{2}-?\d{7}", text.strip(), re.ASCII) is not None
