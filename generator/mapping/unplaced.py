"""Which values of a plan no slot of a form shows: nothing is dropped in silence."""

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.plan.base import is_blank
from generator.plan.told import Told

_NO_PAPER = ("schema", "signatures[].of_text")
_STEP_ENDS = re.compile(r"(?=[.\[])|(?<=\])|$")


def unplaced(values: Iterable[Told], shown: frozenset[str]) -> tuple[str, ...]:
    """Paths of the plan's values that stand under none of the `shown` paths (`problems[].title`, `agency`), in order.

    The plan's own marks (ids, schema) are not meant for paper.
    """
    is_hidden = _of_form(shown)
    return tuple(
        [
            path
            for path, general, _, value in values
            if is_hidden[general] and not (value.isspace() if type(value) is str else is_blank(value))
        ]
    )


class _Hidden(dict[str, bool]):
    """For each place of the model, whether a form shows neither it nor what it belongs to, though it is meant for paper."""

    def __init__(self, shown: frozenset[str]) -> None:
        super().__init__({"": False})
        self._shown = shown

    def __missing__(self, general: str) -> bool:
        # What shows a section or a list shows all below it.
        above = {general[: end.start()] for end in _STEP_ENDS.finditer(general)}
        place = general.removesuffix("[]")
        is_meant = place not in _NO_PAPER and not place.endswith(".id")
        self[general] = is_meant and not above & self._shown
        return self[general]


@lru_cache(maxsize=64)
def _of_form(shown: frozenset[str]) -> _Hidden:
    return _Hidden(shown)
