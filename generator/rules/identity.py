"""Who the plan is for."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.types import npi, ssn
from generator.rules.engine import Fault, rule
from generator.rules.view import View, age_on, entries


@rule("patient-name-missing")
def patient_name_missing(view: View) -> Iterator[Fault]:
    """First and last name are there."""
    name = view.plan.patient.name
    if is_blank(name.first) and is_blank(name.last):
        yield Fault("patient.name")
        return
    for key, said in (("first", "The first name is missing."), ("last", "The last name is missing.")):
        if is_blank(getattr(name, key)):
            yield Fault(f"patient.name.{key}", said)


@rule("birth-date-invalid")
def birth_date_invalid(view: View) -> Iterator[Fault]:
    """The birth date is on the calendar, not in the future, and gives an age of at most 120."""
    born = view.plan.patient.dob
    if born is None:
        unread = "dob" in view.plan.patient.unread
        yield Fault("patient.dob", "The birth date is no calendar date." if unread else "The birth date is missing.")
    elif born > view.as_of:
        yield Fault("patient.dob", "The birth date lies in the future.")
    elif age_on(born, view.as_of) > 120:
        yield Fault(
            "patient.dob", "By this birth date the client is {age} years old.", {"age": age_on(born, view.as_of)}
        )


@rule("full-ssn-not-needed")
def full_ssn_not_needed(view: View) -> Iterator[Fault]:
    """No whole number is kept where the last four would do."""
    form = view.form
    if (
        view.plan.patient.ssn
        and ssn.is_whole(view.plan.patient.ssn)
        and (form is None or "patient.ssn" not in form.paths)
    ):
        yield Fault("patient.ssn")


@rule("ssn-impossible")
def ssn_impossible(view: View) -> Iterator[Fault]:
    """A social security number, whole or its last four, could have been given out."""
    patient = view.plan.patient
    if patient.ssn and patient.ssn.strip() and not ssn.is_possible(patient.ssn):
        yield Fault("patient.ssn")
    if patient.ssn_last4 and patient.ssn_last4.strip() and not ssn.is_possible_last4(patient.ssn_last4):
        yield Fault("patient.ssn_last4", "These are not four digits that can end a social security number.")


@rule("npi-check-digit")
def npi_check_digit(view: View) -> Iterator[Fault]:
    """Every NPI has the right check digit."""
    places = [("agency.npi", view.plan.agency.npi)]
    places += [(f"{one.path}.npi", one.it.npi) for one in entries("staff", view.plan.staff)]
    for path, number in places:
        if number and number.strip() and not npi.is_valid(number):
            digits = sum(char.isdigit() for char in number)
            if digits != 10:
                yield Fault(path, "An NPI has 10 digits; this one has {digits}.", {"digits": digits})
            else:
                yield Fault(path)
