"""USPS codes of states, the District of Columbia and the territories."""

import re

_CODES = re.compile(
    "A[LKZRS]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]"
)


def is_valid(text: str) -> bool:
    """Whether this is such a code; case does not matter."""
    return _CODES.fullmatch(text.strip().upper()) is not None
