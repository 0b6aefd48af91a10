"""Where pages break: no heading is left alone at the foot of a page, and the rows to sign stand together.

Trap: a table that begins on the next page leaves its heading behind; a signature row parts from its name.
"""

import io
import re
import tomllib
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD, Heading, standard
from generator.stationery.new_form import new_form
from generator.stationery.wording import Wording

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
GOOD = sorted(EXAMPLES.glob("0[1-6]*.yaml"))
BRANDS = {
    "plain": Brand(name="Harbor & Pine Counseling", phone="207-555-0100"),
    "long": Brand(
        name="Centro Comunitario de Salud Conductual y Recuperación Nuestra Señora del Camino",
        address={"line1": "4800 Camino Real", "line2": "Suite 210", "city": "Las Cruces", "state": "NM", "zip": "88001"},
        phone="575-555-0142", email="office@camino.example", license_no="BH-20418", paper="a4", person="member",
    ),
}  # fmt: skip
EVERY = [(form_id, brand, language) for form_id in STANDARD for brand in BRANDS for language in ("en", "es")]
SOONER = [pytest.param(*one, marks=() if one[1] == "long" else pytest.mark.slow) for one in EVERY]
"""Of the two brands the one with the larger letterhead at once, the other with the long proofs."""
FOOT = 68  # points: below this stands what every page's foot says


def headings(form_id: str, brand: Brand, language: str) -> set[str]:
    form, say = standard(form_id), Wording(language, brand.person)
    titles = {say(section.title) for section in form.sections}
    titles |= {say(b.words) for s in form.sections for b in s.blocks if isinstance(b, Heading)}
    return {title for title in titles if title}


def last_lines(pdf: bytes) -> list[str]:
    """The lowest line of each page that is not its foot; "" for a page with none, or with a drawing below it."""
    out = []
    for page in pypdfium2.PdfDocument(pdf):
        drawn = [one.get_bounds()[1] for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1)]
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        body = [rect for rect in rects if rect[1] > FOOT]
        low = min(body, key=lambda rect: rect[1], default=None)
        if low and any(FOOT < bottom < low[1] for bottom in drawn):
            low = None
        out.append(text.get_text_bounded(0, low[1] - 1, page.get_width(), low[3] + 1).strip() if low else "")
    return out


def filled(form_id: str, brand: Brand, language: str, kind: str, example: Path, folder: Path) -> bytes:
    made = new_form(brand, form_id, kind=kind, language=language)
    path = folder / ("form.docx" if kind == "word" else "form.pdf")
    path.write_bytes(made.data)
    of_kind, rows = ("word-tags", {}) if kind == "word" else ("pdf-fields", tomllib.loads(made.map_toml))
    form = library.Form(form_id, made.title, of_kind, path, map=rows)
    options = Options(language=language, as_of=date(2026, 11, 22), pdf=kind == "word")
    document = make_document(read_plan(example), form, options)
    assert not document.proof.faults, example.name
    return document.pdf if kind == "word" else document.data


def test_rows_that_libreoffice_loses_at_the_foot_of_a_page_are_on_the_page_all_the_same(tmp_path):
    """Trap: a heading row that repeats and is kept with the next, which may not part, just where the page ends."""
    pdf = filled("prior-authorization", BRANDS["long"], "en", "word", EXAMPLES / "02_major_depression.yaml", tmp_path)
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert all(number in text for number in ("1.1.1", "1.1.2", "2.1.1", "3.1.1", "3.1.2"))


@pytest.mark.parametrize(("form_id", "name", "language"), SOONER)
def test_no_heading_of_a_pdf_form_ends_a_page_and_its_rows_to_sign_share_one(form_id, name, language, tmp_path):
    brand = BRANDS[name]
    if form_id == "progress-chart":  # its charts are drawn when it is filled
        data = filled(form_id, brand, language, "pdf", EXAMPLES / "04_oud_ptsd_iop_mat.yaml", tmp_path)
    else:
        data = new_form(brand, form_id, kind="pdf", language=language).data
    assert not set(last_lines(data)) & headings(form_id, brand, language)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {
            number
            for number, page in enumerate(pdf.pages)
            for widget in page.obj.get("/Annots", [])
            if re.fullmatch(r"signature(_name|_role|_date)?_\d+", str(widget.get("/T", "")))
        }
    assert len(pages) <= 1


@pytest.mark.office
@pytest.mark.parametrize("form_id", ["individualized-plan", "plan-review"])
def test_no_heading_of_a_filled_word_form_ends_a_page(form_id, tmp_path):
    brand = BRANDS["long"]
    pdf = filled(form_id, brand, "es", "word", EXAMPLES / "04_oud_ptsd_iop_mat.yaml", tmp_path)
    assert not set(last_lines(pdf)) & headings(form_id, brand, "es")


@pytest.mark.slow
@pytest.mark.parametrize(("form_id", "name", "language"), EVERY)
def test_every_answer_of_every_good_plan_is_seen_in_every_pdf_form_of_both_brands(form_id, name, language, tmp_path):
    for example in GOOD:
        pages = last_lines(filled(form_id, BRANDS[name], language, "pdf", example, tmp_path))
        assert not set(pages) & headings(form_id, BRANDS[name], language), example.name


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize(("form_id", "name", "language"), EVERY)
def test_no_heading_of_any_filled_word_form_ends_a_page_and_its_signers_share_one(form_id, name, language, tmp_path):
    brand = BRANDS[name]
    for example in GOOD:
        pdf = filled(form_id, brand, language, "word", example, tmp_path)
        assert not set(last_lines(pdf)) & headings(form_id, brand, language), example.name
        plan = read_plan(example)
        if form_id in ("client-copy", "progress-chart") or not plan.signatures:
            continue
        heads = {"en": ("Name", "Signature", "Date"), "es": ("Nombre", "Firma", "Fecha")}[language]
        words = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
        tables = [n for n, text in enumerate(words) if re.search(r"\s+".join(heads), text)]
        assert len(tables) == 1, example.name
        last = plan.signatures[-1].name
        assert last in words[tables[0]], example.name
