"""How much one render may do: steps of loops, text that filters make, size of what comes out.

A plan of a thousand problems stays far below; a template that multiplies its loops or texts ends here, in a sentence.
"""

from generator.errors import RefusedForSafety
from generator.sandbox import LONGEST_MADE

_MOST_STEPS = 3_000_000
_MOST_MADE = 20_000_000
LARGEST_PART = 40_000_000


class Budget:
    """What is left for one render."""

    __slots__ = ("left", "made", "room")

    def __init__(self) -> None:
        self.left = _MOST_STEPS
        self.made = _MOST_MADE
        self.room = LARGEST_PART

    def rows(self, value: object, weight: int, size: int) -> list[object]:
        """The entries a loop goes over; each costs `weight` steps and `size` characters of the template.

        Nothing at all is an empty list. Raises TypeError for what has no entries.
        """
        if type(value) is list:
            rows = value
        elif value is None:
            return []
        else:
            rows = list(value)  # type: ignore[call-overload]
        self.left -= len(rows) * weight
        self.room -= len(rows) * size
        if self.left < 0 or self.room < 0:
            raise RefusedForSafety("This template makes a document that is far too large.")
        return rows

    def taken(self, value: object) -> object:
        """What a filter or a search goes through, counted before it begins."""
        if type(value) is list:
            self.left -= 4 * len(value)
        elif isinstance(value, str):
            self.left -= len(value) >> 6
        if self.left < 0:
            raise RefusedForSafety("This template asks for far more work than a form does.")
        return value

    def text(self, value: object) -> object:
        """What a filter or a joining of texts made, counted."""
        if isinstance(value, str | list | tuple):
            size = len(value)
            self.made -= size + 16
            self.left -= 0 if isinstance(value, str) else 4 * size
            if size > LONGEST_MADE or self.made < 0:
                raise RefusedForSafety("A tag of this template makes a text that is far too long.")
        return value
