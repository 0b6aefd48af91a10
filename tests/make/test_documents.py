"""The whole route: every shipped form, every example, and answers that are hard on a form."""

import io
import shutil
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pypdf
import pytest
from pikepdf import Dictionary, Name, String

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.plan import Plan
from generator.plan.walk import leaves
from generator.slots import Status
from tests.making import Form, word_text

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0b]*.yaml"))
AS_OF = date(2026, 11, 22)
HARD_NAME = "José Núñez-Łukasz & <sons>"


def pages(data: bytes) -> list[str]:
    """The words of each page, by pypdf, without the values of fields."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", library.forms(), ids=lambda form: form.id)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_form_is_filled_from_every_example_and_every_answer_is_seen(form, example):
    document = make_document(read_plan(example), form, Options(as_of=AS_OF))
    assert document.proof.checked > (1 if example.stem.startswith("07") else 10)
    assert not document.proof.faults, document.proof.faults
    assert not [slot for slot in document.slots if slot.status == Status.REFUSED]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_formal_plan_holds_every_goal_objective_and_intervention(example):
    plan = read_plan(example)
    text = squeezed(word_text(make_document(plan, library.find("individualized-plan"), Options(as_of=AS_OF)).data))
    wanted = [
        leaf.value
        for leaf in leaves(plan)
        if leaf.path.startswith("problems[") and leaf.path.endswith((".statement", "].description", "].title"))
    ]
    assert wanted
    assert [one for one in wanted if squeezed(str(one)) not in text] == []


def test_a_draft_says_so_on_every_page_and_loses_no_word_of_the_form():
    plan = Plan.model_validate({"presenting_problem": {"description": "Waits for the bus and worries. " * 40}})
    form = library.find("one-page-plan-pdf")
    made = make_document(plan, form, Options(as_of=AS_OF))
    blank = pages(form.read())[0]
    assert made.is_draft
    first, sheet = pages(made.data)
    for words in blank.split("\n"):
        assert words in first
    assert "DRAFT" in first
    assert "DRAFT" in sheet
    assert "Continuation sheet" in sheet


def test_a_hard_name_and_a_long_text_are_right_in_word_and_right_or_continued_in_pdf():
    long = " ".join(f"word{n}" for n in range(375))
    plan = Plan.model_validate(
        {"patient": {"name": {"first": HARD_NAME}}, "presenting_problem": {"description": long}, "diagnoses": []}
    )
    word = make_document(plan, library.find("individualized-plan"), Options(as_of=AS_OF))
    assert HARD_NAME in word_text(word.data)
    assert long in word_text(word.data)
    pdf = make_document(plan, library.find("one-page-plan-pdf"), Options(as_of=AS_OF))
    ended = {slot.id: slot.status for slot in pdf.slots}
    assert (ended["patient_name"], ended["presenting_problem"]) == ("filled", "continued")
    assert pypdf.PdfReader(io.BytesIO(pdf.data)).get_fields()["patient_name"]["/V"] == HARD_NAME
    assert squeezed(long) in squeezed("".join(pages(pdf.data)[1:]))


def test_fifty_problems_stand_in_word_and_what_the_short_form_cannot_hold_stands_on_its_sheets():
    problems = [
        {"title": f"Problem number {n}", "goals": [{"statement": f"Goal for problem {n}, unlike the others"}]}
        for n in range(1, 51)
    ]
    plan = Plan.model_validate({"problems": problems})
    text = word_text(make_document(plan, library.find("individualized-plan"), Options(as_of=AS_OF)).data)
    sheets = " ".join(pages(make_document(plan, library.find("one-page-plan-pdf"), Options(as_of=AS_OF)).data)[1:])
    for n in range(1, 51):
        assert f"Problem number {n}" in text
        assert f"Goal for problem {n}, unlike the others" in text
        assert n <= 3 or squeezed(f"Goal for problem {n}, unlike") in squeezed(sheets)


REAL = {
    "hipaa": "adamfopa-psychiatry-website__hipaa.pdf",
    "mental_health_form_14": "oscar__mentalHealthForm14.pdf",
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_form_with_its_map_shows_every_value_in_two_viewers(name, shared, tmp_path):
    form = library.Form(
        id=name,
        title=name,
        kind="pdf-fields",
        path=shared / "corpus" / "pdf" / REAL[name],
        map=tomllib.loads((Path(__file__).parents[1] / "maps" / f"{name}.toml").read_text(encoding="utf-8")),
    )
    document = make_document(read_plan(EXAMPLES[0]), form, Options(as_of=AS_OF, flatten=True))
    assert not document.proof.faults
    if shutil.which("pdftotext") is None:
        pytest.skip("Poppler is not installed")
    file = tmp_path / "made.pdf"
    file.write_bytes(document.data)
    shown = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for slot in document.slots:
        if slot.status in ("filled", "shrunk"):
            assert squeezed(slot.value) in squeezed(shown), slot.id


def test_a_date_is_written_as_the_forms_own_script_asks(tmp_path):
    blank = Form()
    script = Dictionary(S=Name.JavaScript, JS=String('AFDate_FormatEx("dd-mmm-yyyy");'))
    blank.text("signed", AA=Dictionary(F=script))
    (tmp_path / "dated.pdf").write_bytes(blank.bytes())
    form = library.Form(
        "dated", "Dated", "pdf-fields", tmp_path / "dated.pdf", map={"fields": {"signed": "plan.plan_date"}}
    )
    made = make_document(Plan.model_validate({"plan": {"plan_date": "2026-11-03"}}), form, Options(as_of=AS_OF))
    assert pypdf.PdfReader(io.BytesIO(made.data)).get_fields()["signed"]["/V"] == "03-Nov-2026"


def test_a_forms_own_sum_is_reported_and_proven(tmp_path):
    blank = Form()
    blank.text("copay", rect=(50, 700, 150, 716))
    script = Dictionary(S=Name.JavaScript, JS=String('AFSimple_Calculate("SUM", ["copay"]);'))
    blank.text("total", rect=(50, 660, 150, 676), AA=Dictionary(C=script))
    (tmp_path / "sum.pdf").write_bytes(blank.bytes())
    form = library.Form(
        "sum", "Sum", "pdf-fields", tmp_path / "sum.pdf", map={"fields": {"copay": "coverage[0].copay"}}
    )
    made = make_document(Plan.model_validate({"coverage": [{"copay": 20}]}), form, Options(as_of=AS_OF))
    assert [(slot.id, slot.value, slot.proved) for slot in made.slots] == [("copay", "20", True), ("total", "20", True)]
