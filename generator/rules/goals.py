"""Goals."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View, entries, has_entry, number_of


@rule("fewer-than-three-goals")
def fewer_than_three_goals(view: View) -> Iterator[Fault]:
    """The plan has three goals or more."""
    count = sum(not is_blank(goal.it.statement) for goal in view.all_goals)
    if count < 3:
        yield Fault("problems", "Most plans have at least three goals; this has {count}.", {"count": count})


@rule("goal-not-in-patient-words")
def goal_not_in_patient_words(view: View) -> Iterator[Fault]:
    """Every goal stands in the person's own words too."""
    for goal in view.active_goals:
        if is_blank(goal.it.patient_words):
            yield Fault(
                f"{goal.path}.patient_words",
                "Goal {name} does not stand in the client's words.",
                {"name": number_of(goal)},
            )


@rule("goal-without-date")
def goal_without_date(view: View) -> Iterator[Fault]:
    """Every goal has a date; in an informal plan an objective's date will do."""
    for goal in view.active_goals:
        if goal.it.target_date is not None:
            continue
        if view.is_formal or all(objective.target_date is None for objective in goal.it.objectives):
            yield Fault(f"{goal.path}.target_date", "Goal {name} has no target date.", {"name": number_of(goal)})


@rule("goal-without-strength")
def goal_without_strength(view: View) -> Iterator[Fault]:
    """Every goal builds on a strength."""
    for goal in view.active_goals:
        if not has_entry(goal.it.strengths_used):
            yield Fault(f"{goal.path}.strengths_used", "Goal {name} builds on no strength.", {"name": number_of(goal)})


@rule("goal-without-objective")
def goal_without_objective(view: View) -> Iterator[Fault]:
    """Every goal that is not dropped or met has an objective."""
    for goal in view.active_goals:
        has_one = any(objective.is_entry for objective in goal.it.objectives)
        if goal.it.status not in ("dropped", "met") and not has_one:
            yield Fault(f"{goal.path}.objectives", "Goal {name} has no objective.", {"name": number_of(goal)})


@rule("no-short-term-steps")
def no_short_term_steps(view: View) -> Iterator[Fault]:
    """There is a long-term goal, and dated steps on the way."""
    goals = view.active_goals
    if not any(goal.it.term == "long" for goal in goals):
        yield Fault("problems", "No goal is marked as long-term.")
        return
    pairs = [
        (objective.it.target_date, goal.it.target_date)
        for goal in goals
        for objective in entries("", goal.it.objectives)
        if objective.it.target_date is not None and goal.it.target_date is not None
    ]
    has_short = any(goal.it.term == "short" for goal in goals)
    if pairs and not has_short and not any(step < end for step, end in pairs):
        yield Fault("problems", "No objective is due before its goal, and no goal is short-term.")
