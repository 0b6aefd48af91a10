"""Lists of words by class, read from data/measurable/<language>.yaml; `*` at the end of a word stands for any ending."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Words:
    """Whole words, and beginnings of words."""

    whole: frozenset[str]
    stems: frozenset[str]
    shortest: int
    longest: int

    def __contains__(self, word: str) -> bool:
        if word in self.whole:
            return True
        stems = self.stems
        return any(word[:size] in stems for size in range(self.shortest, min(self.longest, len(word)) + 1))


@cache
def lexicon(language: str) -> dict[str, Words]:
    """The classes of one language (`en`, `es`)."""
    source = resources.files("generator") / "data" / "measurable" / f"{language}.yaml"
    lists = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: _words(str(words).split()) for name, words in lists.items()}


def _words(entries: list[str]) -> Words:
    stems = frozenset(entry[:-1] for entry in entries if entry.endswith("*"))
    sizes = [len(stem) for stem in stems] or [1]
    return Words(frozenset(entry for entry in entries if not entry.endswith("*")), stems, min(sizes), max(sizes))
