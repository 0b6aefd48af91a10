"""Diagnoses."""

from collections.abc import Iterator

from generator.plan.base import is_blank
from generator.rules.engine import Fault, rule
from generator.rules.view import View


@rule("diagnosis-missing")
def diagnosis_missing(view: View) -> Iterator[Fault]:
    """A formal plan has a diagnosis."""
    if not view.plan.diagnoses:
        yield Fault("diagnoses")


@rule("primary-diagnosis-not-single")
def primary_diagnosis_not_single(view: View) -> Iterator[Fault]:
    """Exactly one diagnosis is primary."""
    if view.plan.diagnoses and sum(d.rank == "primary" for d in view.plan.diagnoses) != 1:
        yield Fault("diagnoses")


@rule("rule-out-as-primary")
def rule_out_as_primary(view: View) -> Iterator[Fault]:
    """What is still to be ruled out is not primary."""
    for i, diagnosis in enumerate(view.plan.diagnoses):
        if diagnosis.certainty == "rule_out" and diagnosis.rank == "primary":
            yield Fault(f"diagnoses[{i}].certainty")


@rule("diagnosis-duration-missing")
def diagnosis_duration_missing(view: View) -> Iterator[Fault]:
    """Each diagnosis has a duration or an onset, unless it is still to be ruled out."""
    for i, diagnosis in enumerate(view.plan.diagnoses):
        if diagnosis.certainty != "rule_out" and is_blank(diagnosis.duration) and is_blank(diagnosis.onset):
            yield Fault(f"diagnoses[{i}].duration")
