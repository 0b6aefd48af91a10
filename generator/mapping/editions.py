"""Carry a confirmed map to a new edition of its form: by name, by caption, by order. What is not certain is shown, not carried."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from generator.mapping.phrases import words
from generator.slots import Slot, SlotKind

Fate = Literal["kept", "moved", "new", "gone", "check"]
_ALIKE = 84.0
_NEIGHBOURS, _AGREEING = 3, 3
"""Fields looked at before and after one, and how many of them must have the same captions in both editions."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one slot. `old` and `new` are its names, "" where it is not there; `why` says what to look at."""

    fate: Fate
    old: str
    new: str
    label: str
    why: str = ""

    def as_dict(self) -> dict[str, object]:
        """One line of the table."""
        return {"fate": self.fate, "old": self.old, "new": self.new, "label": self.label, "why": self.why}


def carry(old: Sequence[Slot], new: Sequence[Slot]) -> tuple[Carried, ...]:
    """One entry for each slot of either edition.

    *kept*: the same name and caption. *moved*: another name or place, the same caption, and no other that it could be.
    *check*: perhaps the same, a person must say; nothing is carried. *new*, *gone*: in one edition only.
    """
    pairs: dict[int, tuple[int, Fate, str]] = {}
    taken: set[int] = set()
    by_name = {slot.id: j for j, slot in enumerate(new)}
    for i, slot in enumerate(old):
        j = by_name.get(slot.id)
        if (
            j is not None
            and _same_kind(slot, new[j])
            and _alike(slot, new[j]) >= _ALIKE
            and not _renumbered(slot, new[j])
        ):
            pairs[i] = (
                j,
                "kept" if slot.page == new[j].page else "moved",
                "" if slot.page == new[j].page else "another page",
            )
            taken.add(j)
    _by_caption(old, new, pairs, taken)
    for i, slot in enumerate(old):
        j = by_name.get(slot.id)
        if i not in pairs and j is not None and j not in taken:
            why = (
                "another caption under the old name"
                if _same_kind(slot, new[j])
                else "another kind of field under the old name"
            )
            pairs[i] = (j, "check", why)
            taken.add(j)
    out = []
    for i, slot in enumerate(old):
        if i in pairs:
            j, fate, why = pairs[i]
            out.append(Carried(fate, slot.id, new[j].id, _label(new[j]), why))
        else:
            out.append(Carried("gone", slot.id, "", _label(slot)))
    out += [Carried("new", "", slot.id, _label(slot)) for j, slot in enumerate(new) if j not in taken]
    return tuple(out)


def carried_map(fields: Mapping[str, object], table: Sequence[Carried]) -> dict[str, object]:
    """The entries of the old map under the new names; only what was kept or moved."""
    to = {one.old: one.new for one in table if one.fate in ("kept", "moved")}
    return {to[name]: entry for name, entry in fields.items() if name in to}


def _by_caption(
    old: Sequence[Slot], new: Sequence[Slot], pairs: dict[int, tuple[int, Fate, str]], taken: set[int]
) -> None:
    """Pair what is left by caption and heading, where each side has as many of that caption, in order."""
    names, in_line = {slot.id for slot in old}, _in_line(old, new)
    left = [i for i in range(len(old)) if i not in pairs]
    free = [j for j in range(len(new)) if j not in taken]
    for key_of in (_full_key, _caption_key):
        olds = Counter(key_of(old[i]) for i in left if i not in pairs)
        news = Counter(key_of(new[j]) for j in free if j not in taken)
        whole_old, whole_new = Counter(key_of(slot) for slot in old), Counter(key_of(slot) for slot in new)
        for key, count in olds.items():
            if not key[0] or news[key] != count or whole_old[key] != whole_new[key]:
                continue
            mine = [i for i in left if i not in pairs and key_of(old[i]) == key]
            theirs = [j for j in free if j not in taken and key_of(new[j]) == key]
            for i, j in zip(mine, theirs, strict=True):
                if new[j].id in names and new[j].id != old[i].id:
                    pairs[i] = (j, "check", "the name of another field of the old edition")
                elif not _is_at_its_place(old, i, new, j, is_in_line=(i, j) in in_line, is_alone=whole_old[key] == 1):
                    pairs[i] = (j, "check", "the same caption, among other fields")
                else:
                    pairs[i] = (j, "moved", "another name, the same caption")
                taken.add(j)


