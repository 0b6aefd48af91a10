"""Every value of a plan that a blank may take, in words, for a select; and back from what was chosen to a field map's entry."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from generator.app.parts.named import named
from generator.app.words import choice_name, say
from generator.mapping.suggest import entry_for
from generator.mapping.suggestion import Candidate, Suggestion
from generator.mapping.vocabulary import concepts
from generator.slots import Slot, SlotKind

EMPTY = ""
"""The option that leaves a blank empty."""
_BY_CHOICE = " = "
Entry = str | Mapping[str, object]


def options_for(slot: Slot, suggestion: Suggestion) -> list[str]:
    """What the blank seems to ask for, the next best, nothing, then all there is, as paths (a box: `path = choice`)."""
    first = [_as_option(suggestion, slot), *(c.path for c in suggestion.candidates[:3])]
    rest = _boxes() if slot.kind is SlotKind.CHECK else values()
    return list(dict.fromkeys([*(one for one in first if one), EMPTY, *rest]))


def said(option: str, language: str) -> str:
    """An option in words."""
    if option == EMPTY:
        return say("leave_empty", language)
    path, _, choice = option.partition(_BY_CHOICE)
    return f"{named(path, language)} = {choice_name(choice, language)}" if choice else named(path, language)


def entry_of(option: str, slots: Sequence[Slot], slot: Slot, suggestion: Suggestion) -> Entry:
    """What the field map holds for it."""
    if option == EMPTY:
        return {"empty": suggestion.why if not suggestion.path else "left empty by the person who confirmed it"}
    if option == _as_option(suggestion, slot):
        return suggestion.entry
    path, _, choice = option.partition(_BY_CHOICE)
    if choice:
        return {"when": path, "is": choice}
    known: Candidate | None = next((one for one in suggestion.candidates if one.path == path), None)
    made = entry_for(slots, slot.id, path)
    if made is not None:
        return made
    return {"when": path} if slot.kind is SlotKind.CHECK else known.shown if known else path


def numbers_in(option: str) -> list[int]:
    """The numbers of the entries in a path, from 1: [1, 2] for `problems[0].goals[1].statement`."""
    return [int(n) + 1 for n in re.findall(r"\[(\d+)\]", option)]


def with_numbers(option: str, numbers: Sequence[int]) -> str:
    """The path with other entries."""
    left = iter(numbers)
    return re.sub(r"\[\d+\]", lambda _: f"[{next(left) - 1}]", option)


def _as_option(suggestion: Suggestion, slot: Slot) -> str:
    entry = suggestion.entry
    if (
        slot.kind is SlotKind.CHECK
        and suggestion.path
        and isinstance(entry, Mapping)
        and isinstance(entry.get("is"), str)
    ):
        return f"{suggestion.path}{_BY_CHOICE}{entry['is']}"
    return suggestion.path


@cache
def values() -> tuple[str, ...]:
    """Every value of a plan, of lists the first entry's, as paths."""
    return tuple(dict.fromkeys(one.path.replace("[]", "[0]") for one in concepts() if one.path))


@cache
def _boxes() -> tuple[str, ...]:
    """Flags, and each choice of a value that has choices."""
    out: list[str] = []
    for one in concepts():
        path = one.path.replace("[]", "[0]")
        if one.path and one.kind == "flag":
            out.append(path)
        out += [f"{path}{_BY_CHOICE}{choice}" for choice in one.choices if one.path]
    return tuple(dict.fromkeys(out))
