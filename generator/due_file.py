"""The days of a plan file: read, counted, and written as a calendar."""

from datetime import date
from pathlib import Path

from generator.agency import read_agency, spoken
from generator.exchange.calendar import as_ics
from generator.exchange.plan_file import read_plan
from generator.files import write_whole
from generator.plan import Plan
from generator.rules.clock import Clock, review_clock


def due_file(path: Path, *, as_of: date, language: str | None = None, ics: Path | None = None) -> Clock:
    """The review clock of a plan file; with `ics` also written there. Raises PlanNotReadable, OutputNotWritable."""
    plan = read_plan(path)
    clock = review_clock(plan, read_agency().context(as_of=as_of, language=spoken(plan, language)))
    if ics is not None:
        write_whole(ics, clock_as_ics(clock, plan, stamped=as_of))
    return clock


def clock_as_ics(clock: Clock, plan: Plan, *, stamped: date) -> bytes:
    """The days of a clock as a calendar file; it names the plan by its number, never the person."""
    days = [
        (one.day, one.what, "; ".join(word for word in (one.source, one.status) if word), one.where)
        for one in clock.dates
    ]
    return as_ics(days, plan_id=(plan.plan.id or "").strip(), stamped=stamped)
