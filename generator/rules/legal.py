"""Who may act for the person, and the legal status."""

import re
from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View

_PARENTS = ("mother", "father", "parent", "madre", "padre")
# A parent who acts by a court's paper shows the paper.
_BY_PAPER = re.compile(r"\b(court|order|custod|guardian|tutel|juez|decree)", re.IGNORECASE)


_GUARDIAN = {"name": "name", "relationship": "relationship", "authority": "authority"}


@rule("minor-without-guardian")
def minor_without_guardian(view: View) -> Iterator[Fault]:
    """A minor has a guardian with relationship and authority, or a rule by which minors consent alone."""
    legal = view.plan.legal
    if not view.is_minor or not is_blank(legal.minor_consent_basis):
        return
    missing = [key for key in _GUARDIAN if is_blank(getattr(legal.guardian, key))]
    for key in missing[:1]:
        yield Fault(
            f"legal.guardian.{key}",
            "The client is under 18 and the guardian's {key} is missing.",
            {"key": _GUARDIAN[key]},
        )


@rule("guardian-authority-not-on-file")
def guardian_authority_not_on_file(view: View) -> Iterator[Fault]:
    """The paper is on file, unless a parent acts as parent."""
    guardian = view.plan.legal.guardian
    if is_blank(guardian.name) or guardian.document_on_file is True:
        return
    is_parent = (guardian.relationship or "").strip().lower() in _PARENTS
    if not is_parent or _BY_PAPER.search(guardian.authority or ""):
        yield Fault("legal.guardian.document_on_file")


@rule("legal-status-missing")
def legal_status_missing(view: View) -> Iterator[Fault]:
    """The legal status is recorded."""
    if is_blank(view.plan.legal.status):
        yield Fault("legal.status")
