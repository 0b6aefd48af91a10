"""US and Canadian telephone numbers (North American Numbering Plan)."""

import re

_EXTENSION = re.compile(r"\s*(?:x|ext\.?)\s*(\d+)\s*$", re.IGNORECASE | re.ASCII)


def split(text: str) -> tuple[str, str] | None:
    """The ten digits and the extension, or None when this is no such number.

    The first and the fourth digit are 2-9; 555-01xx numbers are fine.
    """
    extension = _EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    number = re.sub(r"[\s.\-()\[\]]", "", main)
    number = re.sub(r"^\+?1(?=\d{10}$)", "", number)
    if not re.fullmatch(r"[2-9]\d{2}[2-9]\d{6}", number, re.ASCII):
        return None
    return number, extension[1] if extension else ""


def is_valid(text: str) -> bool:
    """Whether this is a number of the North American Numbering Plan."""
    return split(text) is not None


def formatted(text: str) -> str:
    """`518-555-0140 x12`; what is no such number comes back as it is."""
    parts = split(text)
    if parts is None:
        return text
    number, extension = parts
    return f"{number[:3]}-{number[3:6]}-{number[6:]}" + (f" x{extension}" if extension else "")
