"""When the plan is looked at again."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from generator.plan.base import is_blank
from generator.plan.course import Review
from generator.plan.goals import Objective
from generator.rules.engine import Fault, rule
from generator.rules.view import Placed, View, entries, has_entry, number_of


def last_review(view: View) -> Placed[Review] | None:
    """The latest review; the last of the list where one of them has no date."""
    last = view.plan.reviews.last
    return next((one for one in entries("reviews.history", view.plan.reviews.history) if one.it is last), None)


def next_due(view: View) -> tuple[date, str] | None:
    """The due date in force and its place: that of the last review, else the plan's own, else the profile's."""
    last = last_review(view)
    if last is not None and last.it.next_review is not None:
        return last.it.next_review, f"{last.path}.next_review"
    if view.plan.reviews.next_due is not None:
        return view.plan.reviews.next_due, "reviews.next_due"
    day = view.plan.plan.plan_date
    return (day + timedelta(days=view.profile.review_days), "plan.plan_date") if day is not None else None


@rule("review-date-missing")
def review_date_missing(view: View) -> Iterator[Fault]:
    """The next review has a date; an informal plan's follows from its own date."""
    last = last_review(view)
    if not view.is_formal or view.plan.reviews.next_due is not None:
        return
    if last is None or last.it.next_review is None:
        yield Fault("reviews.next_due")


@rule("review-too-late")
def review_too_late(view: View) -> Iterator[Fault]:
    """The next review is within the programme's days of the plan or the last review."""
    last = last_review(view)
    if last is not None:
        base = last.it.date
        due = last.it.next_review or view.plan.reviews.next_due
        path = f"{last.path}.next_review" if last.it.next_review is not None else "reviews.next_due"
    else:
        base, due, path = view.plan.plan.plan_date, view.plan.reviews.next_due, "reviews.next_due"
    if base is None or due is None:
        return
    latest = base + timedelta(days=view.profile.review_days)
    if due > latest:
        yield Fault(
            path,
            "Review is due by {latest} for this program ({days} days); you wrote {due}.",
            {"latest": latest, "due": due, "days": view.profile.review_days},
        )


@rule("review-incomplete")
def review_incomplete(view: View) -> Iterator[Fault]:
    """A review has a day, people, and a finding and a decision for every objective that was open then."""
    for review in entries("reviews.history", view.plan.reviews.history):
        held = review.it.date
        if held is None:
            yield Fault(f"{review.path}.date", "A review has no date.", mend="Write the day the review was held.")
        if not has_entry(review.it.participants):
            yield Fault(
                f"{review.path}.participants", "The review has no participants.",
                mend="Write who took part in the review.",
            )  # fmt: skip
        if held is None:
            continue
        updated = {
            (update.it.objective or "").strip()
            for update in entries("", review.it.objective_updates)
            if not is_blank(update.it.value) and not is_blank(update.it.decision)
        }
        for objective in _open_on(held, view.live_objectives, view.plan.plan.plan_date):
            if (objective.it.id or "").strip() not in updated or not (objective.it.id or "").strip():
                yield Fault(
                    f"{review.path}.objective_updates",
                    "Objective {name} was not updated at the review of {day}.",
                    {"name": number_of(objective), "day": held},
                )


def _open_on(day: date, objectives: Sequence[Placed[Objective]], plan_date: date | None) -> Iterator[Placed[Objective]]:
    for objective in objectives:
        start = objective.it.start_date or plan_date
        met_before = (
            objective.it.status == "met" and objective.it.status_date is not None and objective.it.status_date < day
        )
        if (start is None or start <= day) and not met_before:
            yield objective


@rule("plan-expired")
def plan_expired(view: View) -> Iterator[Fault]:
    """The plan has not run out; the day itself is in time."""
    if view.plan.plan.type == "discharge":
        return
    due, end = next_due(view), view.plan.plan.effective_to
    if due is not None and due[0] < view.as_of:
        yield Fault(due[1], "The review was due on {day}.", {"day": due[0]})
    elif last_review(view) is None and end is not None and end < view.as_of:
        yield Fault("plan.effective_to", "This plan expired on {day}.", {"day": end})
