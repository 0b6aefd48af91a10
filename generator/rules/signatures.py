"""Who has signed."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View, age_on


@rule("patient-signature-missing")
def patient_signature_missing(view: View) -> Iterator[Fault]:
    """The person signed, or there is a reason; not asked under 12."""
    day = view.plan.plan.plan_date or view.as_of
    young = view.dob is not None and age_on(view.dob, day) < 12
    if not young and _is_asked(view) and not _signed_or_excused(view, "patient"):
        yield Fault("signatures")


@rule("clinician-signature-missing")
def clinician_signature_missing(view: View) -> Iterator[Fault]:
    """The clinician signed, with credential and date."""
    signed = any(
        s.role == "clinician" and not is_blank(s.credential) and s.signed_on is not None for s in view.plan.signatures
    )
    if _is_asked(view) and not signed:
        yield Fault("signatures")


@rule("guardian-signature-missing")
def guardian_signature_missing(view: View) -> Iterator[Fault]:
    """A minor's guardian signed, unless a minor may consent alone."""
    if (
        view.is_minor
        and is_blank(view.plan.legal.minor_consent_basis)
        and _is_asked(view)
        and not _signed_or_excused(view, "guardian")
    ):
        yield Fault("signatures")


@rule("signature-date-wrong")
def signature_date_wrong(view: View) -> Iterator[Fault]:
    """No signature is older than the plan, nor from the future."""
    day = view.plan.plan.plan_date
    for i, signature in enumerate(view.plan.signatures):
        signed = signature.signed_on
        if signed is not None and (signed > view.as_of or (day is not None and signed < day)):
            yield Fault(f"signatures[{i}].signed_on")


def _is_asked(view: View) -> bool:
    return view.is_formal or bool(view.plan.signatures)


def _signed_or_excused(view: View, role: str) -> bool:
    return any(
        s.role == role and (s.signed_on is not None or not is_blank(s.reason_missing)) for s in view.plan.signatures
    )
