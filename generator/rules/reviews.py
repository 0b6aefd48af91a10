"""When the plan is looked at again."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.rules.engine import Fault, rule
from generator.rules.view import View


def next_due(view: View) -> date | None:
    """The due date in force: that of the last review, else the plan's own, else the profile's."""
    history = view.plan.reviews.history
    if history and history[-1].next_review is not None:
        return history[-1].next_review
    if view.plan.reviews.next_due is not None:
        return view.plan.reviews.next_due
    day = view.plan.plan.plan_date
    return day + timedelta(days=view.profile.review_days) if day is not None else None


@rule("review-date-missing")
def review_date_missing(view: View) -> Iterator[Fault]:
    """The next review has a date."""
    reviews = view.plan.reviews
    if reviews.next_due is None and not (reviews.history and reviews.history[-1].next_review is not None):
        yield Fault("reviews.next_due")


@rule("review-too-late")
def review_too_late(view: View) -> Iterator[Fault]:
    """The next review is within the programme's days of the plan or the last review."""
    reviews = view.plan.reviews
    if reviews.history:
        base, due = reviews.history[-1].date, reviews.history[-1].next_review or reviews.next_due
    else:
        base, due = view.plan.plan.plan_date, reviews.next_due
    if base is None or due is None:
        return
    latest = base + timedelta(days=view.profile.review_days)
    if due > latest:
        yield Fault(
            "reviews.next_due", f"Review is due by {latest.isoformat()} for this program; you wrote {due.isoformat()}."
        )


@rule("plan-expired")
def plan_expired(view: View) -> Iterator[Fault]:
    """The plan has not run out; the day itself is in time."""
    if view.plan.plan.type == "discharge":
        return
    due, end = next_due(view), view.plan.plan.effective_to
    if due is not None and due < view.as_of:
        yield Fault("reviews.next_due", f"This plan expired on {due.isoformat()}.")
    elif not view.plan.reviews.history and end is not None and end < view.as_of:
        yield Fault("plan.effective_to", f"This plan expired on {end.isoformat()}.")
