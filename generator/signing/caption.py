"""The small line that is printed with a signature, in both languages, and read back from a document.

`Signed (drawn) by Ann Example, LCSW, 2026-11-03 10:00 UTC-06:00`, `Declined to sign: REASON (Ann Example, 2026-11-03)`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.plan.people import Signature

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "signed": "Signed ({how}) by {who}, {when}",
        "drawn": "drawn",
        "typed": "typed",
        "ink": "ink",
        "declined": "Declined to sign",
        "unable": "Unable to sign",
        "earlier": "For an earlier text of this plan: {words}",
    },
    "es": {
        "signed": "Firmado ({how}) por {who}, {when}",
        "drawn": "en pantalla",
        "typed": "con teclado",
        "ink": "en tinta",
        "declined": "No quiso firmar",
        "unable": "No pudo firmar",
        "earlier": "Para un texto anterior de este plan: {words}",
    },
}
_SIGNED = ("drawn", "typed", "ink")
_NOT_SIGNED = ("declined", "unable")
_WHEN = r"(?P<day>\d{4}-\d\d-\d\d)(?: \d\d:\d\d UTC[+-]\d\d:\d\d)?"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class SignedAs:
    """What a caption says: how, by whom (name and credential, as printed), on which day of theirs, or why not."""

    method: str
    who: str
    day: date
    reason: str = ""
    is_earlier: bool = False


def caption_for(method: str, who: str, when: str, language: str, reason: str = "") -> str:
    """The line for a method of `signing.record`; `when` is a day, or a day with its time."""
    words = _WORDS.get(language, _WORDS["en"])
    if method in _NOT_SIGNED:
        return f"{words[method]}: {reason} ({who}, {when})"
    return words["signed"].format(how=words.get(method, method), who=who, when=when)


def for_earlier_text(words: str, language: str) -> str:
    """The line of a signature whose plan was changed since."""
    return _WORDS.get(language, _WORDS["en"])["earlier"].format(words=words)


def read_caption(text: str) -> SignedAs | None:
    """What a caption says, in either language; None for any other text."""
    line = " ".join(text[:_LONGEST].split())
    for words in _WORDS.values():
        lead = words["earlier"].partition("{")[0]
        is_earlier = line.startswith(lead)
        found = _read(line.removeprefix(lead), words, is_earlier)
        if found is not None:
            return found
    return None


def _read(line: str, words: Mapping[str, str], is_earlier: bool) -> SignedAs | None:
    for method in (*_SIGNED, *_NOT_SIGNED):
        if method in _SIGNED:
            lead = words["signed"].partition("{who}")[0].format(how=words[method])
            pattern = rf"{re.escape(lead)}(?P<who>.+), {_WHEN}"
        else:
            pattern = rf"{re.escape(words[method])}: (?P<reason>.+) \((?P<who>.+), {_WHEN}\)"
        found = re.fullmatch(pattern, line)
        if found is None:
            continue
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            return None
        return SignedAs(method, found["who"], day, found.groupdict().get("reason", ""), is_earlier)
    return None


def with_signing(
    signatures: Sequence[Signature], captions: Sequence[SignedAs]
) -> tuple[list[Signature], tuple[int, ...]]:
    """The entries with what the captions say of them, and the numbers of those signed for an earlier text.

    A caption belongs to the first entry of its name that has none yet; one of nobody's is an entry of its own.
    """
    out = [entry.model_copy() for entry in signatures]
    taken: set[int] = set()
    earlier = []
    for said in dict.fromkeys(captions):
        n = next((n for n, one in enumerate(out) if n not in taken and _is_of(one, said)), None)
        if n is None:
            name, _, credential = said.who.partition(", ")
            out.append(Signature.model_validate({"name": name} | ({"credential": credential} if credential else {})))
            n = len(out) - 1
        taken.add(n)
        if said.is_earlier:
            earlier.append(n)
        out[n].put("method", said.method)
        if said.method in _NOT_SIGNED:
            out[n].put("reason_missing", said.reason)
            out[n].put("signed_on", None)
        else:
            out[n].put("signed_on", said.day.isoformat())
            out[n].put("reason_missing", None)
    return out, tuple(earlier)


def _is_of(entry: Signature, said: SignedAs) -> bool:
    name = " ".join((entry.name or "").split())
    whole = ", ".join(filter(None, (name, " ".join((entry.credential or "").split()))))
    return bool(name) and (said.who in (name, whole) or said.who.startswith(f"{name}, "))
