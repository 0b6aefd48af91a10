"""A person types a plan in a browser and takes the document home."""

import io
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect

from tests.app.conftest import fill, quiet, step
from tests.making import word_text

TYPED = {
    "First name": "José",
    "Last name": "Núñez-Łukasz & <sons>",
    "Date of birth": "3/2/1958",
    "Record number": "REC-774",
}


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def test_a_plan_typed_in_the_browser_comes_out_as_word_with_every_word_in_it(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    step(page, "New plan")
    for label, text in TYPED.items():
        fill(page, label, text)
    step(page, "2 Diagnosis")
    fill(page, "Presenting problem", "Drinks every evening since the shop closed.")
    step(page, "3 Plan")
    step(page, "Add a problem")
    fill(page, "Problem", "Evening drinking")
    fill(page, "Goal", "José will live without alcohol.")
    fill(page, "Objective", "No drinks on 6 of 7 days by 2027-02-01.")
    fill(page, "Intervention 1.1.1", "Weekly session on triggers and refusal skills")
    step(page, "6 Document")
    step(page, "Make the document")
    page.get_by_text("answers visible").wait_for(timeout=60_000)
    made = word_text(download(page, "Download Word"))
    for words in (
        "José Núñez-Łukasz & <sons>",
        "03/02/1958",
        "REC-774",
        "Drinks every evening since the shop closed.",
        "Evening drinking",
        "José will live without alcohol.",
        "No drinks on 6 of 7 days by 2027-02-01.",
        "Weekly session on triggers and refusal skills",
    ):
        assert words in made
    assert asked
    assert not [url for url in asked if "//127.0.0.1:" not in url and not url.startswith(("data:", "blob:"))]


def test_the_example_comes_out_as_pdf_with_its_picture(page: Page):
    step(page, "Try with an example")
    step(page, "6 Document")
    page.get_by_role("combobox").first.click()
    page.keyboard.type("One-Page Plan (")
    page.get_by_role("option", name="One-Page Plan (PDF)").click()
    quiet(page)
    step(page, "Make the document")
    page.get_by_text("answers visible").wait_for(timeout=60_000)
    page.get_by_text("page 1 of").wait_for()
    fields = pypdf.PdfReader(io.BytesIO(download(page, "Download PDF"))).get_fields()
    assert fields["patient_name"]["/V"] == "Darnell Whitcombe"


def test_a_date_that_no_calendar_has_is_told_beside_its_field_and_kept(page: Page):
    step(page, "New plan")
    fill(page, "Date of birth", "02/30/1958")
    expect(page.get_by_text("This is not a date on the calendar.")).to_be_visible()
    step(page, "2 Diagnosis")
    step(page, "1 Patient")
    expect(page.get_by_role("textbox", name="Date of birth")).to_have_value("02/30/1958")


def test_the_page_speaks_spanish(page: Page):
    step(page, "Español")
    expect(page.get_by_role("button", name="Plan nuevo")).to_be_visible()
    step(page, "Probar con un ejemplo")
    expect(page.get_by_role("button", name="1 Paciente")).to_be_visible()
