"""Suggest which plan value each slot of an unknown form asks for: how sure, why, and what else it could be.

A suggestion is for a person to confirm. Only the tier *sure* is filled without one, and only when that is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from generator.mapping import owners
from generator.mapping.entries import entry_of, shown_as
from generator.mapping.evidence import Evidence, Match, caption_of, evidence_of, matches, near_of
from generator.mapping.nearby import reading_order, with_inherited_owners, with_second_addresses
from generator.mapping.other_people import WHY, is_contradicted, of_other_people, speaks_otherwise
from generator.mapping.phrases import STOP, Phrase, words
from generator.mapping.repeats import with_places
from generator.mapping.scoring import NOUNS, OF_ANYBODY, scores_of
from generator.mapping.suggestion import LIKELY, Candidate, Suggestion
from generator.mapping.vocabulary import Concept, concept_of, concepts, meanings
from generator.plan.notes import general
from generator.slots import Slot, SlotKind

TOLD = 0.88
_AT_WORK = frozenset(("work", "business", "office", "trabajo", "oficina"))
_OF_ANY_LIST = frozenset(("description", "amount", "how", "much", "many", "frequency", "type", "number", "total", "value",
                          "reason", "status", "date", "name", "descripcion", "cantidad", "tipo", "numero", "fecha"))  # fmt: skip


@dataclass(slots=True)
class _Ranked:
    """A slot's meanings, best first, while a form is worked through."""

    evidence: Evidence
    scores: list[tuple[float, Concept, Match]] = field(default_factory=list)
    around: frozenset[str] = frozenset()


def suggest(slots: Sequence[Slot], aliases: Mapping[str, str] | None = None) -> tuple[Suggestion, ...]:
    """A suggestion for every slot, in the same order.

    `aliases` are the agency's own words, caption → path, learnt from maps that a person confirmed.
    """
    own = {words(caption): path for caption, path in (aliases or {}).items()}
    order = reading_order(slots)
    evidences = with_second_addresses(with_inherited_owners(evidence_of(slots), order), order)
    ranked = [_Ranked(evidence, scores_of(evidence, evidence.families)) for evidence in evidences]
    # Once more, now that each slot knows what its neighbours are about.
    for place, i in enumerate(order):
        around = [order[p] for p in range(max(0, place - 3), min(len(order), place + 4)) if p != place]
        families = frozenset(
            ranked[j].scores[0][1].family for j in around if ranked[j].scores and ranked[j].scores[0][0] > 0.7
        ) - {""}  # fmt: skip
        ranked[i] = _Ranked(evidences[i], scores_of(evidences[i], evidences[i].families, families), families)
    for one in ranked:
        _only_near_the_top(one, order, ranked)
    by_hand = _signature_lines(evidences, order)
    chosen = [one.scores[0][1].path if one.scores and one.scores[0][0] >= LIKELY else "" for one in ranked]
    others, unsure = of_other_people(evidences, order, chosen)
    places = with_places(evidences, order, chosen, [[c.path for _, c, _ in one.scores[:4]] for one in ranked])
    _finish(ranked, chosen, places)
    suggestions = [_suggestion(one, places[i], own, by_hand.get(i, "")) for i, one in enumerate(ranked)]
    unsure |= _same_in_every_row(ranked, chosen)
    return tuple(
        _of_another(one) if i in others else _at_most(one, _UNSURE) if i in unsure else one
        for i, one in enumerate(suggestions)
    )


def entry_for(slots: Sequence[Slot], slot_id: str, path: str) -> str | Mapping[str, object] | None:
    """What a field map holds so that a slot of the form gets the value at `path`, as a person chose it.

    None where the slot is a box or a list of choices, and none of them is a word of the plan for that value.
    """
    evidence = next((one for one in evidence_of(slots) if one.slot.id == slot_id), None)
    concept = concept_of(general(path))
    return entry_of(concept, path, evidence) if evidence is not None and concept is not None else path


_UNSURE = 0.7


def _of_another(one: Suggestion) -> Suggestion:
    return replace(one, path="", confidence=_UNSURE, why=WHY, entry={"empty": WHY})


def _at_most(one: Suggestion, confidence: float) -> Suggestion:
    return replace(one, confidence=min(one.confidence, confidence))


def _same_in_every_row(ranked: Sequence[_Ranked], chosen: Sequence[str]) -> set[int]:
    """Slots of a table's rows that would all hold one value: hardly what the table asks for."""
    rows: dict[tuple[str, str], list[int]] = {}
    for i, (one, path) in enumerate(zip(ranked, chosen, strict=True)):
        slot = one.evidence.slot
        if slot.group and slot.index is not None and path and "[]" not in path:
            rows.setdefault((slot.group, path), []).append(i)
    return {i for found in rows.values() if len(found) > 1 for i in found}