def _in_line(old: Sequence[Slot], new: Sequence[Slot]) -> set[tuple[int, int]]:
    """The pairs that stand in the same order of captions in both editions: their longest common sequence."""
    blocks = LCSseq.opcodes([_caption_key(slot) for slot in old], [_caption_key(slot) for slot in new])
    return {
        (one.src_start + n, one.dest_start + n)
        for one in blocks
        if one.tag == "equal"
        for n in range(one.src_end - one.src_start)
    }


def _is_at_its_place(
    old: Sequence[Slot], i: int, new: Sequence[Slot], j: int, *, is_in_line: bool, is_alone: bool
) -> bool:
    """Whether two fields of one caption are the same field, and not one and its twin elsewhere on the form.

    Fields of the same captions stand before and after both. Or two of these are so: both stand in the same order of captions;
    no other field has that caption, and what is printed around both is alike; two such fields are near both.
    """
    captions = {_caption_key(slot) for slot in new}
    before, after = _company(old, i), _company(new, j)
    still_there = sum(count for key, count in before.items() if key in captions)
    alike = (before & after).total()
    if alike >= min(_AGREEING, still_there):
        return True
    looks_alike = is_alone and fuzz.ratio(_on_all_sides(old[i]), _on_all_sides(new[j])) >= _ALIKE
    return (is_in_line, looks_alike, alike >= _AGREEING - 1).count(True) >= 2


def _company(slots: Sequence[Slot], at: int) -> Counter[tuple[str, ...]]:
    near = (*slots[max(0, at - _NEIGHBOURS) : at], *slots[at + 1 : at + 1 + _NEIGHBOURS])
    return Counter(key for slot in near if (key := _caption_key(slot))[0])


def _full_key(slot: Slot) -> tuple[str, ...]:
    return (*_caption_key(slot), " ".join(words(slot.near.section)), " ".join(words(slot.near.column)))


def _caption_key(slot: Slot) -> tuple[str, ...]:
    return (" ".join(words(_label(slot))), _group(slot.kind))


def _group(kind: SlotKind) -> str:
    return "box" if kind in (SlotKind.CHECK, SlotKind.RADIO) else "list" if kind is SlotKind.CHOICE else "text"


def _same_kind(a: Slot, b: Slot) -> bool:
    return _group(a.kind) == _group(b.kind)


def _alike(a: Slot, b: Slot) -> float:
    """How alike two slots' captions are, 0 to 100; two without any are alike only in their place."""
    first, second = " ".join(words(_label(a))), " ".join(words(_label(b)))
    if not first and not second:
        return (
            100.0 if a.rect and b.rect and abs(a.rect[0] - b.rect[0]) < 20 and abs(a.rect[1] - b.rect[1]) < 20 else 0.0
        )
    return max(fuzz.ratio(first, second), _around(a, b))


def _around(a: Slot, b: Slot) -> float:
    """The captions on all sides together: one line of them may be gone where a form was set anew."""
    first = " ".join(words(f"{a.near.left} {a.near.above}"))
    second = " ".join(words(f"{b.near.left} {b.near.above}"))
    return float(fuzz.ratio(first, second)) if first and second else 0.0


def _on_all_sides(slot: Slot) -> str:
    near = slot.near
    return " ".join(words(f"{near.left} {near.above} {near.right} {near.below} {near.row} {near.column}"))


def _renumbered(a: Slot, b: Slot) -> bool:
    """ "Goal 2" is not "Goal 3", alike as they look."""
    digits = re.compile(r"\d+")
    return digits.findall(_label(a)) != digits.findall(_label(b))


def _label(slot: Slot) -> str:
    if slot.tooltip:
        return slot.tooltip
    tail = slot.id.rpartition(".")[2]
    if slot.label and slot.label not in (slot.id, tail):
        return slot.label
    near = slot.near
    return near.left or near.above or near.right or near.inside or near.below or ""
