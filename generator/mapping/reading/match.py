"""Match a printed text against a pattern: every way to read it.

Of all ways those are kept in which the most pieces are what they look like (a date in a date's place, a telephone
number in its own); where these disagree on a value the value is not known. An item of a join may hold the separator
itself, so that `A, B` is two values or one: nothing is guessed from the number of commas. Work is bounded: a text that
has too many ways is not read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.mapping.reading.decode import NotRead, Value, decode, has_a_look
from generator.mapping.reading.pattern import Alt, Dear, Each, Hole, Join, Lit, Pattern, Seq, Told, Unknown
from generator.plan.notes import general


@dataclass(frozen=True, slots=True)
class Got:
    """A value that a text shows, and where in the text it stands."""

    place: str
    value: Value
    start: int
    end: int
    is_plain: bool = field(default=False, compare=False)
    """Whether it is known by its look: a date, a number, a choice, a telephone number, printed words."""


Reading = tuple[Got, ...]
Accept = Callable[[Got], bool]
_STEPS = 12_000
_DEAREST = 12
_MUST = {
    "digits": re.compile(r"\d+"),
    "numbered": re.compile(r"\d+(\.\d+)*"),
    "amount": re.compile(r"[+-]?\d[\d.,]*%?"),
    "letters": re.compile(r"[^\W\d][^\d,;]*"),
    "words": re.compile(r"[^,;]+"),
    "date": re.compile(r"\d{2}/\d{2}/\d{4}|\d{2}/\d{4}|\d{4}"),
}


class TooMany(Exception):
    """There are too many ways to read a text."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The ways to read a text that are as good as one another. `is_parted` where a list was parted at its commas.

    `unread` are places that the text shows and that no way can tell.
    """

    readings: tuple[Reading, ...]
    is_parted: bool = False
    unread: tuple[str, ...] = ()


def match(pattern: Pattern, text: str, language: str, accept: Accept | None = None, *, by_look: bool = True) -> Matched:
    """All ways to read the whole text that are equally good. `accept` refuses values that are known to be others.

    Without `by_look` all ways count, whatever the pieces look like: `accept` knows. No readings: the text is not what
    the pattern prints. Raises TooMany.
    """
    search = _Search(text, language, accept, by_look)
    for cost in range(_DEAREST + 1):
        found = [reading for reading, _ in search.spans(pattern, 0, len(text), cost)]
        if found:
            most = 0 if not by_look else max(sum(got.is_plain for got in reading) for reading in found)
            best = [reading for reading in found if not by_look or sum(got.is_plain for got in reading) == most]
            told = dict.fromkeys(tuple(got for got in reading if got.place) for reading in best)
            return Matched(tuple(told), search.is_parted, tuple(dict.fromkeys(search.unread)))
    return Matched((), False, tuple(dict.fromkeys(search.unread)))


class _Search:
    def __init__(self, text: str, language: str, accept: Accept | None, by_look: bool) -> None:
        self._text = text
        self._language = language
        self._accept = accept
        self._by_look = by_look
        self._steps = 0
        self._holes: dict[tuple[Hole, int, int], Got | None] = {}
        self.unread: list[str] = []
        self.is_parted = False

    def spans(self, one: Pattern, start: int, end: int, budget: int) -> Iterator[tuple[Reading, int]]:
        """Ways to read text[start:end] wholly as `one`, each with what is left of the budget."""
        self._steps += 1
        if self._steps > _STEPS:
            raise TooMany
        if isinstance(one, Hole):
            yield from self._hole(one, start, end, budget)
        elif isinstance(one, Lit):
            if self._text[start:end] == one.text:
                yield _words(one, start), budget
        elif isinstance(one, Told):
            got = Got(one.place, one.value, start, start)
            if start == end and (self._accept is None or self._accept(got)):
                yield (got,), budget
        elif isinstance(one, Seq):
            yield from self._seq(one.parts, start, end, budget)
        elif isinstance(one, Alt):
            for option in one.options:
                yield from self.spans(option, start, end, budget)
        elif isinstance(one, Dear):
            if budget >= one.cost:
                yield from self.spans(one.body, start, end, budget - one.cost)
        elif isinstance(one, Join):
            yield from self._join(one, 0, start, end, budget, is_first=True)
        elif isinstance(one, Each):
            yield from self._each(one, start, end, budget)
        elif isinstance(one, Unknown):
            self.unread += one.names
            yield (), budget

    def _hole(self, one: Hole, start: int, end: int, budget: int) -> Iterator[tuple[Reading, int]]:
        key = (one, start, end)
        if key not in self._holes:
            self._holes[key] = self._value(one, start, end)
        got = self._holes[key]
        if got is not None and (got.place == "" or self._accept is None or self._accept(got)):
            yield (got,), budget

    def _value(self, one: Hole, start: int, end: int) -> Got | None:
        text = self._text[start:end]
        if not text.strip() or text != text.strip():
            return None
        if one.must and not _MUST[one.must].fullmatch(text):
            return None
        if not one.place:
            return Got("", "", start, end, bool(one.must))
        name = _name(one.place)
        try:
            value = decode(text, name, one.filters, self._language, by_look=self._by_look)
        except NotRead:
            return None
        # A filter that changed the text has known it: 11/03/2026 is a date in any field.
        return Got(one.place, value, start, end, has_a_look(name) or bool(one.must) or value != text)

    def _seq(self, parts: Sequence[Pattern], start: int, end: int, budget: int) -> Iterator[tuple[Reading, int]]:
        if not parts:
            if start == end:
                yield (), budget
            return
        first, rest = parts[0], parts[1:]
        if isinstance(first, Lit):
            after = start + len(first.text)
            if after <= end and self._text.startswith(first.text, start):
                said = _words(first, start)
                for more, last in self._seq(rest, after, end, budget):
                    yield (*said, *more), last
            return
        for cut in self._cuts(first, rest, start, end):
            for reading, left in self.spans(first, start, cut, budget):
                for more, last in self._seq(rest, cut, end, left):
                    yield (*reading, *more), last

    def _cuts(self, first: Pattern, rest: Sequence[Pattern], start: int, end: int) -> Iterator[int]:
        """Where `first` may end: everywhere that what follows it can begin."""
        if isinstance(first, Told):
            yield start
        elif not rest or all(isinstance(one, Told) for one in rest):
            yield end
        elif isinstance(rest[0], Lit):
            cut = self._text.find(rest[0].text, start, end)
            while cut >= 0:
                yield cut
                cut = self._text.find(rest[0].text, cut + 1, end)
        else:
            yield from range(start, end + 1)

    def _join(
        self, one: Join, index: int, start: int, end: int, budget: int, *, is_first: bool
    ) -> Iterator[tuple[Reading, int]]:
        """Items from `index` on; `start` is where the next item begins (after its separator)."""
        if index == len(one.items):
            if is_first and start == end:
                yield (), budget
            return
        between = one.between
        if index not in one.needed:
            is_last = index == len(one.items) - 1
            if not is_last or is_first:
                yield from self._join(one, index + 1, start, end, budget, is_first=is_first)
        for cut, _ in self._ends(between, start, end):
            for reading, left in self.spans(one.items[index], start, cut, budget):
                if cut == end:
                    if not any(needed > index for needed in one.needed):
                        yield reading, left
                else:
                    for more, last in self._join(one, index + 1, cut + len(between), end, left, is_first=False):
                        yield (*reading, *more), last

    def _ends(self, between: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where an item that begins at `start` may end, and how many separators it then holds."""
        inside = 0
        cut = self._text.find(between, start, end) if between else -1
        while cut >= 0:
            yield cut, inside
            inside += 1
            cut = self._text.find(between, cut + 1, end)
        yield end, inside

    def _each(self, one: Each, start: int, end: int, budget: int, index: int = 0) -> Iterator[tuple[Reading, int]]:
        if start == end:
            if index == 0:
                yield (), budget
            return
        if not self._text.startswith(one.mark, start):
            return
        between = one.between + one.mark
        begin = start + len(one.mark)
        entry = one.entry(index)
        if between == " " and self._by_look:
            return  # lines of a list that were run together: where each ends cannot be told
        for cut, inside in self._ends(between, begin, end):
            price = inside if self._by_look else 0
            if price > budget:
                break
            for reading, left in self.spans(entry, begin, cut, budget - price):
                if cut == end:
                    yield reading, left
                else:
                    self.is_parted = self.is_parted or between == ", "
                    for more, last in self._each(one, cut + len(one.between), end, left, index + 1):
                        yield (*reading, *more), last


@lru_cache(8192)
def _name(place: str) -> str:
    return general(place)


def _words(one: Lit, start: int) -> Reading:
    """Printed words count as known; marks between values do not."""
    if sum(char.isalpha() for char in one.text) < 2:
        return ()
    return (Got("", "", start, start + len(one.text), True),)
