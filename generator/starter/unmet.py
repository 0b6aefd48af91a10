"""What to change when an objective is not met: the library's lines for its area, and one put in as a new intervention.

A line is an idea for the person who plans, never chosen by itself. How often, for how long and by whom stay open;
`planscribe check` asks for them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.plan import Plan
from generator.plan.goals import Intervention, Objective, Problem
from generator.starter.areas import FILL_IN, Area, StarterObjective, areas, find, search
from generator.starter.filler import Filler
from generator.starter.insert import Inserted, names_of

NOT_MET = ("not_met", "extended", "partly_met")
_BECAUSE = {
    "en": {
        "not_met": "{id} was not met",
        "extended": "{id} was extended",
        "partly_met": "{id} was met in part",
        None: "{id} was changed",
    },
    "es": {
        "not_met": "{id} no se cumplió",
        "extended": "{id} se extendió",
        "partly_met": "{id} se cumplió en parte",
        None: "{id} se cambió",
    },
}


@dataclass(frozen=True, slots=True)
class PlacedObjective:
    """An objective of a plan with its path (`problems[0].goals[1].objectives[0]`) and its problem."""

    path: str
    it: Objective
    problem: Problem


def if_not_met(objective: Objective, problem: Problem | None = None, language: str = "en") -> tuple[str, ...]:
    """The library's lines for an objective that was not met, in English or Spanish; () where no area is near.

    A line may still hold a fill-in (`Invite {support_person}`); `starter.question` says what it asks.
    """
    area = area_of(objective, problem, language)
    return area.if_not_met if area else ()


def area_of(objective: Objective, problem: Problem | None = None, language: str = "en") -> Area | None:
    """The area of the library that an objective is from, or speaks of; None where none is near.

    What is counted decides, then the wording (both stay as they were put in), then the problem's title, its
    diagnoses, and at last its words.
    """
    area_id = _from_the_objective(objective) or (_from_the_problem(problem) if problem else None)
    return find(area_id, language) if area_id else None


def unmet_objectives(plan: Plan) -> tuple[PlacedObjective, ...]:
    """The objectives that were not met, met in part or extended, in the plan's order."""
    return tuple(one for one in _objectives(plan) if one.it.status in NOT_MET)


def find_objective(plan: Plan, name: str) -> PlacedObjective | None:
    """The objective of this id (`G1.O2`) or path; None where the plan has none."""
    wanted = name.strip().lower()
    return next((one for one in _objectives(plan) if wanted in ((one.it.id or "").lower(), one.path.lower())), None)


def add_if_not_met(
    plan: Plan, objective: str, lines: Sequence[str], answers: Mapping[str, str], added_on: date, language: str = "en"
) -> Inserted:
    """A copy of the plan with these lines as new interventions of an objective, or what is still to be answered.

    `objective` is its id or path, `answers` hold a value for each fill-in of the lines. A line that already stands
    there as an active intervention is not put in twice. Raises KeyError where the plan has no such objective.
    """
    spoken = "es" if language.startswith("es") else "en"
    filler = Filler(spoken, {**names_of(plan), **answers}, set(answers))
    texts = [filler.fill(line, f"if_not_met.{place}") for place, line in enumerate(lines, 1)]
    filler.report_unused(lines)
    changed = plan.model_copy(deep=True)
    placed = find_objective(changed, objective)
    if placed is None:
        raise KeyError("The plan has no such objective.")
    if filler.findings:
        return Inserted(None, tuple(filler.findings))
    before = len(placed.it.interventions)
    for text in texts:
        if all((one.description or "").strip() != text for one in placed.it.interventions):
            placed.it.interventions.append(_intervention(placed, text, added_on, spoken))
    return Inserted(changed, (), placed.path, {"interventions": len(placed.it.interventions) - before})


def _intervention(placed: PlacedObjective, text: str, added_on: date, language: str) -> Intervention:
    objective = placed.it
    name = objective.id or placed.path
    taken = {one.id for one in objective.interventions}
    place = len(objective.interventions) + 1
    while f"{name}.I{place}" in taken:
        place += 1
    because = _BECAUSE[language]
    return Intervention(
        id=f"{name}.I{place}" if objective.id else None,
        description=text,
        status="active",
        added_on=added_on,
        added_because=because.get(objective.status, because[None]).format(id=name),
    )


def _objectives(plan: Plan) -> Iterator[PlacedObjective]:
    for p, problem in enumerate(plan.problems):
        for g, goal in enumerate(problem.goals):
            for o, objective in enumerate(goal.objectives):
                yield PlacedObjective(f"problems[{p}].goals[{g}].objectives[{o}]", objective, problem)


def _from_the_objective(objective: Objective) -> str | None:
    what, statement = _plain(objective.measure.what), (objective.statement or "").strip()
    by_what = [area for area, one in _starters() if what and _plain(str(one.measure.get("what", ""))) == what]
    if len(set(by_what)) == 1:
        return by_what[0]
    by_words = [area for area, one in _starters() if statement and _wording(one.text).fullmatch(statement)]
    if by_words:
        return by_words[0]
    return by_what[0] if by_what else None


def _from_the_problem(problem: Problem) -> str | None:
    title = _plain(problem.title)
    for language in ("en", "es"):
        for area in areas(language):
            if title and _plain(area.title) == title:
                return area.id
    codes = [code.replace(".", "").upper() for code in problem.diagnosis_refs if code]
    roots = [(len(root), area.id) for area in areas() for root in area.codes if _begins(codes, root)]
    longest = max((size for size, _ in roots), default=0)
    coded = list(dict.fromkeys(area for size, area in roots if size == longest))
    spoken = [area.id for language in ("en", "es") for area in search(title, language)] if title else []
    # Two areas may share a code (F43 is trauma and grief); the title chooses between them.
    return next((area for area in spoken if area in coded), None) or next(iter([*coded, *spoken]), None)


def _begins(codes: Iterable[str], root: str) -> bool:
    return any(code.startswith(root.replace(".", "")) for code in codes)


@cache
def _starters() -> tuple[tuple[str, StarterObjective], ...]:
    return tuple((area.id, one) for language in ("en", "es") for area in areas(language) for one in area.objectives)


@cache
def _wording(text: str) -> re.Pattern[str]:
    """The library's sentence with anything in the place of its fill-ins."""
    return re.compile(".+?".join(re.escape(piece) for piece in FILL_IN.sub("\0", text).split("\0")))


def _plain(text: str | None) -> str:
    return " ".join((text or "").lower().split())
