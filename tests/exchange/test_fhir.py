"""FHIR bundles: valid by another program's models, and the same plan when they come back."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import planscribe
from generator.exchange.fhir.inward import plan_from_bundle
from generator.exchange.fhir.outward import as_bundle
from generator.exchange.from_paper import set_at
from generator.exchange.plan_file import read_plan
from generator.plan import Plan
from generator.plan.catalog import by_path
from generator.plan.walk import leaves

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[1] / "examples").glob("*.yaml") if "_findings" not in path.name
)


def _values(plan: Plan) -> dict[str, object]:
    """What FHIR can carry: every value that says something; notes of the checker's own tests are not exported."""
    return {
        leaf.path: float(leaf.value)
        if type(leaf.value) is int
        else str(leaf.value)
        if not isinstance(leaf.value, bool | float)
        else leaf.value
        for leaf in leaves(plan)
        if str(leaf.value).strip() and leaf.path != "schema" and not leaf.path.startswith("_")
    }


def _there_and_back(plan: Plan) -> Plan:
    text = json.dumps(as_bundle(plan))
    Bundle.model_validate_json(text)
    back, notes = plan_from_bundle(json.loads(text))
    assert notes == ()
    return back


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem[:6])
def test_an_example_makes_a_valid_bundle_and_comes_back_equal(path: Path) -> None:
    plan = read_plan(path)
    assert _values(_there_and_back(plan)) == _values(plan)


def test_a_bundle_says_in_fhirs_own_elements_what_fhir_has_elements_for() -> None:
    resources = [entry["resource"] for entry in as_bundle(read_plan(EXAMPLES[3]))["entry"]]
    kinds = {one["resourceType"] for one in resources}
    assert kinds == {
        "Patient", "Organization", "Practitioner", "PractitionerRole", "Coverage", "Condition", "Goal", "CarePlan",
        "QuestionnaireResponse",
    }  # fmt: skip
    (patient,) = [one for one in resources if one["resourceType"] == "Patient"]
    assert patient["name"][0] == {"use": "official", "family": "Brannigan", "given": ["Soledad"]}
    codes = [
        one["code"]["coding"][0]["code"]
        for one in resources
        if one["resourceType"] == "Condition" and "coding" in one["code"]
    ]
    assert codes == ["F11.20", "F43.12", "F17.290"]
    (care,) = [one for one in resources if one["resourceType"] == "CarePlan"]
    assert care["activity"][0]["detail"]["scheduledTiming"]["repeat"]["periodUnit"] == "wk"


_TEXTS = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())
_BY_KIND = {
    "text": _TEXTS,
    "number": st.integers(-5, 10**6) | st.floats(-10, 10**6, allow_nan=False).map(lambda x: round(x, 2)),
    "date": st.dates(date(1900, 1, 1)),
    "flag": st.booleans(),
}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    data: dict[str, object] = {}
    leaf_fields = [
        field for field in by_path().values() if field.kind not in ("rows", "section") and field.path != "schema"
    ]
    for field in draw(
        st.lists(st.sampled_from(leaf_fields), min_size=1, max_size=25, unique_by=lambda field: field.path)
    ):
        path = "".join(
            f"[{draw(st.integers(0, 1))}]" if part == "[]" else part
            for part in field.path.replace("[]", "\0[]\0").split("\0")
        )
        kind = st.sampled_from(field.choices) if field.choices else _BY_KIND.get(field.kind, _TEXTS)
        set_at(data, f"{path}[0]" if field.kind == "list" else path, draw(kind))
    return Plan.model_validate(data)


@settings(max_examples=40, deadline=None)
@given(plans())
def test_any_plan_makes_a_valid_bundle_and_comes_back_equal(plan: Plan) -> None:
    assert _values(_there_and_back(plan)) == _values(plan)


