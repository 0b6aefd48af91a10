"""The helper: it asks for what is missing, invents nothing, and offers only sentences that pass its own rules."""

import pytest

from generator.rules.text.make_measurable import Answers, make_measurable
from generator.rules.text.measurable import explain

ANSWERS = {
    "what": "use a breathing exercise when angry",
    "count": "4 of 5",
    "unit": "arguments",
    "today": "1 of 5",
    "by": "2027-03-01",
    "shown": "his card",
}


def test_a_vague_wish_is_asked_what_how_many_of_what_from_what_by_when_and_how_shown():
    made = make_measurable("improve coping")
    assert [part for part, _ in made.questions] == ["what", "count", "unit", "today", "by", "shown"]
    assert "improve coping" in made.questions[0][1]
    assert made.sentence == ""


def test_the_answers_make_a_sentence_with_the_name_that_stood_in_the_old_one():
    made = make_measurable("Sam will improve coping.", Answers.of(ANSWERS))
    assert made.sentence == (
        "Sam will use a breathing exercise when angry in 4 of 5 arguments (today 1 of 5), shown by his card, by 2027-03-01."
    )


def test_a_score_is_moved_from_today_to_the_target():
    given = Answers(
        who="Rosa", what="lower her PHQ-9", count="9 or less", unit="points", today="17", by="2027-03-01", shown="PHQ-9"
    )
    assert (
        make_measurable("feel less sad", given).sentence
        == "Rosa will lower her PHQ-9 from 17 to 9 points or less, by 2027-03-01."
    )


@pytest.mark.parametrize(
    ("what", "written"),
    [
        ("usar su tarjeta", "Luis usará su tarjeta 3 veces por semana (hoy 0)"),
        ("abstenerse de beber", "Luis se abstendrá de beber 3 veces por semana (hoy 0)"),
        ("hacer su caminata", "Luis hará su caminata 3 veces por semana (hoy 0)"),
        ("no salir solo", "Luis no saldrá solo 3 veces por semana (hoy 0)"),
        ("caminará", "Luis caminará 3 veces por semana (hoy 0)"),
    ],
)
def test_spanish_is_written_in_the_future(what, written):
    given = Answers(
        who="Luis", what=what, count="3", unit="veces por semana", today="0", by="2027-03-01", shown="su registro"
    )
    assert make_measurable("mejorar", given, "es").sentence == f"{written}, según su registro, antes del 2027-03-01."


def test_a_deadline_in_the_old_sentence_is_kept_and_not_asked_again():
    made = make_measurable("Sam will reduce anxiety by next review")
    assert "by" not in [part for part, _ in made.questions]


def test_a_deadline_that_is_none_is_asked_again():
    made = make_measurable("improve", Answers.of({**ANSWERS, "by": "soon"}))
    assert [part for part, _ in made.questions] == ["by"]


def test_an_act_that_nobody_can_see_is_asked_again_and_not_dressed_up_with_a_number():
    made = make_measurable(
        "improve", Answers.of({**ANSWERS, "what": "feel confident", "count": "80 %", "unit": "the time"})
    )
    assert made.sentence == ""
    assert [part for part, _ in made.questions] == ["what"]


def test_a_measurable_sentence_is_left_alone():
    made = make_measurable("Sam will attend 8 of 10 meetings by 2027-02-08.")
    assert (made.questions, made.sentence) == ((), "")


@pytest.mark.parametrize("count", ["3", "90 %", "2 of 3", "9 or less", "three", "5 times a week"])
@pytest.mark.parametrize("what", ["walk to the store", "raise his hand in class", "cut cigarettes"])
def test_every_sentence_that_is_offered_is_measurable_with_a_deadline(what, count):
    made = make_measurable("do better", Answers.of({**ANSWERS, "what": what, "count": count, "unit": "days"}))
    judgement = explain(made.sentence)
    assert judgement.is_measurable
    assert judgement.has_deadline
