"""When the plan was made."""

from collections.abc import Iterator

from generator.rules.engine import Fault, rule
from generator.rules.view import View


@rule("plan-date-missing")
def plan_date_missing(view: View) -> Iterator[Fault]:
    """The plan has a date."""
    if view.plan.plan.plan_date is None:
        unread = "plan_date" in view.plan.plan.unread
        yield Fault("plan.plan_date", "The plan date is no calendar date." if unread else "")


@rule("plan-date-out-of-range")
def plan_date_out_of_range(view: View) -> Iterator[Fault]:
    """The plan is dated from admission to today."""
    day, admitted = view.plan.plan.plan_date, view.plan.plan.admission_date
    if day is None:
        return
    if day > view.as_of:
        yield Fault(
            "plan.plan_date",
            "The plan is dated {day}, after {as_of}.",
            {"day": day, "as_of": view.as_of},
            "A plan cannot be dated in the future. Correct the plan date.",
        )
    elif admitted is not None and day < admitted:
        yield Fault(
            "plan.plan_date", "The plan is dated {day}, before the admission on {admitted}.",
            {"day": day, "admitted": admitted},
        )  # fmt: skip


@rule("plan-late")
def plan_late(view: View) -> Iterator[Fault]:
    """The plan was made within the programme's days; the admission day is day 0. One written at a review is no first plan."""
    head, limit = view.plan.plan, view.profile.plan_due_days
    if any(review.date == head.plan_date for review in view.plan.reviews.history):
        return
    if head.admission_date is None or head.plan_date is None or limit is None:
        return
    days = (head.plan_date - head.admission_date).days
    if days > limit:
        yield Fault(
            "plan.plan_date",
            "This program wants the plan within {limit} days of admission; this one is dated day {days}.",
            {"limit": limit, "days": days},
        )


@rule("plan-before-assessment")
def plan_before_assessment(view: View) -> Iterator[Fault]:
    """A plan rests on an assessment done on or before its date."""
    assessed, day = view.plan.assessment.date, view.plan.plan.plan_date
    if assessed is None and view.is_formal:
        yield Fault("assessment.date", "The assessment has no date.")
    elif assessed is not None and day is not None and assessed > day:
        yield Fault(
            "assessment.date", "The assessment is dated {assessed}, after the plan of {day}.",
            {"assessed": assessed, "day": day},
        )  # fmt: skip
