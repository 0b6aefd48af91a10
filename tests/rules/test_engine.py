"""For every rule the smallest change that breaks it, and the nearest that does not; and the ten example plans."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.plan_file import read_plan
from generator.plan import Plan
from generator.rules import Context, check, is_about_signatures
from generator.rules.engine import rules, table

EXAMPLES = Path(__file__).parents[1] / "examples"
AS_OF = date(2026, 11, 22)
EXPECTED = yaml.safe_load((EXAMPLES / "expected_findings.yaml").read_text(encoding="utf-8"))["plans"]
GOOD = read_plan(EXAMPLES / "02_major_depression.yaml").as_data()
OBJECTIVE = "problems[0].goals[0].objectives[0]"
INTERVENTION = f"{OBJECTIVE}.interventions[0]"


def changed(path: str, value: object) -> Plan:
    """The good plan with one place changed; `...` takes the key out."""
    import copy
    import re

    data = copy.deepcopy(GOOD)
    here: object = data
    *steps, last = re.findall(r"[^.\[\]]+", path)
    for step in steps:
        here = here[int(step)] if step.isdigit() else here[step]
    key = int(last) if last.isdigit() else last
    if value is ...:
        del here[key]
    else:
        here[key] = value
    return Plan.model_validate(data)


def found(plan: Plan) -> set[str]:
    """The rule ids of a check as of the examples' date."""
    return {finding.rule for finding in check(plan, Context(AS_OF))}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_plan_gives_exactly_the_findings_expected_of_the_rules_there_are(name):
    expected = {
        finding["rule"]: finding["severity"] for finding in EXPECTED[name]["findings"] if finding["rule"] in rules()
    }
    findings = check(read_plan(EXAMPLES / f"{name}.yaml"), Context(AS_OF))
    assert {finding.rule: str(finding.severity) for finding in findings} == expected


PAIRS = [
    ("patient-name-missing", "patient.name.last", "  ", "X"),
    ("birth-date-invalid", "patient.dob", "02/30/1958", "1958-02-28"),
    ("birth-date-invalid", "patient.dob", date(1905, 11, 22), date(1905, 11, 23)),
    ("birth-date-invalid", "patient.dob", "2026-11-23", "1990-01-01"),
    ("ssn-impossible", "patient.ssn_last4", "0000", "4321"),
    ("full-ssn-not-needed", "patient.ssn", "536-90-4399", ...),
    ("npi-check-digit", "agency.npi", "1234567890", "1234567893"),
    ("plan-date-missing", "plan.plan_date", None, "2026-10-12"),
    ("plan-late", "plan.admission_date", "2026-05-01", "2026-10-12"),
    ("plan-before-assessment", "assessment.date", "2026-10-13", "2026-10-12"),
    ("coverage-missing", "coverage", [], [{"payer": "Self-pay"}, {"payer": "X", "member_id": "1"}]),
    ("member-id-missing", "coverage[0].member_id", "", "A1"),
    ("presenting-problem-missing", "presenting_problem.description", None, "x"),
    ("presenting-problem-not-in-patient-words", "presenting_problem.patient_words", " ", "x"),
    ("history-incomplete", "history.medications", None, []),
    ("history-incomplete", "history.allergies", "", "none"),
    ("problem-without-evidence", "problems[0].as_evidenced_by", None, "Sleeps 4 hours on 5 nights."),
    (
        "diagnosis-duration-missing",
        "diagnoses[0]",
        {"icd10cm": "F33.1", "rank": "primary"},
        {"icd10cm": "F33.1", "rank": "primary", "onset": "2019"},
    ),
    ("diagnosis-missing", "diagnoses", [], None),
    ("primary-diagnosis-not-single", "diagnoses[0].rank", "secondary", "primary"),
    ("goal-not-in-patient-words", "problems[0].goals[0].patient_words", "", "Sleep."),
    ("goal-without-date", "problems[0].goals[0].target_date", None, "2027-04-01"),
    ("goal-without-strength", "problems[0].goals[0].strengths_used", [], ["Sings"]),
    ("goal-without-objective", "problems[0].goals[0].objectives", [], None),
    ("objective-without-measure", f"{OBJECTIVE}.measure.unit", "", "points"),
    ("objective-without-baseline", f"{OBJECTIVE}.measure.baseline", None, 0),
    ("objective-without-target-date", f"{OBJECTIVE}.target_date", None, "2027-01-05"),
    ("objective-without-intervention", f"{OBJECTIVE}.interventions", [], None),
    ("intervention-without-frequency", f"{INTERVENTION}.frequency", {"count": 0, "per": "week"}, {"count": 1, "per": "week"}),
    ("intervention-without-frequency", f"{INTERVENTION}.frequency", {"count": 1, "per": "as needed"}, {"count": 2, "per": "month"}),
    ("intervention-without-duration", f"{INTERVENTION}.duration", None, {"n": 8, "unit": "weeks"}),
    ("intervention-without-named-staff", f"{INTERVENTION}.responsible_staff", "nobody", "st1"),
    ("contract-without-goals-summary", "contract.goals_summary", " ", "Sleep."),
    ("responsibilities-missing", "responsibilities.patient", [" "], ["Call"]),
    ("contract-incomplete", "contract.fees", {}, {"copay": 0}),
    ("rights-receipt-missing", "contract.rules_and_rights_received_on", None, "2026-10-01"),
    ("review-date-missing", "reviews", {}, None),
    ("patient-signature-missing", "signatures[0].signed_on", None, "2026-10-12"),
    ("signature-date-wrong", "signatures[0].signed_on", "2026-10-11", "2026-10-12"),
    ("accommodation-undecided", "accommodations", [{"need": "ramp", "determination": None}], []),
    (
        "accommodation-record-incomplete", "accommodations", [{"need": "ramp", "determination": "granted"}],
        [{"need": "ramp", "requested_by": "patient", "requested_on": "2026-10-01", "responsible_staff": "st1", "determination": "pending", "review_on": "2026-11-22"}],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "breaks", "holds"), PAIRS, ids=[f"{p[0]}-{i}" for i, p in enumerate(PAIRS)])
