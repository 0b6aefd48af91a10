"""Who has signed."""

from collections.abc import Iterator
from datetime import timedelta

from generator.plan.base import is_blank
from generator.plan.signed_text import is_of_now
from generator.rules.diagnoses import credential_tokens
from generator.rules.engine import Fault, rule
from generator.rules.view import View, age_on, entries

_YOUNG = 12


@rule("patient-signature-missing")
def patient_signature_missing(view: View) -> Iterator[Fault]:
    """The person signed, or there is a reason; not asked under 12."""
    day = view.plan.plan.plan_date or view.as_of
    young = view.dob is not None and age_on(view.dob, day) < _YOUNG
    if not young and _is_asked(view) and not _signed_or_excused(view, "patient"):
        yield Fault("signatures")


@rule("clinician-signature-missing")
def clinician_signature_missing(view: View) -> Iterator[Fault]:
    """The clinician signed, with credential and date."""
    if not _is_asked(view):
        return
    own = [one for one in entries("signatures", view.plan.signatures) if one.it.role == "clinician"]
    if any(not is_blank(one.it.credential) and one.it.signed_on is not None for one in own):
        return
    if not own:
        yield Fault("signatures", "There is no clinician's signature.")
    elif own[0].it.signed_on is None:
        yield Fault(f"{own[0].path}.signed_on", "The clinician's signature has no date.")
    else:
        yield Fault(f"{own[0].path}.credential", "The clinician's signature has no credential.")


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


# Credentials that work under supervision: a token that is one of these or begins with one.
_UNDER_SUPERVISION = tuple(
    "casac cadc ladc lcdc cac lmsw lsw lgsw lgpc lamft lpca lmhca mhc-lp amft apcc asw ba bs bsw rbt qmhp qmha intern"
    " associate trainee student".split()
)
# Credentials that stand on their own; one of these is enough.
_ON_THEIR_OWN = frozenset(
    "md do phd psyd lp lcsw lcsw-r licsw lisw lmhc lpcc lpc lpc-s lmft imft lcpc np pmhnp npp aprn pa".split()
)
_ROLES = {
    "physician": ("physician", "prescriber"),
    "supervisor": ("supervisor",),
    "": ("supervisor", "physician", "prescriber"),
}


@rule("supervisor-signature-missing")
def supervisor_signature_missing(view: View) -> Iterator[Fault]:
    """Where the author works under supervision, or the programme wants it, a supervisor or physician signs too."""
    profile, head = view.profile, view.plan.plan
    author = view.staff.get((head.prepared_by or "").strip())
    credential = (author.credential or "") if author is not None else ""
    if not profile.extra_signer and works_independently(view, credential):
        return
    roles = _ROLES[profile.extra_signer]
    signed = [one for one in entries("signatures", view.plan.signatures) if one.it.role in roles]
    latest = (
        head.plan_date + timedelta(days=profile.extra_signer_days)
        if head.plan_date is not None and profile.extra_signer_days is not None
        else None
    )
    for one in signed:
        if not is_blank(one.it.reason_missing):
            return
        if one.it.signed_on is not None and (latest is None or one.it.signed_on <= latest):
            return
    late = [one for one in signed if one.it.signed_on is not None]
    if late and latest is not None:
        yield Fault(
            f"{late[0].path}.signed_on", "This program wants that signature by {latest}; it is dated {day}.",
            {"latest": latest, "day": late[0].it.signed_on},
        )  # fmt: skip
    elif profile.extra_signer:
        yield Fault(
            "signatures",
            "This program also wants a physician's signature."
            if profile.extra_signer == "physician"
            else "This program also wants a supervisor's signature.",
        )
    else:
        yield Fault(
            "signatures", "The plan was prepared by somebody with the credential {credential}, and no supervisor has signed.",
            {"credential": credential.strip()[:30]},
        )  # fmt: skip


def works_independently(view: View, credential: str) -> bool:
    """Whether a credential needs no supervisor; the agency's own tables replace ours. Blank is not asked."""
    tokens = credential_tokens(credential)
    independent = view.context.independent or _ON_THEIR_OWN
    under = tuple(view.context.not_independent) or _UNDER_SUPERVISION
    return any(token in independent for token in tokens) or not any(token.startswith(under) for token in tokens)


@rule("signature-date-wrong")
def signature_date_wrong(view: View) -> Iterator[Fault]:
    """No signature is older than the plan, nor from the future."""
    day = view.plan.plan.plan_date
    for one in entries("signatures", view.plan.signatures):
        signed = one.it.signed_on
        if signed is None:
            continue
        if signed > view.as_of:
            yield Fault(
                f"{one.path}.signed_on", "A signature is dated {signed}, after {as_of}.",
                {"signed": signed, "as_of": view.as_of},
            )  # fmt: skip
        elif day is not None and signed < day:
            yield Fault(
                f"{one.path}.signed_on", "A signature is dated {signed}, before the plan of {day}.",
                {"signed": signed, "day": day},
            )  # fmt: skip


@rule("signature-for-earlier-text")
def signature_for_earlier_text(view: View) -> Iterator[Fault]:
    """A signature on the screen was for the text as it was then."""
    for one in entries("signatures", view.plan.signatures):
        if one.it.of_text and one.it.signed_on is not None and not is_of_now(view.plan, one.it.of_text):
            yield Fault(
                f"{one.path}.signed_on",
                "The signature of {signed} was for an earlier text of the plan.",
                {"signed": one.it.signed_on},
            )


def _is_asked(view: View) -> bool:
    return view.is_formal or any(True for _ in entries("signatures", view.plan.signatures))


def _signed_or_excused(view: View, role: str) -> bool:
    return any(
        one.it.role == role and (one.it.signed_on is not None or not is_blank(one.it.reason_missing))
        for one in entries("signatures", view.plan.signatures)
    )
