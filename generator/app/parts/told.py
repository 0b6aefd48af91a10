"""Errors and findings of the core in the page's language: their own sentence in English, the page's in Spanish."""

import re

from generator.app.words import has, say
from generator.errors import GeneratorError
from generator.finding import Finding


def told(error: GeneratorError, language: str) -> str:
    """One plain sentence. In Spanish the one for the kind of error, for the core speaks English."""
    if language == "en":
        return str(error)
    kind = next(one.__name__ for one in type(error).__mro__ if has(f"error_{one.__name__}"))
    return say(f"error_{kind}", language)


def told_finding(finding: Finding, language: str) -> str:
    """A finding and its mend, where the core has no Spanish the page's words for its rule, with what it names."""
    if language == "en" or not has(f"finding_{finding.rule}"):
        return f"{finding.message} {finding.mend}".strip()
    said = [say(f"finding_{finding.rule}", language)]
    for words, text, key in _NAMED:
        found = words.search(finding.message if text == "message" else finding.mend)
        if found is not None:
            said.append(say(f"doctor_{key}", language, words=found[1]))
    return " ".join(said)


def told_place(where: str, language: str) -> str:
    """`the document, table 1, row 2, cell 2`, in the page's language; what is no such place comes back as it is."""
    if language == "en":
        return where
    return ", ".join(_step(step, language) for step in where.split(", "))


def _step(step: str, language: str) -> str:
    words, mark, rest = step.partition(" (")
    if has(f"place_{words}"):
        return f"{say(f'place_{words}', language)}{mark}{rest}"
    word, _, number = step.rpartition(" ")
    return f"{say(f'place_{word}', language)} {number}" if has(f"place_{word}") else step


# What the core's sentence names: a tag to write, a name to take, the words around it.
_NAMED = (
    (re.compile(r'^a plan has no "([^"]+)"'), "message", "named"),
    (re.compile(r"^(?:Write|Print|Add) (\{.*?[}%]\})"), "mend", "write"),
    (re.compile(r"^Go over it: (\{.*\})"), "mend", "write"),
    (re.compile(r"^Did you mean (.+)\?"), "mend", "meant"),
    (re.compile(r"Near “(.+)”\.$"), "message", "near"),
)
