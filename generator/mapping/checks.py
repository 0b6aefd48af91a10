"""Check boxes and radio buttons as values: "☐ Individual ☐ Group" is one choice, a Yes and a No box are one answer."""

from functools import cache
from typing import TYPE_CHECKING

from generator.mapping.phrases import STOP, Phrase, words
from generator.mapping.vocabulary import Concept
from generator.mapping.words import choice_title
from generator.slots import SlotKind

if TYPE_CHECKING:
    from generator.mapping.evidence import Evidence

# Texts of a plan that boxes offer as choices, with the words that boxes use. Choices of the model bring their own.
_OPTIONS: dict[str, dict[str, str]] = {
    "reviews.history[].objective_updates[].decision": {"met": "met, cumplido", "continue": "continue, continuar", "revise": "revise, revisar"},
    "reviews.history[].type": {"interim": "interim", "scheduled": "scheduled", "annual": "annual"},
    "patient.contact_ok.voicemail": {"true": "voice, voicemail, voice message, mensaje de voz"},
    "patient.contact_ok.text": {"true": "text, text message, mensaje de texto"},
    "patient.contact_ok.mail": {"true": "mail, correo"},
    "plan.version": {"1": "initial, initial plan, plan inicial, inicial"},
    "patient.sex": {"male": "male, m, masculino, hombre, boy", "female": "female, f, femenino, mujer, girl", "other": "other, x, otro"},
    "patient.marital_status": {
        "single": "single, never married, soltero, soltera, soltero a", "married": "married, casado, casada, casado a, are you married yes",
        "separated": "separated, separado, separado a", "divorced": "divorced, divorciado, divorciado a",
        "widowed": "widowed, widow, viudo, viudo a", "partnered": "partnered, domestic partner, living with partner, union libre",
    },
    "patient.language.preferred": {"en": "english, ingles", "es": "spanish, espanol"},
    "coverage[].subscriber.relationship": {"self": "self, titular", "spouse": "spouse, conyuge", "child": "child, hijo", "other": "other, otro"},
    "assessment.risk.suicide.level": {"none": "none, ninguno, no risk", "low": "low, bajo", "moderate": "moderate, moderado, medium", "high": "high, alto"},
    "legal.status": {"voluntary": "voluntary, voluntaria", "court_ordered": "court ordered, court order, orden judicial", "probation": "probation",
                     "parole": "parole", "involuntary": "involuntary"},
    "participation.agreement": {"agree": "i agree, agree, agree with plan, estoy de acuerdo, i agree with plan", "partly": "partly, agree in part",
                                "disagree": "i do not agree, disagree, do not agree, no estoy de acuerdo, i do not agree with plan"},
    "participation.level": {"full": "full, fully, completely", "partial": "partly, partial, partially", "none": "none, unable, unable to take part"},
    "reviews.interval_days": {"90": "90 day review, 90 day, 90 days", "180": "180 day review, 180 day, 180 days, 6 months", "365": "annual, annual review"},
    "problems[].goals[].objectives[].interventions[].method": {"individual": "individual", "group": "group, grupo", "family": "family, familia", "couple": "couple, couples, pareja"},
    "problems[].goals[].objectives[].interventions[].delivery": {"in_person": "in person, office, in office, face to face, en persona",
                                                                "telehealth": "telehealth, video, online, telesalud", "blended": "blended, both"},
    "diagnoses[].rank": {"primary": "primary, principal, princ", "secondary": "secondary, secundario, sec"},
}  # fmt: skip
_YES = ("yes", "si", "y", "true", "on", "1")
_NO = ("no", "n", "false", "0")


def tick(concept: Concept, evidence: "Evidence", path: str = "") -> dict[str, object] | None:
    """What a field map holds for this box: `{when, is}`, `{value, choices}`; None where no choice of it is a word of the plan."""
    path = path or concept.path
    slot = evidence.slot
    if slot.kind is SlotKind.RADIO or len(slot.choices) > 1:
        return _radio(concept, evidence, path)
    option = evidence.option
    if slot.kind is SlotKind.CHOICE:
        return _listed(concept, evidence, path)
    if concept.path == "consents[].information" and _content(option):
        return {"when": f"'{_content(option)[0]}' in ({path} or '') | lower"}
    if concept.kind == "flag":
        if option[:1] and option[0] in _NO and len(option) <= 2:
            return {"when": f"{path} == false"}
        return {"when": path}
    for value, phrases in options(concept).items():
        if option and (option in phrases or _content(option) in phrases):
            return {"when": path, "is": value}
    if option[:1] and option[0] in _YES:
        told = {token for said in evidence.said for token in said.tokens}
        for value, phrases in options(concept).items():
            if any(len(p) == 1 and len(p[0]) > 3 and p[0] in told for p in phrases):
                return {"when": path, "is": value}
    days = _days(option)
    if days and concept.path == "reviews.interval_days":
        return {"when": path, "is": days}
    names = words(slot.id.replace("_", " "))
    for value, phrases in options(concept).items():
        if any(len(p) == 1 and len(p[0]) > 3 and names[-1:] == p for p in phrases):
            return {"when": path, "is": value}
    return None


@cache
def options(concept: Concept) -> dict[str, frozenset[Phrase]]:
    """The values that a concept may have, each with the words that boxes use for it."""
    out = {
        value: frozenset(words(one.strip()) for one in text.split(","))
        for value, text in _OPTIONS.get(concept.path, {}).items()
    }
    for choice in concept.choices:
        said = {words(choice_title(choice, "en")), words(choice_title(choice, "es"))}
        out[choice] = out.get(choice, frozenset()) | said
    return out


def option_paths(option: Phrase) -> tuple[str, ...]:
    """The concepts one of whose choices a box's own words name: "Widowed" is a marital status."""
    if _days(option):
        return ("reviews.interval_days",)
    return tuple(
        path
        for path, values in _OPTIONS.items()
        if len(option) and any(option in _split(text) for text in values.values())
    )


def _days(option: Phrase) -> str:
    """ "90 day review" as its number of days."""
    is_days = len(option) in (2, 3) and option[0].isdigit() and option[1] in ("day", "dia")
    return option[0] if is_days and option[2:] in ((), ("review",)) else ""


@cache
def _split(text: str) -> frozenset[Phrase]:
    return frozenset(words(one.strip()) for one in text.split(","))


def _radio(concept: Concept, evidence: "Evidence", path: str) -> dict[str, object] | None:
    choices: dict[str, str] = {}
    for choice in evidence.slot.choices:
        said = {words(choice.label), words(choice.export), _content(words(choice.label))}
        if concept.kind == "flag":
            if any(s[:1] and s[0] in _YES for s in said):
                choices["true"] = choice.export
            elif any(s[:1] and s[0] in _NO for s in said):
                choices["false"] = choice.export
            continue
        for value, phrases in options(concept).items():
            if said & phrases and value not in choices:
                choices[value] = choice.export
    if choices:
        return {"value": path, "choices": choices}
    return {"value": path} if concept.path in _OPTIONS or concept.choices or concept.kind == "flag" else None


def _listed(concept: Concept, evidence: "Evidence", path: str) -> dict[str, object] | None:
    """A drop-down whose entries are words for a choice of the plan."""
    choices: dict[str, str] = {}
    for choice in evidence.slot.choices:
        for value, phrases in options(concept).items():
            if {words(choice.label), words(choice.export), _content(words(choice.label))} & phrases:
                choices.setdefault(value, choice.export)
    return {"value": path, "choices": choices} if choices else None


def _content(tokens: Phrase) -> Phrase:
    return tuple(token for token in tokens if token not in STOP)
