"""The shape of an ICD-10-CM code; whether it exists is a question for the list of codes (`rules.codes`)."""

import re


def normalise(text: str) -> str:
    """Upper case, no spaces, the dot after the third character: `f1020` is `F10.20`."""
    code = re.sub(r"\s", "", text).upper()
    if "." not in code and len(code) > 3:
        return f"{code[:3]}.{code[3:]}"
    return code


def has_shape(text: str) -> bool:
    """Whether this could be a code: a letter, a digit, a letter or digit, and up to four more after a dot.

    Since FY2026 the second place may be a letter before a digit (QA0.0).
    """
    return re.fullmatch(r"[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(\.[0-9A-Z]{1,4})?", normalise(text), re.ASCII) is not None
