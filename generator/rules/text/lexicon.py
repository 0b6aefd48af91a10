"""Words by class, read from data/measurable/<language>.yaml; `*` at the end of a word stands for any ending."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The classes of each whole word and of each beginning of a word."""

    whole: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    sizes: tuple[int, ...]

    def kinds_of(self, word: str) -> frozenset[str]:
        """Every class that this word belongs to; the word is in small letters."""
        kinds = self.whole.get(word, NOTHING)
        for size in self.sizes:
            if size > len(word):
                break
            found = self.stems.get(word[:size])
            if found:
                kinds = kinds | found
        return kinds


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of one language (`en`, `es`)."""
    source = resources.files("generator") / "data" / "measurable" / f"{language}.yaml"
    lists = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    whole: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for kind, words in lists.items():
        for entry in str(words).split():
            where, word = (stems, entry[:-1]) if entry.endswith("*") else (whole, entry)
            where[word] = where.get(word, NOTHING) | {kind}
    return Lexicon(whole, stems, tuple(sorted({len(stem) for stem in stems})))
