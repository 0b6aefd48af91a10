"""Which codes an Excludes1 note names: `(F31.-)`, `(F30-F39)`, `(F10-F19 with .15, .25)`, `(F06.0, F06.2)`.

"NOT CODED HERE": two codes of which one is named by the other's note, or by the note of one of its headings, may not be
used together (ICD-10-CM Official Guidelines, section I.A.12.a).
"""

import re

_IN_BRACKETS = re.compile(r"\(([^()]*[A-Z]{1,2}\d[^()]*)\)")
_CODE = r"[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4})?"
_SPAN = re.compile(rf"({_CODE})\.?-?\s*(?:-|–|to)\s*({_CODE})|({_CODE})")
_WITH = re.compile(r"\s*-?\s*with\s+(.+)$")
_PLACES = {"fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_CHARACTER = re.compile(
    r"(\d|fourth|fifth|sixth|seventh)(?:th)?(?:\s+to\s+\w+)?[\s-]characters?\s+[.-]?([0-9A-Z]+)", re.IGNORECASE
)


def names(note: str, code: str) -> bool:
    """Whether the note names this code or a heading of it. A heading named without "-" names the codes below it too."""
    return any(_names(listed, code) for listed in _IN_BRACKETS.findall(note))


def _names(listed: str, code: str) -> bool:
    ending = _WITH.search(listed)
    main = listed[: ending.start()] if ending else listed
    for first, last, single in _SPAN.findall(main):
        inside = code.startswith(single) if single else first <= code[: len(first)] and code[: len(last)] <= last
        if inside and (ending is None or _has_ending(code, ending[1])):
            return True
    return False


def _has_ending(code: str, ending: str) -> bool:
    """`.69-` begins what stands after the dot, `final characters -23` ends it, `fifth character 2` stands in that place.

    An ending that names no character ("with open fracture 7th character") names no code.
    """
    after = code.partition(".")[2]
    if "final" in ending:
        return any(after.endswith(last) for last in re.findall(r"[0-9A-Z]+\b", ending))
    placed = _CHARACTER.findall(ending)
    if placed or "character" in ending:
        whole = code.replace(".", "")
        at = {place: _PLACES.get(place.lower()) or int(place) for place, _ in placed}
        return any(whole[at[place] - 1 :].startswith(wanted) for place, wanted in placed)
    return any(after.startswith(first) for first in re.findall(r"\.([0-9A-Z]+)", ending))
