"""Why the person is here, their history, and the problems of the plan."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.types import icd10cm
from generator.rules.engine import Fault, rule
from generator.rules.view import View, entries, label


@rule("presenting-problem-missing")
def presenting_problem_missing(view: View) -> Iterator[Fault]:
    """The presenting problem is there; in an informal plan a problem will do."""
    if not is_blank(view.plan.presenting_problem.description):
        return
    named = any(not is_blank(p.title) or not is_blank(p.as_evidenced_by) for p in view.plan.problems)
    if view.is_formal or not named:
        yield Fault("presenting_problem.description")


@rule("presenting-problem-not-in-patient-words")
def presenting_problem_not_in_patient_words(view: View) -> Iterator[Fault]:
    """One sentence stands in the person's own words."""
    if is_blank(view.plan.presenting_problem.patient_words):
        yield Fault("presenting_problem.patient_words")


_HISTORY = {
    "psychosocial": "psychosocial history",
    "allergies": "allergies",
    "medications": "medicines",
    "prior_treatment": "treatment in the past",
    "substance_use": "substance use",
}


@rule("history-incomplete")
def history_incomplete(view: View) -> Iterator[Fault]:
    """History is there by theme; none is an answer, blank is not."""
    history = view.plan.history
    missing = [key for key in ("psychosocial", "allergies") if is_blank(getattr(history, key))]
    missing += [key for key in ("medications", "prior_treatment") if _not_asked(getattr(history, key))]
    if view.profile.is_sud and not (isinstance(history.substance_use, list) and history.substance_use):
        missing.append("substance_use")
    for key in missing:
        yield Fault(f"history.{key}", "History is missing: {theme}.", {"theme": _HISTORY[key]})


def _not_asked(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@rule("problem-without-evidence")
def problem_without_evidence(view: View) -> Iterator[Fault]:
    """Every active problem is described in behaviour, not by its title or a diagnosis alone."""
    problems = view.active_problems
    if not view.is_formal:
        if not any(not is_blank(p.it.title) or not is_blank(p.it.as_evidenced_by) for p in problems):
            yield Fault("problems", "The plan has no active problem.")
        return
    if not problems:
        yield Fault("problems", "The plan has no active problem.")
    for problem in problems:
        evidence = view.bare(problem.it.as_evidenced_by)
        path, name = f"{problem.path}.as_evidenced_by", label("", problem).strip()
        if not evidence:
            yield Fault(path, "Problem {name} has no evidence.", {"name": name})
        elif evidence == view.bare(problem.it.title):
            yield Fault(path, "The evidence of problem {name} only says its title again.", {"name": name})
        elif evidence in view.diagnosis_words:
            yield Fault(path, "The evidence of problem {name} only names a diagnosis.", {"name": name})


@rule("problem-not-linked-to-diagnosis")
def problem_not_linked_to_diagnosis(view: View) -> Iterator[Fault]:
    """Every active problem points to diagnoses of the plan."""
    diagnoses = list(entries("diagnoses", view.plan.diagnoses))
    if not diagnoses:
        return
    listed = {icd10cm.normalise(d.it.icd10cm) for d in diagnoses if not is_blank(d.it.icd10cm) and d.it.icd10cm}
    # A code that is not there is reported by diagnosis-code-unknown; what pointed to it is not a second fault.
    is_code_missing = view.is_formal and any(is_blank(d.it.icd10cm) for d in diagnoses)
    for problem in view.active_problems:
        if problem.it.not_clinical is True:
            continue
        refs = [(i, ref) for i, ref in enumerate(problem.it.diagnosis_refs) if ref.strip()]
        name = label("", problem).strip()
        if not refs:
            yield Fault(f"{problem.path}.diagnosis_refs", "Problem {name} is linked to no diagnosis.", {"name": name})
        for i, ref in refs:
            if icd10cm.normalise(ref) not in listed and not is_code_missing:
                yield Fault(
                    f"{problem.path}.diagnosis_refs[{i}]",
                    "Problem {name} is linked to {code}, which is no diagnosis of this plan.",
                    {"name": name, "code": ref.strip()[:12]},
                )


@rule("assessed-need-not-addressed")
def assessed_need_not_addressed(view: View) -> Iterator[Fault]:
    """A problem that waits or is referred says why, or to whom."""
    for problem in entries("problems", view.plan.problems):
        status = problem.it.status
        if status in ("deferred", "referred") and is_blank(problem.it.deferral_reason):
            name = label("", problem).strip()
            yield Fault(
                f"{problem.path}.deferral_reason",
                "Problem {name} is deferred, and nothing says why."
                if status == "deferred"
                else "Problem {name} is referred, and nothing says to whom and for when.",
                {"name": name},
            )


@rule("problem-without-goal")
def problem_without_goal(view: View) -> Iterator[Fault]:
    """Every active problem has a goal."""
    for problem in view.active_problems:
        if not any(goal.is_entry for goal in problem.it.goals):
            yield Fault(f"{problem.path}.goals", "Problem {name} has no goal.", {"name": label("", problem).strip()})
