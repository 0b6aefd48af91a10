"""The contract, who does what, and accommodations."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.contract import Accommodation
from generator.rules.engine import Fault, rule
from generator.rules.view import View, entries, has_entry
from generator.rules.words import N_


@rule("contract-without-goals-summary")
def contract_without_goals_summary(view: View) -> Iterator[Fault]:
    """The contract sums up the goals."""
    if is_blank(view.plan.contract.goals_summary):
        yield Fault("contract.goals_summary")


@rule("responsibilities-missing")
def responsibilities_missing(view: View) -> Iterator[Fault]:
    """Both the person and the therapist have something to do."""
    for who, said in (
        ("patient", N_("Nothing says what the client will do.")),
        ("therapist", N_("Nothing says what the therapist will do.")),
    ):
        if not has_entry(getattr(view.plan.responsibilities, who)):
            yield Fault(f"responsibilities.{who}", said)


_CONTRACT = {
    "confidentiality_limits": N_("The contract is missing: the limits of confidentiality."),
    "crisis_plan": N_("The contract is missing: a crisis plan."),
    "termination": N_("The contract is missing: how treatment may end."),
    "fees": N_("The contract is missing: fees."),
}


@rule("contract-incomplete")
def contract_incomplete(view: View) -> Iterator[Fault]:
    """Limits of confidentiality, crisis plan, ending, fees."""
    for key, said in _CONTRACT.items():
        value = getattr(view.plan.contract, key)
        if is_blank(value) or (isinstance(value, list) and not has_entry(value)):
            yield Fault(f"contract.{key}", said)


@rule("rights-receipt-missing")
def rights_receipt_missing(view: View) -> Iterator[Fault]:
    """The person got the rules and rights."""
    if view.plan.contract.rules_and_rights_received_on is None:
        yield Fault("contract.rules_and_rights_received_on")


_RECORD = {
    "need": N_("what is needed"),
    "requested_by": N_("who asked"),
    "requested_on": N_("when it was asked"),
    "responsible_staff": N_("who sees to it"),
    "review_on": N_("when it is looked at again"),
    "change_to_usual_procedure": N_("what changes"),
    "determination_reason": N_("the reason"),
}


@rule("accommodation-record-incomplete")
def accommodation_record_incomplete(view: View) -> Iterator[Fault]:
    """What was asked, by whom, when; what changes; why not."""
    for one in entries("accommodations", view.plan.accommodations):
        decided = one.it.determination
        if _is_undecided(view, one.it):
            continue
        wanted = ["need", "requested_by", "requested_on", "responsible_staff", "review_on"]
        wanted += ["change_to_usual_procedure"] if decided in ("granted", "alternative") else []
        wanted += ["determination_reason"] if decided in ("denied", "alternative") else []
        missing = [key for key in wanted if is_blank(getattr(one.it, key))]
        for key in missing[:1]:
            yield Fault(f"{one.path}.{key}", "The record of an accommodation is missing: {key}.", {"key": _RECORD[key]})


@rule("accommodation-undecided")
def accommodation_undecided(view: View) -> Iterator[Fault]:
    """Every request has a decision, or a day in the future to decide."""
    for one in entries("accommodations", view.plan.accommodations):
        if not _is_undecided(view, one.it):
            continue
        if one.it.determination == "pending" and one.it.review_on is not None:
            yield Fault(f"{one.path}.review_on", "This request was to be decided by {day}.", {"day": one.it.review_on})
        else:
            yield Fault(f"{one.path}.determination")


def _is_undecided(view: View, one: Accommodation) -> bool:
    if one.determination == "pending":
        return one.review_on is None or one.review_on < view.as_of
    return one.determination is None
