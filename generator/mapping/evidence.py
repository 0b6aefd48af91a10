"""What a slot says of itself: its name, tooltip, caption, heading and column, each as words with a weight.

Whether captions stand left of the blanks, above or below is learnt from the form as a whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.mapping import owners
from generator.mapping.phrases import STOP, Phrase, name_words, split_joined, words
from generator.mapping.vocabulary import Concept, by_phrase, by_words, concept_of, family_phrases, known_words, meanings
from generator.slots import Near, Slot, SlotKind

_BARE = ("name", "date", "address", "phone", "code", "number", "text", "nombre", "fecha")
_SIDES = ("left", "above", "below", "inside")


@dataclass(frozen=True, slots=True)
class Said:
    """One text about a slot: where it comes from, its words, and how much it counts (0 to 1)."""

    source: str
    tokens: Phrase
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the vocabulary found in a text: how much of the text it covers (0 to 1)."""

    concept: Concept
    phrase: Phrase
    cover: float
    said: Said


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one slot before a meaning is chosen."""

    slot: Slot
    said: tuple[Said, ...]
    owner: str | None
    is_owner_far: bool
    families: frozenset[str]
    numbers: tuple[tuple[str, tuple[int, ...]], ...]
    is_check: bool
    heads: tuple[Phrase, ...]
    option: Phrase
    raw: str
    is_in_court: bool = False


def evidence_of(slots: Sequence[Slot]) -> list[Evidence]:
    """The evidence of every slot of a form, in the same order."""
    whole = _side_weights(slots)
    pages: dict[int | None, dict[str, float]] = {}
    for page in {slot.page for slot in slots}:
        here = [slot for slot in slots if slot.page == page and slot.kind not in (SlotKind.CHECK, SlotKind.RADIO)]
        pages[page] = _side_weights(here) if len(here) >= 6 else whole
    found = [_evidence(slot, pages[slot.page]) for slot in slots]
    courtly = sum(any(word in one.raw for word in ("court", "petitioner", "defendant", "respondent")) for one in found)
    return [replace(one, is_in_court=True) for one in found] if courtly >= 3 else found


def matches(said: Said) -> list[Match]:
    """Every phrase of the vocabulary in a text, with the share of the text that it covers."""
    return [Match(concept, phrase, cover, said) for concept, phrase, cover in _found(said.tokens)]


@lru_cache(maxsize=4096)
def _found(tokens: Phrase) -> tuple[tuple[Concept, Phrase, float], ...]:
    weights = [_weight(token) for token in tokens]
    whole = sum(weights)
    if not tokens or whole <= 0:
        return ()
    out: list[tuple[Concept, Phrase, float]] = []
    for i, token in enumerate(tokens):
        for phrase, concept in by_phrase().get(token, ()):
            size = len(phrase)
            if tokens[i : i + size] == phrase:
                inside = sum(_weight(t, is_inside=True) for t in phrase)
                outside = whole - sum(weights[i : i + size])
                if outside > 0.2 and owners.is_owner_phrase(phrase):
                    inside *= 0.4  # "insured" in "insured's street" says only whose street
                if inside > 0:
                    out.append((concept, phrase, inside / (inside + outside)))
    out += _compounds(tokens)
    content = frozenset(token for token in tokens if token not in STOP and not token.isdigit())
    for key in {frozenset(tokens), content}:
        out += [(concept, phrase, 0.93) for phrase, concept in by_words().get(key, ())]
    return tuple(out)


def _compounds(tokens: Phrase) -> list[tuple[Concept, Phrase, float]]:
    """Captions that ask for several values in one blank: "Name (Last, First, MI)", "City, State, ZIP"."""
    path = ""
    if "first" in tokens and "last" in tokens and "name" in tokens:
        path = "patient.name.last_first" if tokens.index("last") < tokens.index("first") else "patient.name.full"
    elif {"city", "state", "zip"} <= set(tokens) and len(tokens) < 14:
        path = "patient.address.one_line" if {"street", "address"} & set(tokens) else "patient.address.city_line"
    elif (
        "phone" in tokens and len(tokens) <= 5 and {"area", "first", "second", "prefix", "last", "third"} & set(tokens)
    ):
        path = "agency.phone" if "agency" in tokens else "patient.phone"  # pieces of one number
    elif "name" in tokens and {"license", "credential", "title", "licencia"} & set(tokens) and len(tokens) < 9:
        path = "plan.prepared_by_staff.full"
    concept = concept_of(path) if path else None
    return [(concept, tokens, 1.0)] if concept else []


def _weight(token: str, *, is_inside: bool = False) -> float:
    if token.isdigit():
        return 0.05
    if token in STOP:
        return 0.3 if is_inside else 0.06
    if token in owners.owner_words():
        return 0.7 if is_inside else 0.25
    return 1.0 if token not in ("number", "name", "date") else 0.8


def _evidence(slot: Slot, weights: dict[str, float]) -> Evidence:
    near = near_of(slot)
    said: list[Said] = []
    heads: list[Phrase] = []
    name = _name(slot)
    if name:
        is_plain = all(t in known_words() or t.isdigit() for t in name)
        is_bare = len([t for t in name if not t.isdigit()]) == 1 and name[0] in _BARE
        said.append(Said("name", name, 0.7 if is_bare else 1.02 if is_plain and len(name) > 1 else 0.95))
    tip, before = _sentences(slot.tooltip)
    if tip:
        said.append(Said("tooltip", tip, 1.0))
        heads.append(before)
    caption, context = caption_of(slot)
    if caption:
        said.append(Said("label", _caption(caption), 1.0))
        heads.append(words(context))
    is_check = slot.kind in (SlotKind.CHECK, SlotKind.RADIO)
    for side in _SIDES:
        tokens = _caption(getattr(near, side))
        if tokens and not is_check:
            said.append(Said(side, tokens, weights.get(side, 0.7)))
    if is_check:
        for side, weight in (("left", 0.75), ("above", 0.7), ("right", 0.55)):
            tokens = _caption(getattr(near, side))
            if tokens:
                said.append(Said(side, tokens, weight))
    for side, weight in (("column", 0.9), ("row", 0.85)):
        tokens = _caption(getattr(near, side))
        if tokens:
            said.append(Said(side, tokens, weight))
    heads.append(words(near.section))
    owner, is_far = _owner(said, heads)
    texts = [*(one.tokens for one in said), *heads]
    families = frozenset(
        family for phrase, family in family_phrases() for text in texts if _contains(text, phrase)
    )  # fmt: skip
    numbers = tuple((one.source, tuple(int(t) for t in one.tokens if t.isdigit() and len(t) <= 2)) for one in said)
    option = _option(slot, near)
    raw = " ".join((slot.label, near.left, near.above, near.right, near.section)).lower()
    return Evidence(slot, tuple(said), owner, is_far, families, numbers, is_check, tuple(heads), option, raw)


def near_of(slot: Slot) -> Near:
    """What is printed around a slot, of a PDF or of a Word file, which has sentences instead of sides."""
    if not slot.regions:
        return slot.near
    near = slot.near
    return Near(section=near.section, row=near.row, column=near.column, above=slot.question)


def caption_of(slot: Slot) -> tuple[str, str]:
    """A label's last part, which says what is wanted, and what stands before it ("Objective 1.1: Target date")."""
    if not slot.label or slot.label in (slot.tooltip, slot.id, slot.id.rpartition(".")[2]):
        return "", ""
    context, colon, caption = slot.label.rstrip(" :").rpartition(": ")
    if caption.startswith("(") and context:  # help in brackets behind the caption proper
        context, colon, caption = context.rpartition(": ")
        return caption, context
    return (caption, context) if colon else (slot.label, "")


