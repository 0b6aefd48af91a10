"""The page's words, English and Spanish, from the catalogues data/app/words.yaml and words_*.yaml, and help beside fields."""

import re
from functools import cache
from importlib import resources

import yaml

from generator.app.person import called
from generator.mapping.words import choice_title
from generator.plan.catalog import FieldWords

_AS_THEY_ARE = ("brand_person",)
"""Words that name what an agency may call people."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>^=])")
"""What Markdown, its emoji codes and its colours begin with."""


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    """Every text by its key; a key stands in one file only."""
    files = (resources.files("generator") / "data" / "app").iterdir()
    names = [file.name for file in files if file.name.startswith("words") and file.name.endswith(".yaml")]
    return {key: texts for name in sorted(names) for key, texts in _read(name).items()}


@cache
def _help() -> dict[str, dict[str, str]]:
    return _read("help.yaml")


def _read(name: str) -> dict[str, dict[str, str]]:
    text = (resources.files("generator") / "data" / "app" / name).read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return data


def say(key: str, language: str, **values: object) -> str:
    """One text of the page. KeyError where the catalogue has none, so that no text is English by accident."""
    text = _catalogue()[key][language]
    return (text if key.startswith(_AS_THEY_ARE) else called(text, language, is_page=True)).format(**values)


def has(key: str) -> bool:
    """Whether the catalogues hold a text of that key."""
    return key in _catalogue()


def title(field: FieldWords, language: str) -> str:
    """A field's name."""
    return called(field.title_es if language == "es" else field.title, language, is_page=True)


def help_of(field: FieldWords, language: str) -> str | None:
    """What a busy person may wonder about a field; None where its name says enough."""
    said = _help().get(field.path)
    text = said[language] if said else field.help if language == "en" else ""
    return called(text, language, is_page=True) if text else None


def choice_name(word: str, language: str) -> str:
    """A choice's name: of who signs, what the agency calls the people it serves."""
    return called(choice_title(word, language), language)


def plain(text: str) -> str:
    """A person's words for a label: nothing in them is read as Markdown."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def short(text: str, most: int) -> str:
    """The beginning of a person's words, cut at a word, safe for a label."""
    words = " ".join(text.split())
    if len(words) > most:
        words = words[:most].rsplit(" ", 1)[0].rstrip(",.;") + "…"
    return plain(words)
