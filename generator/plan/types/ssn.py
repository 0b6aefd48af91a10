"""US social security numbers: whole, or the last four digits. Always masked when shown."""

import re

# Numbers that were printed in advertisements and so never belong to anybody.
_NEVER_ISSUED = {"078051120", "219099999", "457555462"}


def digits(text: str) -> str:
    """The number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", text)


def is_whole(text: str) -> bool:
    """Whether all nine digits are there."""
    return sum(c.isdigit() for c in text) >= 9


def is_possible(text: str) -> bool:
    """Whether the Social Security Administration gives out such a number (area, group and serial rules)."""
    number = digits(text)
    if not re.fullmatch(r"\d{9}", number, re.ASCII) or number in _NEVER_ISSUED:
        return False
    area, group, serial = number[:3], number[3:5], number[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def is_possible_last4(text: str) -> bool:
    """Whether these are four digits that can end a number."""
    return re.fullmatch(r"\d{4}", text.strip(), re.ASCII) is not None and text.strip() != "0000"


def masked(text: str) -> str:
    """`XXX-XX-4321`; shows no more than the last four digits."""
    last = "".join(c for c in text if c.isdigit())[-4:]
    return f"XXX-XX-{last}" if len(last) == 4 else "XXX-XX-XXXX"
