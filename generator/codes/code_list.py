"""The list of codes: one code, whether it may stand on a claim, what keeps two apart. Searching by words is `search`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from generator.codes.excludes import names
from generator.codes.packed import Packed, Record, Release
from generator.codes.search import Found, search
from generator.plan.types import icd10cm


class Standing(StrEnum):
    """What a text is in the list."""

    BILLABLE = "billable"
    HEADING = "heading"  # a category or subcategory: a code below it has to be chosen
    UNKNOWN = "unknown"  # shaped like a code, and not in the list that is in force
    NEWER = "newer"  # not in the list, and the day asked for is after its last day: it may be a new code
    IMPOSSIBLE = "impossible"  # no release can have it: this is not the shape of a code


@dataclass(frozen=True, slots=True)
class Code:
    """A code or heading. `terms` are its inclusion terms, where DSM-5 names stand ("Alcohol use disorder, severe")."""

    code: str
    title: str
    is_billable: bool
    terms: tuple[str, ...] = ()
    excludes1: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer of a search: the code, the text that matched (its title or one of its terms), and how well (0 to 1)."""

    code: Code
    matched: str
    score: float


class CodeList:
    """One release of ICD-10-CM, opened. It keeps nothing of what it is asked."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed

    @property
    def release(self) -> Release:
        """Which release this is, and the days it is in force."""
        return self._packed.release

    def for_one_check(self) -> "CodeList":
        """The same list, which keeps what it unpacks as long as it lives: questions about one plan are near each other."""
        return CodeList(self._packed.for_one_check())

    def __len__(self) -> int:
        return self._packed.count

    def find(self, text: str) -> Code | None:
        """The code or heading, however it is typed (`f1020`, `F10.20`); None where the list does not have it."""
        code = icd10cm.normalise(text)
        number = self._packed.number_of(code) if icd10cm.has_shape(code) else None
        return None if number is None else _code(next(self._packed.records([number]))[1])

    def standing(self, text: str, on: date | None = None) -> Standing:
        """What this text is in the list on that day (without one: within the list's own days)."""
        if not icd10cm.has_shape(text):
            return Standing.IMPOSSIBLE
        code = self.find(text)
        if code is not None:
            return Standing.BILLABLE if code.is_billable else Standing.HEADING
        return Standing.NEWER if on is not None and on > self.release.last_day else Standing.UNKNOWN

    def headings_of(self, text: str) -> tuple[Code, ...]:
        """The headings above a code, the nearest first, up to its three-character category."""
        code = icd10cm.normalise(text)
        shorter = [code[:size].rstrip(".") for size in range(len(code) - 1, 2, -1)]
        return tuple(found for prefix in dict.fromkeys(shorter) if (found := self.find(prefix)) is not None)

    def below(self, text: str, limit: int = 50) -> tuple[Code, ...]:
        """The codes and headings below a heading, in order."""
        prefix = icd10cm.normalise(text)
        found = self._packed.starting_with(prefix, limit + 1)
        return tuple(_code(record) for record in found if record.code != prefix)[:limit]

    def note_between(self, one: str, other: str) -> str | None:
        """The Excludes1 note, of either code or of a heading above it, that names the other; None where none does.

        Codes that the list does not know have no notes. See the rule `codes-exclude-each-other`.
        """
        first, second = self.find(one), self.find(other)
        if first is None or second is None or first.code == second.code:
            return None
        for here, there in ((first, second), (second, first)):
            for holder in (here, *self.headings_of(here.code)):
                for note in holder.excludes1:
                    if names(note, there.code):
                        return note
        return None

    def search(self, query: str, limit: int = 10) -> tuple[Hit, ...]:
        """The likeliest codes for a code's beginning, for words, or for a diagnosis in DSM-5's words; best first.

        Typing mistakes, unfinished words, everyday names ("PTSD", "drinking") and common Spanish words are understood.
        """
        return tuple(_hit(found) for found in search(self._packed, query, limit))


@cache
def code_list() -> CodeList:
    """The list that is shipped, opened once (public data, no patient's)."""
    return CodeList(Packed((resources.files("generator") / "data" / "codes" / "icd10cm.bin").read_bytes()))


def _code(record: Record) -> Code:
    return Code(record.code, record.title, record.billable, record.terms, record.excludes1)


def _hit(found: Found) -> Hit:
    return Hit(_code(found.record), found.matched, found.score)
