import json
import subprocess
import sys

import pytest

from generator.exchange.new_plan import new_plan
from generator.exchange.plan_file import parse_plan
from generator.exchange.schema import plan_schema
from generator.plan.catalog import fields
from generator.plan.notes import notes


@pytest.mark.parametrize("informal", [True, False])
def test_a_new_plan_loads_without_a_note_and_names_its_kind(informal):
    plan = parse_plan(new_plan(informal=informal).encode())
    assert notes(plan) == ()
    assert plan.plan.type == ("informal" if informal else "formal")


def test_a_new_formal_plan_has_a_line_for_every_field():
    text = new_plan(informal=False)
    for field in fields():
        assert f"{field.path.split('.')[-1]}:" in text


def test_every_field_has_its_words_in_both_languages():
    assert [field.path for field in fields() if not (field.title and field.title_es)] == []


def test_the_schema_marks_how_private_a_field_is():
    name = plan_schema()["$defs"]["Name"]["properties"]["first"]
    assert name["sensitivity"] == "identifier"
    assert name["title_es"] == "Nombre"


def test_the_command_prints_the_schema_as_json():
    done = subprocess.run([sys.executable, "-m", "generator", "schema"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["title"] == "Treatment plan"