def test_one_change_breaks_a_rule_and_its_nearest_neighbour_does_not(rule, path, breaks, holds):
    assert rule in found(changed(path, breaks))
    if holds is None:
        assert rule not in found(Plan.model_validate(GOOD))
    elif holds is not ...:
        assert rule not in found(changed(path, holds))


def test_fewer_than_three_goals_are_counted_in_the_message():
    plan = Plan.model_validate({"problems": [{"goals": [{"statement": "one"}]}]})
    message = next(f.message for f in check(plan, Context(AS_OF)) if f.rule == "fewer-than-three-goals")
    assert message == "Most plans have at least three goals; this has 1."


def test_an_unmet_objective_needs_an_intervention_added_since():
    plan = changed(f"{OBJECTIVE}.status", "not_met")
    assert "unmet-objective-needs-new-intervention" in found(plan)
    objective = plan.problems[0].goals[0].objectives[0]
    objective.interventions[0].added_on = objective.status_date
    assert "unmet-objective-needs-new-intervention" not in found(plan)


def test_a_profile_may_only_tighten_the_review():
    plan = changed("reviews", {"next_due": "2027-04-10"})
    assert plan.plan.plan_date is not None
    assert ("review-too-late" in found(plan)) == ((date(2027, 4, 10) - plan.plan.plan_date).days > 180)


def test_a_finding_tells_the_place_the_mending_and_the_source():
    finding = next(
        f
        for f in check(changed(f"{OBJECTIVE}.target_date", None), Context(AS_OF))
        if f.rule == "objective-without-target-date"
    )
    assert finding.where == f"{OBJECTIVE}.target_date"
    assert finding.message == "Objective G1.O1 has no target date."
    assert finding.mend == "Add a target date."
    assert finding.source


def test_missing_signatures_are_known_as_such():
    assert is_about_signatures("patient-signature-missing")
    assert not is_about_signatures("patient-name-missing")


def test_every_rule_function_has_its_line_in_the_table():
    assert set(rules()) == set(table())


_any = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "goals", "objectives", "status", "measure", "date", "frequency", "interventions", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(Plan.model_fields)), _any))
def test_no_data_makes_the_checker_crash(data):
    check(Plan.model_validate(data), Context(AS_OF))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=2000).filter(str.strip))
def test_other_words_in_a_free_text_give_no_new_finding(text):
    assert found(changed("assessment.summary", text)) == found(Plan.model_validate(GOOD))
