"""The words of every field, read from the model: for template authors, the mapping, the page and the schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.plan.base import Mark, Part
from generator.plan.plan import Plan
from generator.plan.types.partial_date import PartialDate
from generator.plan.walk import join


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field: its path (`problems[].goals[].statement`), names, help and kind.

    `kind` is one of text, number, date, flag, choice, list (of texts), rows, section; `choices` the words of a choice.
    """

    path: str
    title: str
    title_es: str
    help: str
    example: object
    kind: str
    choices: tuple[str, ...]
    mark: Mark
    aliases: tuple[str, ...]


@cache
def fields() -> tuple[FieldWords, ...]:
    """Every field of a plan, in the order of a file, sections and lists included. Keys that start with `_` are not."""
    return tuple(_fields_of(Plan, ""))


@cache
def by_path() -> dict[str, FieldWords]:
    """`fields()` by path."""
    return {field.path: field for field in fields()}


def _fields_of(cls: type[Part], path: str) -> Iterator[FieldWords]:
    for name, info in cls.model_fields.items():
        key = info.alias or name
        if key.startswith("_"):
            continue
        here = join(path, key)
        kind, choices, inner = _kind(info)
        yield _words(here, info, kind, choices)
        if inner is not None:
            yield from _fields_of(inner, f"{here}[]" if kind == "rows" else here)


def _words(path: str, info: FieldInfo, kind: str, choices: tuple[str, ...]) -> FieldWords:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    aliases = extra.get("aliases")
    return FieldWords(
        path=path,
        title=info.title or "",
        title_es=str(extra.get("title_es", "")),
        help=info.description or "",
        example=info.examples[0] if info.examples else None,
        kind=kind,
        choices=choices,
        mark=Mark(str(extra.get("sensitivity", Mark.HEALTH))),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
    )


def _kind(info: FieldInfo) -> tuple[str, tuple[str, ...], type[Part] | None]:
    options = _options(info.annotation)
    for option in options:
        if isinstance(option, type) and issubclass(option, Part):
            return "section", (), option
        if get_origin(option) is list:
            (item,) = get_args(option)
            return ("rows", (), item) if isinstance(item, type) and issubclass(item, Part) else ("list", (), None)
        if get_origin(option) is Literal:
            return "choice", tuple(str(word) for word in get_args(option)), None
    if date in options:
        return "date", (), None
    if bool in options:
        return "flag", (), None
    if str in options or PartialDate in options:
        return "text", (), None
    return "number", (), None


def _options(annotation: object) -> list[object]:
    """The types that a union offers, with `Annotated` taken off."""
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [option for inner in get_args(annotation) for option in _options(inner)]
    return [annotation]
