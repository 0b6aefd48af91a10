"""The review clock: every day on which something of a plan is due, and the one review that comes first.

The next review is due on the earliest of: the plan (or the last review) + the profile's interval, the day the plan
itself names, the authorization's end, and the plan's own end. Each day says why, with its citation.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from generator.plan import Plan
from generator.rules.context import Context
from generator.rules.payment import coverages
from generator.rules.reviews import last_review
from generator.rules.view import View, entries
from generator.rules.words import N_, say


@dataclass(frozen=True, slots=True)
class Due:
    """One day: what is due (in the language asked for), the place in the plan, and the citation where a rule wants it.

    `is_review` marks the days of which the earliest is the next review.
    """

    day: date
    what: str
    where: str
    source: str = ""
    status: str = ""
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """The days of a plan in order, and the next review."""

    dates: tuple[Due, ...]
    program: str
    source: str
    status: str
    checked_on: date | None

    @property
    def next_review(self) -> Due | None:
        """The earliest of the review days; None where the plan has no date to count from."""
        return next((due for due in self.dates if due.is_review), None)

    def as_dict(self, as_of: date) -> dict[str, object]:
        """The shape of `planscribe due --json`."""
        first = self.next_review
        return {
            "program": self.program,
            "source": self.source,
            "status": self.status,
            "checked_on": self.checked_on,
            "next_review": first.day if first is not None else None,
            "days_left": (first.day - as_of).days if first is not None else None,
            "dates": [
                {
                    "date": due.day,
                    "what": due.what,
                    "where": due.where,
                    "source": due.source,
                    "status": due.status,
                    "review": due.is_review,
                }
                for due in self.dates
            ],
        }


def review_clock(plan: Plan, context: Context) -> Clock:
    """Every day of a plan, earliest first."""
    view = View(plan, context)
    profile, head = view.profile, plan.plan
    found: list[Due] = []

    def add(day: date | None, what: str, where: str, *, cited: bool = False, is_review: bool = False) -> None:
        if day is not None:
            said = say(context.language, what)
            found.append(
                Due(day, said, where, profile.source if cited else "", profile.status if cited else "", is_review)
            )

    last = last_review(view)
    if head.admission_date is not None and profile.plan_due_days is not None and head.plan_date is None:
        add(
            _later(head.admission_date, profile.plan_due_days),
            N_("The plan is due (program)"),
            "plan.plan_date",
            cited=True,
        )
    if last is not None and last.it.date is not None:
        add(
            _later(last.it.date, profile.review_days),
            N_("Review: last review + the program's interval"),
            f"{last.path}.date",
            cited=True,
            is_review=True,
        )
        add(
            last.it.next_review,
            N_("Review: the day set at the last review"),
            f"{last.path}.next_review",
            is_review=True,
        )
    elif head.plan_date is not None:
        add(
            _later(head.plan_date, profile.review_days),
            N_("Review: plan date + the program's interval"),
            "plan.plan_date",
            cited=True,
            is_review=True,
        )
    if last is None or last.it.next_review is None:
        add(plan.reviews.next_due, N_("Review: the day the plan names"), "reviews.next_due", is_review=True)
    for entry in coverages(view):
        add(
            entry.it.authorization.to,
            N_("The payer's authorization ends"),
            f"{entry.path}.authorization.to",
            is_review=True,
        )
    if last is None:
        add(head.effective_to, N_("The plan ends"), "plan.effective_to", is_review=True)
    latest = {}
    for one in entries("measures", plan.measures):
        if one.it.next_due is not None and one.it.instrument:
            latest[one.it.instrument.strip().lower()] = one
    for one in latest.values():
        add(one.it.next_due, N_("A score is due again"), f"{one.path}.next_due")
    for partner in entries("coordination", plan.coordination):
        add(partner.it.roi_expires, N_("A release of information expires"), f"{partner.path}.roi_expires")
    for asked in entries("accommodations", plan.accommodations):
        add(asked.it.review_on, N_("An accommodation is looked at again"), f"{asked.path}.review_on")
    add(plan.discharge.anticipated_date, N_("Expected discharge"), "discharge.anticipated_date")
    found.sort(key=lambda due: (due.day, not due.is_review, due.where))
    return Clock(tuple(found), profile.title, profile.source, profile.status, profile.checked_on)


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
