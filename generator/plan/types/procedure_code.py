"""Codes of services, by their shape alone: CPT's texts are licensed, so which codes there are is not known here."""

import re

_MODIFIERS = r"(?:-[0-9A-Z]{2}){0,4}"
_CPT = re.compile(rf"(?:\d{{5}}|\d{{4}}[A-Z]){_MODIFIERS}", re.ASCII)
_HCPCS = re.compile(rf"[A-V]\d{{4}}{_MODIFIERS}", re.ASCII)


def system_of(text: str) -> str | None:
    """`CPT` (five digits, or four and a letter) or `HCPCS` (a letter A to V and four digits); None for neither.

    Up to four modifiers may follow: `90834-95`, `H0004-HF-GT`. Case and spaces do not matter.
    """
    code = re.sub(r"\s", "", text).upper()
    if _CPT.fullmatch(code):
        return "CPT"
    return "HCPCS" if _HCPCS.fullmatch(code) else None
