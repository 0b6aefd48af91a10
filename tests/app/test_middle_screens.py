"""Diagnosis, Plan and Review in a real browser: search, insertion, help to measure, Go."""

import re

from playwright.sync_api import Page, expect

from tests.app.conftest import fill, only, quiet, step


def test_a_diagnosis_is_found_as_it_is_typed_with_its_typing_mistake(page: Page):
    step(page, "New plan")
    step(page, "2 Diagnosis")
    page.get_by_role("searchbox", name="Find a diagnosis").press_sequentially("alcohol dependance", delay=15)
    page.get_by_role("button", name=re.compile("F10.20 Alcohol dependence")).click()
    quiet(page)
    expect(only(page.get_by_role("textbox", name="ICD-10-CM code"))).to_have_value("F10.20")
    expect(only(page.get_by_role("textbox", name="Diagnosis", exact=True))).to_have_value(
        "Alcohol dependence, uncomplicated"
    )
    expect(only(page.get_by_role("searchbox", name="Find a diagnosis"))).to_have_value("")


def test_an_objective_is_made_measurable_on_the_spot(page: Page):
    step(page, "New plan")
    step(page, "3 Plan")
    step(page, "Add a problem")
    fill(page, "Objective", "Sam will improve coping skills by next review")
    step(page, "Make it measurable")
    answers = {
        "What will the person do": "use a breathing exercise when angry",
        "How many": "4 of 5",
        "Of what": "arguments",
        "What is the number today": "1 of 5",
        "By when": "3/1/2027",
        "How will it be shown": "his card",
    }
    for question, answer in answers.items():
        box = page.get_by_role("textbox", name=re.compile(f"^{question}"))
        box.fill(answer)
        box.press("Tab")
        quiet(page)
    step(page, "Write the sentence")
    expect(only(page.get_by_role("textbox", name="Objective", exact=True))).to_have_value(
        "Sam will use a breathing exercise when angry in 4 of 5 arguments (today 1 of 5), shown by his card, by 2027-03-01."
    )
    expect(only(page.get_by_role("textbox", name="Target date", exact=True))).to_have_value("3/1/2027")
    expect(only(page.get_by_role("textbox", name="Counted with"))).to_have_value("his card")


def test_nothing_of_the_library_goes_in_while_a_fill_in_is_open(page: Page):
    step(page, "New plan")
    step(page, "3 Plan")
    step(page, "From the library")
    step(page, "Tobacco and vaping")
    step(page, "Put it into the plan")
    expect(page.get_by_text("This has to be answered first.").first).to_be_visible()
    step(page, "Close")
    expect(page.get_by_text("No problem yet.")).to_be_visible()


def test_go_lands_on_the_field_that_the_finding_means(page: Page):
    step(page, "New plan")
    step(page, "5 Review")
    expect(page.get_by_text(re.compile(r"\d+ things block"))).to_be_visible()
    page.get_by_role("button", name="Go there").nth(1).click()
    expect(only(page.get_by_role("textbox", name="Date of birth"))).to_be_focused()
