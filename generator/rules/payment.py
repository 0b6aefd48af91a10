"""Who pays."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.coverage import Coverage
from generator.rules.engine import Fault, rule
from generator.rules.view import View


def is_self_pay(coverage: Coverage) -> bool:
    """Whether an entry says self-pay or private pay, by its payer or its kind of plan."""
    words = {(text or "").lower().replace(" ", "").replace("-", "") for text in (coverage.payer, coverage.plan_type)}
    return bool(words & {"selfpay", "privatepay"})


@rule("coverage-missing")
def coverage_missing(view: View) -> Iterator[Fault]:
    """At least one payer is named; self-pay counts."""
    if all(is_blank(entry.payer) for entry in view.plan.coverage):
        yield Fault("coverage")


@rule("member-id-missing")
def member_id_missing(view: View) -> Iterator[Fault]:
    """Every insurance has its member ID."""
    for i, entry in enumerate(view.plan.coverage):
        if is_blank(entry.member_id) and not is_self_pay(entry):
            yield Fault(f"coverage[{i}].member_id")


@rule("good-faith-estimate-missing")
def good_faith_estimate_missing(view: View) -> Iterator[Fault]:
    """Somebody who pays alone was given an estimate."""
    entries = view.plan.coverage
    if (
        entries
        and all(is_self_pay(entry) for entry in entries)
        and view.plan.contract.fees.good_faith_estimate_given_on is None
    ):
        yield Fault("contract.fees.good_faith_estimate_given_on")
