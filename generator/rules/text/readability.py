"""How hard a text is to read: Flesch-Kincaid grade in English, INFLESZ in Spanish. Own, offline, a few lines each.

Sources: Kincaid et al. 1975 (grade = 0.39 words per sentence + 11.8 syllables per word - 15.59); Fernández Huerta as
corrected and banded by Barrio-Cantalejo 2008 (INFLESZ = 206.835 - 62.3 syllables per word - words per sentence).
Syllables are counted as the rule `reading-grade-high` defines them, so that the number shown is the number checked.
"""

import re
from collections import Counter
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúüy]+")
_ENGLISH = frozenset("of the and to my in is will with for".split())
_SPANISH = frozenset("de la el que y en los mi con por para".split())

HIGHEST_GRADE = 6.0
"""The Flesch-Kincaid grade that a text for the person should not pass."""
LOWEST_INFLESZ = 55.0
"""The INFLESZ value ("normal") that a Spanish text for the person should reach."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads. `value` is a school grade in English (lower is easier), INFLESZ in Spanish (higher is easier)."""

    language: str
    value: float
    words: int
    sentences: int

    @property
    def is_easy(self) -> bool:
        """Grade 6.0 or below in English, INFLESZ 55 or above in Spanish."""
        return self.value >= LOWEST_INFLESZ if self.language == "es" else self.value <= HIGHEST_GRADE


def read_text(text: str, language: str | None = None) -> Reading | None:
    """How this text reads; None where it has no word. Without a language its small words decide."""
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _words(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    spoken = language or ("es" if _is_spanish(words) else "en")
    count = spanish_syllables if spoken == "es" else english_syllables
    per_word = sum(count(word) * times for word, times in Counter(words).items()) / len(words)
    per_sentence = len(words) / len(sentences)
    if spoken == "es":
        value = 206.835 - 62.3 * per_word - per_sentence
    else:
        value = 0.39 * per_sentence + 11.8 * per_word - 15.59
    return Reading(spoken, value, len(words), len(sentences))


def english_syllables(word: str) -> int:
    """Groups of a, e, i, o, u, y; less one for a final e (not -le, -ee); at least 1."""
    lower = word.lower()
    groups = len(_ENGLISH_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")):
        groups -= 1
    return max(1, groups)


def spanish_syllables(word: str) -> int:
    """Groups of vowels; at least 1."""
    return max(1, len(_SPANISH_VOWELS.findall(word.lower())))


def _words(part: str) -> list[str]:
    return _WORD.findall(part)


def _is_spanish(words: list[str]) -> bool:
    lower = [word.lower() for word in words]
    return sum(word in _SPANISH for word in lower) > sum(word in _ENGLISH for word in lower)
