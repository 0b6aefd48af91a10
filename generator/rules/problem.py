"""Why the person is here, their history, and the problems of the plan."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.text.likeness import normalised
from generator.rules.view import View, label


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


@rule("history-incomplete")
def history_incomplete(view: View) -> Iterator[Fault]:
    """History is there by theme; none is an answer, blank is not."""
    history = view.plan.history
    missing = [key for key in ("psychosocial", "allergies") if is_blank(getattr(history, key))]
    missing += [key for key in ("medications", "prior_treatment") if _not_asked(getattr(history, key))]
    if view.profile.is_sud and not (isinstance(history.substance_use, list) and history.substance_use):
        missing.append("substance_use")
    for key in missing:
        yield Fault(f"history.{key}", f'History is missing: {key.replace("_", " ")}. Type "none" if there is none.')


def _not_asked(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@rule("problem-without-evidence")
def problem_without_evidence(view: View) -> Iterator[Fault]:
    """Every active problem is described in behaviour, not by its title or a diagnosis alone."""
    problems = view.active_problems
    if not view.is_formal:
        if not any(not is_blank(p.it.title) or not is_blank(p.it.as_evidenced_by) for p in problems):
            yield Fault("problems")
        return
    if not problems:
        yield Fault("problems")
    codes = {normalised(text) for d in view.plan.diagnoses for text in (d.icd10cm, d.description) if text}
    for problem in problems:
        evidence = normalised(problem.it.as_evidenced_by or "")
        if not evidence or evidence == normalised(problem.it.title or "") or evidence in codes:
            yield Fault(f"{problem.path}.as_evidenced_by")


@rule("problem-without-goal")
def problem_without_goal(view: View) -> Iterator[Fault]:
    """Every active problem has a goal."""
    for problem in view.active_problems:
        if not problem.it.goals:
            yield Fault(f"{problem.path}.goals", f"{label('Problem', problem)} has no goal.")


@rule("assessed-need-not-addressed")
def assessed_need_not_addressed(view: View) -> Iterator[Fault]:
    """A problem that waits or is referred says why, or to whom."""
    for i, problem in enumerate(view.plan.problems):
        if problem.status in ("deferred", "referred") and is_blank(problem.deferral_reason):
            yield Fault(
                f"problems[{i}].deferral_reason", "This problem waits or is referred, and nothing says why or to whom."
            )
