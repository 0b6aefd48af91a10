"""What changed between two plans: every value that was added, changed or dropped.

Entries of a list are matched though they were renamed, numbered anew or put in another order. Ids are marks for the
program, not values; what points to one (a responsible staff member) counts by the name behind it.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, utils

from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.walk import join

_SAID_BY: dict[type[Part], str] = {
    Problem: "title",
    Goal: "statement",
    Objective: "statement",
    Intervention: "description",
}
"""The sentence that names an entry of the plan proper; other entries are named by their first values."""
_ALIKE = 60
"""Likeness (0 to 100) from which two sentences are the same entry, reworded."""
_ENTRY = re.compile(
    r"problems\[(\d+)\](?:\.goals\[(\d+)\](?:\.objectives\[(\d+)\](?:\.interventions\[(\d+)\])?)?)?", re.ASCII
)
_TO_STAFF = frozenset(("responsible_staff", "prepared_by", "diagnosed_by", "assessor", "supervisor", "participants"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One value, or one whole entry, that is not as it was.

    `field` is its place without numbers, with `[]` at the end for an entry of a list (`problems[].goals[]`); `where`
    is its path in the later plan, in the earlier one for what was dropped. `entry` is the number on paper (1.2.1), or
    the name of the entry it belongs to. Values are texts: dates ISO, choices their own words.
    """

    kind: Literal["added", "changed", "dropped"]
    field: str
    where: str
    entry: str
    before: str
    after: str


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Every difference, in the order of the later plan; what was dropped stands at the end of its list."""
    return tuple(_Walk(_staff(before), _staff(after)).parts(before, after, "", "", "", ""))


@dataclass(frozen=True, slots=True)
class _Walk:
    staff_before: dict[str, str]
    staff_after: dict[str, str]

    def parts(
        self, before: Part, after: Part, field: str, at_before: str, at_after: str, entry: str
    ) -> Iterator[Difference]:
        """The differences of two parts of one kind."""
        if before.instead is not None or after.instead is not None:
            yield from self.leaf(_said(before.instead), _said(after.instead), field, at_before, at_after, entry)
        for name, info in type(after).model_fields.items():
            key = info.alias or name
            if key in ("id", "schema"):
                continue
            here = (join(field, key), join(at_before, key), join(at_after, key))
            old, new = getattr(before, name), getattr(after, name)
            if isinstance(old, Part) and isinstance(new, Part):
                yield from self.parts(old, new, *here, entry)
                continue
            old_items, new_items = _items(before, key, old), _items(after, key, new)
            if old_items or new_items or isinstance(old, list) or isinstance(new, list):
                yield from self.entries(_of_parts(old), _of_parts(new), *here, entry)
                yield from self.texts(old_items, new_items, key, *here, entry)
            old_text = "" if isinstance(old, list) else self.said(key, old, is_old=True)
            new_text = "" if isinstance(new, list) else self.said(key, new, is_old=False)
            old_text, new_text = old_text or _said(before.unread.get(key)), new_text or _said(after.unread.get(key))
            yield from self.leaf(old_text, new_text, *here, entry)
        for key in dict.fromkeys((*(before.model_extra or {}), *(after.model_extra or {}))):
            old_text, new_text = (_said((part.model_extra or {}).get(key)) for part in (before, after))
            yield from self.leaf(old_text, new_text, join(field, key), join(at_before, key), join(at_after, key), entry)

    def leaf(self, old: str, new: str, field: str, at_before: str, at_after: str, entry: str) -> Iterator[Difference]:
        """The difference of two values, if there is one."""
        if old != new:
            kind: Literal["added", "changed", "dropped"] = "changed" if old and new else "added" if new else "dropped"
            yield Difference(kind, field, at_before if kind == "dropped" else at_after, entry, old, new)

    def texts(
        self,
        old: Sequence[object],
        new: Sequence[object],
        key: str,
        field: str,
        at_before: str,
        at_after: str,
        entry: str,
    ) -> Iterator[Difference]:
        """Items of a list of texts: each one that is new, and each one that is gone. Their order is no value."""
        was = Counter(self.said(key, one, is_old=True) for one in old)
        for i, one in enumerate(new):
            text = self.said(key, one, is_old=False)
            if was[text]:
                was[text] -= 1
            elif text:
                yield Difference("added", f"{field}[]", f"{at_after}[{i}]", entry, "", text)
        for i, one in enumerate(old):
            text = self.said(key, one, is_old=True)
            if text and was[text]:
                was[text] -= 1
                yield Difference("dropped", f"{field}[]", f"{at_before}[{i}]", entry, text, "")

    def entries(
        self, old: Sequence[Part], new: Sequence[Part], field: str, at_before: str, at_after: str, entry: str
    ) -> Iterator[Difference]:
        """Entries of a list, each with the one that it was before."""
        pairs = matched(old, new)
        inside = f"{field}[]"
        for j, after in enumerate(new):
            i, here = pairs.get(j), f"{at_after}[{j}]"
            called = _number(here) or entry or name_of(after)
            if i is None:
                yield from self.whole("added", after, inside, here, called)
            else:
                yield from self.parts(old[i], after, inside, f"{at_before}[{i}]", here, called)
        kept = set(pairs.values())
        for i, before in enumerate(old):
            if i not in kept:
                here = f"{at_before}[{i}]"
                yield from self.whole("dropped", before, inside, here, _number(here) or entry or name_of(before))

    def whole(
        self, kind: Literal["added", "dropped"], part: Part, field: str, where: str, entry: str
    ) -> Iterator[Difference]:
        """An entry that is new or gone, and those of the plan proper that stand below it."""
        name = name_of(part) or _all_of(part)
        if name:
            yield Difference(
                kind, field, where, entry, name if kind == "dropped" else "", name if kind == "added" else ""
            )
        for key in ("goals", "objectives", "interventions"):
            for i, below in enumerate(getattr(part, key, ())):
                here = f"{where}.{key}[{i}]"
                yield from self.whole(kind, below, f"{field}.{key}[]", here, _number(here))

    def said(self, key: str, value: object, *, is_old: bool) -> str:
        """A value as text; a pointer to a staff member as the name behind it."""
        text = _said(value)
        return (self.staff_before if is_old else self.staff_after).get(text, text) if key in _TO_STAFF else text


def matched(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Which entry of `old` each one of `new` was, by place; those that are new are not in it.

    The same entry first, then the same words, the same id, the same first value, and last the most alike sentence.
    """
    pairs: dict[int, int] = {}
    left = set(range(len(old)))

    def pair(key: Callable[[Part], Hashable]) -> None:
        if len(pairs) == len(new) or not left:
            return
        waiting: dict[Hashable, list[int]] = {}
        for i in sorted(left):
            if mark := key(old[i]):
                waiting.setdefault(mark, []).append(i)
        for j, one in enumerate(new):
            if j not in pairs and waiting.get(mark := key(one)):
                pairs[j] = waiting[mark].pop(0)
                left.discard(pairs[j])

    pair(lambda part: (_frozen(part.as_data()), _said(part.instead)))
    pair(lambda part: utils.default_process(name_of(part)) or name_of(part))
    pair(lambda part: str(getattr(part, "id", None) or "").strip())
    pair(lambda part: "" if type(part) in _SAID_BY else next((_said(v) for _, v in _own_values(part)), ""))
    alike = [(-_likeness(old[i], new[j]), i, j) for i in left for j in range(len(new)) if j not in pairs]
    for score, i, j in sorted(alike):
        if -score >= _ALIKE and j not in pairs and i in left:
            pairs[j] = i
            left.discard(i)
    return pairs


