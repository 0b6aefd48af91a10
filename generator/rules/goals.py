"""Goals."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View, label


@rule("fewer-than-three-goals")
def fewer_than_three_goals(view: View) -> Iterator[Fault]:
    """The plan has three goals or more."""
    count = sum(not is_blank(goal.it.statement) for goal in view.all_goals)
    if count < 3:
        yield Fault("problems", f"Most plans have at least three goals; this has {count}.")


@rule("goal-not-in-patient-words")
def goal_not_in_patient_words(view: View) -> Iterator[Fault]:
    """Every goal stands in the person's own words too."""
    for goal in view.active_goals:
        if is_blank(goal.it.patient_words):
            yield Fault(f"{goal.path}.patient_words")


@rule("goal-without-date")
def goal_without_date(view: View) -> Iterator[Fault]:
    """Every goal has a date; in an informal plan an objective's date will do."""
    for goal in view.active_goals:
        if goal.it.target_date is not None:
            continue
        if view.is_formal or all(objective.target_date is None for objective in goal.it.objectives):
            yield Fault(f"{goal.path}.target_date")


@rule("goal-without-strength")
def goal_without_strength(view: View) -> Iterator[Fault]:
    """Every goal builds on a strength."""
    for goal in view.active_goals:
        if not goal.it.strengths_used:
            yield Fault(f"{goal.path}.strengths_used")


@rule("goal-without-objective")
def goal_without_objective(view: View) -> Iterator[Fault]:
    """Every goal that is not dropped or met has an objective."""
    for goal in view.active_goals:
        if goal.it.status not in ("dropped", "met") and not goal.it.objectives:
            yield Fault(f"{goal.path}.objectives", f"{label('Goal', goal)} has no objective.")


@rule("no-short-term-steps")
def no_short_term_steps(view: View) -> Iterator[Fault]:
    """There is a long-term goal, and dated steps on the way."""
    goals = view.active_goals
    has_long = any(goal.it.term == "long" for goal in goals)
    has_short = any(goal.it.term == "short" for goal in goals)
    pairs = [
        (objective.target_date, goal.it.target_date)
        for goal in goals
        for objective in goal.it.objectives
        if objective.target_date is not None and goal.it.target_date is not None
    ]
    steps = not pairs or has_short or any(step < end for step, end in pairs)
    if not has_long or not steps:
        yield Fault("problems")
