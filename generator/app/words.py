"""The page's words, English and Spanish, from one catalogue (data/app/words.yaml)."""

from functools import cache
from importlib import resources

import yaml

from generator.plan.catalog import FieldWords


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = (resources.files("generator") / "data" / "app" / "words.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = yaml.safe_load(text)
    return data


def say(key: str, language: str, **values: object) -> str:
    """One text of the page. KeyError where the catalogue has none, so that no text is English by accident."""
    return _catalogue()[key][language].format(**values)


def title(field: FieldWords, language: str) -> str:
    """A field's name."""
    return field.title_es if language == "es" else field.title
