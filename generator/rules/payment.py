"""Who pays."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.coverage import Coverage
from generator.rules.engine import Fault, rule
from generator.rules.view import Placed, View, entries

_SELF_PAY = {"selfpay", "privatepay"}


def is_self_pay(coverage: Coverage) -> bool:
    """Whether an entry says self-pay or private pay, by its payer or its kind of plan."""
    return any(
        re.sub(r"[\s\-‐-―]", "", text or "").lower() in _SELF_PAY for text in (coverage.payer, coverage.plan_type)
    )


def coverages(view: View) -> list[Placed[Coverage]]:
    """The entries of coverage."""
    return list(entries("coverage", view.plan.coverage))


@rule("coverage-missing")
def coverage_missing(view: View) -> Iterator[Fault]:
    """At least one payer is named; self-pay counts."""
    if all(is_blank(entry.payer) for entry in view.plan.coverage):
        yield Fault("coverage")


@rule("member-id-missing")
def member_id_missing(view: View) -> Iterator[Fault]:
    """Every insurance has its member ID."""
    for entry in coverages(view):
        if is_blank(entry.it.member_id) and not is_self_pay(entry.it):
            yield Fault(f"{entry.path}.member_id")


_AUTHORIZATION = {"number": "its number", "service": "the service", "from": "its first day", "to": "its last day"}


@rule("authorization-does-not-cover-plan")
def authorization_does_not_cover_plan(view: View) -> Iterator[Fault]:
    """What the payer allowed is written down whole and spans the plan."""
    head = view.plan.plan
    start, end = head.effective_from or head.plan_date, head.effective_to or view.plan.reviews.next_due
    for entry in coverages(view):
        given = entry.it.authorization
        status = re.sub(r"[\s\-]+", "_", (given.status or "").strip().lower())
        if is_blank(given) or status in ("not_required", "pending"):
            continue
        path = f"{entry.path}.authorization"
        missing = [key for key in _AUTHORIZATION if is_blank(getattr(given, _attribute(key)))]
        for key in missing[:1]:
            yield Fault(
                f"{path}.{key}",
                "The authorization is missing: {key}.",
                {"key": _AUTHORIZATION[key]},
                "Copy the whole authorization into the plan.",
            )
        if missing:
            continue
        if given.from_ is not None and start is not None and given.from_ > start:
            yield Fault(
                f"{path}.from", "The authorization begins on {given}, after the plan's start on {start}.",
                {"given": given.from_, "start": start},
            )  # fmt: skip
        elif given.to is not None and end is not None and given.to < end:
            yield Fault(
                f"{path}.to", "The authorization ends on {given}; the plan runs to {end}.",
                {"given": given.to, "end": end},
            )  # fmt: skip


@rule("good-faith-estimate-missing")
def good_faith_estimate_missing(view: View) -> Iterator[Fault]:
    """Somebody who pays alone was given an estimate."""
    found = coverages(view)
    given = view.plan.contract.fees.good_faith_estimate_given_on
    if found and all(is_self_pay(entry.it) for entry in found) and given is None:
        yield Fault("contract.fees.good_faith_estimate_given_on")


def _attribute(key: str) -> str:
    return "from_" if key == "from" else key
