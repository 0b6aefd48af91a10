"""A form of the agency's own: what is wrong with a file is told in plain words; a good one is looked over and kept."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from generator.app.own import LARGEST, OwnForm
from generator.app.parts.told import told
from generator.blank_file import inspect
from generator.convert import is_available
from generator.errors import BlankIsEncrypted, BlankNotReadable, FileTooLarge, RefusedForSafety
from generator.form_pages import form_pages
from generator.library import library_root
from tests.app.test_journey import quiet, step

FORM = library_root() / "forms" / "one-page-plan-pdf" / "form.pdf"


def word_form() -> bytes:
    made = docx.Document()
    made.add_paragraph("Client name: ____________________   Date of birth: ____________")
    made.add_paragraph("Presenting problem: ______________________________________")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word_with_macros() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_form())) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "[Content_Types].xml":
                plain = b"wordprocessingml.document.main+xml"
                data = data.replace(b"officedocument." + plain, b"ms-word.document.macroEnabled.main+xml")
            made.writestr(name, data)
        made.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return out.getvalue()


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(FORM) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    return out.getvalue()


WRONG = {
    "over 25 MB": ("big.pdf", lambda: b"%PDF-1.7\n" + bytes(LARGEST), FileTooLarge),
    "a picture named .docx": ("plan.docx", picture, BlankNotReadable),
    "a broken PDF": ("plan.pdf", lambda: FORM.read_bytes()[:900], BlankNotReadable),
    "an encrypted PDF": ("plan.pdf", encrypted_pdf, BlankIsEncrypted),
    "a Word file with macros": ("plan.docm", word_with_macros, RefusedForSafety),
    "an empty file": ("plan.pdf", lambda: b"", BlankNotReadable),
    "a page of text without a blank": ("plan.docx", lambda: _without_blanks(), BlankNotReadable),
}


def _without_blanks() -> bytes:
    made = docx.Document()
    made.add_paragraph("Our house rules stand here.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_cannot_be_a_form_is_told_in_one_plain_sentence_in_both_languages(what):
    name, make, kind = WRONG[what]
    own = OwnForm()
    own.take(name, make())
    assert isinstance(own.error, kind)
    assert own.seen is None
    english, spanish = told(own.error, "en"), told(own.error, "es")
    assert english != spanish
    for words in (english, spanish):
        assert words.endswith(".")
        assert not any(part in words for part in ("Traceback", "Error", "/tmp", "Exception"))


@pytest.mark.office
def test_a_blank_of_a_word_form_is_found_right_of_its_caption_on_the_picture():
    if not is_available():
        pytest.skip("LibreOffice is not installed")
    data = word_form()
    seen = inspect(data)
    found = form_pages(data, seen)
    with pdfplumber.open(io.BytesIO(found.pdf)) as pdf:
        page = pdf.pages[0]
        words = {word["text"]: word for word in page.extract_words()}
        name, birth, problem = (found.places[slot.id] for slot in seen.slots)
        for place, before in ((name, "name:"), (birth, "birth:"), (problem, "problem:")):
            number, left, top, wide, high = place
            caption = words[before]
            assert number == 0
            assert 0 <= left * float(page.width) - caption["x1"] < 12
            assert abs((top + high / 2) * float(page.height) - (caption["top"] + caption["bottom"]) / 2) < 6
            assert 0 < wide < 0.1


def test_what_a_person_chose_for_a_blank_is_what_the_kept_form_fills(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANSCRIBE_HOME", str(tmp_path))
    own = OwnForm()
    own.take("My form.docx", word_form())
    slot = own.seen.slots[2].id
    own.answer(slot, "history.psychosocial")
    own.answer(own.seen.slots[1].id, "")
    guess = own.suggestions[0]
    own.suggestions = (replace(guess, confidence=0.5), *own.suggestions[1:])
    assert "full" in str(own.table(with_guesses=True)[guess.slot])
    own.keep()
    fields = own.added.form.map["fields"]
    assert fields[slot].startswith("history.psychosocial")
    assert "empty" in fields[own.seen.slots[1].id]
    assert "empty" in fields[guess.slot]  # a guess that nobody confirmed fills nothing
    assert own.added.filled == 1


def test_a_form_is_looked_over_by_keyboard_tried_and_kept(page: Page):
    page.get_by_role("button", name="Own form").click()
    page.get_by_role("heading", name="A form of your own").wait_for()  # Start has an upload too
    quiet(page)
    page.locator("input[type=file]").set_input_files(str(FORM))
    boxes = page.locator(".boxes button")
    boxes.first.wait_for()
    assert boxes.count() > 30
    expect(page.get_by_role("heading", name="Blank 1 of")).to_be_visible()
    boxes.nth(4).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Blank 5 of")).to_be_visible()
    page.get_by_role("button", name="Leave it empty").click()
    expect(page.get_by_role("button", name="Blank 5", exact=False).first).to_have_attribute("class", "empty")
    step(page, "Fill it with the example plan")
    page.get_by_text("answers visible").wait_for(timeout=60_000)
    page.get_by_role("textbox", name="Title").fill("Our one page")
    page.get_by_role("textbox", name="Title").press("Tab")
    quiet(page)
    step(page, "Keep in the library")
    expect(page.get_by_text("is in your library")).to_be_visible()
    step(page, "planscribe")
    page.get_by_role("button", name="Forms", exact=True).click()
    quiet(page)
    expect(page.get_by_text("1 of them your own")).to_be_visible()


def test_a_wrong_file_in_the_browser_is_told_and_nothing_breaks(page: Page, tmp_path: Path):
    page.get_by_role("button", name="Own form").click()
    page.get_by_role("heading", name="A form of your own").wait_for()  # Start has an upload too
    quiet(page)
    file = tmp_path / "plan.docx"
    file.write_bytes(picture())
    page.locator("input[type=file]").set_input_files(str(file))
    expect(page.get_by_text("neither a PDF nor a Word document")).to_be_visible()
    assert page.get_by_text("Something went wrong").count() == 0
