"""What slots say of their neighbours: the order of reading, whose data a line is about, a second address."""

from collections.abc import Sequence
from dataclasses import replace

from generator.mapping import owners
from generator.mapping.evidence import Evidence
from generator.mapping.phrases import words
from generator.slots import Slot


def reading_order(slots: Sequence[Slot]) -> list[int]:
    """The slots' numbers in the order of reading: pages, then lines, then left to right; Word has its own order."""
    if not slots or any(slot.page is None or slot.rect is None for slot in slots):
        return list(range(len(slots)))
    ordered = sorted(range(len(slots)), key=lambda i: (slots[i].page or 0, -_top(slots[i])))
    out: list[int] = []
    line: list[int] = []
    for i in ordered:
        if line and (slots[i].page != slots[line[0]].page or _top(slots[line[0]]) - _top(slots[i]) > 7):
            out += sorted(line, key=lambda j: _left(slots[j]))
            line = []
        line.append(i)
    return out + sorted(line, key=lambda j: _left(slots[j]))


def _top(slot: Slot) -> float:
    return slot.rect[3] if slot.rect else 0.0


def _left(slot: Slot) -> float:
    return slot.rect[0] if slot.rect else 0.0


def with_inherited_owners(evidences: list[Evidence], order: Sequence[int]) -> list[Evidence]:
    """ "Emergency contact ____ Phone ____": the second blank is about whom the first one named."""
    out = list(evidences)
    last: Evidence | None = None
    since = 0
    for i in order:
        one = evidences[i]
        since += 1
        is_theirs = one.owner == owners.EMPLOYER and last is not None and last.owner == owners.OTHER and since <= 5
        if is_theirs:
            out[i] = replace(one, owner=owners.OTHER)
            continue
        if one.owner and not (one.is_owner_far and last is not None):
            last, since = one, 0
            continue
        told = {token for said in one.said if said.weight >= 0.7 for token in said.tokens}
        is_personal = bool(told & {"relationship", "phone", "birth", "address", "email", "employer", "city", "state", "zip",
                                   "parentesco", "telefono", "age", "sex", "fax", "cell", "employment", "nacimiento"})  # fmt: skip
        if (
            last is not None
            and since <= 5
            and is_personal
            and last.owner not in (owners.PATIENT, owners.INSURANCE, owners.CLINICIAN, owners.AGENCY)
            and last.slot.page == one.slot.page
            and not last.is_owner_far
            and not one.owner
            and _is_close(last.slot, one.slot)
        ):
            out[i] = replace(one, owner=last.owner)
        elif one.owner or not is_personal:
            last = None
    return out


_SECOND = frozenset(("mailing", "previous", "postal", "billing", "former", "prior"))


def with_second_addresses(evidences: list[Evidence], order: Sequence[int]) -> list[Evidence]:
    """A mailing or previous address beside the home address is left to the person; alone it is the address."""
    parts = {"address", "street", "city", "state", "zip", "apt", "suite", "county", "direccion", "ciudad"}
    out, is_first = list(evidences), False
    for i in order:
        one = evidences[i]
        told = {
            t
            for said in one.said
            if said.source in ("name", "tooltip", "label") or (said.weight >= 0.7 and said.source != "below")
            for t in said.tokens
        }
        told |= set(words(one.slot.tooltip))
        second = bool(told & parts) and bool(told & _SECOND)
        is_first |= bool(told & parts) and not second and one.owner in (None, owners.PATIENT)
        if second and is_first:
            out[i] = replace(one, owner=owners.OTHER, is_owner_far=False)
    return out


def _is_close(a: Slot, b: Slot) -> bool:
    return a.rect is None or b.rect is None or abs(a.rect[1] - b.rect[1]) < 45
