"""The catalogue of messages: English is the key, other languages stand in gettext files under `data/locale`.

`scripts/rules_catalog.py` gathers the messages with Babel and compiles the files; what has no translation stays English.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

DOMAIN = "rules"
LOCALES = Path(str(resources.files("generator"))) / "data" / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, languages=[language], fallback=True)


def say(language: str, message: str, values: Mapping[str, object] | None = None) -> str:
    """A message in a language, its {names} filled in; words among the values are translated too."""
    if not message:
        return ""
    catalogue = _catalogue(language)
    said = catalogue.gettext(message)
    if not values:
        return said
    return said.format_map(
        {
            key: catalogue.gettext(value)
            if isinstance(value, str) and value
            else f"{value:g}"
            if isinstance(value, float)
            else value
            for key, value in values.items()
        }
    )


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for the catalogue where it does not stand in a Fault itself."""
    return message
