"""A callback that ended early, or was told old words: what the person typed or pressed still counts."""

from streamlit.testing.v1 import AppTest

from generator.plan import Plan
from generator.plan.goals import Problem
from tests.app.test_places import opened


def texts() -> None:
    from generator.app.parts.typed import typed_text
    from generator.app.session import draft

    here = draft()

    def store(typed: str) -> None:
        if typed == "typed" and not here.trouble:
            here.trouble = "once"
            raise RuntimeError("another click of the same message failed")
        here.sought = typed

    typed_text("Answer", "answer", lambda: here.sought, store)


def test_a_text_whose_callback_failed_is_taken_when_it_is_drawn_again():
    page = AppTest.from_function(texts).run()
    page.text_input[0].set_value("typed").run()
    assert page.session_state["draft"].sought == ""
    page.run()
    assert page.session_state["draft"].sought == "typed"
    assert page.text_input[0].value == "typed"


def test_a_text_that_was_changed_elsewhere_is_begun_anew_and_not_taken_back():
    page = AppTest.from_function(texts).run()
    page.text_input[0].set_value("mine").run()
    page.session_state["draft"].sought = "theirs"
    page.run()
    assert page.text_input[0].value == "theirs"
    assert page.session_state["draft"].sought == "theirs"


def test_a_problem_that_is_pressed_under_its_old_name_is_opened():
    page = opened(Plan(problems=[Problem(title="Low mood"), Problem(title="Drinking")]), place="problems[0].title")
    radio = next(one for one in page.radio if one.key == "open:problems")
    pressed = radio.options[1]
    box = next(one for one in page.text_input if (one.key or "").startswith("w:problems[0].title~"))
    box.set_value("Sadness").run()
    page.session_state["draft"].plan.problems[1].put("title", "Alcohol")
    page.run()
    radio = next(one for one in page.radio if one.key == "open:problems")
    assert pressed not in radio.options
    radio.options[1] = radio._value = pressed
    radio.run()
    assert not page.exception
    assert page.session_state["draft"].problem == 1
