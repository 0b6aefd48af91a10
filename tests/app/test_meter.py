"""The fit meter in a real browser: beside a long answer stands whether the chosen form's box holds it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.app.conftest import fill, quiet, step

_LONG = "Sam walks home along the river. " * 60


def choose_form(page: Page, label: str, form: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label)).first
    box.click()
    page.keyboard.type(form)
    page.keyboard.press("Enter")
    quiet(page)


def sentences(page: Page) -> Locator:
    return page.locator('[data-testid="stCaptionContainer"]').filter(
        has_text=re.compile("Fits its box|over for its box|has no row")
    )


def test_a_long_answer_says_whether_the_box_of_the_chosen_form_holds_it(page: Page):
    step(page, "Try with an example")
    step(page, "4 Contract")
    expect(sentences(page)).to_have_count(0)
    step(page, "1 Patient")
    choose_form(page, "Form it is written for", "Treatment Contract (PDF)")
    step(page, "4 Contract")
    expect(sentences(page).first).to_contain_text("Fits its box on Treatment Contract (PDF).")
    fill(page, "Goals in short", _LONG)
    told = sentences(page).filter(has_text="over for its box")
    expect(told).to_contain_text(
        re.compile(r"About [\d]{3,4} characters over for its box on Treatment Contract \(PDF\)")
    )
    fill(page, "Goals in short", "Sam sleeps through the night.")
    expect(told).to_have_count(0)


def test_the_meter_follows_the_typing_without_leaving_the_field(page: Page):
    step(page, "Try with an example")
    choose_form(page, "Form it is written for", "Individualized Treatment Plan (PDF)")
    step(page, "3 Plan")
    field = page.get_by_role("textbox", name="As evidenced by", exact=True)
    field.fill(_LONG)
    expect(sentences(page).filter(has_text="over for its box")).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value(_LONG)


def test_the_meter_speaks_spanish(page: Page):
    step(page, "Try with an example")
    choose_form(page, "Form it is written for", "Treatment Contract (PDF)")
    step(page, "4 Contract")
    step(page, "Español")
    expect(
        page.locator('[data-testid="stCaptionContainer"]').filter(has_text="Cabe en su espacio de").first
    ).to_be_visible()
