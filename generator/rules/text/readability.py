"""How hard a text is to read: Flesch-Kincaid's grade in English, INFLESZ in Spanish. Nothing is fetched from anywhere."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_VOWELS_ES = re.compile(r"[aeiouáéíóúü]+")
_MARKS_ES = frozenset("de la el que y en los mi con por para".split())
_MARKS_EN = frozenset("the of and to my in is will with for".split())


def word_count(text: str) -> int:
    """How many words a text has; numbers are none."""
    return len(_WORD.findall(text))


def is_spanish(text: str) -> bool:
    """Whether more of Spanish's commonest words stand in the text than of English's."""
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in _MARKS_ES for word in words) > sum(word in _MARKS_EN for word in words)


def grade_en(text: str) -> float:
    """The US school grade of an English text: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, 1975)."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(syllables_en(word) for word in words)
    return 0.39 * len(words) / _sentences(text) + 11.8 * syllables / len(words) - 15.59


def inflesz(text: str) -> float:
    """The ease of a Spanish text, 55 and more is normal: 206.835 - 62.3 syllables a word - words a sentence (Szigriszt)."""
    words = _WORD.findall(text)
    if not words:
        return 100.0
    syllables = sum(syllables_es(word) for word in words)
    return 206.835 - 62.3 * syllables / len(words) - len(words) / _sentences(text)


def syllables_en(word: str) -> int:
    """Groups of aeiouy, less one for a final e (not le, ee), at least 1."""
    word = word.lower()
    count = len(_VOWELS_EN.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")):
        count -= 1
    return max(count, 1)


def syllables_es(word: str) -> int:
    """Groups of vowels, at least 1."""
    return max(len(_VOWELS_ES.findall(word.lower())), 1)


def _sentences(text: str) -> int:
    return max(len(_SENTENCE.findall(text)), 1)