def _signature_lines(evidences: Sequence[Evidence], order: Sequence[int]) -> dict[int, str]:
    """ "Client ____ Date ____" toward the end of a form is a line to sign and to date by hand."""
    out: dict[int, str] = {}
    for place, i in enumerate(order):
        first = evidences[i]
        if place < 0.55 * len(order) or first.is_check or any(c.isdigit() for c in first.slot.label):
            continue
        after = [evidences[j].slot for j in order[place + 1 : place + 3]]
        dates = [slot for slot in after if words(caption_of(slot)[0] or slot.near.left) in _SIGNED_ON]
        if _is_bare(first.slot) and dates and dates[0] is after[0]:
            out[i], out[order[place + 1]] = "signed by hand", "dated by the signer"
        elif _is_bare(first.slot) and (dates or place >= 0.85 * len(order)):
            out[i] = "signed by hand"
    return out


_SIGNED_ON = (("date",), ("fecha",), ("date", "signed"), ("signature", "date"))


def _is_bare(slot: Slot) -> bool:
    caption = words(caption_of(slot)[0] or slot.near.left)
    named = {"name", "print", "nombre"} & set(caption)
    return 0 < len(caption) <= 3 and owners.owner_in(caption) is not None and not named


def _finish(ranked: Sequence[_Ranked], chosen: Sequence[str], places: list[dict[str, str]]) -> None:
    """What only the whole form tells: lists that have a blank for each item, and values that take in a neighbour's."""
    taken = set(chosen)
    for path in taken:
        concept = concept_of(path)
        mine = [i for i, one in enumerate(chosen) if one == path]
        if concept is not None and concept.kind == "list" and len(mine) > 1:
            for n, i in enumerate(mine):
                places[i][path] = f"{places[i].get(path, path)}[{n}]"
    for i, path in enumerate(chosen):
        now = places[i].get(path, path)
        if path == "diagnoses[].description" and "diagnoses[].icd10cm" not in taken:
            places[i][path] = now.replace(".description", ".line")
        elif path.endswith("address.line1") and path.replace("line1", "line2") not in taken:
            places[i][path] = path.replace("line1", "street")
        elif path.endswith("interventions[].description") and now.endswith("interventions[0].description"):
            second = now.replace("interventions[0]", "interventions[1]")
            if now.startswith(("goals", "problems", "objectives")) and not any(second in p.values() for p in places):
                places[i][path] = now.replace("interventions[0].description", "interventions_text")


_OF_SEVERAL = ("consents[]", "coordination[]", "accommodations[]")
"""Lists whose first entry is no more likely meant than another."""


