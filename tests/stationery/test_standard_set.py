"""The standard forms: in Word and PDF, English and Spanish, for quite different brands."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pypdf
import pytest

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.mapping.field_map import read_field_map
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD, standard
from generator.stationery.new_form import new_form
from generator.template_file import check_template
from tests.making import word_text

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples"
PINE = Brand(
    name="Harbor & Pine Counseling <Maine>",
    address={"line1": "12 Dock Street", "city": "Portland", "state": "ME", "zip": "04101"},
    phone="207-555-0100",
    npi="1234567893",
    colour="7A1F3D",
    paper="a4",
    person="member",
)
EVERY = [(form_id, language) for form_id in STANDARD for language in ("en", "es")]


def test_the_shipped_files_are_what_their_definitions_make():
    script = ROOT / "scripts" / "make_templates.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.returncode) == ("", 0)


def test_every_standard_form_is_in_the_library_in_both_kinds_and_languages():
    ids = {form.id: form for form in library.forms()}
    for form_id in STANDARD:
        for name in (form_id, f"{form_id}-pdf"):
            assert ids[name].languages == ("en", "es")
            assert ids[name].in_language("es").title != ids[name].title


@pytest.mark.parametrize(("form_id", "language"), EVERY)
def test_a_branded_word_template_fills_at_once_and_shows_every_answer(form_id, language, tmp_path):
    made = new_form(PINE, form_id, language=language, kind="word")
    path = tmp_path / f"{form_id}.docx"
    path.write_bytes(made.data)
    form = library.Form(form_id, made.title, "word-tags", path)
    plan = read_plan(EXAMPLES / "04_oud_ptsd_iop_mat.yaml")
    document = make_document(plan, form, Options(language=language, as_of=date(2026, 11, 22)))
    text = word_text(document.data)
    assert not document.proof.faults
    assert "Harbor & Pine Counseling <Maine>" in text
    assert made.title in text
    assert "{{" not in text
    assert "{person}" not in text
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        assert f'w:val="{language}-US"' in package.read("word/styles.xml").decode()
    assert docx.Document(io.BytesIO(document.data)).core_properties.title == made.title


@pytest.mark.parametrize(("form_id", "language"), EVERY)
def test_a_branded_pdf_form_carries_its_map_and_the_essentials_of_pdf_ua(form_id, language):
    made = new_form(PINE, form_id, language=language, kind="pdf")
    reader = pypdf.PdfReader(io.BytesIO(made.data))
    root = reader.trailer["/Root"]
    fields = reader.get_fields()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == f"{language}-US"
    assert reader.metadata.title == made.title
    assert all(field.get("/TU") for field in fields.values())
    assert all(page["/Tabs"] == "/S" for page in reader.pages if "/Annots" in page)
    width = float(reader.pages[0].mediabox.width)
    assert 594 < width < 597
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                assert "/StructParent" in annotation
    mapped = read_field_map(tomllib.loads(made.map_toml), form=form_id)
    names = {entry.slot for entry in mapped.entries}
    names |= {
        slot.replace("{n}", str(n)) for row in mapped.rows for slot in row.fields for n in range(1, row.count + 1)
    }
    assert names == set(fields)


@pytest.mark.parametrize(("form_id", "language"), EVERY)
def test_a_branded_word_template_passes_the_template_doctor(form_id, language, tmp_path):
    path = tmp_path / "made.docx"
    path.write_bytes(new_form(PINE, form_id, language=language, kind="word").data)
    assert check_template(path, fix=False).findings == ()


def test_word_and_pdf_ask_for_the_same_answers():
    for form_id in STANDARD:
        word = word_text(new_form(PINE, form_id, kind="word").data)
        pdf = " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(new_form(PINE, form_id, kind="pdf").data)).pages
        )
        squeezed = re.sub(r"\s+", "", pdf)
        for section in standard(form_id).sections:
            if section.title:
                assert section.title["en"] in word
                assert re.sub(r"\s+", "", section.title["en"]) in squeezed


def test_what_the_agency_calls_the_people_it_serves_stands_on_the_form():
    text = word_text(new_form(PINE, "release-of-information", kind="word").data)
    assert "Signed for the member by" in text
    spanish = word_text(new_form(PINE, "release-of-information", kind="word", language="es").data)
    assert "Autorización" in spanish
