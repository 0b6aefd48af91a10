"""One thing changed in a good plan: exactly its rule, and no other; or nothing, where the change harms nothing."""

import copy
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.plan import Plan
from generator.plan.notes import general
from generator.rules import Context, check
from tests.rules.plans import AS_OF, EXPECTED, GOOD, changed, data_of, found

BLANKED = yaml.safe_load((Path(__file__).parent / "blanked.yaml").read_text(encoding="utf-8"))


def places(data: object, path: str = ""):
    """Every value of a plan with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = f"{path}.{key}" if path else key
            yield here, value
            yield from places(value, here)
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield f"{path}[{i}]", value
            yield from places(value, f"{path}[{i}]")


def number(name: str) -> int:
    return int(name[:2])


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_plan_gives_exactly_the_findings_expected_of_it(name):
    expected = {finding["rule"]: finding["severity"] for finding in EXPECTED[name]["findings"]}
    findings = check(Plan.model_validate(data_of(name)), Context(AS_OF))
    assert {finding.rule: str(finding.severity) for finding in findings} == expected


@pytest.mark.parametrize("name", GOOD)
def test_blanking_one_value_breaks_the_rule_that_asks_for_it_and_no_other(name):
    data, seen = data_of(name), set()
    for path, _ in places(data):
        where = general(path)
        rules = found(changed(data, {path: None}))
        wanted = BLANKED.get(where, {})
        assert not rules or number(name) in wanted.get(" + ".join(sorted(rules)), ()), (path, rules)
        if rules:
            seen.add((where, " + ".join(sorted(rules))))
    assert seen == {
        (where, rules) for where, said in BLANKED.items() for rules, on in said.items() if number(name) in on
    }


DATES = [
    # what is moved, by how many days, in which plans (all that have it), and what that breaks
    ("plan.admission_date", -400, "plan-late"),
    ("plan.admission_date", 400, "plan-date-out-of-range"),
    ("plan.effective_to", -400, "plan-expired"),
    ("coverage[].authorization.from", 400, "authorization-does-not-cover-plan"),
    ("coverage[].authorization.to", -400, "authorization-does-not-cover-plan"),
    ("assessment.date", 400, "plan-before-assessment"),
    ("measures[].next_due", 400, "measure-not-repeated"),
    ("problems[].goals[].objectives[].start_date", 400, "objective-dates-out-of-order"),
    ("problems[].goals[].objectives[].target_date", -400, "objective-dates-out-of-order"),
    ("coordination[].roi_expires", -400, "release-not-on-file"),
    ("reviews.next_due", -400, "plan-expired"),
    ("reviews.next_due", 400, "review-too-late"),
    ("signatures[].signed_on", -400, "signature-date-wrong"),
    ("signatures[].signed_on", 400, "signature-date-wrong"),
    ("contract.telehealth.consented_on", 400, "service-code-or-telehealth-consent"),
    ("reviews.history[].next_review", -400, "plan-expired"),
    ("reviews.history[].next_review", 400, "review-too-late"),
    ("patient.dob", 100_000, "birth-date-invalid"),
]


@pytest.mark.parametrize(("where", "days", "rule"), DATES, ids=[f"{d[0]}{d[1]:+}" for d in DATES])
def test_a_date_moved_far_breaks_its_rule_and_no_other(where, days, rule):
    results = []
    for name in GOOD:
        data = data_of(name)
        for path, value in places(data):
            if general(path) == where and isinstance(value, date):
                results.append(found(changed(data, {path: value + timedelta(days)})))
    assert any(results) and all(result <= {rule} for result in results)


@pytest.mark.parametrize("name", GOOD)
def test_a_value_of_the_wrong_kind_is_as_good_as_none_and_never_stops_the_check(name):
    data = data_of(name)
    rng = random.Random(name)
    for path, value in rng.sample(list(places(data)), 60):
        for wrong in [["x"]] if not isinstance(value, list) else [{"x": 1}, "x"]:
            if isinstance(value, list) and general(path) in (
                "barriers",
                "history.medications",
                "history.prior_treatment",
            ):
                continue  # a text may stand there
            if path.endswith("]") and isinstance(value, str):
                wrong = {"x": ["y"]}
            rules, blank = found(changed(data, {path: wrong})), found(changed(data, {path: None}))
            assert rules == blank, (path, wrong)


HARMLESS = {
    "unknown keys": lambda data: _everywhere(data, lambda d: d.update({"zz_note": "anything", "colour": 3})),
    "spaces around texts": lambda data: _texts(data, lambda text: f"  {text} "),
    "long accented texts": lambda data: changed(
        data, {"assessment.summary": "Año, piñata, Łódź, façade, 日本語. " * 400}
    ),
    "lists the other way round": lambda data: changed(
        data,
        {
            key: list(reversed(data[key]))
            for key in (
                "measures",
                "diagnoses",
                "staff",
                "accommodations",
                "coordination",
                "signatures",
                "consents",
                "coverage",
                "problems",
            )
            if data.get(key)
        },
    ),
    "codes without a dot, in lower case": lambda data: changed(
        data,
        {
            f"diagnoses[{i}].icd10cm": one["icd10cm"].replace(".", "").lower()
            for i, one in enumerate(data.get("diagnoses") or [])
        },
    ),
    "dates as texts": lambda data: _everywhere(
        data, lambda d: d.update({key: value.isoformat() for key, value in d.items() if isinstance(value, date)})
    ),
    "numbers as texts": lambda data: _everywhere(
        data,
        lambda d: d.update(
            {key: str(value) for key, value in d.items() if isinstance(value, int) and not isinstance(value, bool)}
        ),
    ),
    "nulls left out": lambda data: _without_nulls(data),
    "another agency": lambda data: changed(
        data, {"agency.name": "Łuczak & O'Neill Centre", "agency.phone": "(212) 555-0188"}
    ),
}


def _everywhere(data, change):
    data = copy.deepcopy(data)
    change(data)
    for _, value in list(places(data)):
        if isinstance(value, dict):
            change(value)
    return data


def _texts(data, change):
    if isinstance(data, dict):
        return {key: _texts(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value, change) for value in data]
    return change(data) if isinstance(data, str) else data


def _without_nulls(data):
    if isinstance(data, dict):
        return {key: _without_nulls(value) for key, value in data.items() if value is not None}
    return [_without_nulls(value) for value in data] if isinstance(data, list) else data


@pytest.mark.parametrize("harmless", HARMLESS)
@pytest.mark.parametrize("name", GOOD)
def test_a_harmless_change_gives_no_new_finding(name, harmless):
    assert found(HARMLESS[harmless](data_of(name))) == set()


NAMES = st.sampled_from(
    [
        "Will",
        "May",
        "Grace",
        "Ángel",
        "María José",
        "O'Brien",
        "D’Angelo",
        "Jean-Luc",
        "Łukasz",
        "Nguyễn",
        "de la Cruz",
        "Li",
        "Staff",
        "Hope",
        "Rá",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(GOOD), NAMES, NAMES)
def test_another_name_everywhere_gives_no_new_finding(name, first, last):
    data = data_of(name)
    old = data["patient"]["name"]
    renamed = _texts(data, lambda text: text.replace(old["first"], first).replace(old["last"], last))
    assert found(renamed) == set()


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=True) | st.text(max_size=5) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("id name goals objectives status measure date frequency interventions x".split()),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(st.data(), _ANY)
def test_no_value_anywhere_makes_the_check_stop(data, value):
    plan = data_of(data.draw(st.sampled_from(GOOD)))
    path = data.draw(st.sampled_from([path for path, _ in places(plan)]))
    check(Plan.model_validate(changed(plan, {path: value})), Context(AS_OF))
