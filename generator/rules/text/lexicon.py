"""Words by class, read from data/measurable/<language>.yaml; `*` at the end of a word stands for any ending."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The classes of each whole word, those of its beginnings among them, and of each beginning of a word."""

    whole: dict[str, frozenset[str]]
    stems: dict[str, tuple[tuple[str, frozenset[str]], ...]]
    """By its first three letters (none is shorter), each beginning of a word and its classes."""

    def kinds_of(self, word: str) -> frozenset[str]:
        """Every class that this word belongs to; the word is in small letters."""
        kinds = self.whole.get(word)
        if kinds is not None:
            return kinds
        kinds = NOTHING
        for stem, found in self.stems.get(word[:3], ()):
            if word.startswith(stem):
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
    by_letters: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for stem, kinds in stems.items():
        by_letters[stem[:3]] = (*by_letters.get(stem[:3], ()), (stem, kinds))
    for word in list(whole):
        for stem, also in by_letters.get(word[:3], ()):
            if word.startswith(stem):
                whole[word] = whole[word] | also
    return Lexicon(whole, by_letters)
