"""What a plan holds that was kept but not understood: unknown keys, and values that do not parse."""

import difflib
from collections.abc import Iterator

from generator.finding import Note
from generator.plan.base import Part
from generator.plan.catalog import FieldWords, by_path
from generator.plan.plan import Plan
from generator.plan.walk import join, parts

_WANTED = {
    "date": "a calendar date as YYYY-MM-DD",
    "number": "a number",
    "flag": "yes or no",
    "list": "a list, each item on a line of its own after a hyphen",
    "rows": "a list of entries",
    "section": "keys and values below it",
    "text": "text",
}


def notes(plan: Plan) -> tuple[Note, ...]:
    """One note for every unknown key and every value that cannot be read, in the order of the file.

    A note names the place and never repeats the value.
    """
    return tuple(note for path, part in parts(plan) for note in _notes_of(path, part))


def _notes_of(path: str, part: Part) -> Iterator[Note]:
    if part.instead is not None:
        yield Note(path or "the file", "This was kept but cannot be read: keys and values are wanted here.")
    for key in part.unread:
        yield Note(join(path, key), f"This was kept but cannot be read: write {_wanted(join(path, key))}.")
    known = [info.alias or name for name, info in type(part).model_fields.items()]
    for key in part.model_extra or {}:
        if key.startswith("_"):
            continue
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        hint = f' The nearest known key is "{near[0]}".' if near else ""
        yield Note(join(path, key), f"Plans have no such key here; it was kept but nothing reads it.{hint}")


def _wanted(path: str) -> str:
    field: FieldWords | None = by_path().get(general(path))
    if field is None and path.endswith("]"):
        field = by_path().get(general(path[: path.rindex("[")]))
        return "text" if field is None or field.kind == "list" else _WANTED[field.kind]
    if field is None:
        return "something else"
    if field.kind == "choice":
        return f"one of {', '.join(field.choices)}"
    return _WANTED[field.kind]


def general(path: str) -> str:
    """A path without its indexes: `problems[0].goals[1].statement` is `problems[].goals[].statement`."""
    out, inside = [], False
    for char in path:
        if char == "[":
            inside = True
            out.append("[]")
        elif char == "]":
            inside = False
        elif not inside:
            out.append(char)
    return "".join(out)
