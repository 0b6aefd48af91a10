"""Every value that a plan tells, with its place: one walk, for all who look a plan through from end to end."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from generator.plan.base import Part
from generator.plan.layout import fields_at


class Told(NamedTuple):
    """One value that is not empty: where it stands, the same without indexes (`problems[].title`), the last key of it.

    An item of a list stands alone, and its `general` ends in `[]`. A text in the place of a whole part has no `general`.
    """

    path: str
    general: str
    key: str
    value: object


_made = tuple.__new__  # what Told(...) comes to in the end; a plan has hundreds of values


def told(part: Part) -> list[Told]:
    """The values of a part and of all below it, in the order of the file; 0 and False are values."""
    out: list[Told] = []
    _look(part, "", "", out)
    return out


def _look(part: Part, path: str, general: str, out: list[Told]) -> None:
    places = _places(type(part), general)
    dot = f"{path}." if path else ""
    for name, value in part.__dict__.items():
        if value is None or name not in places:
            continue
        key, place, below = places[name]
        # The commonest first, and nothing is compared with a part: that would compare all its fields.
        kind = type(value)
        if kind is str:
            if value:
                out.append(_made(Told, (dot + key, place, key, value)))
        elif kind is list:
            for i, item in enumerate(value):
                if is_part[type(item)]:
                    _look(item, f"{dot}{key}[{i}]", below, out)
                else:
                    out.append(_made(Told, (f"{dot}{key}[{i}]", below, key, item)))
        elif is_part[kind]:
            _look(value, dot + key, place, out)
        else:
            out.append(_made(Told, (dot + key, place, key, value)))
    own = part.__pydantic_private__
    if own is not None and isinstance(instead := own["_instead"], str) and instead:
        out.append(Told(path, "", path.rstrip("]0123456789[").rpartition(".")[2], instead))


class _Kinds(dict[type, bool]):
    """Whether values of a type are parts: asked of the type, for pydantic's own `isinstance` takes ten times as long."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = issubclass(kind, Part)
        return self[kind]


is_part = _Kinds()


@cache
def _places(cls: type[Part], general: str) -> Mapping[str, tuple[str, str, str]]:
    """Key, place and place below of each attribute of a part that stands at a place of the model."""
    return {one.name: (one.key, one.path, f"{one.path}[]") for one in fields_at(cls, general)}
