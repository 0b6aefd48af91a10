"""The page's words, English and Spanish, from the catalogues data/app/words.yaml and words_*.yaml."""

from functools import cache
from importlib import resources

import yaml

from generator.plan.catalog import FieldWords


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    """Every text by its key; a key stands in one file only."""
    out: dict[str, dict[str, str]] = {}
    for file in (resources.files("generator") / "data" / "app").iterdir():
        if file.name.startswith("words") and file.name.endswith(".yaml"):
            out |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return out


def say(key: str, language: str, **values: object) -> str:
    """One text of the page. KeyError where the catalogue has none, so that no text is English by accident."""
    return _catalogue()[key][language].format(**values)


def has(key: str) -> bool:
    """Whether the catalogues hold a text of that key."""
    return key in _catalogue()


def title(field: FieldWords, language: str) -> str:
    """A field's name."""
    return field.title_es if language == "es" else field.title
