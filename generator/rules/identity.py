"""Who the plan is for."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.types import npi, ssn
from generator.rules.engine import Fault, rule
from generator.rules.view import View, age_on


@rule("patient-name-missing")
def patient_name_missing(view: View) -> Iterator[Fault]:
    """First and last name are there."""
    name = view.plan.patient.name
    missing = [key for key in ("first", "last") if is_blank(getattr(name, key))]
    if missing:
        yield Fault(f"patient.name.{missing[0]}")


@rule("birth-date-invalid")
def birth_date_invalid(view: View) -> Iterator[Fault]:
    """The birth date is on the calendar, not in the future, and gives an age of at most 120."""
    born = view.plan.patient.dob
    if born is None or born > view.as_of or age_on(born, view.as_of) > 120:
        yield Fault("patient.dob")


@rule("ssn-impossible")
def ssn_impossible(view: View) -> Iterator[Fault]:
    """A social security number, whole or its last four, could have been given out."""
    patient = view.plan.patient
    if patient.ssn and patient.ssn.strip() and not ssn.is_possible(patient.ssn):
        yield Fault("patient.ssn")
    if patient.ssn_last4 and patient.ssn_last4.strip() and not ssn.is_possible_last4(patient.ssn_last4):
        yield Fault("patient.ssn_last4")


@rule("full-ssn-not-needed")
def full_ssn_not_needed(view: View) -> Iterator[Fault]:
    """No whole number is kept where the last four would do."""
    if view.plan.patient.ssn and ssn.is_whole(view.plan.patient.ssn):
        yield Fault("patient.ssn")


@rule("npi-check-digit")
def npi_check_digit(view: View) -> Iterator[Fault]:
    """Every NPI has the right check digit."""
    if not is_blank(view.plan.agency.npi) and not npi.is_valid(view.plan.agency.npi or ""):
        yield Fault("agency.npi")
    for i, member in enumerate(view.plan.staff):
        if not is_blank(member.npi) and not npi.is_valid(member.npi or ""):
            yield Fault(f"staff[{i}].npi")