def _option(slot: Slot, near: Near) -> Phrase:
    """The words beside a box."""
    if slot.kind is not SlotKind.CHECK:
        return ()
    if slot.regions:
        return _yes_or_no(re.sub(r" \d+$", "", caption_of(slot)[0]))
    return _yes_or_no(near.right) or _yes_or_no(near.left)


def _yes_or_no(text: str) -> Phrase:
    """The words of an option; "No" is a word here, not the short form of "number"."""
    return ("no",) if text.strip(" .:").lower() == "no" else words(text)


def _name(slot: Slot) -> Phrase:
    if slot.regions:
        return ()  # a Word blank has a place, not a name
    tokens = [part for word in name_words(slot.id) for part in split_joined(word, known_words())]
    useful = [t for t in tokens if t in known_words() and not t.isdigit()]
    return tuple(tokens) if useful else ()


def _sentences(tooltip: str) -> tuple[Phrase, Phrase]:
    """A tooltip's last sentence, which says what is wanted, and the words before it, which say where one is."""
    parts = [part.strip() for part in re.split(r"(?<=[.:;])\s+(?=[A-Z0-9(])", tooltip) if part.strip()]
    parts = [part for part in parts if words(part) and not re.fullmatch(r"(?i)[0-9a-z]{1,3}\.?", part)]
    if not parts:
        return (), ()
    return words(parts[-1]), tuple(token for part in parts[:-1] for token in words(part))


