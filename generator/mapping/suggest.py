"""Suggest which plan value each slot of an unknown form asks for: how sure, why, and what else it could be.

A suggestion is for a person to confirm. Only the tier *sure* is filled without one, and only when that is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from generator.mapping import owners
from generator.mapping.checks import option_paths, tick
from generator.mapping.evidence import Evidence, Match, Said, caption_of, evidence_of, matches, near_of
from generator.mapping.other_people import WHY, is_contradicted, of_other_people, speaks_otherwise
from generator.mapping.phrases import STOP, Phrase, words
from generator.mapping.repeats import with_places
from generator.mapping.vocabulary import Concept, concept_of, concepts, list_phrases, meanings
from generator.slots import Slot, SlotKind

SURE = 0.86
LIKELY = 0.45
TOLD = 0.88
_OF_ANY_LIST = frozenset(("description", "amount", "how", "much", "many", "frequency", "type", "number", "total", "value",
                          "reason", "status", "date", "name", "descripcion", "cantidad", "tipo", "numero", "fecha"))  # fmt: skip
_OF_ANYBODY = ("name", "phone", "nombre", "telefono", "date", "fecha")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that a slot could take. `shown` is its expression in a field map, `confidence` 0 to 1."""

    path: str
    shown: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a slot seems to ask for. `path` is "" where it is to stay empty; `why` says so in words.

    `entry` is what a field map would hold for it: an expression, or the table of a check box or choice.
    """

    slot: str
    label: str
    path: str
    confidence: float
    why: str
    entry: str | Mapping[str, object]
    candidates: tuple[Candidate, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it may be filled without a person's yes, where that was asked for."""
        return self.confidence >= SURE

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe map --json`."""
        return {
            "id": self.slot,
            "label": self.label,
            "path": self.path,
            "confidence": round(self.confidence, 3),
            "sure": self.is_sure,
            "why": self.why,
            "candidates": [{"path": c.path, "confidence": round(c.confidence, 3)} for c in self.candidates],
        }


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
    evidences = _with_second_addresses(_with_inherited_owners(evidence_of(slots), order), order)
    ranked = [_Ranked(evidence, _scores(evidence, evidence.families)) for evidence in evidences]
    # Once more, now that each slot knows what its neighbours are about.
    for place, i in enumerate(order):
        around = [order[p] for p in range(max(0, place - 3), min(len(order), place + 4)) if p != place]
        families = frozenset(
            ranked[j].scores[0][1].family for j in around if ranked[j].scores and ranked[j].scores[0][0] > 0.7
        ) - {""}  # fmt: skip
        ranked[i] = _Ranked(evidences[i], _scores(evidences[i], evidences[i].families, families), families)
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
    concept = concept_of(_general(path))
    return _entry(concept, path, evidence) if evidence is not None and concept is not None else path


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


def _with_inherited_owners(evidences: list[Evidence], order: Sequence[int]) -> list[Evidence]:
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


def _with_second_addresses(evidences: list[Evidence], order: Sequence[int]) -> list[Evidence]:
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


def _scores(
    evidence: Evidence, explicit: frozenset[str], around: frozenset[str] = frozenset()
) -> list[tuple[float, Concept, Match]]:
    found: dict[str, list[tuple[float, Match]]] = {}
    concepts: dict[str, Concept] = {}
    for path in option_paths(evidence.option):
        if (concept := concept_of(path)) is not None:
            alone = len(option_paths(evidence.option)) == 1 and len(evidence.option) > 0
            told = Match(concept, evidence.option, 1.0, Said("right", evidence.option, 1.0))
            found.setdefault(path, []).append((0.75 if alone else 0.3, told))
            concepts.setdefault(path, concept)
    for said in evidence.said:
        for match in matches(said):
            score = _score(match, evidence, explicit, around)
            if score > 0:
                key = match.concept.path or match.concept.id
                concepts.setdefault(key, match.concept)
                found.setdefault(key, []).append((score, match))
    out = []
    for key, scored in found.items():
        best_of_source: dict[str, tuple[float, Match]] = {}
        for score, match in scored:
            if score > best_of_source.get(match.said.source, (0.0, match))[0]:
                best_of_source[match.said.source] = (score, match)
        ordered = sorted(best_of_source.values(), key=lambda one: -one[0])
        total = ordered[0][0] + 0.18 * sum(score for score, _ in ordered[1:3])
        out.append((total, concepts[key], ordered[0][1]))
    return sorted(out, key=lambda one: -one[0])


def _score(match: Match, evidence: Evidence, explicit: frozenset[str], around: frozenset[str]) -> float:
    concept, phrase = match.concept, match.phrase
    score = (0.3 + 0.7 * match.cover) if match.cover >= 0.45 else match.cover * 1.1
    if match.cover < 0.45 and concept.family == "problems" and "problems" in explicit | around:
        start = next((i for i in range(len(match.said.tokens)) if match.said.tokens[i : i + len(phrase)] == phrase), 9)
        score = max(score, 0.55) if start <= 3 and len(match.said.tokens) > 6 else score
    if (
        match.cover < 0.45
        and len(phrase) > 1
        and len(match.said.tokens) > 4
        and match.said.tokens[: len(phrase) + 1][-len(phrase) :] == phrase
    ):
        score = max(score, 0.62)  # a question that begins with the words for it
    score *= match.said.weight
    if match.said.source == "name" and _ends(match.said.tokens, phrase):
        score += 0.06  # in "ptHomePhone" the last word says what it is, those before it whose and which
    score += 0.02 * min(3, len(phrase))
    is_open = meanings(phrase) > 1
    if concept.family and (is_open or len(phrase) == 1):
        if concept.family in explicit:
            score += 0.06
        elif concept.family in around:
            score += 0.02
        elif is_open:
            score -= 0.6 if len(phrase) == 1 and phrase[0] in _OF_ANYBODY else 0.3
        elif len(phrase) == 1 and concept.family not in ("problems", "diagnoses", "snap"):
            score -= 0.08
    elif not concept.family and is_open and concept.owner == owners.PATIENT and explicit - {"participation", "history"}:
        score -= 0.02
    if evidence.slot.kind is SlotKind.DATE and concept.kind != "date" and concept.path:
        score *= 0.45
    score += _level(concept, evidence)
    is_in_table = bool(evidence.slot.group or evidence.slot.near.column)
    if not concept.family and concept.path and is_open and len(phrase) == 1 and explicit & _TABLES and is_in_table:
        score -= 0.4
    lists = [p for p in list_phrases(concept.path) if len(p) > 1]
    if lists and any(_has(head, p) for head in evidence.heads for p in lists):
        score += 0.15
    if evidence.is_check and concept.id == "(signature)":
        return 0.0
    if not evidence.is_check and evidence.slot.kind is not SlotKind.CHOICE and concept.kind == "choice":
        score -= 0.15
    if not evidence.is_check and concept.kind == "flag":
        score -= 0.25
    if evidence.is_check and concept.kind in ("text", "list", "date") and concept.path and not tick(concept, evidence):
        score *= 0.4
    if _asks_for_a_phone(evidence) and owners.is_owner_phrase(phrase) and not concept.path.endswith(_PHONES):
        score *= 0.4  # "family doctor: phone" does not ask who the doctor is
    return score * _owner_factor(concept, phrase, evidence)


_PHONES = ("phone", "fax", "email")


def _asks_for_a_phone(evidence: Evidence) -> bool:
    told = {t for said in evidence.said if said.source in ("label", "left", "name") for t in said.tokens[-2:]}
    return bool(told & {"phone", "fax", "telephone", "telefono"}) and "name" not in told


_OF_SEVERAL = ("consents[]", "coordination[]", "accommodations[]")
"""Lists whose first entry is no more likely meant than another."""
_TABLES = frozenset(
    (
        "history.medications",
        "history.substance_use",
        "coverage",
        "safety_plan",
        "diagnoses",
        "consents",
        "coordination",
        "measures",
    )
)
_NOUNS = (("problem", "problema"), ("goal", "meta"), ("objective", "objetivo"), ("intervention", "intervencion"))


def _has(text: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _level(concept: Concept, evidence: Evidence) -> float:
    """ "Objective 1.1: Target date" is the objective's date, not the goal's: what stands before a caption says whose."""
    if not concept.path.startswith("problems[]"):
        return 0.0
    context = words(caption_of(evidence.slot)[1])
    here = [n for n, nouns in enumerate(_NOUNS) if set(nouns) & set(context)]
    if not here:
        return 0.0
    level = concept.path.count("[]") - 1
    return 0.12 if level == here[-1] else 0.0 if level > here[-1] else -0.2


def _ends(tokens: Phrase, phrase: Phrase) -> bool:
    plain = tuple(token for token in tokens if not token.isdigit())
    return plain[len(plain) - len(phrase) :] == phrase


def _owner_factor(concept: Concept, phrase: Phrase, evidence: Evidence) -> float:
    """How well it goes together whose data is asked for and whose data this is."""
    owner, whose = evidence.owner, concept.owner
    if not whose:
        if (
            owner in (owners.OTHER, owners.EMPLOYER)
            and concept.path
            and concept.family not in ("consents", "reviews.history")
        ):
            return 0.55
        if owner and owner != owners.PATIENT and phrase[0] in _OF_ANYBODY and concept.family not in evidence.families:
            return 0.5  # a name or phone under somebody's heading is theirs
        return 1.0
    if owner == whose:
        return 1.06
    named = owners.owner_in(phrase)
    if owner is None:
        if whose == owners.PATIENT or named == whose or meanings(phrase) == 1:
            return 1.0
        return 0.6
    if owner in (owners.OTHER, owners.EMPLOYER):
        return 1.0 if owner == owners.EMPLOYER and concept.path == "patient.employment" else 0.2
    if whose == owners.INSURANCE:
        return (
            0.97 if owner in (owners.PATIENT, owners.SUBSCRIBER) and (named == whose or meanings(phrase) == 1) else 0.5
        )
    if whose == owners.PATIENT:
        if evidence.is_owner_far and owner in (owners.AGENCY, owners.CLINICIAN, owners.INSURANCE):
            return 0.85
        return 0.95 if named == whose and evidence.is_owner_far else 0.25
    if {owner, whose} == {owners.CLINICIAN, owners.AGENCY}:
        return 0.8 if phrase != ("name",) else 0.5
    if {owner, whose} == {owners.CLINICIAN, owners.PHYSICIAN}:
        return 0.6
    if {owner, whose} == {owners.AGENCY, owners.PHYSICIAN}:
        return 0.42  # to be offered, not to be filled in
    if owner == owners.PATIENT:
        return 0.9 if named == whose else 0.3
    return 0.8 if named == whose else 0.3


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
            concept = concept_of(_general(path))
            shown = concept.shown if concept else path
            return Suggestion(slot.id, label, path, 0.97, "your agency's own word for it", shown, ())
    stays = by_hand or _must_stay_empty(evidence)
    candidates: list[Candidate] = []
    for total, concept, _ in one.scores:
        if concept.path and len(candidates) < 3:
            path = places.get(concept.path, concept.path)
            if path not in (c.path for c in candidates):
                candidates.append(Candidate(path, _shown(concept, path), _confidence(total, 0.2)))
    if len(candidates) < 3 and not evidence.is_check:
        taken = {c.path for _, c, _ in one.scores}
        candidates += [c for c in _alike(_words_of(evidence, label)) if _general(c.path) not in taken][
            : 3 - len(candidates)
        ]
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
    entry = _entry(concept, path, evidence)
    if entry is None:
        why = "no choice of it matches a word of the plan"
        return Suggestion(slot.id, label, "", 0.5, why, {"empty": why}, tuple(candidates))
    why = _why(match, evidence)
    if _is_told_whole(match, evidence):
        sure = max(sure, TOLD)
    if evidence.is_check:
        sure = min(sure, 0.97 if _is_asked(one, concept) else 0.8)
    if (
        "[]" in concept.path
        and _OF_ANY_LIST.issuperset(match.phrase)
        and concept.family not in evidence.families | one.around
    ):
        sure = min(sure, 0.8)  # of what list, if none is spoken of nearby?
    if speaks_otherwise(evidence, match.said.source, match.phrase, _own_words(evidence)):
        sure = min(sure, 0.8)
    if concept.path.count("[]") > 2 and "problems" not in evidence.families | one.around:
        sure = min(sure, 0.8)  # of which goal, where no goal is spoken of?
    if concept.path.startswith(_OF_SEVERAL) or is_contradicted(evidence, concept.owner):
        sure = min(sure, 0.8)  # which of several, and whose?
    if evidence.is_in_court and "case" in match.phrase:
        sure = min(sure, 0.7)  # whose case is it, the court's or the client's?
    if meanings(match.phrase) > 2:
        sure = min(sure, 0.84) if rest > 0.45 * total else sure
    candidates.sort(key=lambda c: c.path != path)
    if candidates:
        candidates[0] = replace(candidates[0], confidence=sure)
    return Suggestion(slot.id, label, path, sure, why, entry, tuple(candidates))


def _is_told_whole(match: Match, evidence: Evidence) -> bool:
    """Whether the caption is, but for numbers, the very words for one value and for no other: "Member ID", "Problem #1"."""
    concept, phrase = match.concept, match.phrase
    if match.said.source not in ("label", "left", "tooltip") or evidence.is_check or meanings(phrase) > 1:
        return False
    told = tuple(t for t in match.said.tokens if not _is_ordinal(t))
    if told != phrase or (len(phrase) == 1 and (phrase[0] in _OF_ANY_LIST or phrase[0] in _OF_ANYBODY)):
        return False
    if "[]" in concept.path and (told == match.said.tokens or not _names_its_level(concept, phrase)):
        return False  # of which entry, and is it this level's?
    return not concept.owner or evidence.owner in (None, concept.owner)


def _names_its_level(concept: Concept, phrase: Phrase) -> bool:
    level = concept.path.count("[]") - 1
    return concept.path.startswith("problems[]") and bool(set(_NOUNS[level]) & set(phrase))


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
            concept = concept_of(_general(path))
            out.append(Candidate(path, _shown(concept, path) if concept else path, round(0.3 * score / 100, 3)))
    return tuple(out)


@cache
def _all_phrases() -> dict[str, str]:
    return {f"{' '.join(p)}|{c.path}": " ".join(p) for c in concepts() if c.path for p in c.phrases}


def _entry(concept: Concept, path: str, evidence: Evidence) -> str | dict[str, object] | None:
    if evidence.is_check:
        return tick(concept, evidence, path)
    if evidence.slot.kind is SlotKind.CHOICE and (listed := tick(concept, evidence, path)) is not None:
        return listed
    return _piece(concept, path, evidence) or _shown(concept, path, evidence.slot)


_DATE_PIECES = {"month": "mm", "mes": "mm", "day": "dd", "dia": "dd", "year": "yyyy", "ano": "yyyy"}
_PHONE_PIECES = {"area": "[1:4]", "first": "[6:9]", "prefix": "[6:9]", "second": "[10:14]", "last": "[10:14]"}


def _piece(concept: Concept, path: str, evidence: Evidence) -> str:
    """The expression for a blank that takes one piece of a date or telephone number, "" where it takes the whole."""
    told = {t for said in evidence.said if said.source in ("name", "label") for t in said.tokens}
    if concept.kind == "date":
        pieces = [shape for word, shape in _DATE_PIECES.items() if word in told]
        if len(pieces) == 1:
            short = pieces[0] == "yyyy" and (evidence.slot.max_length or 4) < 4
            return f'{path} | date("{"yy" if short else pieces[0]}")'
    if path.endswith("phone"):
        cuts = [cut for word, cut in _PHONE_PIECES.items() if word in told]
        if len(cuts) == 1:
            return f"({path} | phone){cuts[0]}"
    return ""


def _shown(concept: Concept, path: str, slot: Slot | None = None) -> str:
    if slot is not None and slot.format.startswith("date:"):
        return path  # the blank says its own shape; the fill follows it
    if concept.kind == "list" and path.endswith("]"):
        return path  # one item of it
    if path.rpartition(".")[2] != concept.path.rpartition(".")[2]:
        return path
    return concept.shown.replace(concept.path, path, 1) if concept.shown.startswith(concept.path) else path


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


def _general(path: str) -> str:
    out = path
    for n in range(12):
        out = out.replace(f"[{n}]", "[]")
    return out


def paths_of(suggestions: Iterable[Suggestion]) -> dict[str, str]:
    """Slot → path, for those that have one."""
    return {one.slot: one.path for one in suggestions if one.path}


__all__ = ["LIKELY", "SURE", "Candidate", "Said", "Suggestion", "entry_for", "paths_of", "reading_order", "suggest"]
