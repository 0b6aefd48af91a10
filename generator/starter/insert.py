"""An area of the library put into a plan as a new problem, once every fill-in of what was chosen is answered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.finding import Finding
from generator.plan import Plan
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.starter.areas import Area, StarterObjective, texts_of
from generator.starter.filler import Filler


@dataclass(frozen=True, slots=True)
class Choice:
    """What to take of an area: numbers of objectives (`1.2`), places of evidence lines from 1; empty means all.

    `goal` is 0 for the goal's first wording, or the place of a variant from 1.
    """

    objectives: Sequence[str] = ()
    evidence: Sequence[int] = ()
    goal: int = 0


@dataclass(frozen=True, slots=True)
class Inserted:
    """A plan with the area in it, or None and what is still to be answered. `where` is the new problem's path."""

    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    where: str = ""
    added: Mapping[str, int] = field(default_factory=dict)


def insert(plan: Plan, area: Area, answers: Mapping[str, str], choice: Choice | None = None) -> Inserted:
    """A copy of the plan with a new problem from this area, or what is still to be answered.

    `answers` hold a value for a fill-in wherever it stands (`medicine`), or for one place: `1.2.target` for objective
    1.2, `evidence.1.n` for the first evidence line, `goal.aim` for the goal. The person's name comes from the plan.
    Nothing is inserted while a fill-in is open, a target is no number or a date is not on the calendar.
    """
    choice = choice or Choice()
    filler = Filler(area.language, {**names_of(plan), **answers}, set(answers))
    problem = _problem(plan, area, choice, filler)
    filler.report_unused(texts_of(area))
    if filler.findings:
        return Inserted(None, tuple(filler.findings))
    changed = plan.model_copy(deep=True)
    changed.problems.append(problem)
    objectives = [objective for goal in problem.goals for objective in goal.objectives]
    return Inserted(
        changed,
        (),
        f"problems[{len(changed.problems) - 1}]",
        {
            "goals": len(problem.goals),
            "objectives": len(objectives),
            "interventions": sum(len(objective.interventions) for objective in objectives),
        },
    )


def _problem(plan: Plan, area: Area, choice: Choice, filler: Filler) -> Problem:
    lines = [
        filler.fill(line, f"evidence.{place}")
        for place, line in enumerate(area.as_evidenced_by, 1)
        if not choice.evidence or place in choice.evidence
    ]
    goals = []
    number = _last_goal_number(plan)
    for goal in area.goals:
        wanted = [one for one in goal.objectives if not choice.objectives or one.number in choice.objectives]
        if not wanted:
            continue
        number += 1
        wordings = (goal.text, *goal.variants)
        wording = wordings[choice.goal] if 0 <= choice.goal < len(wordings) else goal.text
        objectives = [_objective(one, f"G{number}.O{place}", filler) for place, one in enumerate(wanted, 1)]
        goals.append(
            Goal(id=f"G{number}", statement=filler.fill(wording, "goal"), status="active", objectives=objectives)
        )
    taken = {problem.id for problem in plan.problems}
    return Problem(
        id=next(name for i in range(len(plan.problems) + 1, 10_000) if (name := f"P{i}") not in taken),
        title=area.title,
        as_evidenced_by=". ".join(line.rstrip(".") for line in lines) + ("." if lines else ""),
        diagnosis_refs=[
            code.icd10cm
            for code in plan.diagnoses
            if code.icd10cm and any(code.icd10cm.upper().startswith(root) for root in area.codes)
        ],
        status="active",
        goals=goals,
    )


def _objective(one: StarterObjective, objective_id: str, filler: Filler) -> Objective:
    scope, measure = one.number, one.measure
    limits = measure.get("range")
    values: dict[str, Any] = {
        key: measure[key] for key in ("what", "instrument", "unit", "direction") if key in measure
    }
    statement = filler.fill(one.text, scope)
    values["target"] = filler.number("target", scope, limits)
    if filler.answer("baseline", scope):
        values["baseline"] = filler.number("baseline", scope, limits)
    if filler.answer("baseline_date", scope):
        values["baseline_date"] = filler.day("baseline_date", scope)
    interventions = [
        Intervention.model_validate(_intervention(entry, f"{objective_id}.I{place}", scope, filler))
        for place, entry in enumerate(one.interventions, 1)
    ]
    return Objective.model_validate(
        {
            "id": objective_id,
            "statement": statement,
            "measure": values,
            "target_date": filler.day("date", scope),
            "status": "active",
            "interventions": [entry.as_data() for entry in interventions],
        }
    )


def _intervention(entry: Mapping[str, Any], intervention_id: str, scope: str, filler: Filler) -> dict[str, object]:
    usual = entry.get("usual", {})
    data: dict[str, object] = {
        "id": intervention_id,
        "description": filler.fill(entry["text"], scope),
        "modality": entry["modality"],
        "method": entry["method"],
        "frequency": {"count": usual.get("count"), "per": usual.get("per")},
        "status": "active",
    }
    if "minutes" in usual:
        data["session_minutes"] = usual["minutes"]
    return data


def names_of(plan: Plan) -> dict[str, str]:
    """The answer that the plan itself gives: what the person is called."""
    name = plan.patient.name
    called = name.preferred or name.first or ""
    return {"name": called} if called else {}


def _last_goal_number(plan: Plan) -> int:
    numbers = [
        int(match[1])
        for problem in plan.problems
        for goal in problem.goals
        if (match := re.fullmatch(r"G(\d+)", goal.id or ""))
    ]
    return max(numbers, default=sum(len(problem.goals) for problem in plan.problems))