_FOREIGN = {
    "resourceType": "Bundle",
    "type": "searchset",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p", "name": [{"family": "Quill", "given": ["Ada", "Mae"]}],
                      "birthDate": "1990-02-03", "gender": "female", "multipleBirthBoolean": True}},
        {"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"},
                      "category": [{"coding": [{"code": "problem-list-item"}]}],
                      "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "F33.1", "display": "Major depression, moderate"}]}}},
        {"resource": {"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "subject": {"reference": "Patient/p"},
                      "description": {"text": "PHQ-9 under 5"}, "addresses": [{"reference": "Condition/c"}],
                      "target": [{"measure": {"text": "PHQ-9"}, "detailQuantity": {"value": 4, "unit": "points"}, "dueDate": "2027-01-15"}]}},
        {"resource": {"resourceType": "CarePlan", "status": "active", "intent": "plan", "subject": {"reference": "Patient/p"},
                      "activity": [{"detail": {"description": "CBT", "status": "scheduled", "goal": [{"reference": "https://ehr.example/Goal/g"}]}}]}},
        {"resource": {"resourceType": "QuestionnaireResponse", "status": "completed",
                      "item": [{"linkId": "1", "text": "Allergies", "answer": [{"valueString": "penicillin"}]},
                               {"linkId": "2", "text": "Shoe size", "answer": [{"valueInteger": 42}]}]}},
        {"resource": {"resourceType": "Observation", "status": "final"}},
    ],
}  # fmt: skip


def test_a_bundle_of_another_system_becomes_a_plan_and_what_has_no_place_is_told() -> None:
    plan, notes = plan_from_bundle(_FOREIGN)
    assert (plan.patient.name.first, plan.patient.name.middle, plan.patient.sex) == ("Ada", "Mae", "female")
    assert plan.diagnoses[0].icd10cm == "F33.1"
    (problem,) = plan.problems
    assert (problem.title, problem.diagnosis_refs) == ("Major depression, moderate", ["F33.1"])
    (goal,) = problem.goals
    (objective,) = goal.objectives
    assert (objective.measure.what, objective.measure.unit) == ("PHQ-9", "points")
    assert [one.description for one in objective.interventions] == ["CBT"]
    assert plan.history.allergies == "penicillin"
    assert {note.where for note in notes} == {
        "Patient.multipleBirthBoolean",
        "Observation",
        "QuestionnaireResponse.item",
    }


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "name code coding text system given target goal answer item reference detail value".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None)
@given(
    kind=st.sampled_from(
        "Patient Coverage Condition Goal CarePlan QuestionnaireResponse Practitioner Organization".split()
    ),
    body=st.dictionaries(
        st.sampled_from(
            "name identifier telecom address contact code category target activity item addresses description period "
            "payor class costToBeneficiary extension communication qualification evidence achievementStatus".split()
        ),
        _JSON,
        max_size=6,
    ),
)
def test_a_resource_of_any_shape_is_read_without_a_fault(kind: str, body: dict[str, object]) -> None:
    plan, _ = plan_from_bundle({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": kind, **body}}]})
    assert plan.as_data() is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"resourceType": "Bundle"}',
        "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"a": ' + "9" * 5_000 + "}",
        "\ufffe",
    ],
)
def test_a_file_that_is_no_fhir_is_one_plain_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(planscribe, ["import", str(tmp_path / "x.json"), "-o", str(tmp_path / "plan.yaml")])
    assert result.exit_code != 0
    assert type(result.exception).__name__ == "FhirNotReadable"
    assert not (tmp_path / "plan.yaml").exists()


def test_a_bundle_of_too_many_resources_is_refused() -> None:
    entry = {"resource": {"resourceType": "Goal"}}
    with pytest.raises(Exception, match="more than 5,000 resources"):
        plan_from_bundle({"resourceType": "Bundle", "entry": [entry] * 5_001})


def test_the_commands_take_a_plan_out_and_in_again(tmp_path: Path) -> None:
    runner = CliRunner()
    bundle, back = str(tmp_path / "b.json"), str(tmp_path / "back.yaml")
    out = runner.invoke(planscribe, ["export", str(EXAMPLES[0]), "--fhir", "--check", "-o", bundle])
    assert out.exit_code == 0, out.output
    taken = runner.invoke(planscribe, ["import", bundle, "-o", back])
    assert taken.exit_code == 0, taken.output
    assert _values(read_plan(Path(back))) == _values(read_plan(EXAMPLES[0]))


def test_a_sheet_of_a_plan_runs_no_formula(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("patient:\n  name:\n    first: '=1+1'\n", encoding="utf-8")
    result = CliRunner().invoke(planscribe, ["export", str(tmp_path / "p.yaml"), "--csv"])
    assert '"\'=1+1"' in result.output


def test_an_export_needs_a_shape() -> None:
    assert CliRunner().invoke(planscribe, ["export", str(EXAMPLES[0])]).exit_code == 2
