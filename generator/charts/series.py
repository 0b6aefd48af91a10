"""What a chart shows: one series of dated numbers for each instrument, or for each objective that is counted."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.plan import Plan
from generator.plan.goals import Objective, Problem

OF = ("measures", "objectives")
_NUMBER = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*%?\s*")


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of their dates. `top` is the highest score there is, `target` the number aimed at."""

    name: str
    points: tuple[tuple[date, float], ...]
    top: float | None = None
    target: float | None = None


def series_of(plan: Plan, of: str) -> tuple[Series, ...]:
    """The series of `measures` or `objectives`; entries without a date or a number are left to the table."""
    return _of_measures(plan) if of == "measures" else _of_objectives(plan)


def in_words(series: Sequence[Series], language: str) -> str:
    """The same numbers as a text, for those who do not see the plot."""
    is_spanish = language == "es"
    out = []
    for one in series:
        form = "%d/%m/%Y" if is_spanish else "%m/%d/%Y"
        points = ", ".join(f"{number(value)} ({day.strftime(form)})" for day, value in one.points)
        top = f" {'de' if is_spanish else 'of'} {number(one.top)}" if one.top is not None else ""
        target = f"; {'meta' if is_spanish else 'target'} {number(one.target)}" if one.target is not None else ""
        out.append(f"{one.name}{top}: {points}{target}")
    return ("Gráfica. " if is_spanish else "Plot. ") + ". ".join(out) + "." if out else ""


def number(value: float) -> str:
    """A number without a needless `.0`."""
    return f"{value:g}"


def _of_measures(plan: Plan) -> tuple[Series, ...]:
    points: dict[str, list[tuple[date, float]]] = {}
    tops: dict[str, float] = {}
    for one in plan.measures:
        score, top = as_number(one.score), as_number(one.max)
        if not one.instrument or one.date is None or score is None:
            continue
        points.setdefault(one.instrument, []).append((one.date, score))
        if top is not None and top > 0:
            tops[one.instrument] = max(top, tops.get(one.instrument, top))
    return tuple(Series(name, tuple(sorted(found)), tops.get(name)) for name, found in points.items())


def _of_objectives(plan: Plan) -> tuple[Series, ...]:
    out = []
    for p, problem in enumerate(plan.problems, 1):
        for place, objective in _numbered(problem, p):
            measure = objective.measure
            dated = [(measure.baseline_date or objective.start_date, measure.baseline)]
            dated += [(one.date, one.value) for one in objective.progress]
            points = [(day, value) for day, raw in dated if day is not None and (value := as_number(raw)) is not None]
            if points:
                name = " ".join(part for part in (place, measure.what or "") if part)
                out.append(Series(name, tuple(sorted(points)), target=as_number(measure.target)))
    return tuple(out)


def _numbered(problem: Problem, place: int) -> Iterator[tuple[str, Objective]]:
    """Each objective with its number on paper: problem, goal, objective."""
    for g, goal in enumerate(problem.goals, 1):
        for o, objective in enumerate(goal.objectives, 1):
            yield f"{place}.{g}.{o}", objective


def as_number(value: object) -> float | None:
    """A value as a number, a text such as "80 %" too; None for what is none."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value)
        return float(found[1].replace(",", ".")) if found else None
    try:
        given = float(str(value))
    except ValueError:
        return None
    return given if math.isfinite(given) and abs(given) < 1e12 else None
