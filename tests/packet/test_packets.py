"""Several forms from one plan as one file: every document whole in it, equal field names apart, or nothing at all."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from generator import library
from generator.blanks.pdf_merge import merge_pdfs
from generator.errors import BlankNotReadable, FindingsBlock, FormUnknown
from generator.exchange.plan_file import read_plan
from generator.make import Options
from generator.packet import make_packet, needs
from generator.page_numbers import number_pages
from generator.plan import Plan
from generator.proof.packet import prove_packet
from tests.making import Form

EXAMPLES = Path(__file__).parents[1] / "examples"
PLAN = read_plan(EXAMPLES / "01_alcohol_outpatient.yaml")
ON = Options(as_of=date(2026, 11, 22))
THREE = [library.find(name) for name in ("intake-face-sheet-pdf", "one-page-plan-pdf", "safety-plan-pdf")]


@pytest.fixture(scope="module")
def packet():
    return make_packet(PLAN, THREE, ON)


def test_a_packet_shows_every_answer_of_every_form(packet):
    assert packet.is_proven
    assert packet.proof.checked > 100
    fields = pypdf.PdfReader(io.BytesIO(packet.data)).get_fields()
    for place, document in enumerate(packet.documents, 1):
        for slot in document.slots:
            if slot.status == "filled":
                assert fields[f"form{place}.{slot.id}"].get("/V", "") == slot.value


def test_a_packet_keeps_tooltips_and_tags_and_has_a_bookmark_for_each_form(packet):
    reader = pypdf.PdfReader(io.BytesIO(packet.data))
    assert all(field.get("/TU") for field in reader.get_fields().values() if "/FT" in field)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == [form.title for form in THREE]
    with pikepdf.open(io.BytesIO(packet.data)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        widgets = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
        assert widgets
        for widget in widgets:
            assert tree[int(widget.StructParent)].K.Obj.objgen == widget.objgen


def test_the_pages_of_a_packet_are_numbered_through(packet):
    document = pypdfium2.PdfDocument(packet.data)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        corner = page.get_textpage().get_text_bounded(width - 80, height - 24, width, height)
        assert corner.strip() == f"{number} / {len(document)}"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_stands_at_the_corner_of_a_turned_page_as_it_is_read(turned):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 400))
    pdf.pages[0].obj.CropBox = pikepdf.Array([50, 30, 550, 380])
    pdf.pages[0].obj.Rotate = turned
    out = io.BytesIO()
    pdf.save(out)
    (page,) = pypdfium2.PdfDocument(number_pages(out.getvalue()))
    picture = page.render(scale=1).to_numpy()[:, :, 0]
    wide = picture.shape[1]
    assert picture[:24, wide - 60 :].min() < 200
    assert picture[24:, :].min() == 255


def test_word_and_pdf_forms_go_into_one_packet():
    pytest.importorskip("dxpdf")
    forms = [library.find("safety-plan"), library.find("safety-plan-pdf")]
    made = make_packet(PLAN, forms, ON)
    assert made.is_proven
    assert made.pages == sum(document.pages for document in made.documents)


def test_a_flattened_packet_has_no_fields_and_shows_the_same():
    made = make_packet(PLAN, THREE[:2], Options(as_of=ON.as_of, flatten=True))
    assert not pypdf.PdfReader(io.BytesIO(made.data)).get_fields()
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data))
    assert "Darnell Whitcombe" in text


def test_a_zip_holds_the_documents_as_they_are_by_the_names_of_their_forms():
    made = make_packet(PLAN, [*THREE, THREE[0]], ON, kind="zip")
    with zipfile.ZipFile(io.BytesIO(made.data)) as files:
        assert files.namelist() == [
            *(f"{form.id}.pdf" for form in THREE),
            "intake-face-sheet-pdf-2.pdf",
        ]
        assert [files.read(name) for name in files.namelist()] == [document.data for document in made.documents]


def test_the_proof_of_a_packet_sees_a_lost_page_a_lost_mark_and_another_value():
    def form(value: str) -> bytes:
        blank = Form()
        blank.text("name", V=pikepdf.String(value))
        blank.pdf.pages[0].Contents = blank.pdf.make_stream(b"BT /F1 12 Tf 50 50 Td (%s) Tj ET" % value.encode())
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        blank.pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        return blank.bytes()

    one, two = form("Alex"), form("Robin")
    whole = merge_pdfs([("A", one), ("B", two)])
    assert not prove_packet(whole, [("form1", one), ("form2", two)]).faults
    assert {fault.slot for fault in prove_packet(whole, [("form1", two), ("form2", one)]).faults} == {
        "page 1", "page 2", "form1.name", "form2.name",
    }  # fmt: skip
    assert prove_packet(merge_pdfs([("A", one)]), [("form1", one), ("form2", two)]).faults
    assert prove_packet(b"no PDF", [("form1", one)]).faults


def test_no_form_is_no_packet_and_errors_block_a_final_one():
    with pytest.raises(FormUnknown):
        make_packet(PLAN, [], ON)
    with pytest.raises(FindingsBlock):
        make_packet(Plan(), THREE, Options(as_of=ON.as_of, final=True))


def test_one_bad_form_leaves_nothing_behind(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    bad = library.Form("bad", "Bad", "pdf-fields", tmp_path / "bad.pdf", map={"fields": {"a": "plan.id"}})
    with pytest.raises(BlankNotReadable):
        make_packet(PLAN, [THREE[0], bad], ON)
    done = run(
        "packet",
        EXAMPLES / "01_alcohol_outpatient.yaml",
        "safety-plan-pdf",
        tmp_path / "bad.pdf",
        "-o",
        tmp_path / "p.pdf",
    )
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["bad.pdf"]


def test_what_forms_need_is_their_union_each_value_once_and_what_a_rule_wants_first():
    plan = Plan.model_validate({"plan": {"type": "formal"}, "patient": {"name": {"first": "Ada"}}, "diagnoses": [{"icd10cm": "F10.20"}]})  # fmt: skip
    found = needs(plan, [library.find("intake-face-sheet"), library.find("one-page-plan-pdf")], as_of=ON.as_of)
    by_path = {one.path: one for one in found}
    assert len(by_path) == len(found)
    assert by_path["patient.dob"].forms == ("intake-face-sheet", "one-page-plan-pdf")
    assert by_path["patient.dob"].rules
    assert "coverage" in by_path
    assert not any(path.startswith("coverage[") for path in by_path)
    assert "patient.name.first" not in by_path
    assert [bool(one.rules) for one in found] == sorted((bool(one.rules) for one in found), reverse=True)


def test_a_value_that_is_given_is_not_needed_any_more():
    forms = [library.find("intake-face-sheet")]
    before = {one.path for one in needs(Plan(), forms, as_of=ON.as_of)}
    after = {one.path for one in needs(PLAN, forms, as_of=ON.as_of)}
    assert "patient.dob" in before - after


def test_the_command_makes_a_packet_and_says_so_in_json(tmp_path):
    out = tmp_path / "packet.pdf"
    plan = EXAMPLES / "06_disability_spanish.yaml"
    done = run("packet", plan, "safety-plan-pdf", "one-page-plan-pdf", "-o", out, "--as-of", "2026-11-22", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["kind"], said["proven"], len(said["documents"])) == ("pdf", True, 2)
    reader = pypdf.PdfReader(out)
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Paquete de documentos", "es-US")
    assert run("packet", plan, "safety-plan-pdf", "-o", tmp_path / "packet.doc").returncode == 2
    assert run("packet", plan, "safety-plan-pdf").returncode == 2


def run(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, args)], capture_output=True, text=True, check=False
    )
