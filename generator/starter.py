"""The starter library: problem areas with goals, objectives, measures and interventions, to begin a plan with.

Its texts have fill-ins such as {target}. A line is used only when every one of its fill-ins is answered for the person,
so that nobody's plan is a copy of the library. The library of forms is `library`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml
from rapidfuzz import fuzz, process, utils

from generator.errors import AreaUnknown
from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.types.number import as_number

_FILL_IN = re.compile(r"\{(\w+)\}")
_SCOPE = re.compile(r"(?:(?P<scope>evidence\.\d+|goal|\d+\.\d+)\.)?(?P<key>\w+)")


@dataclass(frozen=True, slots=True)
class StarterObjective:
    """An objective of the library: its sentence, its measure as data, and its interventions. `number` is `1.2`."""

    number: str
    text: str
    measure: Mapping[str, Any]
    interventions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class StarterGoal:
    """A goal, other wordings of it, the question that finds the person's own, and its objectives."""

    text: str
    variants: tuple[str, ...]
    ask: str
    objectives: tuple[StarterObjective, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One problem area in one language. `codes` are the beginnings of the ICD-10-CM codes it usually goes with."""

    id: str
    title: str
    codes: tuple[str, ...]
    usual_measure: str
    as_evidenced_by: tuple[str, ...]
    goals: tuple[StarterGoal, ...]
    if_not_met: tuple[str, ...]
    language: str
    safety_first: str = ""

    @property
    def objectives(self) -> tuple[StarterObjective, ...]:
        """The objectives of all goals, in order."""
        return tuple(objective for goal in self.goals for objective in goal.objectives)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe library show ID --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "language": self.language,
            "codes": list(self.codes),
            "usual_measure": self.usual_measure,
            "safety_first": self.safety_first,
            "as_evidenced_by": list(self.as_evidenced_by),
            "goals": [
                {
                    "text": goal.text,
                    "variants": list(goal.variants),
                    "ask": goal.ask,
                    "objectives": [
                        {
                            "number": objective.number,
                            "text": objective.text,
                            "measure": dict(objective.measure),
                            "interventions": [dict(one) for one in objective.interventions],
                        }
                        for objective in goal.objectives
                    ],
                }
                for goal in self.goals
            ],
            "if_not_met": list(self.if_not_met),
            "fill_ins": {key: question(key, self.language) for key in fill_ins_of(_texts(self))},
        }


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


@cache
def areas(language: str = "en") -> tuple[Area, ...]:
    """The areas in English or Spanish, in the library's order."""
    spoken = "es" if language.startswith("es") else "en"
    return tuple(_area(entry, spoken) for entry in _read(f"{spoken}.yaml"))


def find(area_id: str, language: str = "en") -> Area:
    """The area of this id. Raises AreaUnknown, naming the nearest ones."""
    for area in areas(language):
        if area.id == area_id.strip().lower().replace("-", "_"):
            return area
    near = [area.id for area in search(area_id.replace("_", " "), language)[:3]] or [areas()[0].id]
    raise AreaUnknown(
        f'The starter library has no area "{area_id}". Near it: {", ".join(near)}. All: planscribe library'
    )


def search(words: str, language: str = "en") -> tuple[Area, ...]:
    """The areas that speak of these words or code (typing mistakes allowed), best first; all of them for no words."""
    query = utils.default_process(words)
    if not query:
        return areas(language)
    by_code = [area for area in areas(language) if any(_same_code(words, code) for code in area.codes)]
    if by_code:
        return tuple(by_code)
    scores = []
    for area in areas(language):
        title = utils.default_process(f"{area.title} {area.id} {area.usual_measure}")
        texts = [utils.default_process(text) for text in _texts(area)]
        best = process.extractOne(query, texts, scorer=fuzz.token_set_ratio)
        scores.append(
            (
                max(fuzz.token_set_ratio(query, title), fuzz.partial_ratio(query, title), best[1] * 0.9 if best else 0),
                area,
            )
        )
    return tuple(area for score, area in sorted(scores, key=lambda pair: -pair[0]) if score >= 75)


def question(key: str, language: str = "en") -> str:
    """What a fill-in asks."""
    english, spanish = questions()[key]
    return spanish if language.startswith("es") else english


@cache
def questions() -> dict[str, tuple[str, str]]:
    """The question of each fill-in, English and Spanish."""
    return {key: (pair[0], pair[1]) for key, pair in _read("questions.yaml").items()}


def fill_ins_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The fill-ins of texts, each once, in order."""
    return tuple(dict.fromkeys(key for text in texts for key in _FILL_IN.findall(text)))


def insert(plan: Plan, area: Area, answers: Mapping[str, str], choice: Choice | None = None) -> Inserted:
    """A copy of the plan with a new problem from this area, or what is still to be answered.

    `answers` hold a value for a fill-in wherever it stands (`medicine`), or for one place: `1.2.target` for objective
    1.2, `evidence.1.n` for the first evidence line, `goal.aim` for the goal. The person's name comes from the plan.
    Nothing is inserted while a fill-in is open, a target is no number or a date is not on the calendar.
    """
    choice = choice or Choice()
    filler = _Filler(area, {**_names(plan), **answers}, set(answers))
    problem = _problem(plan, area, choice, filler)
    filler.report_unused()
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


class _Filler:
    """Puts answers in the place of fill-ins, and collects what is open or cannot be."""

    def __init__(self, area: Area, answers: Mapping[str, str], given: set[str]) -> None:
        self.area = area
        self.findings: list[Finding] = []
        self._answers = {key: str(value).strip() for key, value in answers.items()}
        self._given = given
        self._used: set[str] = set()

    def fill(self, text: str, scope: str) -> str:
        """The text with every fill-in answered; each open one becomes a finding, and stays in the text."""

        def answer(match: re.Match[str]) -> str:
            found = self.answer(match[1], scope)
            if not found:
                self._open(match[1], scope, text)
            return found or match[0]

        return _FILL_IN.sub(answer, text)

    def answer(self, key: str, scope: str) -> str:
        """The answer for this place, or for every place; "" where there is none."""
        for name in (f"{scope}.{key}", key):
            if self._answers.get(name):
                self._used.add(name)
                return self._answers[name]
        self._used |= {f"{scope}.{key}", key} & self._given
        return ""

    def number(self, key: str, scope: str, limits: Sequence[int] | None) -> int | float | None:
        """The answer as a number inside the measure's range; anything else is a finding."""
        typed = self.answer(key, scope)
        if not typed:
            return None
        try:
            value = as_number(typed)
        except ValueError:
            self._say(
                "fill-in-not-a-number",
                f"{scope}.{key}",
                "The answer has to be a number.",
                question(key, self.area.language),
            )
            return None
        if limits and not limits[0] <= value <= limits[1]:
            self._say(
                "fill-in-out-of-range",
                f"{scope}.{key}",
                f"This measure runs from {limits[0]} to {limits[1]}.",
                question(key, self.area.language),
            )
            return None
        return value

    def day(self, key: str, scope: str) -> date | None:
        """The answer as a calendar date; anything else is a finding."""
        typed = self.answer(key, scope)
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self._say(
                "fill-in-not-a-date",
                f"{scope}.{key}",
                "The answer has to be a calendar date, written YYYY-MM-DD.",
                question(key, self.area.language),
            )
            return None

    def report_unused(self) -> None:
        """An answer that no text asked for is a finding, with the nearest names: nothing is dropped in silence."""
        asked = fill_ins_of(_texts(self.area))
        for key in sorted(self._given - self._used):
            near = [name for name, *_ in process.extract(key.rpartition(".")[2], asked, limit=3)]
            self._say(
                "fill-in-unknown",
                key,
                "Nothing that was chosen of this area asks for this.",
                f"Near it: {', '.join(near)}.",
            )

    def _open(self, key: str, scope: str, text: str) -> None:
        self._say("fill-in-unanswered", f"{scope}.{key}", question(key, self.area.language), f"In: {text}")

    def _say(self, rule: str, where: str, message: str, mend: str) -> None:
        finding = Finding(rule, Severity.ERROR, where, message, mend, "starter library")
        if all((seen.rule, seen.where) != (rule, where) for seen in self.findings):
            self.findings.append(finding)


def _problem(plan: Plan, area: Area, choice: Choice, filler: _Filler) -> Problem:
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


def _objective(one: StarterObjective, objective_id: str, filler: _Filler) -> Objective:
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


def _intervention(entry: Mapping[str, Any], intervention_id: str, scope: str, filler: _Filler) -> dict[str, object]:
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


def _names(plan: Plan) -> dict[str, str]:
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


def _same_code(typed: str, root: str) -> bool:
    code = re.sub(r"\s", "", typed).upper()
    return re.match(r"[A-Z]\d", code) is not None and (code.startswith(root) or root.startswith(code))


def _texts(area: Area) -> Iterator[str]:
    yield from area.as_evidenced_by
    for goal in area.goals:
        yield from (goal.text, *goal.variants)
        for objective in goal.objectives:
            yield objective.text
            yield from (str(entry["text"]) for entry in objective.interventions)
    yield from area.if_not_met


def _area(entry: Mapping[str, Any], language: str) -> Area:
    goals = tuple(
        StarterGoal(
            text=goal["text"],
            variants=tuple(goal.get("variants", ())),
            ask=goal["ask"],
            objectives=tuple(
                StarterObjective(f"{g}.{o}", one["text"], one["measure"], tuple(one["interventions"]))
                for o, one in enumerate(goal["objectives"], 1)
            ),
        )
        for g, goal in enumerate(entry["goals"], 1)
    )
    return Area(
        id=entry["id"],
        title=entry["title"],
        codes=tuple(entry["codes"]),
        usual_measure=entry["usual_measure"],
        as_evidenced_by=tuple(entry["as_evidenced_by"]),
        goals=goals,
        if_not_met=tuple(entry["if_not_met"]),
        language=language,
        safety_first=entry.get("safety_first", ""),
    )


def _read(name: str) -> Any:
    source = resources.files("generator") / "data" / "starter" / name
    return yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
