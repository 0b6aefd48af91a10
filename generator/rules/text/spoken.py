"""Which language a text is in: English or Spanish, by its small words and endings."""

import re

_ENGLISH = frozenset(
    "the of and to in is will with for by on at his her their from or a an per than each every when who without be have not this that as it are my".split()
)
_SPANISH = frozenset(
    "de la el que y en los las mi con por para un una su sus se del al sin o cada es son antes según durante menos más veces días a cómo".split()
)
_ONLY_SPANISH = re.compile(r"[áéíóúñ¿¡]|(?:ará|erá|irá|arán|erán|irán|ción|dad)\b")
_HINT = re.compile(r"[áéíóúñ¿¡]|dad\b", re.IGNORECASE)
"""What every word that only looks Spanish has."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """`es` or `en`; a text that says neither is `en`. Names of people decide nothing by themselves."""
    words = _WORD.findall(text.lower())
    english = sum(map(_ENGLISH.__contains__, words))
    by_look = sum(_ONLY_SPANISH.search(word) is not None for word in words) if _HINT.search(text) else 0
    spanish = sum(map(_SPANISH.__contains__, words)) + by_look / 2
    return "es" if spanish > english else "en"
