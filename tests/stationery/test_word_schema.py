"""Templates and filled documents opened by the standard: a second library holds each part to its schema."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD
from generator.stationery.new_form import new_form

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))
SOONER = ("individualized-plan", "progress-chart", "release-of-information")
LOGO = io.BytesIO()
Image.new("RGB", (60, 40), "navy").save(LOGO, "PNG")
BRAND = Brand(name="עמותת שחר", logo=LOGO.getvalue(), colour="7A1F3D", paper="a4")


def faults(path):
    """What the schema of ECMA-376 and Word's own rules say against the file."""
    return [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_every_shipped_template_keeps_to_the_standard(template):
    assert faults(template) == []


@pytest.mark.parametrize(
    "form_id", [pytest.param(one, marks=() if one in SOONER else pytest.mark.slow) for one in STANDARD]
)
def test_what_is_filled_from_a_branded_form_keeps_to_the_standard(form_id, tmp_path):
    template, filled = tmp_path / "made.docx", tmp_path / "filled.docx"
    made = new_form(BRAND, form_id, kind="word")
    template.write_bytes(made.data)
    plan = read_plan(ROOT / "tests" / "examples" / "04_oud_ptsd_iop_mat.yaml")
    form = library.Form(form_id, made.title, "word-tags", template)
    filled.write_bytes(make_document(plan, form, Options(as_of=date(2026, 11, 22))).data)
    assert faults(filled) == []


@pytest.mark.parametrize(
    ("wrong", "planted"),
    [
        ("an element of no standard", (r"<w:body>", "<w:body><w:letterhead/>")),
        ("an alignment that is none", (r'w:jc w:val="\w+"', 'w:jc w:val="sideways"')),
        ("a cell without a paragraph", (r"(?s)(<w:tc>.*?)<w:p>.*?</w:p>(</w:tc>)", r"\1\2")),
    ],
)
def test_the_second_library_tells_what_word_would_call_damaged(wrong, planted, tmp_path):
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(TEMPLATES[0]) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data, count = re.subn(*planted, data.decode(), count=1)
                assert count == 1, wrong
            target.writestr(name, data)
    assert faults(broken)
