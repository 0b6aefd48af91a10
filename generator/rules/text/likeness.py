"""When two texts are the same."""

import re


def normalised(text: str) -> str:
    """Lower case, every run of other characters than letters and digits one space, ends trimmed."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()
