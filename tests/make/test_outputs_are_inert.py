"""What is produced holds nothing that acts: no JavaScript, Launch, macro, OLE, external link, DDE; and names nobody."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pikepdf
import pytest

from generator import Options, make_document, read_plan
from generator.carry import with_plan
from generator.convert import word_to_pdf
from generator.convert.office import program
from generator.errors import GeneratorError
from generator.library import Form, forms
from generator.new_template import make_set
from generator.packet import make_packet
from generator.signing.record import Method
from generator.signing.seal import new_seal_key, read_seal_key, seal
from generator.stationery.brand import brand_from
from tests.signing.test_on_paper import signed
from tests.worker.attacks import EXTERNAL, PDF, WORD, field, word

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


def is_odd(name):
    """Whether an attack is one that acts, and not one that is too much."""
    return any(part in name for part in ("dde", "include", "frame", "altchunk", "macro"))


def made_as(kind, plan):
    """What goes out, in one of its kinds."""
    form = "one-page-plan-pdf"
    match kind:
        case "packet":
            return [make_packet(plan, [form, "safety-plan-pdf"]).data]
        case "zip":
            with zipfile.ZipFile(io.BytesIO(make_packet(plan, [form, "safety-plan"], kind="zip").data)) as packed:
                return [packed.read(name) for name in packed.namelist() if not name.endswith((".json", ".csv"))]
        case "flattened":
            return [make_document(plan, form, Options(flatten=True)).data]
        case "signed":
            return [
                make_document(plan, one, Options(signatures=signed(plan, Method.TYPED))).data
                for one in (form, "one-page-plan")
            ]
        case "sealed":
            return [seal(make_document(plan, form).data, read_seal_key(new_seal_key("North Quay Counseling")))]
        case _:
            return [with_plan(make_document(plan, form).data, plan, "a longer passphrase")]


@pytest.fixture
def plan():
    return read_plan(PLAN)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_every_shipped_form_comes_out_inert(form, plan):
    data = make_document(plan, form, Options()).data
    found = acting_in_pdf(data) if data.startswith(b"%PDF") else acting_in_word(data)
    assert not found


@pytest.mark.parametrize("kind", ["packet", "zip", "flattened", "signed", "sealed", "carrying"])
def test_every_other_kind_of_what_goes_out_is_inert(kind, plan):
    for data in made_as(kind, plan):
        found = acting_in_pdf(data) if data.startswith(b"%PDF") else acting_in_word(data)
        # The plan inside is there because it was asked for; a reader shows it as an attachment and opens nothing.
        assert found == ({"/EmbeddedFiles"} if kind == "carrying" else set())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_template_and_form_on_a_letterhead_is_inert(language):
    brand = brand_from({"name": "North Quay Counseling", "web": "northquay.example"}, Path())[0]
    for name, new in make_set(brand, language=language):
        if not new.data.startswith(b"%PDF"):
            assert not acting_in_word(new.data), name
            continue
        # A fillable form carries its own field map: a text, which no reader opens by itself.
        assert acting_in_pdf(new.data) == {"/EmbeddedFiles"}, name
        with pikepdf.open(io.BytesIO(new.data)) as pdf:
            (inside,) = pdf.attachments.values()
            assert "fields" in tomllib.loads(inside.get_file().read_bytes().decode())


@pytest.mark.parametrize(
    "name", [*(name for name in PDF if "javascript" in name), *(name for name in WORD if is_odd(name))]
)
def test_an_agencys_file_that_acts_is_refused_or_comes_out_inert(name, plan, tmp_path):
    is_pdf = name in PDF
    path = tmp_path / f"form{'.pdf' if is_pdf else '.docx'}"
    path.write_bytes((PDF if is_pdf else WORD)[name]())
    own = Form(
        id="own", title="Own", kind="pdf-fields" if is_pdf else "word-plain", path=path,
        map={"schema": "field-map/1", "fields": {}},
    )  # fmt: skip
    try:
        data = make_document(plan, own, Options()).data
    except GeneratorError as error:
        assert str(error).endswith(".")
        return
    assert not (acting_in_pdf(data) if is_pdf else acting_in_word(data))


def test_no_name_of_a_file_that_goes_out_says_who_it_is_about(plan):
    packet = make_packet(plan, ["one-page-plan", "safety-plan-pdf"], kind="zip")
    with zipfile.ZipFile(io.BytesIO(packet.data)) as packed:
        names = " ".join(packed.namelist()).lower()
    name = plan.patient.name
    for text in (name.first, name.last, plan.patient.record_number):
        assert text and text.lower() not in names


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