def name_of(part: Part) -> str:
    """What an entry is called: its sentence, or its first two values; "" where it has none."""
    said_by = _SAID_BY.get(type(part))
    if part.instead is not None:
        return _said(part.instead)
    if said_by is not None:
        return _said(getattr(part, said_by))
    return ", ".join([_said(value) for _, value in _own_values(part)][:2])


def _likeness(old: Part, new: Part) -> float:
    if type(old) not in _SAID_BY:
        return 0.0
    return fuzz.token_sort_ratio(name_of(old), name_of(new), processor=utils.default_process)


def _own_values(part: Part) -> Iterator[tuple[str, object]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name != "id" and not isinstance(value, Part | list) and _said(value):
            yield name, value


def _all_of(part: Part) -> str:
    """Everything in an entry that has no name, in one line."""
    return ", ".join(_leaves(part.as_data()))


def _leaves(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key != "id":
                yield from _leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value)
    elif text := _said(data):
        yield text


def _items(part: Part, key: str, value: object) -> list[object]:
    """The texts of a list, those that could not be read among them."""
    own = [one for one in value if not isinstance(one, Part)] if isinstance(value, list) else []
    return own + [raw for name, raw in part.unread.items() if name.startswith(f"{key}[")]


def _of_parts(value: object) -> list[Part]:
    return [one for one in value if isinstance(one, Part)] if isinstance(value, list) else []


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        return ", ".join(_leaves(value))
    return str(value).strip()


def _frozen(data: object) -> Hashable:
    """Plain data as something that can be a key; ids are left out."""
    if isinstance(data, dict):
        return tuple(
            (key, _frozen(value)) for key, value in data.items() if key != "id" and value not in (None, "", [], {})
        )
    if isinstance(data, list):
        return tuple(_frozen(value) for value in data)
    return _said(data)


def _number(where: str) -> str:
    """The number on paper of an entry of the plan proper: problems[0].goals[1] is 1.2."""
    match = _ENTRY.fullmatch(where)
    return ".".join(str(int(place) + 1) for place in match.groups() if place is not None) if match else ""


def _staff(plan: Plan) -> dict[str, str]:
    named: dict[str, str] = {}
    for one in plan.staff:
        if one.id:
            named.setdefault(one.id.strip(), ", ".join(t for t in (one.name, one.credential) if t) or one.id)
    return named
