"""A plan is checked once for several forms, and finds for each what it would have found for that form alone."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.exchange.plan_file import read_plan
from generator.form_seen import form_seen
from generator.library import forms
from generator.rules import Context, PlanChecked, check
from generator.rules.context import FormSeen

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RULES = Path(__file__).resolve().parents[2] / "generator" / "rules"
PLANS = sorted(path.name for path in EXAMPLES.glob("*.yaml") if path.name != "expected_findings.yaml")
AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize("name", PLANS)
def test_findings_for_each_form_are_those_of_a_check_for_it_alone(name):
    plan = read_plan(EXAMPLES / name)
    plan.patient.ssn = "219-09-9999"  # a whole number is a finding for a form that does not print it
    seen = [None, FormSeen("without-progress", frozenset({"objectives[].statement"}))]
    seen += [form_seen(form) for form in forms()[:6]]
    checked = PlanChecked(plan, Context(as_of=AS_OF))
    alone = [check(plan, Context(as_of=AS_OF, form=form)) for form in seen]
    assert [checked.for_form(form) for form in seen] == alone
    assert [checked.for_form(form) for form in reversed(seen)] == alone[::-1]
    if plan.plan.type != "informal":  # the rules that ask for the form are those of formal plans
        assert len(set(alone)) > 1


def test_no_rule_goes_round_the_view_for_the_form():
    # What asks `view.form` is run again for each form; what read it from the context would not be.
    for source in sorted(RULES.rglob("*.py")):
        if source.name != "view.py":
            assert not re.search(r"(view|self\.view)\.context\.form\b", source.read_text(encoding="utf-8")), source.name
