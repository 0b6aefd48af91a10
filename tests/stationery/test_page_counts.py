"""The one-page plan is one page, in Word and PDF, for every good example; four signatures too."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.new_form import new_form

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("0[1-6]*.yaml"))
FULL = Brand(
    name="Harbor & Pine Counseling",
    address={"line1": "12 Dock Street", "city": "Portland", "state": "ME", "zip": "04101"},
    phone="207-555-0100",
    npi="1234567893",
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_one_page_plan_is_one_page_in_pdf(tmp_path, paper, language):
    made = new_form(Brand(name=FULL.name, address=FULL.address, phone=FULL.phone, paper=paper), "one-page-plan", kind="pdf", language=language)  # fmt: skip
    path = tmp_path / "one.pdf"
    path.write_bytes(made.data)
    form = library.Form("one-page-plan", made.title, "pdf-fields", path, map=tomllib.loads(made.map_toml))
    for example in EXAMPLES:
        document = make_document(read_plan(example), form, Options(language=language, as_of=date(2026, 11, 22)))
        is_told = any(slot.status == "continued" for slot in document.slots)
        assert document.pages == 1 or is_told, example.name
        if language == "en":
            assert document.pages == 1, example.name


@pytest.mark.office
@pytest.mark.slow
def test_the_one_page_plan_is_one_page_in_word(tmp_path):
    made = new_form(FULL, "one-page-plan", kind="word")
    path = tmp_path / "one.docx"
    path.write_bytes(made.data)
    form = library.Form("one-page-plan", made.title, "word-tags", path)
    for example in EXAMPLES:
        options = Options(language="en", as_of=date(2026, 11, 22), pdf=True)
        assert make_document(read_plan(example), form, options).pages == 1, example.name
