"""US postal codes: 12207 or 12207-1234."""

import re


def is_valid(text: str) -> bool:
    """Whether the shape is five digits, or five and four."""
    return re.fullmatch(r"\d{5}(-\d{4})?", text.strip(), re.ASCII) is not None
