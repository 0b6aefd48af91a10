from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import PlanNotReadable
from generator.exchange.plan_file import parse_plan, plan_as_json, plan_as_yaml, read_plan, write_plan
from generator.plan import Plan
from generator.plan.notes import notes
from generator.yaml_safe import read_yaml

EXAMPLES = sorted(p for p in (Path(__file__).parents[1] / "examples").glob("*.yaml") if p.stem != "expected_findings")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_plan_survives_save_and_load_unchanged(path, tmp_path):
    plan = read_plan(path)
    write_plan(plan, tmp_path / "again.yaml")
    write_plan(plan, tmp_path / "again.json")
    assert read_yaml((tmp_path / "again.yaml").read_text()) == read_yaml(path.read_text())
    assert read_plan(tmp_path / "again.yaml") == plan
    assert read_plan(tmp_path / "again.json").as_data() == plan.as_data()
    assert notes(plan) == ()


def test_a_date_that_is_not_on_the_calendar_is_kept_and_noted():
    plan = parse_plan(b"patient:\n  dob: 02/30/1958\nplan:\n  plan_date: 2026-02-30\n")
    assert plan.patient.dob is None
    assert plan.as_data() == {"patient": {"dob": "02/30/1958"}, "plan": {"plan_date": "2026-02-30"}}
    assert [note.where for note in notes(plan)] == ["plan.plan_date", "patient.dob"]
    assert "1958" not in notes(plan)[1].message


def test_an_unknown_key_is_kept_and_its_nearest_known_key_named():
    plan = parse_plan(b"patient:\n  name: {frist: Ana}\n")
    assert plan.as_data() == {"patient": {"name": {"frist": "Ana"}}}
    (note,) = notes(plan)
    assert note.where == "patient.name.frist"
    assert '"first"' in note.message


def test_a_bad_item_of_a_list_is_kept_in_its_place():
    plan = parse_plan(b"snap:\n  strengths: [funny, {a: 1}, kind]\nproblems: [one, {title: two}]\n")
    assert plan.snap.strengths == ["funny", "kind"]
    assert plan.as_data() == {"snap": {"strengths": ["funny", {"a": 1}, "kind"]}, "problems": ["one", {"title": "two"}]}
    assert [note.where for note in notes(plan)] == ["snap.strengths[1]", "problems[0]"]


@pytest.mark.parametrize(
    "section", ["patient: 5", "problems: yes please", "contract: [a]", "plan: null", "history: {}"]
)
def test_a_section_of_the_wrong_kind_comes_back_as_it_was(section):
    assert parse_plan(section.encode()).as_data() == read_yaml(section)


def test_numbers_that_are_texts_keep_their_zeros():
    plan = parse_plan(b"patient:\n  address: {zip: 02114}\n  record_number: 0012\n")
    assert plan.patient.address.zip == "02114"
    assert plan.patient.record_number == "0012"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"a: [1, 2", "not YAML"),
        (b"- just\n- a list\n", "is not a plan"),
        (b"a: &x [1]\nb: *x\n", "reference"),
        (b"a: 1\na: 2\n", "second time"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a: \x01", "characters"),
        (b"[" * 5000, "plan.yaml"),
    ],
)
def test_what_is_no_plan_file_is_told_in_one_sentence(text, says):
    with pytest.raises(PlanNotReadable, match=says) as error:
        parse_plan(text, name="plan.yaml")
    assert "\n" not in str(error.value)


def test_putting_a_value_tells_whether_it_was_read_and_keeps_what_was_not():
    plan = Plan()
    assert plan.patient.put("dob", "1984-05-17")
    assert plan.patient.dob == date(1984, 5, 17)
    assert not plan.patient.put("dob", "May")
    assert plan.as_data() == {"patient": {"dob": "May"}}
    assert plan.patient.put("dob", " ")
    assert plan.as_data() == {}


_words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["plan", "patient", "legal", "coverage", "problems", "snap", "history", "barriers", "x"]), _data
    )
)
def test_any_data_loads_without_a_crash_and_is_the_same_plan_after_save_and_load(data):
    plan = Plan.model_validate(data)
    notes(plan)
    assert parse_plan(plan_as_yaml(plan).encode()).as_data() == plan.as_data()
    assert parse_plan(plan_as_json(plan).encode(), name="p.json").as_data() == plan.as_data()
