"""Objectives."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.text.measurable import explain, is_measurable
from generator.rules.text.subject import acting, is_about_staff
from generator.rules.view import View, number_of

_MEASURE = {"what": "what is counted", "unit": "the unit", "target": "the target"}


@rule("objective-without-measure")
def objective_without_measure(view: View) -> Iterator[Fault]:
    """What is counted, in what unit, and the target; an informal plan's sentence may say it all."""
    for objective in view.live_objectives:
        missing = [key for key in _MEASURE if is_blank(getattr(objective.it.measure, key))]
        if missing and (view.is_formal or not view.judge(is_measurable, objective.it.statement or "")):
            yield Fault(
                f"{objective.path}.measure.{missing[0]}",
                "Objective {name} cannot be measured yet: {key} is missing.",
                {"name": number_of(objective), "key": _MEASURE[missing[0]]},
            )


@rule("objective-without-baseline")
def objective_without_baseline(view: View) -> Iterator[Fault]:
    """The number today, and when it was taken."""
    for objective in view.live_objectives:
        measure, name = objective.it.measure, {"name": number_of(objective)}
        if is_blank(measure.baseline):
            yield Fault(f"{objective.path}.measure.baseline", "Objective {name} has no baseline.", name)
        elif measure.baseline_date is None:
            yield Fault(
                f"{objective.path}.measure.baseline_date", "The baseline of objective {name} has no date.", name
            )


@rule("objective-without-target-date")
def objective_without_target_date(view: View) -> Iterator[Fault]:
    """Every objective has a date; in an informal plan its goal's will do."""
    for objective in view.live_objectives:
        goal_dated = objective.goal is not None and objective.goal.target_date is not None
        if objective.it.target_date is None and (view.is_formal or not goal_dated):
            yield Fault(
                f"{objective.path}.target_date", "Objective {name} has no target date.", {"name": number_of(objective)}
            )


@rule("objective-dates-out-of-order")
def objective_dates_out_of_order(view: View) -> Iterator[Fault]:
    """The target date is after the start."""
    for objective in view.live_objectives:
        start, end = objective.it.start_date or view.plan.plan.plan_date, objective.it.target_date
        if end is not None and start is not None and end <= start:
            yield Fault(
                f"{objective.path}.target_date", "The target date {end} is not after the start {start}.",
                {"end": end, "start": start},
            )  # fmt: skip


@rule("target-not-beyond-baseline")
def target_not_beyond_baseline(view: View) -> Iterator[Fault]:
    """The target is better than today's number."""
    for objective in view.live_objectives:
        measure = objective.it.measure
        today, target = measure.baseline, measure.target
        if not isinstance(today, int | float) or not isinstance(target, int | float):
            continue
        reached = {"decrease": target < today, "increase": target > today, "maintain": True, None: target != today}
        if not reached[measure.direction]:
            yield Fault(
                f"{objective.path}.measure.target",
                "The target {target} is the same as, or worse than, today's {today}.",
                {"target": target, "today": today},
            )


@rule("objective-vague")
def objective_vague(view: View) -> Iterator[Fault]:
    """The sentence itself can be counted; the measure's fields are not read."""
    for objective in view.live_objectives:
        statement = objective.it.statement or ""
        if not statement.strip():
            yield Fault(
                f"{objective.path}.statement", "Objective {name} has no statement.", {"name": number_of(objective)}
            )
            continue
        if not view.judge(is_measurable, statement) and not is_about_staff(statement, view.staff_words, view.own_words):
            reasons = " ".join(
                reason.said(view.context.language) for reason in view.judge(explain, statement).against[:2]
            )
            yield Fault(
                f"{objective.path}.statement",
                "Objective {name} cannot be counted by its own words. {reasons}",
                {"name": number_of(objective), "reasons": reasons},
            )


@rule("objective-about-staff")
def objective_about_staff(view: View) -> Iterator[Fault]:
    """The person does it, not a professional."""
    for objective in view.live_objectives:
        if is_about_staff(
            objective.it.statement or "", view.staff_words, view.own_words, lambda text: view.judge(acting, text)
        ):
            yield Fault(
                f"{objective.path}.statement",
                "Objective {name} says what staff will do.",
                {"name": number_of(objective)},
            )


@rule("objective-without-intervention")
def objective_without_intervention(view: View) -> Iterator[Fault]:
    """Every objective that is not met has an intervention."""
    for objective in view.live_objectives:
        described = any(not is_blank(one.it.description) for one in view.interventions_of(objective))
        if objective.it.status != "met" and not described:
            yield Fault(
                f"{objective.path}.interventions",
                "Objective {name} has no intervention.",
                {"name": number_of(objective)},
            )


@rule("unmet-objective-needs-new-intervention")
def unmet_objective_needs_new_intervention(view: View) -> Iterator[Fault]:
    """An objective that was not met or was extended got a new intervention since."""
    for objective in view.live_objectives:
        if objective.it.status not in ("not_met", "extended"):
            continue
        since = objective.it.status_date
        added = [one.it.added_on for one in view.interventions_of(objective) if one.it.added_on is not None]
        if not any(since is None or day >= since for day in added):
            yield Fault(
                f"{objective.path}.interventions",
                "Objective {name} was not met, and no intervention was added since {since}."
                if since is not None
                else "Objective {name} was not met, and no added intervention has a date.",
                {"name": number_of(objective), "since": since},
            )


@rule("progress-space-missing")
def progress_space_missing(view: View) -> Iterator[Fault]:
    """Every objective says how it stands, and a printed form has room for its progress."""
    for objective in view.live_objectives:
        if objective.it.status is None:
            yield Fault(f"{objective.path}.status", "Objective {name} has no status.", {"name": number_of(objective)})
    form = view.form
    shows = {"problems[].goals[].objectives[].statement", "objectives[].statement"}
    room = ("status", "progress", "decision", "value")
    if form is not None and form.paths & shows and not any(path.rsplit(".", 1)[-1] in room for path in form.paths):
        yield Fault("problems", "The form {form} has no room for progress.", {"form": form.id})
