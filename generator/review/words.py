"""The words of a review, English and Spanish, and the words by which people write a decision."""

from functools import cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import process, utils

from generator.errors import ReviewNotPossible

DECISIONS = ("continue", "met", "partly_met", "not_met", "extended", "dropped")


def said(key: str, language: str, **values: object) -> str:
    """A sentence in a language, its {names} filled in."""
    english, spanish = _words()[key]
    return str(spanish if language == "es" else english).format_map(values)


def read_decision(typed: str) -> str:
    """One of `DECISIONS` for what a person wrote (not met, en parte); "" for nothing.

    Raises ReviewNotPossible for another word, naming the nearest.
    """
    word = utils.default_process(typed)
    if not word:
        return ""
    known = _decisions()
    if word in known:
        return known[word]
    near = process.extractOne(word, list(known))
    likely = f" Nearest: {near[0]}." if near else ""
    raise ReviewNotPossible(
        "A decision is one of: continue, met, partly, not met, extended, dropped. Another word stands there." + likely
    )


@cache
def _decisions() -> dict[str, str]:
    known = {utils.default_process(one): one for one in DECISIONS}
    for decision, spoken in _words()["decisions"].items():
        known |= {utils.default_process(word): decision for word in spoken}
    return known


@cache
def _words() -> dict[str, Any]:
    text = (resources.files("generator") / "data" / "review" / "words.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return words
