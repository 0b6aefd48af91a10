"""Scores: inside the range of their instrument, and taken again in time."""

from collections.abc import Iterator
from datetime import date

from generator.plan.assessment import Measure
from generator.rules.engine import Fault, rule
from generator.rules.scores import instrument
from generator.rules.view import Placed, View, entries

_ITEM9 = ("phq-9", "phq-a")
_REPEATED = {"phq-9": "PHQ-9", "phq-a": "PHQ-A", "gad-7": "GAD-7", "pcl-5": "PCL-5"}
_DAYS = 90


def _key(text: str | None) -> str:
    """The folded name of a known instrument, "" for any other."""
    known = instrument(text or "")
    return known.name.lower() if known is not None else ""


def _limits(text: str | None) -> tuple[int | float, int | float] | None:
    known = instrument(text or "")
    return (known.low, known.high) if known is not None else None


@rule("score-out-of-range")
def score_out_of_range(view: View) -> Iterator[Fault]:
    """Every number of a known instrument lies in its range."""
    for path, named, number, limits in _numbers(view):
        low, high = limits
        if isinstance(number, int | float) and not low <= number <= high:
            yield Fault(
                path, "{instrument} runs {low}-{high}; {number} is written.",
                {"instrument": " ".join((named or "").split())[:40], "low": low, "high": high, "number": number},
            )  # fmt: skip


_Number = tuple[str, str | None, object, tuple[int | float, int | float]]


def _numbers(view: View) -> Iterator[_Number]:
    for one in entries("measures", view.plan.measures):
        key = _key(one.it.instrument)
        limits = _limits(one.it.instrument)
        if limits is not None:
            yield f"{one.path}.score", one.it.instrument, one.it.score, limits
        elif one.it.max is not None:
            yield f"{one.path}.score", one.it.instrument, one.it.score, (0, one.it.max)
        if key in _ITEM9:
            yield f"{one.path}.item9", "PHQ-9, item 9" if key == "phq-9" else "PHQ-A, item 9", one.it.item9, (0, 3)
    risk = view.plan.assessment.risk
    for kind in ("suicide", "violence", "withdrawal", "overdose"):
        found = getattr(risk, kind)
        if (limits := _limits(found.instrument)) is not None:
            yield f"assessment.risk.{kind}.score", found.instrument, found.score, limits
    for objective in view.live_objectives:
        measure = objective.it.measure
        if (limits := _limits(measure.instrument)) is None:
            continue
        for key in ("baseline", "target"):
            yield f"{objective.path}.measure.{key}", measure.instrument, getattr(measure, key), limits
        for entry in entries(f"{objective.path}.progress", objective.it.progress):
            yield f"{entry.path}.value", measure.instrument, entry.it.value, limits


@rule("measure-not-repeated")
def measure_not_repeated(view: View) -> Iterator[Fault]:
    """The latest score of each of four instruments says when the next is due, in at most 90 days."""
    latest: dict[str, Placed[Measure]] = {}
    for one in entries("measures", view.plan.measures):
        key = _key(one.it.instrument)
        if key in _REPEATED and (key not in latest or _day(one.it.date) >= _day(latest[key].it.date)):
            latest[key] = one
    for key, one in latest.items():
        taken, due = one.it.date, one.it.next_due
        if due is None:
            yield Fault(
                f"{one.path}.next_due", "{instrument} has no date for the next time.", {"instrument": _REPEATED[key]}
            )
        elif taken is not None and (due - taken).days > _DAYS:
            yield Fault(
                f"{one.path}.next_due",
                "{instrument} is due again {days} days after the last one; 90 is the most.",
                {"instrument": _REPEATED[key], "days": (due - taken).days},
            )


def _day(day: date | None) -> date:
    return day if day is not None else date.min
