"""What a review asks: every objective that is still open, its last value, and what the library proposes if it was not met."""

from dataclasses import dataclass
from datetime import date

from generator import starter
from generator.mapping.words import measure_text
from generator.plan import Plan
from generator.plan.goals import Goal, Objective
from generator.rules.context import Context
from generator.rules.view import Placed, View


@dataclass(frozen=True, slots=True)
class Asked:
    """One objective of a review.

    `key` is its id, or its number where it has none of its own; `where` its path. `target` is the way in words ("26 to 4 days
    per 30 days"); `last` the latest value with its day. `proposals` are the library's lines for an objective not met;
    what stands in braces there is still to be filled in.
    """

    key: str
    number: str
    where: str
    goal: str
    statement: str
    what: str
    target: str
    target_date: date | None
    status: str
    last: str
    last_on: date | None
    proposals: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape in `planscribe review --json`."""
        return {
            "objective": self.key,
            "number": self.number,
            "where": self.where,
            "goal": self.goal,
            "statement": self.statement,
            "target": self.target,
            "target_date": self.target_date,
            "status": self.status,
            "last": self.last,
            "last_on": self.last_on,
            "proposals": list(self.proposals),
        }


def open_objectives(plan: Plan, context: Context | None = None) -> tuple[Asked, ...]:
    """Every live objective that was not met before, in the order of the plan."""
    view = View(plan, context or Context())
    keys = keys_of(view)
    return tuple(
        _asked(plan, one, keys[one.path], view.context.language)
        for one in view.live_objectives
        if one.it.status != "met"
    )


def open_goals(plan: Plan) -> tuple[tuple[str, Goal], ...]:
    """The goals of active problems that are not met or dropped, each with its number on paper."""
    goals = View(plan).active_goals
    return tuple((number_on_paper(one.path), one.it) for one in goals if one.it.status not in ("met", "dropped"))


def keys_of(view: View) -> dict[str, str]:
    """What each objective is called by: its id where no other has the same, else its number. By path."""
    every = view.all_objectives
    ids = [(one.it.id or "").strip() for one in every]
    numbers = {number_on_paper(one.path) for one in every}
    return {
        one.path: name if name and ids.count(name) == 1 and name not in numbers else number_on_paper(one.path)
        for one, name in zip(every, ids, strict=True)
    }


def number_on_paper(path: str) -> str:
    """problems[0].goals[1].objectives[0] is 1.2.1."""
    return ".".join(str(int(step.split("]")[0]) + 1) for step in path.split("[")[1:])


def latest_value(plan: Plan, objective: Objective) -> tuple[str, date | None]:
    """The latest value of an objective and its day: its progress, a score of its instrument, a review, its baseline."""
    measure = objective.measure
    found: list[tuple[date, int, object]] = []
    undated: list[object] = []
    rows: list[tuple[date | None, object]] = [(measure.baseline_date or objective.start_date, measure.baseline)]
    instrument = (measure.instrument or "").strip().lower()
    rows += [(one.date, one.score) for one in plan.measures if (one.instrument or "").strip().lower() == instrument]
    name = (objective.id or "").strip()
    rows += [
        (review.date, update.value)
        for review in plan.reviews.history
        for update in review.objective_updates
        if name and (update.objective or "").strip() == name
    ]
    rows += [(one.date, one.value) for one in objective.progress]
    for place, (day, value) in enumerate(rows):
        if value is not None and str(value).strip():
            if day is None:
                undated.append(value)
            else:
                found.append((day, place, value))
    if found:
        day, _, value = max(found, key=lambda row: row[:2])
        return _number(value), day
    return (_number(undated[-1]), None) if undated else ("", None)


def _asked(plan: Plan, placed: Placed[Objective], key: str, language: str) -> Asked:
    objective, measure = placed.it, placed.it.measure
    last, day = latest_value(plan, objective)
    problem = plan.problems[int(placed.path.split("[")[1].split("]")[0])]
    name = plan.patient.name.preferred or plan.patient.name.first or ""
    lines = starter.if_not_met(objective, problem, language)
    return Asked(
        key=key,
        number=number_on_paper(placed.path),
        where=placed.path,
        goal=(placed.goal.statement or "") if placed.goal is not None else "",
        statement=objective.statement or "",
        what=measure.what or "",
        target=measure_text(_number(measure.baseline), _number(measure.target), measure.unit or "", language),
        target_date=objective.target_date,
        status=objective.status or "",
        last=last,
        last_on=day,
        proposals=tuple(line.replace("{name}", name) if name else line for line in lines),
    )


def _number(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
