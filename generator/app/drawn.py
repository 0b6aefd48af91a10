"""What each part of the page asked while it was drawn: those that would be answered otherwise now are to be drawn again.

Nothing here draws anything, or knows what is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

PAGE = "page"
"""What is drawn around the parts."""
_T = TypeVar("_T")


@dataclass
class Drawn:
    """The questions of every part with the answers that were drawn. `coming` are parts that are about to be drawn."""

    part: str = PAGE
    coming: set[str] = field(default_factory=set)
    _asked: dict[str, list[tuple[Callable[[], object], object]]] = field(default_factory=dict)

    def begin(self) -> None:
        """The whole page is drawn anew."""
        self.part, self.coming, self._asked = PAGE, set(), {PAGE: []}

    @contextmanager
    def drawing(self, part: str) -> Iterator[None]:
        """While a part is drawn, what is asked is asked by it."""
        before, self.part = self.part, part
        self._asked[part] = []
        self.coming.discard(part)
        try:
            yield
        finally:
            self.part = before

    def ask(self, question: Callable[[], _T]) -> _T:
        """The answer, which the part that is being drawn goes by from now on."""
        answer = question()
        self._asked.setdefault(self.part, []).append((question, answer))
        return answer

    def stale(self) -> list[str]:
        """The parts that show something that is no longer so."""
        return [part for part, asked in self._asked.items() if any(_is_other(*one) for one in asked)]


def _is_other(question: Callable[[], object], answer: object) -> bool:
    try:
        now = question()
    except (KeyError, IndexError, AttributeError):
        return True  # the place that it asks about is gone
    return type(now) is not type(answer) or now != answer
