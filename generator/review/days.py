"""The days of a review: which may be one, when the next is due, and what of a plan moves with them."""

from datetime import date, timedelta

from generator.errors import ReviewNotPossible
from generator.plan import Plan
from generator.plan.goals import Goal
from generator.plan.people import Participation
from generator.review.in_words import with_date
from generator.review.words import said
from generator.rules.view import View


def refuse_day(plan: Plan, day: date) -> None:
    """Raise ReviewNotPossible for a day that is not after the plan and its last review."""
    last = plan.reviews.last
    held = last.date if last is not None else None
    made = plan.plan.plan_date
    if held is not None and day <= held:
        raise ReviewNotPossible(
            f"The plan has a review of {held} already; the next one is later than that, not on {day}."
        )
    if made is not None and day <= made:
        raise ReviewNotPossible(f"The plan is of {made}; a review is later than that, not on {day}.")


def due_after(view: View, day: date) -> date:
    """The programme's days after the review; the plan's own interval may only tighten them."""
    own = view.plan.reviews.interval_days
    days = min(view.profile.review_days, own) if own is not None and own > 0 else view.profile.review_days
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ReviewNotPossible(f"A review on {day} has no day left in the calendar for the next one.") from None


def is_scheduled(plan: Plan, day: date) -> bool:
    """Whether a review is held when it is due, and not more than two weeks before."""
    last = plan.reviews.last
    due = last.next_review if last is not None and last.next_review is not None else plan.reviews.next_due
    return due is None or (due - day).days <= 14


def move_goals(view: View, day: date, due: date) -> None:
    """A goal that goes on ends no earlier than its objectives."""
    for placed in view.active_goals:
        goal: Goal = placed.it
        going = [one for one in goal.objectives if one.status not in ("met", "dropped")]
        if goal.status in ("met", "dropped") or not going or goal.target_date is None:
            continue
        latest = max((one.target_date for one in going if one.target_date is not None), default=due)
        new = max(latest, goal.target_date)
        if new <= day:
            new = due
        if new != goal.target_date:
            old = goal.target_date
            goal.put("target_date", new)
            if goal.statement:
                goal.put("statement", with_date(goal.statement, old, new))


def move_plan(plan: Plan, day: date, due: date, view: View, language: str) -> None:
    """Another version, its days, and what has to be asked for anew: agreement and signatures."""
    head = plan.plan
    if head.type in (None, "formal"):
        head.put("type", "update")
    head.put("version", (head.version or 1) + 1)
    head.put("plan_date", day)
    if head.effective_from is not None or head.effective_to is not None:
        head.put("effective_from", day)
        head.put("effective_to", due)
    plan.reviews.put("next_due", due)
    days = (due - day).days
    plan.reviews.put(
        "basis", said("basis", language, days=days, day=day, source=view.profile.source or view.profile.title)
    )
    asked_again = {key: getattr(plan.participation, key) for key in ("copy_offered", "copy_language")}
    plan.participation = Participation.model_validate(
        {key: value for key, value in asked_again.items() if value is not None}
    )
    for signature in plan.signatures:
        for key in ("signed_on", "reason_missing", "of_text"):
            signature.put(key, None)
