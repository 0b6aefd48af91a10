"""Small steps with a review's texts: a date moved inside a sentence, values that were given."""

import re
from datetime import date

from generator.filters import as_date, as_long_date


def with_date(text: str, old: date, new: date) -> str:
    """A sentence with one date put in the place of another, in the shape in which it stands there."""
    was, now = old.isoformat(), new.isoformat()
    for shape in (
        "yyyy-mm-dd",
        "mm/dd/yyyy",
        "m/d/yyyy",
        "m/d/yy",
        "mm/dd/yy",
        "dd/mm/yyyy",
        "d/m/yyyy",
        "mmm d, yyyy",
    ):
        text = re.sub(rf"(?<![\d/-]){re.escape(as_date(was, shape))}(?![\d/-])", as_date(now, shape), text)
    for language in ("en", "es"):
        text = text.replace(as_long_date(was, language), as_long_date(now, language))
    return text


def given_only(**values: object) -> dict[str, object]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "")}
