"""What is produced holds nothing that acts: no JavaScript, Launch, macro, OLE, external link, DDE; and names nobody."""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest

from generator import Options, make_document, read_plan
from generator.convert import word_to_pdf
from generator.convert.office import program
from generator.library import forms
from tests.worker.attacks import EXTERNAL, PDF, field, word

PLAN = Path(__file__).parents[1] / "examples" / "02_major_depression.yaml"
ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition"}
KEYS = {"/AA", "/JS", "/EmbeddedFiles", "/XFA", "/RichMedia", "/OpenAction"}


def acting_in_pdf(data):
    """Whatever could act in a PDF, found by walking every object."""
    found = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            todo = [thing]
            while todo:
                one = todo.pop()
                if isinstance(one, pikepdf.Array):
                    todo += [inner for inner in one if not getattr(inner, "is_indirect", False)]
                if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                    continue
                if str(one.get("/S", "")) in ACTS:
                    found.add(str(one.S))
                found |= set(one.keys()) & (KEYS - {"/OpenAction"})
                if isinstance(one.get("/OpenAction"), pikepdf.Dictionary) and "/D" not in one.OpenAction:
                    found.add("/OpenAction")
                todo += [inner for _, inner in one.items() if not getattr(inner, "is_indirect", False)]
        people = {"/Author", "/Subject", "/Keywords"} & set(pdf.docinfo.keys())
    return found | people


def acting_in_word(data):
    """Whatever could act in a Word file, by plain zip and text."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "replace")
            if re.search(r"vbaproject|activex|/embeddings/.*\.bin|afchunk", name, re.IGNORECASE):
                found.add(name)
            if name.endswith(".rels"):
                for relation in re.findall(r"<Relationship [^>]*>", text):
                    if "External" in relation and "/hyperlink" not in relation:
                        found.add(relation)
            instructions = "".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", text)) + " ".join(
                re.findall(r'w:instr="([^"]*)"', text)
            )
            if re.search(r"DDE|INCLUDEPICTURE|INCLUDETEXT|MACROBUTTON|\bLINK\b", instructions):
                found.add(instructions[:60])
            found |= {tag for tag in ("altChunk", "OLEObject", "macroEnabled", "<!DOCTYPE") if tag in text}
    return found


@pytest.fixture(scope="module")
def plan():
    return read_plan(PLAN)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_every_shipped_form_comes_out_inert(form, plan):
    data = make_document(plan, form, Options()).data
    found = acting_in_pdf(data) if data.startswith(b"%PDF") else acting_in_word(data)
    assert not found


def test_the_scan_sees_what_acts():
    assert {"/JavaScript", "/Launch", "/AA", "/JS"} <= acting_in_pdf(PDF["pdf_javascript_everywhere"]())
    bad = word(field(b"DD", b"EAUTO c:\\x"), rels=EXTERNAL % (1, b"image", b"http://127.0.0.1/"))
    assert len(acting_in_word(bad)) == 2


@pytest.mark.office
@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_converted_document_is_inert_whatever_went_in():
    bad = word(
        field(b"DD", b"EAUTO c:\\x") + b"<w:p><w:r><w:t>seen</w:t></w:r></w:p><w:sectPr/>",
        rels=EXTERNAL % (1, b"attachedTemplate", b"http://127.0.0.1:9/t.dotm"),
    )
    assert not acting_in_pdf(word_to_pdf(bad, title="x").data)
