"""The page uses the agency's own word for the people it serves, in its own words only, in English and Spanish."""

import pytest
from playwright.sync_api import Page, expect

from generator.app import person
from generator.app.words import say
from tests.app.conftest import Server, enter, quiet, step


@pytest.fixture
def word(monkeypatch):
    def of(word: str) -> None:
        monkeypatch.setattr(person, "person_word", lambda: word)

    return of


@pytest.mark.parametrize(
    ("language", "agencys", "text", "said"),
    [
        ("en", "member", "Add the client's full legal name.", "Add the member's full legal name."),
        ("en", "person served", "Patient", "Person served"),
        ("en", "person served", "An intervention would fit any client.", "An intervention would fit any person served."),
        ("en", "member", "Clients under 18", "Members under 18"),
        ("en", "member", "inpatient or outpatient care", "inpatient or outpatient care"),
        ("en", "member", 'The text "the client drinks" judges the person.', 'The text "the client drinks" judges the person.'),
        ("es", "member", "Ponga el nombre de este cliente.", "Ponga el nombre de este miembro."),
        ("es", "person served", "Del cliente y al cliente, el cliente.", "De la persona atendida y a la persona atendida, la persona atendida."),
        ("es", "patient", "¿Desde cuándo tiene el cliente esto?", "¿Desde cuándo tiene el paciente esto?"),
    ],
)  # fmt: skip
def test_a_sentence_of_ours_says_the_agencys_word(language, agencys, text, said, word):
    word(agencys)
    assert person.called(text, language) == said


def test_in_the_pages_own_words_the_person_is_meant_too_and_other_persons_are_not(word):
    word("member")
    assert person.called("What the person will do", "en", is_page=True) == "What the member will do"
    assert person.called("The id of a person under staff", "en", is_page=True) == "The id of a person under staff"
    assert person.called("Lo que hará la persona", "es", is_page=True) == "Lo que hará el miembro"


def test_without_a_word_nothing_changes_and_the_choice_of_words_never_does(word):
    word("")
    assert say("steps_patient", "en") == "Patient"
    word("member")
    assert (say("steps_patient", "en"), say("steps_patient", "es")) == ("Member", "Miembro")
    assert say("brand_person_client", "en") == "Client"


@pytest.mark.slow
def test_the_page_says_the_word_that_the_stationery_keeps(browser, tmp_path, loopback):
    server = Server(tmp_path, loopback)
    page = enter(browser, server)
    try:
        _walk(page)
    finally:
        page.context.close()
        server.stop()


def _walk(page: Page) -> None:
    step(page, "Stationery")
    page.get_by_role("textbox", name="Name of the agency").fill("Hope House")
    page.get_by_role("combobox", name="What you call the people you serve").click()
    page.keyboard.type("Member")
    page.keyboard.press("Enter")
    quiet(page)
    step(page, "Keep the stationery")
    step(page, "planscribe")
    step(page, "New plan")
    expect(page.get_by_role("button", name="1 Member")).to_be_visible()
    step(page, "5 Review")
    expect(page.get_by_text("Add the member's full legal name.").first).to_be_visible()
    expect(page.locator('[data-testid="stMain"]')).not_to_contain_text("client")
    step(page, "4 Contract")
    expect(page.get_by_role("textbox", name="What the member will do")).to_be_visible()
    step(page, "Español")
    expect(page.get_by_role("button", name="1 Miembro")).to_be_visible()
    expect(page.get_by_role("textbox", name="Lo que hará el miembro")).to_be_visible()
