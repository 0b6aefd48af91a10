"""What the agency calls the people it serves, put into words of ours: "the client's goals" becomes "the member's goals".

The word is `person` of the agency's brand.yaml. Without one the words stay as they are. What a person typed is never
changed: words between quotation marks are left alone, and nothing else of a plan comes here.
"""

import re
import time
from functools import lru_cache

from generator.agency_brand import read_kept
from generator.errors import GeneratorError
from generator.stationery.wording import person_in_spanish

_ASKED_EVERY_SECONDS = 2.0
_QUOTED = re.compile(r'("[^"]*"|“[^”]*”|«[^»]*»)')
_EN = r"\b(?P<noun>client|patient)(?P<many>s)?\b"
_EN_PERSON = r"\b(?P<before>[Tt]he|[Tt]his) (?P<noun>person)\b"
_ES_BEFORE = r"(?:\b(?P<before>[Ee]l|[Ll]a|[Dd]el|[Aa]l|[Dd]e la|[Aa] la|[Ee]ste|[Ee]sta|[Uu]n|[Uu]na) )"
_ES = rf"{_ES_BEFORE}?\b(?P<noun>cliente|paciente)(?P<many>s)?\b"
_ES_PERSON = rf"{_ES_BEFORE}(?P<noun>persona)\b"
_SHE = frozenset(("persona", "familia"))
_ARTICLES = (("el", "la"), ("del", "de la"), ("al", "a la"), ("este", "esta"), ("un", "una"))


class _Word:
    """The word as it was asked last, and when."""

    word, asked_at = "", float("-inf")


def person_word() -> str:
    """The agency's word in small letters ("member"), "" where it chose none. Asked every two seconds at most."""
    if time.monotonic() - _Word.asked_at > _ASKED_EVERY_SECONDS:
        try:
            _Word.word = " ".join(str(read_kept().data.get("person") or "").split())[:40]
        except GeneratorError:
            _Word.word = ""
        _Word.asked_at = time.monotonic()
    return _Word.word


def ask_again() -> None:
    """The brand was changed just now."""
    _Word.asked_at = float("-inf")


def called(text: str, language: str, *, is_page: bool = False) -> str:
    """A text of ours with the agency's word. `is_page`: in the page's own words "the person" is that person, too."""
    word = person_word()
    return _called(text, language, word, is_page) if word else text


@lru_cache(maxsize=4096)
def _called(text: str, language: str, word: str, is_page: bool) -> str:
    patterns = (_ES, _ES_PERSON) if language == "es" else (_EN, _EN_PERSON)
    pieces = _QUOTED.split(text)
    for place in range(0, len(pieces), 2):
        for pattern in patterns[: 2 if is_page else 1]:
            pieces[place] = re.sub(
                pattern, lambda found: _put(found, language, word), pieces[place], flags=re.IGNORECASE
            )
    return "".join(pieces)


def _put(found: re.Match[str], language: str, word: str) -> str:
    groups = found.groupdict()
    noun, before = found["noun"], groups.get("before") or ""
    said = person_in_spanish(word) if language == "es" else word
    if groups.get("many"):
        said = _many(said)
    said = said[:1].upper() + said[1:] if noun[:1].isupper() else said[:1].lower() + said[1:]
    if not before:
        return said
    return f"{_article(before, said) if language == 'es' else before} {said}"


def _article(before: str, said: str) -> str:
    place = 1 if said.split()[0].lower() in _SHE else 0
    for pair in _ARTICLES:
        if before.lower() in pair:
            return pair[place][:1].upper() + pair[place][1:] if before[:1].isupper() else pair[place]
    return before


def _many(word: str) -> str:
    first, _, rest = word.partition(" ")
    plural = f"{first[:-1]}ies" if first.endswith("y") and first[-2:-1] not in "aeiou" else f"{first}s"
    return f"{plural} {rest}".strip()
