"""Places in a plan: every value with its path, and the way from a path to its value.

A path is written as in the file: `problems[0].goals[1].objectives[0].measure.target`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from generator.plan.base import Part

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a plan: where it stands, what it is, and the words of its field."""

    path: str
    value: object
    info: FieldInfo


def leaves(part: Part, path: str = "") -> Iterator[Leaf]:
    """Every value that is not None, in the order of the file; items of lists one by one."""
    for name, info in type(part).model_fields.items():
        here = join(path, info.alias or name)
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from leaves(value, here)
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, Part):
                    yield from leaves(item, f"{here}[{i}]")
                else:
                    yield Leaf(f"{here}[{i}]", item, info)
        elif value is not None:
            yield Leaf(here, value, info)


def parts(part: Part, path: str = "") -> Iterator[tuple[str, Part]]:
    """`part` and every part below it, each with its path (the first one's is `path` itself)."""
    yield path, part
    for name, info in type(part).model_fields.items():
        here = join(path, info.alias or name)
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from parts(value, here)
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts(item, f"{here}[{i}]")


def join(path: str, key: str) -> str:
    """`path.key`, or `key` where there is no path yet."""
    return f"{path}.{key}" if path else key


def value_at(part: Part, path: str) -> object:
    """The value at a path, None where nothing stands there. KeyError where the model has no such place."""
    here: object = part
    for name, index in _STEP.findall(path):
        if name:
            if not isinstance(here, Part):
                raise KeyError(path)
            here = getattr(here, _attribute(here, name, path))
        else:
            if not isinstance(here, list):
                raise KeyError(path)
            here = here[int(index)] if int(index) < len(here) else None
        if here is None:
            return None
    return here


def _attribute(part: Part, key: str, path: str) -> str:
    for name, info in type(part).model_fields.items():
        if key == (info.alias or name):
            return name
    raise KeyError(path)
