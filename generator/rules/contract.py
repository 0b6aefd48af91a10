"""The contract, who does what, and accommodations."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View


@rule("contract-without-goals-summary")
def contract_without_goals_summary(view: View) -> Iterator[Fault]:
    """The contract sums up the goals."""
    if is_blank(view.plan.contract.goals_summary):
        yield Fault("contract.goals_summary")


@rule("responsibilities-missing")
def responsibilities_missing(view: View) -> Iterator[Fault]:
    """Both the person and the therapist have something to do."""
    for who in ("patient", "therapist"):
        if all(is_blank(entry) for entry in getattr(view.plan.responsibilities, who)):
            yield Fault(f"responsibilities.{who}")


@rule("contract-incomplete")
def contract_incomplete(view: View) -> Iterator[Fault]:
    """Limits of confidentiality, crisis plan, ending, fees."""
    for key in ("confidentiality_limits", "crisis_plan", "termination", "fees"):
        if is_blank(getattr(view.plan.contract, key)):
            yield Fault(f"contract.{key}", f"The contract is missing: {key.replace('_', ' ')}.")


@rule("rights-receipt-missing")
def rights_receipt_missing(view: View) -> Iterator[Fault]:
    """The person got the rules and rights."""
    if view.plan.contract.rules_and_rights_received_on is None:
        yield Fault("contract.rules_and_rights_received_on")


@rule("accommodation-record-incomplete")
def accommodation_record_incomplete(view: View) -> Iterator[Fault]:
    """What was asked, by whom, when; what changes; why not."""
    for i, one in enumerate(view.plan.accommodations):
        if _is_undecided(view, i):
            continue
        wanted = ["need", "requested_by", "requested_on", "responsible_staff", "review_on"]
        wanted += ["change_to_usual_procedure"] if one.determination in ("granted", "alternative") else []
        wanted += ["determination_reason"] if one.determination in ("denied", "alternative") else []
        missing = [key for key in wanted if is_blank(getattr(one, key))]
        if missing:
            yield Fault(f"accommodations[{i}].{missing[0]}")


@rule("accommodation-undecided")
def accommodation_undecided(view: View) -> Iterator[Fault]:
    """Every request has a decision, or a day in the future to decide."""
    for i in range(len(view.plan.accommodations)):
        if _is_undecided(view, i):
            yield Fault(f"accommodations[{i}].determination")


def _is_undecided(view: View, i: int) -> bool:
    one = view.plan.accommodations[i]
    if one.determination == "pending":
        return one.review_on is None or one.review_on < view.as_of
    return one.determination is None
