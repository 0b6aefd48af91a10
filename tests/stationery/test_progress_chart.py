"""The plot on the progress chart: drawn when it is filled, told in words, gone where there are no numbers."""

import io
import tomllib
import zipfile
from datetime import date, timedelta
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator import library
from generator.charts import Series, draw, in_words, series_of
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.plan import Plan
from generator.stationery.brand import Brand
from generator.stationery.new_form import new_form

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DAY = date(2026, 11, 22)


def scored() -> Plan:
    plan = read_plan(EXAMPLES / "02_major_depression.yaml").model_dump(mode="json")
    first = plan["measures"][0]
    plan["measures"] += [{**first, "date": "2026-11-02", "score": 11}, {**first, "date": "2026-09-01", "score": 20}]
    return Plan.model_validate(plan)


def filled(plan: Plan, kind: str, folder: Path, language: str = "en") -> bytes:
    made = new_form(Brand(name="Juniper"), "progress-chart", kind=kind, language=language)
    path = folder / ("f.docx" if kind == "word" else "f.pdf")
    path.write_bytes(made.data)
    of_kind = "word-tags" if kind == "word" else "pdf-fields"
    form = library.Form("progress-chart", made.title, of_kind, path, map=tomllib.loads(made.map_toml))
    document = make_document(plan, form, Options(language=language, as_of=DAY))
    assert not document.proof.faults
    return document.data


def word_pictures(data: bytes) -> list[str]:
    return [shape._inline.docPr.get("descr") for shape in docx.Document(io.BytesIO(data)).inline_shapes]


def coloured(picture: Image.Image) -> int:
    return sum(1 for r, g, b in picture.convert("RGB").get_flattened_data() if b - r > 60)


def test_scores_of_one_instrument_are_one_series_in_the_order_of_their_dates():
    first = series_of(scored(), "measures")[0]
    assert [value for _, value in first.points] == [20, 17, 11]
    assert (first.name, first.top) == ("PHQ-9", 27)


@pytest.mark.parametrize(("language", "words"), [("en", "11/02/2026"), ("es", "02/11/2026")])
def test_word_shows_the_plot_and_says_its_numbers(tmp_path, language, words):
    data = filled(scored(), "word", tmp_path, language)
    said = word_pictures(data)
    assert len(said) == 2
    assert f"11 ({words})" in said[0]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        picture = Image.open(io.BytesIO(package.read("word/media/PlanscribeChart-measures.png")))
    assert picture.width > 1_400
    assert coloured(picture) > 500


def test_the_pdf_shows_the_plot_and_says_its_numbers(tmp_path):
    data = filled(scored(), "pdf", tmp_path)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = [
            str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert any("11 (11/02/2026)" in words for words in said)
    empty = new_form(Brand(name="Juniper"), "progress-chart", kind="pdf").data
    before, after = (pypdfium2.PdfDocument(one)[0].render().to_pil() for one in (empty, data))
    assert coloured(after) > coloured(before) + 100


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_a_plan_without_numbers_prints_no_plot(tmp_path, kind):
    plan = read_plan(EXAMPLES / "07_quick_one_off.yaml").model_copy(update={"measures": [], "problems": []})
    data = filled(plan, kind, tmp_path)
    if kind == "word":
        assert word_pictures(data) == []
    else:
        assert not [
            image for page in pypdfium2.PdfDocument(data) for image in page.get_objects(filter=[3], max_depth=9)
        ]


def test_scores_without_dates_leave_no_placeholder_behind(tmp_path):
    plan = scored().model_dump(mode="json")
    for one in plan["measures"]:
        one["date"] = None
    assert len(word_pictures(filled(Plan.model_validate(plan), "word", tmp_path))) <= 1


NUMBERS = st.floats(-1e6, 1e6)
POINTS = st.lists(st.tuples(st.integers(0, 4000).map(lambda n: DAY + timedelta(n)), NUMBERS), min_size=1, max_size=30)


@given(
    st.lists(
        st.builds(
            Series, st.text(max_size=80), POINTS.map(sorted).map(tuple), st.none() | NUMBERS, st.none() | NUMBERS
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=15, deadline=None)
def test_every_series_can_be_drawn_and_said(series):
    picture = Image.open(io.BytesIO(draw(series, "es")))
    assert picture.size == (1518, 550)
    assert all(one.name in in_words(series, "en") for one in series)
