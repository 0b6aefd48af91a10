"""The table of changes that a review form prints, and its record in the plan's last review."""

from datetime import date

from generator.plan import Plan
from generator.plan.course import Change
from generator.review.compare import Difference, differences
from generator.review.in_words import given_only, with_date

# What every review moves, or what the form prints elsewhere: no row of its table of changes.
_OF_EVERY_REVIEW = (
    "plan.type",
    "plan.version",
    "plan.plan_date",
    "plan.effective_from",
    "plan.effective_to",
    "reviews.",
    "signatures[]",
    "participation.",
    "problems[].goals[].objectives[].progress[]",
    "problems[].goals[].objectives[].status_date",
)


def table_of(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """The differences that a review form prints: all but those that every review moves.

    A sentence in which only its date moved is told by the date's own row.
    """
    found = [one for one in differences(before, after) if not one.field.startswith(_OF_EVERY_REVIEW)]
    moved = {(one.field.rpartition(".")[0], one.entry): one for one in found if one.field.endswith(".target_date")}

    def is_told(one: Difference) -> bool:
        day = moved.get((one.field.rpartition(".")[0], one.entry)) if one.field.endswith(".statement") else None
        if day is not None and one.kind == day.kind == "changed":
            was, now = date.fromisoformat(day.before), date.fromisoformat(day.after)
            return with_date(one.before, was, now) == one.after
        is_from_before = one.field.endswith("].start_date") and one.kind == "added"
        return is_from_before and one.after == str(before.plan.plan_date)

    return tuple(one for one in found if not is_told(one))


def recorded(before: Plan, after: Plan) -> tuple[Plan, tuple[Difference, ...]]:
    """The later plan with the table written into its last review, and the table. The plan that is given is changed."""
    changes = table_of(before, after)
    review = after.reviews.last
    if review is not None:
        review.changes = [
            Change.model_validate(
                given_only(kind=one.kind, field=one.field, entry=one.entry, before=one.before, after=one.after)
            )
            for one in changes
        ]
    return after, changes
