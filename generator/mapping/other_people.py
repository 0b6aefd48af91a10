"""Other people's blanks: a form that asks a person's own facts again and again means a household, owners, children.

Nothing on such a blank says whose it is ("Last name", "SSN 2"), so only the whole form tells. The patient's own values
must never stand there.
"""

import re
from collections.abc import Mapping, Sequence

from generator.mapping import owners
from generator.mapping.evidence import Evidence

WHY = "the form asks this of several people here; only the first can be the patient"

_ONE_OF_A_KIND = ("patient.dob", "patient.ssn", "patient.ssn_last4")
_OWN = ("patient.name.", "patient.address.", "patient.dob", "patient.ssn", "patient.phone", "patient.email", "patient.sex")  # fmt: skip


def of_other_people(
    evidences: Sequence[Evidence], order: Sequence[int], chosen: Sequence[str]
) -> tuple[set[int], set[int]]:
    """Slots that ask a patient's own fact of somebody else, and slots of which it cannot be said.

    A page asks a patient's birth date once. Names that count ("DOB 1", "DOB 2") count people when several of a
    person's facts are counted so, or one of them a third time.
    """
    pages: dict[tuple[int | None, str], list[int]] = {}
    for i in order:
        if chosen[i] and "[]" not in chosen[i] and not evidences[i].is_check:
            pages.setdefault((evidences[i].slot.page, chosen[i]), []).append(i)
    counted = {key: rows for key, found in pages.items() if (rows := _counted(evidences, found))}
    facts: dict[int | None, set[str]] = {}
    for page, path in counted:
        if path.startswith(_OWN):
            facts.setdefault(page, set()).add(path)
    others: set[int] = set()
    unsure: set[int] = set()
    for (page, path), rows in counted.items():
        if not path.startswith(_OWN):
            unsure.update(rows if len(rows) > 2 else ())
        elif len(facts[page]) > 1 or len(rows) > 2 or path in _ONE_OF_A_KIND:
            others.update(rows[1:])
            unsure.add(rows[0])
    for (_, path), found in pages.items():
        if len(found) > 1 and path.startswith(_OWN):
            first = next((i for i in found if evidences[i].owner == owners.PATIENT), found[0])
            later = [i for i in found if i != first]
            if path in _ONE_OF_A_KIND and len(found) > 2 and not _is_in_pieces(evidences, found):
                others.update(i for i in later if evidences[i].owner != owners.PATIENT)
            unsure.update(i for i in later if evidences[i].owner != owners.PATIENT)
    return others, (unsure | _in_their_rows(evidences, chosen, others)) - others


def _counted(evidences: Sequence[Evidence], found: Sequence[int]) -> list[int]:
    """Of slots that ask one fact, those whose names differ in a number alone, if that is two or more."""
    stems: dict[str, list[int]] = {}
    for i in found:
        name = evidences[i].slot.id
        if re.search(r"\d", name):
            stems.setdefault(re.sub(r"\d+", "9", name), []).append(i)
    most = max(stems.values(), key=len, default=[])
    return most if len(most) > 1 else []


def _in_their_rows(evidences: Sequence[Evidence], chosen: Sequence[str], others: set[int]) -> set[int]:
    """The patient's facts in a row (or under a number) where another fact is somebody else's."""
    keys = {key for i in others for key in _keys(evidences[i])}
    return {
        i
        for i, path in enumerate(chosen)
        if path.startswith("patient.") and any(k in keys for k in _keys(evidences[i]))
    }


def _keys(evidence: Evidence) -> tuple[tuple[object, ...], ...]:
    slot = evidence.slot
    row = ((slot.page, slot.group, slot.index),) if slot.group and slot.index is not None else ()
    number = re.search(r"(\d+)\D*$", slot.id)
    return (*row, *(((slot.page, "#", number[1]),) if number else ()))


def _is_in_pieces(evidences: Sequence[Evidence], found: Sequence[int]) -> bool:
    """Month, day and year, or three parts of a number, side by side: one fact in several blanks."""
    rects = [evidences[i].slot.rect for i in found]
    if any(rect is None for rect in rects):
        return True
    lines = [round(rect[1] / 6) for rect in rects if rect]
    return max(lines) - min(lines) <= 1


def speaks_otherwise(
    evidence: Evidence, source: str, phrase: Sequence[str], named: Mapping[str, Sequence[str]]
) -> bool:
    """Whether a slot's own name or tooltip, in words, says nothing of what a text farther off seemed to ask.

    `named` are the words of its name and its tooltip; a field called "title" under the head "name" is no name, and one that
    tells "scars, tattoos" is no gender, though "gender" is printed left of it.
    """
    if source == "left":
        named = {key: words for key, words in named.items() if key == "tooltip"}
    elif source not in ("above", "below", "column", "row"):
        return False
    own = [words for words in named.values() if any(len(word) > 3 and not word.isdigit() for word in words)]
    return bool(own) and not any(set(words) & set(phrase) for words in own)


def is_contradicted(evidence: Evidence, owner: str) -> bool:
    """Whether a patient's value is asked by a field's name while the words on paper name somebody else.

    A client may be the defendant of a court's form, so a person says.
    """
    if owner != owners.PATIENT or evidence.owner != owners.PATIENT:
        return False
    printed = {
        owners.owner_in(said.tokens)
        for said in evidence.said
        if said.source in ("label", "left", "tooltip", "inside") and len(said.tokens) <= 10
    }
    return bool(printed - {None, owners.PATIENT, owners.AGENCY, owners.INSURANCE})