def _only_near_the_top(one: _Ranked, order: Sequence[int], ranked: Sequence[_Ranked]) -> None:
    """ "Date" alone is the plan's date only at the head of a form; beside a signature it is the signer's."""
    if not one.scores:
        return
    total, concept, match = one.scores[0]
    if concept.path == "plan.plan_date" and match.phrase in (("date",), ("fecha",)):
        place = next(p for p, i in enumerate(order) if ranked[i] is one)
        around = [ranked[order[p]].evidence for p in range(max(0, place - 2), min(len(order), place + 2))]
        is_signed = any("signature" in e.raw or "firma" in e.raw or "sign" in e.slot.id.lower() for e in around)
        captions = [s.tokens for s in one.evidence.said if s.source == "left"]
        is_in_a_sentence = any(not {"date", "fecha"} & set(tokens) for tokens in captions)
        if is_in_a_sentence or is_signed or place > max(14, len(order) // 3):
            one.scores = sorted([(min(total, 0.2), concept, match), *one.scores[1:]], key=lambda s: -s[0])


def _suggestion(one: _Ranked, places: Mapping[str, str], own: Mapping[Phrase, str], by_hand: str = "") -> Suggestion:
    evidence, slot = one.evidence, one.evidence.slot
    label = _label(evidence)
    for said in evidence.said:
        if said.source in ("label", "left", "above", "tooltip", "name") and said.tokens in own:
            path = own[said.tokens]
            concept = concept_of(general(path))
            shown = concept.shown if concept else path
            return Suggestion(slot.id, label, path, 0.97, "your agency's own word for it", shown, ())
    stays = by_hand or _must_stay_empty(evidence)
    candidates = _candidates(one, places, label)
    if stays:
        return Suggestion(slot.id, label, "", 0.95, stays, {"empty": stays}, tuple(candidates))
    if not one.scores:
        why = "nothing near it names a value of a plan"
        return Suggestion(slot.id, label, "", 0.7, why, {"empty": why}, tuple(candidates))
    total, concept, match = one.scores[0]
    rest = max((t for t, c, _ in one.scores[1:] if c.path != concept.path or not c.path), default=0.0)
    sure = _confidence(total, total - rest)
    if not concept.path:
        why = f"it asks for {concept.id[1:-1]}, which a plan does not have"
        return Suggestion(slot.id, label, "", sure, why, {"empty": why}, tuple(candidates))
    if total < LIKELY:
        why = "nothing near it names a value of a plan clearly"
        return Suggestion(slot.id, label, "", max(0.3, 1 - total), why, {"empty": why}, tuple(candidates))
    path = places.get(concept.path, concept.path)
    entry = entry_of(concept, path, evidence)
    if entry is None:
        why = "no choice of it matches a word of the plan"
        return Suggestion(slot.id, label, "", 0.5, why, {"empty": why}, tuple(candidates))
    sure = _sureness(one, rest)
    candidates.sort(key=lambda c: c.path != path)
    if candidates:
        candidates[0] = replace(candidates[0], confidence=sure)
    return Suggestion(slot.id, label, path, sure, _why(match, evidence), entry, tuple(candidates))


def _candidates(one: _Ranked, places: Mapping[str, str], label: str) -> list[Candidate]:
    """The three values that a slot is likeliest to ask for, those that only sound like its caption last."""
    candidates: list[Candidate] = []
    for total, concept, _ in one.scores:
        if concept.path and len(candidates) < 3:
            path = places.get(concept.path, concept.path)
            if path not in (c.path for c in candidates):
                candidates.append(Candidate(path, shown_as(concept, path), _confidence(total, 0.2)))
    if len(candidates) < 3 and not one.evidence.is_check:
        taken = {c.path for _, c, _ in one.scores}
        candidates += [c for c in _alike(_words_of(one.evidence, label)) if general(c.path) not in taken][
            : 3 - len(candidates)
        ]
    return candidates


def _sureness(one: _Ranked, rest: float) -> float:
    """How sure the best meaning of a slot is, 0 to 1; `rest` is the score of the next best."""
    evidence, (total, concept, match) = one.evidence, one.scores[0]
    spoken_of = evidence.families | one.around
    sure = _confidence(total, total - rest)
    if _is_told_whole(match, evidence):
        sure = max(sure, TOLD)
    if evidence.is_check:
        sure = min(sure, 0.97 if _is_asked(one, concept) else 0.8)
    if "[]" in concept.path and _OF_ANY_LIST.issuperset(match.phrase) and concept.family not in spoken_of:
        sure = min(sure, 0.8)  # of what list, if none is spoken of nearby?
    if speaks_otherwise(evidence, match.said.source, match.phrase, _own_words(evidence)):
        sure = min(sure, 0.8)
    if concept.path.count("[]") > 2 and "problems" not in spoken_of:
        sure = min(sure, 0.8)  # of which goal, where no goal is spoken of?
    if concept.path.startswith(_OF_SEVERAL) or is_contradicted(evidence, concept.owner):
        sure = min(sure, 0.8)  # which of several, and whose?
    if concept.path == "patient.phone" and any(
        _AT_WORK & set(said.tokens) for said in evidence.said if said.weight > 0.9
    ):
        sure = min(sure, 0.8)  # a plan has one number, and does not say that it is the one at work
    if evidence.is_in_court and "case" in match.phrase:
        sure = min(sure, 0.7)  # whose case is it, the court's or the client's?
    if meanings(match.phrase) > 2 and rest > 0.45 * total:
        sure = min(sure, 0.84)
    return sure


def _is_told_whole(match: Match, evidence: Evidence) -> bool:
    """Whether the caption is, but for numbers, the very words for one value and for no other: "Member ID", "Problem #1"."""
    concept, phrase = match.concept, match.phrase
    if match.said.source not in ("label", "left", "tooltip") or evidence.is_check or meanings(phrase) > 1:
        return False
    told = tuple(t for t in match.said.tokens if not _is_ordinal(t))
    if told != phrase or (len(phrase) == 1 and (phrase[0] in _OF_ANY_LIST or phrase[0] in OF_ANYBODY)):
        return False
    if "[]" in concept.path and (told == match.said.tokens or not _names_its_level(concept, phrase)):
        return False  # of which entry, and is it this level's?
    return not concept.owner or evidence.owner in (None, concept.owner)


def _names_its_level(concept: Concept, phrase: Phrase) -> bool:
    level = concept.path.count("[]") - 1
    return concept.path.startswith("problems[]") and bool(set(NOUNS[level]) & set(phrase))


def _is_ordinal(token: str) -> bool:
    return token in ("number", "numero", "no") or token.isdigit() or len(token) == 1


def _own_words(evidence: Evidence) -> dict[str, Phrase]:
    """The words of the slot's own name and tooltip, without those that only say whose."""
    idle = STOP | owners.owner_words() | {"enter", "text", "field", "row", "copy", "unnamed", "undefined", "please"}
    found = {said.source: said.tokens for said in evidence.said if said.source in ("name", "tooltip")}
    return {source: tuple(t for t in tokens if t not in idle) for source, tokens in found.items()}


def _is_asked(one: _Ranked, concept: Concept) -> bool:
    """Whether a box stands under a question for this value, beside naming a choice of it."""
    return any(
        match.concept.path == concept.path and match.cover > 0.75
        for said in one.evidence.said
        if said.source != "right"
        for match in matches(said)
    )


def _words_of(evidence: Evidence, label: str) -> str:
    """What a slot is called: its caption and the words of its own name."""
    name = next((said.tokens for said in evidence.said if said.source == "name"), ())
    return " ".join(dict.fromkeys((*words(label)[:8], *name)))


@lru_cache(maxsize=512)
def _alike(label: str) -> tuple[Candidate, ...]:
    """Values whose words look like a caption that no phrase was found in: misspelt, or put in other words."""
    text = " ".join(words(label)[:8])
    taken: set[str] = set()
    out: list[Candidate] = []
    for _, score, key in process.extract(text, _all_phrases(), scorer=fuzz.token_set_ratio, limit=60, score_cutoff=50):
        path = key.rpartition("|")[2].replace("[]", "[0]")
        if path not in taken and len(out) < 6:
            taken.add(path)
            concept = concept_of(general(path))
            out.append(Candidate(path, shown_as(concept, path) if concept else path, round(0.3 * score / 100, 3)))
    return tuple(out)


@cache
def _all_phrases() -> dict[str, str]:
    return {f"{' '.join(p)}|{c.path}": " ".join(p) for c in concepts() if c.path for p in c.phrases}


def _confidence(total: float, margin: float) -> float:
    return max(0.05, min(0.99, 0.2 + 0.55 * min(total, 1.1) + 0.55 * min(max(margin, 0.0), 0.3)))


def _why(match: Match, evidence: Evidence) -> str:
    sources = {
        "name": "the field's name", "tooltip": "its tooltip", "label": "its caption", "left": "the words left of it",
        "above": "the words above it", "below": "the words below it", "inside": "the words in it",
        "column": "the head of its column", "row": "the head of its row", "right": "the words right of it",
    }  # fmt: skip
    whose = f"; it is about the {evidence.owner}" if evidence.owner and evidence.owner != owners.PATIENT else ""
    return f"{sources.get(match.said.source, match.said.source)}: “{' '.join(match.phrase)}”{whose}"


def _must_stay_empty(evidence: Evidence) -> str:
    slot = evidence.slot
    if slot.kind is SlotKind.SIGNATURE:
        return "signed by hand"
    if slot.kind is SlotKind.ROWS:
        return "its rows are mapped one by one"
    if slot.is_read_only and slot.value:
        return "the form fills it itself"
    raw = f"{slot.id} {evidence.raw} {slot.near.section} {slot.near.row} {slot.near.column}".lower()
    told = {token for said in evidence.said for token in said.tokens}
    if any(said in raw for said in ("revocation", "revocación", "revoke")):
        return "signed later, by hand"
    if any(said in raw for said in ("changes decided", "decided today")) and told & {
        "objective",
        "intervention",
        "reason",
        "change",
        "goal",
    }:
        return "decided at the review"
    if any(
        words_ in raw
        for words_ in (
            "office use",
            "staff use only",
            "internal use",
            "uso de la oficina",
            "official use",
            "agency use only",
        )
    ):
        return "for the office"
    return ""


def _label(evidence: Evidence) -> str:
    near, slot = near_of(evidence.slot), evidence.slot
    if slot.label and slot.label not in (slot.id, slot.id.rpartition(".")[2]):
        return slot.label
    by_weight = sorted(
        (s for s in evidence.said if s.source in ("left", "above", "below", "inside")), key=lambda s: -s.weight
    )
    for said in by_weight:
        return str(getattr(near, said.source))[:80]
    return slot.label or slot.id
