"""The codes of one plan, each looked up once, and each block of the packed list unpacked once."""

from generator.codes import Code, Hit, Release, code_list
from generator.codes.excludes import names


class KnownCodes:
    """Answers of the ICD-10-CM list for one check; it is thrown away with it."""

    def __init__(self) -> None:
        self._list = code_list().for_one_check()
        self._found: dict[str, Code | None] = {}
        self._above: dict[str, tuple[Code, ...]] = {}

    @property
    def release(self) -> Release:
        """The release of the list."""
        return self._list.release

    def find(self, code: str) -> Code | None:
        """The code or heading; `code` is normalised."""
        if code not in self._found:
            self._found[code] = self._list.find(code)
        return self._found[code]

    def headings_of(self, code: str) -> tuple[Code, ...]:
        """The headings above a code, the nearest first, up to its three-character category."""
        if code not in self._above:
            shorter = dict.fromkeys(code[:size].rstrip(".") for size in range(len(code) - 1, 2, -1))
            self._above[code] = tuple(found for prefix in shorter if (found := self.find(prefix)) is not None)
        return self._above[code]

    def note_between(self, one: str, other: str) -> str | None:
        """The Excludes1 note, of either known code or of a heading above it, that names the other."""
        if one == other:
            return None
        for here, there in ((one, other), (other, one)):
            own = self.find(here)
            holders = [*([own] if own is not None else []), *self.headings_of(here)]
            for holder in holders:
                found = next((note for note in holder.excludes1 if names(note, there)), None)
                if found is not None:
                    return found
        return None

    def below(self, code: str) -> str:
        """The first full code below a heading, as an example; "" where there is none."""
        return next((each.code for each in self._list.below(code, 20) if each.is_billable), "")

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """The likeliest codes for words."""
        return self._list.search(words, limit)
