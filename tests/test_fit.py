"""The fit meter says beforehand what the writer does: the finished document is the judge."""

import io
from dataclasses import replace
from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

from generator.fit import Fit, fits
from generator.library import find
from generator.make import make_document
from generator.plan import Plan
from generator.slots import Status
from tests.rules.plans import data_of, example

GOALS = "contract.goals_summary"
TODAY = date(2026, 11, 22)
CONTRACT = find("treatment-contract-pdf")


def plan_with(**contract: object) -> Plan:
    plan = Plan.model_validate(data_of(example(1)))
    for key, value in contract.items():
        plan.contract.put(key, value)
    return plan


def fit_of(plan: Plan, path: str, form: str = "treatment-contract-pdf", language: str = "en") -> Fit | None:
    return fits(plan, find(form), [path], language=language, as_of=TODAY).get(path)


def words(count: int) -> str:
    return ("Sam walks home along the river. " * (count // 30 + 1))[:count].rstrip()


@pytest.mark.parametrize("count", [40, 400, 600, 2_000])
def test_the_meter_says_what_the_finished_document_then_does(count):
    plan = plan_with(goals_summary=words(count))
    slot = next(one for one in make_document(plan, CONTRACT).slots if one.path == GOALS)
    fit = fit_of(plan, GOALS)
    assert fit is not None and str(fit.status) == slot.status
    assert (fit.status is Status.CONTINUED) == (count == 2_000)


def test_a_text_that_is_so_many_characters_shorter_fits():
    text = words(2_000)
    over = fit_of(plan_with(goals_summary=text), GOALS)
    shorter = fit_of(plan_with(goals_summary=text[: len(text) - over.characters]), GOALS)
    assert shorter.status is not Status.CONTINUED
    assert fit_of(plan_with(goals_summary=text[: len(text) - over.characters + 60]), GOALS).status is Status.CONTINUED


def test_so_much_room_as_is_said_can_be_used_and_not_much_more():
    text = words(550)
    room = fit_of(plan_with(goals_summary=text), GOALS)
    assert 0 < room.characters < 300
    assert fit_of(plan_with(goals_summary=words(550 + room.characters - 20)), GOALS).status is not Status.CONTINUED
    assert fit_of(plan_with(goals_summary=words(550 + room.characters + 60)), GOALS).status is Status.CONTINUED


def test_of_two_entries_with_the_same_words_each_has_its_own_row():
    # The form has rows for the first twelve interventions: a copy further down is told that it has none.
    data = data_of(example(1))
    goal = data["problems"][0]["goals"][0]
    goal["objectives"] = [goal["objectives"][0]] * 30
    plan = Plan.model_validate(data)
    first, last = (f"problems[0].goals[0].objectives[{n}].statement" for n in (0, 29))
    assert fit_of(plan, first, "individualized-plan-pdf").has_no_row is False
    assert fit_of(plan, last, "individualized-plan-pdf").has_no_row is True


def test_a_list_is_measured_as_the_form_prints_it():
    plan = Plan.model_validate(data_of(example(1)))
    plan.responsibilities.put("patient", [words(90)] * 3)
    assert fit_of(plan, "responsibilities.patient").status is not Status.CONTINUED
    plan.responsibilities.put("patient", [words(90)] * 30)
    assert fit_of(plan, "responsibilities.patient").status is Status.CONTINUED


def test_an_answer_that_the_form_does_not_print_or_that_is_empty_has_no_meter():
    plan = plan_with(goals_summary="")
    assert fit_of(plan, GOALS) is None
    assert fit_of(plan, "assessment.summary") is None
    assert fit_of(plan, "problems[7].title") is None


def test_a_word_form_grows_and_has_no_boxes():
    assert fit_of(plan_with(goals_summary=words(2_000)), GOALS, "treatment-contract") is None


def test_the_spanish_edition_is_the_one_that_is_asked_for_a_spanish_document():
    assert "es" in CONTRACT.others
    assert fit_of(plan_with(goals_summary=words(2_000)), GOALS, language="es").status is Status.CONTINUED


def test_a_flat_form_is_measured_as_the_fillable_one_that_is_made_of_it():
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(612, 792), invariant=True)
    canvas.drawString(72, 700, "Our goals: ______________________________")
    canvas.save()
    form = replace(
        CONTRACT,
        id="ours",
        kind="pdf-flat",
        data=drawn.getvalue(),
        sha256="",
        others={},
        map={"fields": {"our_goals": GOALS}},
    )
    short = fits(plan_with(goals_summary="Walk daily"), form, [GOALS], language="en", as_of=TODAY)
    long = fits(plan_with(goals_summary=words(400)), form, [GOALS], language="en", as_of=TODAY)
    assert (short[GOALS].status, long[GOALS].status) == (Status.FILLED, Status.CONTINUED)
