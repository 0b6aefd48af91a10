"""The difference of two plans: nothing for the same plan, and a row for everything that is not the same."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.plan_file import read_plan
from generator.mapping.changes import change_said, value_said
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.notes import general
from generator.plan.walk import leaves, parts
from generator.review import differences

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0b]*.yaml"))
PLANS = {path.stem: read_plan(path) for path in EXAMPLES}
names = st.sampled_from(sorted(PLANS))


def same(value: object, other: object) -> bool:
    return str(value) == str(other)


@pytest.mark.parametrize("name", sorted(PLANS))
def test_a_plan_does_not_differ_from_itself(name):
    assert differences(PLANS[name], PLANS[name].model_copy(deep=True)) == ()


@settings(max_examples=60, deadline=None)
@given(names, st.randoms(use_true_random=False))
def test_neither_another_order_nor_other_ids_are_a_change(name, dice):
    after = PLANS[name].model_copy(deep=True)
    for _, part in list(parts(after)):
        for field in type(part).model_fields:
            value = getattr(part, field)
            if isinstance(value, list):
                dice.shuffle(value)
    for n, (path, part) in enumerate(parts(after)):
        if general(path).endswith(("goals[]", "objectives[]", "interventions[]", "problems[]")):
            part.id = f"renumbered-{n}"
    assert differences(PLANS[name], after) == ()


@settings(max_examples=150, deadline=None)
@given(names, st.data())
def test_every_value_that_is_changed_has_a_row(name, data):
    before = PLANS[name]
    found = [leaf for leaf in leaves(before) if not leaf.path.endswith((".id", "schema")) and "_other" not in leaf.path]
    leaf = data.draw(st.sampled_from([one for one in found if isinstance(one.value, str) and str(one.value).strip()]))
    after = before.model_copy(deep=True)
    put_at(after, leaf.path, "something quite different")
    rows = differences(before, after)
    assert any("something quite different" in row.after for row in rows) or any(
        row.field.startswith(general(leaf.path).partition("[]")[0]) for row in rows
    ), leaf.path
    assert rows


@settings(max_examples=100, deadline=None)
@given(names, st.data())
def test_every_entry_that_is_taken_out_or_put_in_has_a_row(name, data):
    before = PLANS[name]
    lists = [
        (path, key, value)
        for path, part in parts(before)
        for key in type(part).model_fields
        if isinstance(value := getattr(part, key), list) and value and key != "other_patient_names"
    ]
    path, key, value = data.draw(st.sampled_from(lists))
    place = data.draw(st.integers(0, len(value) - 1))
    after = before.model_copy(deep=True)
    getattr(part_at(after, path), key).pop(place)
    field = f"{general(path)}.{key}[]" if path else f"{key}[]"
    assert any(row.kind == "dropped" and row.field == field for row in differences(before, after))
    assert any(row.kind == "added" and row.field == field for row in differences(after, before))


@settings(max_examples=40, deadline=None)
@given(names, names)
def test_there_and_back_are_the_same_rows_turned_round(one, other):
    there, back = differences(PLANS[one], PLANS[other]), differences(PLANS[other], PLANS[one])
    turned = {"added": "dropped", "dropped": "added", "changed": "changed"}
    flat = sorted((row.kind, row.field, row.before, row.after) for row in there if row.kind != "changed")
    assert flat == sorted((turned[row.kind], row.field, row.after, row.before) for row in back if row.kind != "changed")


def test_a_goal_in_other_words_is_changed_and_not_dropped_and_added():
    before = Plan.model_validate(goals("Sleep through the night on most nights", "See the children on weekends"))
    after = Plan.model_validate(goals("See the children on weekends", "Sleep through the night on five nights a week"))
    assert [(row.kind, row.field, row.entry) for row in differences(before, after)] == [
        ("changed", "problems[].goals[].statement", "1.2")
    ]


def test_an_id_that_went_to_a_new_goal_does_not_hide_that_the_old_one_is_dropped():
    before = Plan.model_validate(goals("Stay sober", "Find work", ids=("G1", "G2")))
    after = Plan.model_validate(goals("Find work", "Walk every day", ids=("G1", "G2")))
    kinds = {(row.kind, row.before, row.after) for row in differences(before, after)}
    assert kinds in (
        {("changed", "Stay sober", "Walk every day")},
        {("dropped", "Stay sober", ""), ("added", "", "Walk every day")},
    )


def test_text_that_could_not_be_read_and_unknown_keys_are_compared_too():
    before = Plan.model_validate({"plan": {"plan_date": "soon", "colour": "blue"}})
    after = Plan.model_validate({"plan": {"plan_date": "later", "colour": "red"}})
    assert {(row.field, row.before, row.after) for row in differences(before, after)} == {
        ("plan.plan_date", "soon", "later"),
        ("plan.colour", "blue", "red"),
    }


def test_who_is_responsible_counts_by_name_and_not_by_id():
    def plan(staff_id: str, name: str) -> Plan:
        doing = {"description": "Talk", "responsible_staff": staff_id}
        goal = {"statement": "G", "objectives": [{"statement": "O", "interventions": [doing]}]}
        return Plan.model_validate({"staff": [{"id": staff_id, "name": name}], "problems": [{"goals": [goal]}]})

    assert differences(plan("st1", "Ada Lund"), plan("x9", "Ada Lund")) == ()
    (staff, who) = differences(plan("st1", "Ada Lund"), plan("st1", "Bo Lind"))[::-1]
    assert (who.before, who.after) == ("Ada Lund", "Bo Lind")
    assert staff.field == "staff[].name"


def test_a_change_is_said_in_both_languages():
    field = "problems[].goals[].objectives[].status"
    assert change_said(field, "1.2.1", "en") == "Objective 1.2.1: Status"
    assert change_said(field, "1.2.1", "es") == "Objetivo 1.2.1: Estado"
    assert (value_said(field, "not_met", "en"), value_said(field, "not_met", "es")) == ("Not met", "No cumplido")
    assert change_said("measures[].score", "PHQ-9", "en") == "Scores: PHQ-9: Score"
    assert change_said("problems[].goals[]", "1.1", "es") == "Meta 1.1"
    assert value_said("participation.copy_offered", "true", "es") == "Sí"


def goals(*statements: str, ids: tuple[str, ...] = ()) -> dict[str, object]:
    rows = [{"statement": text, **({"id": ids[n]} if ids else {})} for n, text in enumerate(statements)]
    return {"problems": [{"title": "P", "goals": rows}], "plan": {"plan_date": date(2026, 11, 3)}}


def part_at(plan: Plan, path: str) -> Part:
    return next(part for here, part in parts(plan) if here == path)


def put_at(plan: Plan, path: str, value: str) -> None:
    """Set the value at a path: the last step is a key, or an item of a list of texts."""
    owner, _, key = path.rpartition(".")
    part = part_at(plan, owner)
    if key.endswith("]"):
        key, place = key[:-1].split("[")
        getattr(part, attribute(part, key))[int(place)] = value
    else:
        setattr(part, attribute(part, key), value)


def attribute(part: Part, key: str) -> str:
    return next(name for name, info in type(part).model_fields.items() if key in (info.alias, name))
