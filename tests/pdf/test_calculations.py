"""Sums that a form works out itself are worked out here too, and no script is run."""

import io

import pypdf
import pytest
from pikepdf import Dictionary, Name, String

from generator.make_pdf import SheetWords, fill_pdf_fields, fill_pdf_task
from generator.slots import Fill
from tests.making import Form


def form_with(script: str, **keys: object) -> bytes:
    form = Form()
    form.text("a", rect=(50, 700, 150, 716))
    form.text("b", rect=(50, 660, 150, 676))
    action = Dictionary(S=Name.JavaScript, JS=String(script))
    form.text("total", rect=(50, 620, 150, 636), AA=Dictionary(C=action, **keys))
    return form.bytes()


def total(data: bytes) -> object:
    return (pypdf.PdfReader(io.BytesIO(data)).get_fields() or {})["total"].get("/V")


@pytest.mark.parametrize(
    ("kind", "comes_to"), [("SUM", "1202.5"), ("AVG", "601.25"), ("PRD", "3000"), ("MIN", "2.5"), ("MAX", "1200")]
)
def test_a_simple_calculation_is_worked_out(kind, comes_to):
    data = form_with(f'AFSimple_Calculate("{kind}", new Array ("a", "b"));')
    filled = fill_pdf_task(data, [Fill("a", "$1,200"), Fill("b", "2.50")], SheetWords())
    assert total(filled.data) == comes_to
    assert "total" in [outcome.slot for outcome in filled.outcomes]


def test_the_sum_is_written_as_the_forms_own_format_asks():
    shape = Dictionary(S=Name.JavaScript, JS=String('AFNumber_Format(2, 0, 0, 0, "$", true);'))
    data = form_with('AFSimple_Calculate("SUM", ["a", "b"]);', F=shape)
    assert total(fill_pdf_task(data, [Fill("a", "1200"), Fill("b", "34.5")], SheetWords()).data) == "$1,234.50"


def test_blank_operands_make_no_sum_and_a_given_total_stays():
    data = form_with('AFSimple_Calculate("SUM", ["a", "b"]);')
    assert total(fill_pdf_task(data, [], SheetWords()).data) is None
    assert total(fill_pdf_task(data, [Fill("a", "1"), Fill("total", "9")], SheetWords()).data) == "9"


def test_another_calculation_is_told_and_not_run():
    filled = fill_pdf_task(form_with("event.value = 7 * 6;"), [Fill("a", "1")], SheetWords())
    assert total(filled.data) is None
    assert [finding.rule for finding in filled.findings] == ["calculation-not-run"]


def test_the_bare_engine_leaves_fields_alone_that_it_was_not_given():
    data, status = fill_pdf_fields(form_with('AFSimple_Calculate("SUM", ["a", "b"]);'), {"a": "1"})
    assert (total(data), status) == (None, {"a": "filled"})
