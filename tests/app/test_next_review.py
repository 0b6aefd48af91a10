"""A review on the page: two clicks and what is typed, then the table of what changed."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from generator.exchange.plan_file import plan_as_yaml, read_plan
from generator.review import open_objectives

PLAN = read_plan(Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml")


def page(text: str, language: str) -> None:
    from generator.app import main
    from generator.app.session import draft
    from generator.exchange.plan_file import parse_plan

    here = draft()
    if not here.is_open:
        here.open(parse_plan(text.encode()))
        here.language = language
        here.go("start")
    main.show()


def opened(plan=PLAN, language: str = "en") -> AppTest:
    app = AppTest.from_function(page, args=(plan_as_yaml(plan), language), default_timeout=60).run()
    assert not app.exception
    return app


def click(app: AppTest, name: str) -> None:
    next(one for one in app.button if one.label == name).click()
    app.run()
    assert not app.exception


def put(app: AppTest, name: str, text: str) -> None:
    next(one for one in app.text_input if one.label == name).set_value(text)
    app.run()


def decide(app: AppTest, number: str, word: str) -> None:
    next(one for one in app.selectbox if one.label == f"Decision, {number}").set_value(word)
    app.run()


@pytest.fixture
def app() -> AppTest:
    found = opened()
    click(found, "Next review")
    return found


def test_a_review_is_two_clicks_and_the_typing(app):
    put(app, "Day of the review (YYYY-MM-DD)", "2027-02-01")
    put(app, "Value today, 1.1.1", "14")
    decide(app, "1.1.1", "not_met")
    put(app, "New intervention, 1.1.1", "Visit about the dose at nine at night.")
    click(app, "Make the next review")
    assert app.success[0].value == "Version 2 of the plan. The next review is due 05/02/2027."
    (table,) = app.table
    rows = {tuple(row) for row in table.value.astype(str).to_numpy()}
    assert ("Changed", plain("Objective 1.1.1: Status"), "Active", "Not met") in rows
    assert ("Added", plain("Intervention 1.1.1.3"), "", plain("Visit about the dose at nine at night.")) in rows


def plain(text: str) -> str:
    from generator.app.words import plain as escaped

    return escaped(text)


def test_every_open_objective_is_shown_with_its_last_value(app):
    said = " ".join(one.value for one in app.caption)
    for one in open_objectives(PLAN):
        assert f"last {one.last} on" in said
        assert f"Value today, {one.number}" in [box.label for box in app.text_input]


def test_the_library_proposes_and_a_brace_left_open_is_asked_for(app):
    put(app, "Day of the review (YYYY-MM-DD)", "2027-02-01")
    decide(app, "1.1.1", "not_met")
    proposals = next(one for one in app.selectbox if one.label == "The library proposes, 1.1.1")
    proposals.set_value(next(option for option in proposals.options if "{support_person}" in option))
    app.run()
    click(app, "Make the next review")
    assert "support" in app.error[0].value
    assert not app.success


def test_a_day_that_cannot_be_is_told_and_nothing_is_lost(app):
    put(app, "Value today, 1.1.1", "14")
    for day in ("soon", "2026-11-03"):
        put(app, "Day of the review (YYYY-MM-DD)", day)
        click(app, "Make the next review")
        assert app.error
    assert next(one for one in app.text_input if one.label == "Value today, 1.1.1").value == "14"


def test_many_objectives_come_in_groups_and_what_is_typed_in_one_is_kept():
    plan = PLAN.model_copy(deep=True)
    plan.problems *= 4
    app = opened(plan)
    click(app, "Next review")
    assert sum(one.label.startswith("Value today") for one in app.text_input) == 8
    put(app, "Value today, 1.1.1", "14")
    app.radio[0].set_value(1)
    app.run()
    assert "Value today, 1.1.1" not in [one.label for one in app.text_input]
    app.radio[0].set_value(0)
    app.run()
    assert next(one for one in app.text_input if one.label == "Value today, 1.1.1").value == "14"


def test_the_review_is_said_in_spanish():
    app = opened(language="es")
    click(app, "Próxima revisión")
    put(app, "Día de la revisión (AAAA-MM-DD)", date(2027, 2, 1).isoformat())
    next(one for one in app.selectbox if one.label == "Decisión, 2.1.1").set_value("met")
    app.run()
    click(app, "Hacer la próxima revisión")
    (table,) = app.table
    assert ("Cambiado", plain("Objetivo 2.1.1: Estado"), "Activo", "Cumplido") in {
        tuple(row) for row in table.value.to_numpy()
    }


def test_decisions_can_be_taken_up_again_until_the_plan_is_edited(app):
    put(app, "Day of the review (YYYY-MM-DD)", "2027-02-01")
    put(app, "Value today, 1.1.1", "14")
    click(app, "Make the next review")
    click(app, "Back to the decisions")
    assert next(one for one in app.text_input if one.label == "Value today, 1.1.1").value == "14"
    decide(app, "1.1.1", "met")
    click(app, "Make the next review")
    assert app.success[0].value.startswith("Version 2")
    click(app, "Print the review")
    assert next(one for one in app.selectbox if one.label == "Form").value == "plan-review"
