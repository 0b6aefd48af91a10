"""What may leave the agency: notices and releases under HIPAA and 42 CFR Part 2."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.plan.confidentiality import Consent
from generator.rules.engine import Fault, rule
from generator.rules.text.likeness import normalised
from generator.rules.view import View, entries, has_entry
from generator.rules.words import N_

# The wording of either statement of 42 CFR 2.32, in any of its editions.
_PART2_NOTICE = re.compile(r"42\s*CFR\s*(?:part|parte)\s*2", re.IGNORECASE)


@rule("part2-notice-missing")
def part2_notice_missing(view: View) -> Iterator[Fault]:
    """A Part 2 programme's papers carry the notice against redisclosure."""
    notices = view.plan.confidentiality
    applies = notices.part2_applies is True or (view.profile.is_sud and view.plan.agency.part2_program is not False)
    if not applies:
        return
    if notices.redisclosure_notice is None:
        yield Fault("confidentiality.redisclosure_notice")
    document = view.context.document
    if document is not None and not any(_PART2_NOTICE.search(page) for page in document.pages):
        yield Fault("document", "The finished document does not carry the Part 2 notice.")


_PARTS = {
    "patient": N_("whose record it is"),
    "discloser": N_("who may share"),
    "recipients": N_("who may receive"),
    "information": N_("what may be shared"),
    "purpose": N_("the purpose"),
    "expires": N_("when it expires"),
    "revocation_text": N_("how to take it back"),
    "conditioning_text": N_("whether care depends on it"),
    "redisclosure_text": N_("the words on redisclosure"),
    "signed_by": N_("who signed"),
    "signed_on": N_("the date of the signature"),
    "authority": N_("the authority of who signed"),
}
_PART2 = (
    "patient",
    "discloser",
    "recipients",
    "information",
    "purpose",
    "expires",
    "revocation_text",
    "signed_by",
    "signed_on",
)
_HIPAA = (*_PART2, "conditioning_text", "redisclosure_text")


@rule("release-incomplete-part2")
def release_incomplete_part2(view: View) -> Iterator[Fault]:
    """A Part 2 consent has every element of 42 CFR 2.31."""
    for one in entries("consents", view.plan.consents):
        if one.it.part2 is not True:
            continue
        for key in _PART2:
            if _is_missing(one.it, key):
                yield Fault(f"{one.path}.{key}", "The release is missing: {part}.", {"part": _PARTS[key]})
        if one.it.tpo_single_consent is True and "hipaa" not in (one.it.redisclosure_text or "").lower():
            yield Fault(
                f"{one.path}.redisclosure_text",
                "A single consent for treatment, payment and operations says that HIPAA allows redisclosure; this one does not.",
            )
    if any(one.it.part2 is True for one in entries("consents", view.plan.consents)):
        yield from _form(view, _PART2)


@rule("release-incomplete-hipaa")
def release_incomplete_hipaa(view: View) -> Iterator[Fault]:
    """Any other authorization has every element of 45 CFR 164.508(c)."""
    for one in entries("consents", view.plan.consents):
        if one.it.part2 is True:
            continue
        for key in _HIPAA:
            if _is_missing(one.it, key):
                yield Fault(f"{one.path}.{key}", "The authorization is missing: {part}.", {"part": _PARTS[key]})
        if not is_blank(one.it.signed_by) and not _is_own_name(view, one.it) and is_blank(one.it.authority):
            yield Fault(f"{one.path}.authority", "The authorization is missing: {part}.", {"part": _PARTS["authority"]})
    if any(one.it.part2 is not True for one in entries("consents", view.plan.consents)):
        yield from _form(view, _HIPAA)


def _is_missing(consent: Consent, key: str) -> bool:
    value = getattr(consent, key)
    return not has_entry(value) if isinstance(value, list) else is_blank(value)


def _is_own_name(view: View, consent: Consent) -> bool:
    name = view.plan.patient.name
    own = {
        normalised(" ".join(part for part in parts if part))
        for first in (name.first, name.preferred)
        for parts in (
            (first, name.last),
            (first, name.middle, name.last),
            (first, name.last, name.suffix),
            (first, name.middle, name.last, name.suffix),
        )
    }
    own.add(normalised(consent.patient or ""))
    return normalised(consent.signed_by or "") in own - {""}


def _form(view: View, wanted: tuple[str, ...]) -> Iterator[Fault]:
    """A release form that is printed has room for every element; a form that shows no release is not asked."""
    form = view.form
    if form is None or not any(path.startswith("consents") for path in form.paths):
        return
    for key in wanted:
        if key in ("revocation_text", "conditioning_text", "redisclosure_text"):
            continue  # a form may print these words itself
        stands_elsewhere = key == "patient" and any(path.startswith("patient.") for path in form.paths)
        if f"consents[].{key}" not in form.paths and not stands_elsewhere:
            yield Fault(
                "consents", "The release form {form} has no place for {part}.", {"form": form.id, "part": _PARTS[key]},
                mend="Use a release form that has it, or add it to this one.",
            )  # fmt: skip


_SESSION_NOTES = re.compile(
    r"\b(?:psychotherapy|process|session|counseling|counselling)\s+notes?\s*:|\bnotas?\s+de\s+sesi[oó]n\s*:",
    re.IGNORECASE,
)


@rule("session-notes-in-plan")
def session_notes_in_plan(view: View) -> Iterator[Fault]:
    """No session note is pasted into the plan."""
    for text, _ in view.texts_with(_SESSION_NOTES, "note", "nota"):
        if text.section not in ("consents", "contract", "confidentiality"):
            yield Fault(text.path)


@rule("privacy-notice-date-missing")
def privacy_notice_date_missing(view: View) -> Iterator[Fault]:
    """The privacy notice was given."""
    if view.plan.confidentiality.hipaa_notice_given_on is None:
        yield Fault("confidentiality.hipaa_notice_given_on")


@rule("release-not-on-file")
def release_not_on_file(view: View) -> Iterator[Fault]:
    """Every other provider has a release that still holds."""
    for one in entries("coordination", view.plan.coordination):
        ends = one.it.roi_expires
        if one.it.roi_on_file is not True:
            yield Fault(f"{one.path}.roi_on_file")
        elif ends is not None and ends < view.as_of:
            yield Fault(f"{one.path}.roi_expires", "The release for this provider ended on {day}.", {"day": ends})