def _caption(text: str) -> Phrase:
    """A caption without its number and the bracketed help behind it."""
    text = re.sub(r"(?i)^\s*(step|paso)\s*[0-9]+\s*[.:]?\s*", "", text)
    plain = re.sub(r"^\s*\(?[0-9]{1,2}[a-zA-Z]?[.)]\s*", "", text)
    short = re.sub(
        r"\((?=[^)]{26,}|if |e\.g|mm|leave|optional|incl|must|see|as |for |i\.e|do )[^)]*\)", " ", plain, flags=re.I
    )
    return words(short if words(short) else plain)


def _owner(said: Sequence[Said], heads: Sequence[Phrase]) -> tuple[str | None, bool]:
    order = {"name": 0, "label": 1, "tooltip": 2, "row": 4, "column": 4}
    near = sorted((s for s in said if s.source != "below" and s.weight >= 0.7), key=lambda s: order.get(s.source, 3))
    for one in near:
        if len(one.tokens) <= (6 if one.source in ("row", "column") else 14) and (owner := owners.owner_in(one.tokens)):
            return _of_whom(owner, one.tokens, heads), False
    for head in heads:
        if len(head) <= 24 and (owner := owners.owner_in(head)):
            return owner, True
    return None, True


def _of_whom(owner: str, tokens: Phrase, heads: Sequence[Phrase]) -> str:
    """ "Employer" under "Spouse" is the spouse's, "Agency" under "Referred by" that of who referred."""
    if owner != owners.EMPLOYER and not (owner == owners.AGENCY and len(tokens) == 1):
        return owner
    headed = {found for head in heads if len(head) <= 8 and (found := owners.owner_in(head))}
    if owner == owners.EMPLOYER:
        return owners.OTHER if headed & {owners.OTHER, owners.GUARDIAN, owners.SUBSCRIBER, owners.EMERGENCY} else owner
    return next(iter(sorted(headed & {owners.OTHER, owners.PHYSICIAN, owners.REFERRER})), owner)


def _contains(text: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _side_weights(slots: Sequence[Slot]) -> dict[str, float]:
    """How much a caption on each side counts in this form: what the vocabulary and the fields' own names agree with."""
    votes = dict.fromkeys(_SIDES, 0.0)
    for slot in slots:
        if slot.kind in (SlotKind.CHECK, SlotKind.RADIO):
            continue
        own = {t for t in (*_name(slot), *words(slot.tooltip)) if t not in STOP}
        for side in _SIDES:
            tokens = _caption(getattr(slot.near, side))
            if not tokens:
                continue
            found = [m.cover for m in matches(Said(side, tokens, 1.0)) if meanings(m.phrase) < 9]
            shared = len(own & set(tokens)) / len(set(tokens)) if own else 0.0
            votes[side] += max(found, default=0.0) ** 2 + 2 * shared
    best = max(votes.values())
    if best <= 0:
        return {"left": 1.0, "above": 0.9, "below": 0.4, "inside": 0.9}
    weights = {
        side: max(0.35 if side == "below" else 0.55, min(1.0, 0.4 + 0.6 * vote / best)) for side, vote in votes.items()
    }
    return weights | {"inside": max(weights["inside"], 0.8)}
