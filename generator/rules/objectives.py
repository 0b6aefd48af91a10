"""Objectives."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.text.measurable import is_measurable
from generator.rules.view import View, interventions_of, label


@rule("objective-without-measure")
def objective_without_measure(view: View) -> Iterator[Fault]:
    """What is counted, in what unit, and the target; an informal plan's sentence may say it all."""
    for objective in view.live_objectives:
        if not view.is_formal and is_measurable(objective.it.statement or ""):
            continue
        missing = [key for key in ("what", "unit", "target") if is_blank(getattr(objective.it.measure, key))]
        if missing:
            yield Fault(f"{objective.path}.measure.{missing[0]}")


@rule("objective-without-baseline")
def objective_without_baseline(view: View) -> Iterator[Fault]:
    """The number today, and when it was taken."""
    for objective in view.live_objectives:
        measure = objective.it.measure
        if is_blank(measure.baseline) or measure.baseline_date is None:
            yield Fault(f"{objective.path}.measure.{'baseline' if is_blank(measure.baseline) else 'baseline_date'}")


@rule("objective-without-target-date")
def objective_without_target_date(view: View) -> Iterator[Fault]:
    """Every objective has a date; in an informal plan its goal's will do."""
    for objective in view.live_objectives:
        goal_dated = objective.goal is not None and objective.goal.target_date is not None
        if objective.it.target_date is None and (view.is_formal or not goal_dated):
            yield Fault(f"{objective.path}.target_date")


@rule("objective-dates-out-of-order")
def objective_dates_out_of_order(view: View) -> Iterator[Fault]:
    """The target date is after the start."""
    for objective in view.live_objectives:
        start = objective.it.start_date or view.plan.plan.plan_date
        if objective.it.target_date is not None and start is not None and objective.it.target_date <= start:
            yield Fault(f"{objective.path}.target_date")


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
                f"The target {target:g} is the same as, or worse than, today's {today:g}.",
            )


@rule("objective-without-intervention")
def objective_without_intervention(view: View) -> Iterator[Fault]:
    """Every objective that is not met has an intervention."""
    for objective in view.live_objectives:
        described = [one for one in interventions_of(objective) if not is_blank(one.it.description)]
        if objective.it.status != "met" and not described:
            yield Fault(f"{objective.path}.interventions", f"{label('Objective', objective)} has no intervention.")


@rule("unmet-objective-needs-new-intervention")
def unmet_objective_needs_new_intervention(view: View) -> Iterator[Fault]:
    """An objective that was not met or was extended got a new intervention since."""
    for objective in view.live_objectives:
        if objective.it.status not in ("not_met", "extended"):
            continue
        since = objective.it.status_date
        added = [one.it.added_on for one in interventions_of(objective) if one.it.added_on is not None]
        if not any(since is None or day >= since for day in added):
            yield Fault(f"{objective.path}.interventions")


@rule("progress-space-missing")
def progress_space_missing(view: View) -> Iterator[Fault]:
    """Every objective says how it stands."""
    for objective in view.live_objectives:
        if objective.it.status is None:
            yield Fault(f"{objective.path}.status")
