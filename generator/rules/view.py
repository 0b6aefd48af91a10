"""A plan as the rules see it: formal or not, a minor or not, what is live and active, each with its path.

The words are those of "How rules.tsv is read": live objective, active intervention, active problem.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from generator.plan import Plan
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.rules.profiles import Profile

T = TypeVar("T", covariant=True)


@dataclass(frozen=True)
class Placed(Generic[T]):
    """An entry of the plan, its path, and the goal and problem it stands under."""

    path: str
    it: T
    goal: Goal | None = None


@dataclass(frozen=True)
class View:
    """One plan on one day."""

    plan: Plan
    as_of: date
    profile: Profile
    language: str

    @cached_property
    def is_formal(self) -> bool:
        """Every plan whose type is not informal, blank ones too."""
        return self.plan.plan.type != "informal"

    @cached_property
    def dob(self) -> date | None:
        """The birth date where it can be right; else it counts as missing for every other rule."""
        born = self.plan.patient.dob
        return born if born is not None and born <= self.as_of and age_on(born, self.as_of) <= 120 else None

    @cached_property
    def is_minor(self) -> bool:
        """Under 18 on the plan's date (on as_of without one)."""
        return self.dob is not None and age_on(self.dob, self.plan.plan.plan_date or self.as_of) < 18

    @cached_property
    def active_problems(self) -> tuple[Placed[Problem], ...]:
        """Problems whose status is active or blank."""
        return tuple(
            Placed(f"problems[{i}]", problem)
            for i, problem in enumerate(self.plan.problems)
            if problem.status in (None, "active")
        )

    @cached_property
    def all_goals(self) -> tuple[Placed[Goal], ...]:
        """Every goal of the plan, whatever its status."""
        return tuple(
            Placed(f"problems[{p}].goals[{g}]", goal)
            for p, problem in enumerate(self.plan.problems)
            for g, goal in enumerate(problem.goals)
        )

    @cached_property
    def active_goals(self) -> tuple[Placed[Goal], ...]:
        """The goals of active problems."""
        return tuple(
            Placed(f"{problem.path}.goals[{g}]", goal)
            for problem in self.active_problems
            for g, goal in enumerate(problem.it.goals)
        )

    @cached_property
    def live_objectives(self) -> tuple[Placed[Objective], ...]:
        """Objectives that are not dropped, nor their goal, nor is their problem closed."""
        return tuple(
            Placed(f"{goal.path}.objectives[{o}]", objective, goal.it)
            for goal in self.active_goals
            if goal.it.status != "dropped"
            for o, objective in enumerate(goal.it.objectives)
            if objective.status != "dropped"
        )

    @cached_property
    def active_interventions(self) -> tuple[Placed[Intervention], ...]:
        """The active interventions of live objectives."""
        return tuple(placed for objective in self.live_objectives for placed in interventions_of(objective))


def interventions_of(objective: Placed[Objective]) -> tuple[Placed[Intervention], ...]:
    """The active interventions of one objective (status active or blank)."""
    return tuple(
        Placed(f"{objective.path}.interventions[{i}]", intervention, objective.goal)
        for i, intervention in enumerate(objective.it.interventions)
        if (intervention.status or "").strip().lower() in ("", "active")
    )


def age_on(born: date, day: date) -> int:
    """Whole years; born on 29 February, the birthday is 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def label(kind: str, placed: Placed[Problem] | Placed[Goal] | Placed[Objective] | Placed[Intervention]) -> str:
    """What a message calls an entry: its own number, or its place."""
    numbers = ".".join(str(int(step.split("]")[0]) + 1) for step in placed.path.split("[")[1:])
    return f"{kind} {placed.it.id or numbers}"
