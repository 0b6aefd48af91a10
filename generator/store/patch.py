"""What changed between two states of a document, field by field, and how to change another one the same way.

A document is plain data (mappings, lists, texts, numbers). A path is written as in a plan's file:
`problems[0].goals[1].text`; the empty path is the whole. Nothing here knows what a plan is, or keeps anything.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from enum import Enum

Step = str | int
Path = tuple[Step, ...]

_PLAIN = re.compile(r"[^.\[\]]+")
_PATH = re.compile(r"(?:(?:^|\.)([^.\[\]]+)|\[(\d{1,6})\])")


class _Gone(Enum):
    GONE = "gone"


GONE = _Gone.GONE
"""In a patch: the field is taken away. None is a value like any other."""


def read_path(path: str) -> Path:
    """The steps of a path. ValueError where it is none."""
    steps: list[Step] = []
    end = 0
    for found in _PATH.finditer(path):
        if found.start() != end:
            break
        end = found.end()
        steps.append(found[1] if found[1] is not None else int(found[2]))
    if end != len(path) or path.startswith("."):
        raise ValueError("not a path")
    return tuple(steps)


def patch_between(old: object, new: object, path: str = "") -> dict[str, object]:
    """The smallest fields that differ, each with its new value, or GONE.

    Entries of a list are compared place by place only while the list kept its entries; once one was added, taken out
    or moved, the whole list is one field, so that nobody's words end up at another entry.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        changed = [key for key in (*old, *(k for k in new if k not in old)) if not _same(old, new, key)]
        if all(isinstance(key, str) and _PLAIN.fullmatch(key) for key in changed):
            out: dict[str, object] = {}
            for key in changed:
                here = f"{path}.{key}" if path else str(key)
                if key not in new:
                    out[here] = GONE
                elif key not in old:
                    out[here] = new[key]
                else:
                    out |= patch_between(old[key], new[key], here)
            return out
        return {path: new}
    if isinstance(old, list) and isinstance(new, list) and _kept_its_entries(old, new):
        out = {}
        for i, (before, after) in enumerate(zip(old, new, strict=True)):
            if not equal(before, after):
                out |= patch_between(before, after, f"{path}[{i}]")
        return out
    return {} if equal(old, new) else {path: new}


def apply(document: object, patch: Mapping[str, object]) -> object:
    """The document with the patch's fields set; the one given stays as it is.

    ValueError where a path leads through a list's entry or a value that is not there to be changed.
    """
    return apply_here(deepcopy(document), patch)


def apply_here(document: object, patch: Mapping[str, object]) -> object:
    """As `apply`, on the document itself: for one that nobody else holds."""
    for path, value in patch.items():
        document = _set(document, read_path(path), deepcopy(value))
    return document


def value_in(document: object, path: str) -> object:
    """The value at a path, or GONE."""
    here = document
    for step in read_path(path):
        if isinstance(here, Mapping) and isinstance(step, str):
            here = here.get(step, GONE)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return GONE
    return here


def touches(path: str, others: Iterable[str]) -> bool:
    """Whether `path` is one of the others, lies in one, or holds one."""
    mine = read_path(path)
    for other in map(read_path, others):
        shorter = min(len(mine), len(other))
        if mine[:shorter] == other[:shorter]:
            return True
    return False


def equal(one: object, other: object) -> bool:
    """Whether two values are the same to the letter: True is not 1, and 1 is not 1.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return type(one) is type(other) and one == other


def _same(old: Mapping[object, object], new: Mapping[object, object], key: object) -> bool:
    return key in old and key in new and equal(old[key], new[key])


def _kept_its_entries(old: list[object], new: list[object]) -> bool:
    if len(old) != len(new) or not all(isinstance(entry, Mapping) for entry in (*old, *new)):
        return False
    for i, (before, after) in enumerate(zip(old, new, strict=True)):
        if equal(before, after):
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping) and before.get("id") != after.get("id"):
            return False
        if any(equal(after, entry) for j, entry in enumerate(old) if j != i):
            return False
    return True


def _set(here: object, steps: Path, value: object) -> object:
    if not steps:
        if value is GONE:
            raise ValueError("the whole document cannot be taken away")
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        if not isinstance(here, list) or step >= len(here):
            raise ValueError("no such entry")
        if not rest and value is GONE:
            raise ValueError("an entry is taken away with its list")
        here[step] = _set(here[step], rest, value)
        return here
    if not isinstance(here, dict):
        raise ValueError("no such section")
    if not rest and value is GONE:
        here.pop(step, None)
    elif step in here:
        here[step] = _set(here[step], rest, value)
    elif value is not GONE:
        here[step] = _set({}, rest, value)
    return here
