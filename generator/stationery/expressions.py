"""Expressions of a definition: when they have something to print, and how they look inside a row."""

import re


def given(*expressions: str) -> str:
    """A condition: one of the expressions prints something."""
    return f"[{', '.join(f'({one})' for one in expressions)}] | commas"


def in_row(expression: str, var: str) -> str:
    """The expression as a row's own: `g.statement` is `statement`."""
    return re.sub(rf"(?<![\w.'\"]){re.escape(var)}\.", "", expression)
