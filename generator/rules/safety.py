"""Risk of suicide, the safety plan, naloxone, and the level of care in substance use programmes."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.types import icd10cm
from generator.rules.engine import Fault, rule
from generator.rules.text.likeness import normalised
from generator.rules.view import View, entries, has_entry, label
from generator.rules.words import N_

_RISK_WORDS = re.compile(r"suicid|wish to be dead", re.IGNORECASE)
_WORKS_ON_SAFETY = re.compile(r"safety|suicid|crisis|c-ssrs|seguridad|wish to be dead", re.IGNORECASE)


@rule("suicide-risk-without-safety-plan")
def suicide_risk_without_safety_plan(view: View) -> Iterator[Fault]:
    """Where there is risk of suicide there is a safety plan, and an objective or intervention that works on it."""
    sign = _risk(view)
    if sign is None:
        return
    if is_blank(view.plan.safety_plan):
        yield Fault("safety_plan", _NO_PLAN[sign])
        return
    texts = [one.it.statement for one in view.live_objectives]
    texts += [text for one in view.active_interventions for text in (one.it.description, one.it.modality)]
    if not any(text and _WORKS_ON_SAFETY.search(text) for text in texts):
        yield Fault(
            "problems",
            _NO_WORK[sign],
            mend="Add an objective or an intervention for it, such as going over the safety plan at each visit.",
        )


_NO_PLAN = {
    "level": N_("The assessment found a risk of suicide, and there is no safety plan."),
    "item9": N_("A score has an answer above 0 to the question on thoughts of death, and there is no safety plan."),
    "title": N_("A problem of the plan names suicide, and there is no safety plan."),
}
_NO_WORK = {
    "level": N_("The assessment found a risk of suicide, and no objective or intervention works on safety."),
    "item9": N_(
        "A score has an answer above 0 to the question on thoughts of death, and no objective or intervention works on safety."
    ),
    "title": N_("A problem of the plan names suicide, and no objective or intervention works on safety."),
}


def _risk(view: View) -> str | None:
    level = normalised(view.plan.assessment.risk.suicide.level or "")
    if level not in ("", "none", "no"):
        return "level"
    if any((one.it.item9 or 0) > 0 for one in entries("measures", view.plan.measures)):
        return "item9"
    if any(_RISK_WORDS.search(one.it.title or "") for one in view.active_problems):
        return "title"
    return None


_STEPS = (
    ("warning_signs", "warning signs"),
    ("internal_coping", "what I can do alone"),
    ("distraction_people_places", "people and places that distract"),
    ("people_to_ask", "people I can ask for help"),
    ("professionals", "professionals and agencies"),
    ("means_safety", "making the home safer"),
)
_SHORT = ("988", "911")


@rule("safety-plan-incomplete")
def safety_plan_incomplete(view: View) -> Iterator[Fault]:
    """All six steps are filled, 988 is named, and a professional with a number of their own."""
    plan = view.plan.safety_plan
    if is_blank(plan):
        return
    for number, (key, step) in enumerate(_STEPS, 1):
        if not has_entry(getattr(plan, key)):
            yield Fault(
                f"safety_plan.{key}",
                "Step {number} of the safety plan is empty: {step}.",
                {"number": number, "step": step},
            )
    helpers = [one.it for one in entries("", plan.professionals) if not is_blank(one.it)]
    if not helpers:
        return
    if not any(re.search(r"(?<!\d)988(?!\d)", text or "") for one in helpers for text in (one.name, one.phone)):
        yield Fault(
            "safety_plan.professionals",
            "Step 5 of the safety plan does not name 988.",
            mend="Add 988, the Suicide & Crisis Lifeline.",
        )
    elif not any(not is_blank(one.name) and (one.phone or "").strip() not in ("", *_SHORT) for one in helpers):
        yield Fault(
            "safety_plan.professionals",
            "Step 5 of the safety plan names no professional with a telephone number of their own.",
            mend="Add a clinician or agency with name and number.",
        )


_OPIOID = re.compile(r"opioid|opiate|heroin|fentanyl", re.IGNORECASE)


@rule("naloxone-not-recorded")
def naloxone_not_recorded(view: View) -> Iterator[Fault]:
    """Where opioids are used, naloxone was offered, given or declined."""
    coded = any(
        icd10cm.normalise(d.it.icd10cm or "").startswith("F11") for d in entries("diagnoses", view.plan.diagnoses)
    )
    if not coded and not any(_OPIOID.search(one.it.title or "") for one in view.active_problems):
        return
    if not any(re.search("naloxone|narcan", text.value, re.IGNORECASE) for text in view.texts if not text.is_own_words):
        yield Fault("history.medications")


@rule("level-of-care-edition-missing")
def level_of_care_edition_missing(view: View) -> Iterator[Fault]:
    """A substance use programme says by which instrument and edition the level of care was found."""
    if not view.profile.is_sud:
        return
    found = view.plan.assessment.level_of_care
    if is_blank(found.instrument):
        yield Fault("assessment.level_of_care.instrument", "The instrument of the level of care is missing.")
    if is_blank(found.edition):
        yield Fault("assessment.level_of_care.edition", "The edition of the level of care's instrument is missing.")
    if not re.search(r"\basam\b", found.instrument or "", re.IGNORECASE):
        return
    for problem in view.active_problems:
        if not re.fullmatch(r"[1-6](\.0)?", (problem.it.asam_dimension or "").strip()):
            yield Fault(
                f"{problem.path}.asam_dimension", "Problem {name} has no ASAM dimension from 1 to 6.",
                {"name": label("", problem).strip()},
                "Add the dimension, 1 to 6.",
            )  # fmt: skip
