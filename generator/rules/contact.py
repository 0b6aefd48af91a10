"""How people are reached: ZIP codes, states, telephone numbers."""

from collections.abc import Callable, Iterator

from generator.plan.types import phone, us_state, zip_code
from generator.rules.engine import Fault, rule
from generator.rules.view import View, entries

_SHORT = ("988", "911")


@rule("contact-details-format")
def contact_details_format(view: View) -> Iterator[Fault]:
    """ZIP codes, states and telephone numbers have their shape."""
    for path, value, is_valid, message in (*_places(view), *_safety_plan(view)):
        if value and value.strip() and not is_valid(value.strip()):
            yield Fault(path, message)


_Place = tuple[str, str | None, Callable[[str], bool], str]
_ZIP = "A ZIP code has 5 digits, or 5 and 4 with a hyphen."
_STATE = "A state is a two-letter code of the postal service, such as NY."
_PHONE = "A telephone number has 10 digits; neither the area code nor the exchange begins with 0 or 1."


def _places(view: View) -> Iterator[_Place]:
    plan = view.plan
    yield "plan.jurisdiction", plan.plan.jurisdiction, us_state.is_valid, _STATE
    for path, address in (("agency.address", plan.agency.address), ("patient.address", plan.patient.address)):
        yield f"{path}.zip", address.zip, zip_code.is_valid, _ZIP
        yield f"{path}.state", address.state, us_state.is_valid, _STATE
    for path, number in (
        ("agency.phone", plan.agency.phone),
        ("agency.fax", plan.agency.fax),
        ("agency.after_hours_phone", plan.agency.after_hours_phone),
        ("patient.phone", plan.patient.phone),
        ("patient.emergency_contact.phone", plan.patient.emergency_contact.phone),
        ("legal.guardian.phone", plan.legal.guardian.phone),
        ("contract.telehealth.backup_phone", plan.contract.telehealth.backup_phone),
    ):
        yield path, number, phone.is_valid, _PHONE


def _safety_plan(view: View) -> Iterator[_Place]:
    for key in ("distraction_people_places", "people_to_ask", "professionals"):
        for helper in entries(f"safety_plan.{key}", getattr(view.plan.safety_plan, key)):
            yield f"{helper.path}.phone", helper.it.phone, _is_phone_or_short, _PHONE


def _is_phone_or_short(number: str) -> bool:
    return number in _SHORT or phone.is_valid(number)
