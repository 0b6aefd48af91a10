"""What the fields of a part are, worked out once for each place of the model: for walks over many plans."""

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin

from generator.plan.base import Part
from generator.plan.catalog import FieldWords, by_path
from generator.plan.walk import join


@dataclass(frozen=True, slots=True)
class FieldAt:
    """One field of a part: its attribute, its key in the file, its path without indexes, its words.

    `may_be_text`: a list in whose place a text may stand.
    """

    name: str
    key: str
    path: str
    words: FieldWords
    may_be_text: bool


@cache
def fields_at(cls: type[Part], path: str) -> tuple[FieldAt, ...]:
    """The fields of a part that stands at `path` (`problems[].goals[]`; "" for a plan). Keys that start with `_` are not."""
    return tuple(
        FieldAt(name, key, join(path, key), by_path()[join(path, key)], _may_be_text(info.annotation))
        for name, info in cls.model_fields.items()
        if not (key := info.alias or name).startswith("_")
    )


def _may_be_text(annotation: object) -> bool:
    return get_origin(annotation) in (Union, UnionType) and any("str" in str(option) for option in get_args(annotation))
