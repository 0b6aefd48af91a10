"""Which codes an Excludes1 note names: `(F31.-)`, `(F30-F39)`, `(F10-F19 with .15, .25)`, `(F06.0, F06.2)`.

"NOT CODED HERE": two codes of which one is named by the other's note, or by the note of one of its headings, may not be
used together (ICD-10-CM Official Guidelines, section I.A.12.a).
"""

import re

_IN_BRACKETS = re.compile(r"\(([^()]*[A-Z]\d[^()]*)\)")
_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_SPAN = re.compile(rf"({_CODE})\.?-?\s*(?:-|–|to)\s*({_CODE})|({_CODE})")
_ENDINGS = re.compile(r"with\s+(?:final characters?\s+|fourth character\s+|5th character\s+|\.)?(.+)$")


def names(note: str, code: str) -> bool:
    """Whether the note names this code or a heading of it. A heading named without "-" names the codes below it too."""
    return any(_names(listed, code) for listed in _IN_BRACKETS.findall(note))


def _names(listed: str, code: str) -> bool:
    endings = _ENDINGS.search(listed)
    main = listed[: endings.start()] if endings else listed
    for first, last, single in _SPAN.findall(main):
        inside = code.startswith(single) if single else first <= code[: len(first)] and code[: len(last)] <= last
        if inside and (endings is None or _has_ending(endings[1], code)):
            return True
    return False


def _has_ending(endings: str, code: str) -> bool:
    """Whether what stands after the dot begins, or for final characters ends, as listed."""
    _, _, after = code.partition(".")
    wanted = re.findall(r"[0-9A-Z]+", endings)
    return any(after.startswith(ending) or after.endswith(ending) for ending in wanted)
