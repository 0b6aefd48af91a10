"""How well each value of a plan answers what stands around a slot."""

from generator.mapping import owners
from generator.mapping.checks import option_paths, tick
from generator.mapping.evidence import Evidence, Match, Said, caption_of, matches
from generator.mapping.phrases import Phrase, words
from generator.mapping.vocabulary import Concept, concept_of, list_phrases, meanings
from generator.slots import SlotKind

OF_ANYBODY = ("name", "phone", "nombre", "telefono", "date", "fecha")


def scores_of(
    evidence: Evidence, explicit: frozenset[str], around: frozenset[str] = frozenset()
) -> list[tuple[float, Concept, Match]]:
    """Each value that something around a slot speaks of, with its score (about 0 to 1.4) and the best match; best first.

    `explicit` are the families of values that the form names there, `around` those of the slots nearby.
    """
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
            score -= 0.6 if len(phrase) == 1 and phrase[0] in OF_ANYBODY else 0.3
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
NOUNS = (("problem", "problema"), ("goal", "meta"), ("objective", "objetivo"), ("intervention", "intervencion"))


def _has(text: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _level(concept: Concept, evidence: Evidence) -> float:
    """ "Objective 1.1: Target date" is the objective's date, not the goal's: what stands before a caption says whose."""
    if not concept.path.startswith("problems[]"):
        return 0.0
    context = words(caption_of(evidence.slot)[1])
    here = [n for n, nouns in enumerate(NOUNS) if set(nouns) & set(context)]
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
        if owner and owner != owners.PATIENT and phrase[0] in OF_ANYBODY and concept.family not in evidence.families:
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
