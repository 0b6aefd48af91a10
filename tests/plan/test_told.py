"""One walk over all values of a plan, beside the slow one over its fields."""

from pathlib import Path

import pytest

from generator.exchange.plan_file import read_plan
from generator.plan import Plan
from generator.plan.told import told
from generator.plan.walk import leaves

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("0*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_quick_walk_tells_what_the_slow_one_finds_in_the_same_order(path):
    plan = read_plan(path)
    slow = [(leaf.path, leaf.value) for leaf in leaves(plan) if leaf.value != "" and "._" not in f".{leaf.path}"]
    assert [(one.path, one.value) for one in told(plan) if one.general] == slow


def test_a_text_in_the_place_of_a_part_is_told_without_a_place_of_the_model():
    plan = Plan.model_validate({"diagnoses": ["alcohol"], "patient": {"name": {"first": "A"}}})
    assert [(one.path, one.general, one.key, one.value) for one in told(plan)] == [
        ("patient.name.first", "patient.name.first", "first", "A"),
        ("diagnoses[0]", "", "diagnoses", "alcohol"),
    ]
