"""How much room a field has for a text: the writer's own decision, asked of longer and shorter texts. Nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.blanks.pdf_fields.fields import Field
from generator.blanks.pdf_fields.fill import Writer
from generator.slots import Outcome, Status

_FILLER = "some more words of ordinary length "
_MOST = 300
"""Characters of room that are looked for; a box with more holds whatever people write."""


@dataclass(frozen=True, slots=True)
class Room:
    """How a text would end in a field, and by how much.

    `characters` is about how many more would fit, or where it does not fit how many are too many; 0 where the outcome is
    neither, and never more than `_MOST` for room.
    """

    outcome: Outcome
    characters: int = 0


def room_for(writer: Writer, field: Field, text: str) -> Room:
    """The room in a field. Where the type may shrink, what fits in the smallest type fits."""
    outcome = writer.plan(field, text).outcome
    if outcome.status is Status.CONTINUED:
        fits = _most(len(text), lambda count: _is_shown(writer, field, text[:count].rstrip()))
        return Room(outcome, len(text) - fits)
    if outcome.status not in (Status.FILLED, Status.SHRUNK) or field.type != "/Tx":
        return Room(outcome)
    more = f" {_FILLER * (_MOST // len(_FILLER) + 1)}"
    return Room(outcome, _most(_MOST, lambda count: _is_shown(writer, field, (text + more[: count + 1]).rstrip())))


def _is_shown(writer: Writer, field: Field, text: str) -> bool:
    return writer.plan(field, text).outcome.status in (Status.FILLED, Status.SHRUNK)


def _most(most: int, holds: Callable[[int], bool]) -> int:
    """The largest count up to `most` for which it holds, where it holds for every smaller one."""
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
