"""Forms that are put together in unusual ways, each of which some agency's form has: nothing is lost in silence on any."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields import open_pdf_fields, rooms
from generator.make_pdf import fill_pdf_fields
from generator.slots import SlotKind
from tests.making import Form

LONG = "Client reports anxiety most days, poor sleep and low motivation since the move " * 3


def printed(data: bytes) -> str:
    """The text of all pages as PDFium prints it, fields flattened."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        pypdfium2.raw.FPDFPage_Flatten(page, 1)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def with_poppler(data: bytes, folder: Path) -> str:
    """The same by Poppler."""
    if shutil.which("pdftotext") is None:
        pytest.skip("Poppler is not installed here")
    (folder / "a.pdf").write_bytes(data)
    return subprocess.run(
        ["pdftotext", str(folder / "a.pdf"), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def values(data: bytes) -> dict[str, object]:
    """Values by pypdf."""
    return {name: field.get("/V") for name, field in (pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}).items()}


def drawn(data: bytes) -> bytes:
    """What the first field shows, by pypdf."""
    return bytes(pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Annots"][0].get_object()["/AP"]["/N"].get_data())


def parted(form: Form, name: str, widgets: list[pikepdf.Object], **keys: object) -> pikepdf.Object:
    """One field over several widgets, which keep none of the field's own words."""
    parent = form.pdf.make_indirect(Dictionary(T=String(name), Kids=Array(widgets), **keys))
    for widget in widgets:
        del widget["/T"], widget["/FT"]
        widget.Parent = parent
    kept = [one for one in form.fields if one.objgen not in {widget.objgen for widget in widgets}]
    form.fields = Array([*kept, parent])
    return parent


def all_values(data: bytes) -> list[str]:
    """Every /V in the file, one for each dictionary that has one."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(o.V) for o in pdf.objects if isinstance(o, Dictionary) and "/V" in o and "/DW" not in o]


def test_two_dictionaries_of_one_name_hold_and_show_the_same_answer(tmp_path):
    form = Form()
    form.text("name")
    form.text("name", rect=(50, 600, 250, 616))
    data, status = fill_pdf_fields(form.bytes(), {"name": "Alex Morgan"})
    assert status == {"name": "filled"}
    assert all_values(data) == ["Alex Morgan", "Alex Morgan"]
    assert printed(data).count("Alex Morgan") == 2
    assert with_poppler(data, tmp_path).count("Alex Morgan") == 2


def test_an_older_value_in_a_widget_and_its_rich_text_do_not_outlive_a_new_answer():
    form = Form()
    kid = form.text("name", V=String("old"), RV=String("<body><p>old</p></body>"))
    parted(form, "name", [kid], FT=Name.Tx, V=String("old"), RV=String("<body><p>old</p></body>"))
    data, _ = fill_pdf_fields(form.bytes(), {"name": "new"})
    assert all_values(data) == ["new"]
    assert values(data)["name"] == "new"
    assert b"old" not in data


def test_the_style_a_form_asks_for_outlives_its_rich_text_so_that_filling_twice_is_filling_once():
    form = Form()
    form.text("why", rect=(50, 600, 400, 700), Ff=1 << 12, DS=String("font: Helvetica 8pt"))
    once, _ = fill_pdf_fields(form.bytes(), {"why": "short"})
    twice, _ = fill_pdf_fields(once, {"why": "short"})
    assert b" 8 Tf" in drawn(once)
    assert drawn(twice) == drawn(once)


def test_a_field_that_no_page_shows_is_refused_though_it_names_a_page():
    form = Form()
    lost = form.text("lost")
    form.text("kept", rect=(50, 600, 250, 616))
    lost.P = form.pdf.pages[0].obj
    form.annotations = Array([form.annotations[1]])
    data, status = fill_pdf_fields(form.bytes(), {"lost": "Alex", "kept": "Morgan"})
    assert status == {"lost": "refused", "kept": "filled"}
    assert ("Alex" in printed(data), "Morgan" in printed(data)) == (False, True)
    assert open_pdf_fields(form.bytes()).slots[0].page is None


def test_a_field_shown_on_one_page_only_though_another_widget_is_on_none_is_filled():
    form = Form()
    seen, lost = form.text("name"), form.text("name", rect=(50, 600, 60, 602))
    parted(form, "name", [lost, seen], FT=Name.Tx)
    form.annotations = Array([seen])
    data, status = fill_pdf_fields(form.bytes(), {"name": "Alex Morgan"})
    assert status == {"name": "filled"}
    assert "Alex Morgan" in printed(data)


def test_widgets_written_straight_into_the_list_of_a_page_are_filled_and_entered_into_the_form(tmp_path):
    form = Form()
    form.text("listed")
    words = {"Rect": Array([50, 600, 250, 616]), "DA": String("/Helv 0 Tf 0 g"), "F": 4}
    form.annotations.append(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("direct"), **words))
    data, status = fill_pdf_fields(form.bytes(), {"direct": "Alex", "listed": "Morgan"})
    assert status == {"direct": "filled", "listed": "filled"}
    assert (values(data)["direct"], values(data)["listed"]) == ("Alex", "Morgan")
    assert "Alex" in with_poppler(data, tmp_path)


def test_what_a_field_is_may_stand_in_its_widgets_only():
    form = Form()
    kid = form.text("zip", rect=(50, 700, 150, 716), MaxLen=5, Ff=1 << 24, Q=2)
    parted(form, "zip", [kid])
    kid.FT = Name.Tx
    (slot,) = open_pdf_fields(form.bytes()).slots
    assert (slot.kind, slot.max_length, slot.is_comb) == (SlotKind.TEXT, 5, True)
    data, status = fill_pdf_fields(form.bytes(), {"zip": "12207-1234"})
    assert status == {"zip": "continued"}
    assert "12207-1234" in printed(data)


def test_choices_may_stand_in_the_widget_only():
    form = Form()
    kid = form.widget("status", Name.Ch, Ff=1 << 17, Opt=Array([Array([String("M"), String("Married")])]))
    parted(form, "status", [kid])
    kid.FT = Name.Ch
    data, status = fill_pdf_fields(form.bytes(), {"status": "M"})
    assert (status, values(data)["status"]) == ({"status": "filled"}, "M")
    assert "Married" in printed(data)


@pytest.mark.parametrize(
    ("trap", "rect", "keys"),
    [("no size", (50, 600, 50, 600), {}), ("hidden", (50, 600, 60, 604), {"F": 2})],
    ids=["no size", "hidden"],
)
def test_a_place_nobody_sees_does_not_send_an_answer_to_a_sheet_or_call_it_shrunk(trap, rect, keys):
    form = Form()
    unseen = form.text("name", rect=rect, DA=String("/Helv 10 Tf 0 g"), **keys)
    seen = form.text("name", DA=String("/Helv 10 Tf 0 g"))
    parted(form, "name", [unseen, seen], FT=Name.Tx)
    data, status = fill_pdf_fields(form.bytes(), {"name": "Alex Morgan"})
    assert status == {"name": "filled"}, trap
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    assert printed(data).count("Alex Morgan") == 1


def test_the_smallest_of_the_places_people_see_still_decides():
    form = Form()
    wide, small = form.text("why"), form.text("why", rect=(50, 600, 90, 610))
    parted(form, "why", [wide, small], FT=Name.Tx)
    data, status = fill_pdf_fields(form.bytes(), {"why": LONG})
    assert status == {"why": "continued"}
    assert printed(data).count("low motivation") == 3


@pytest.mark.parametrize(("quadding", "cells"), [(0, [0, 1]), (1, [1, 2]), (2, [2, 3])])
def test_a_comb_is_begun_in_the_cell_that_its_alignment_asks_for(quadding, cells):
    form = Form()
    form.text("age", MaxLen=4, Ff=1 << 24, Q=quadding, rect=(50, 700, 130, 716))
    data, _ = fill_pdf_fields(form.bytes(), {"age": "42"})
    document = pypdfium2.PdfDocument(data)
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    text = document[0].get_textpage()
    lefts = [text.get_charbox(i)[0] for i in range(text.count_chars()) if text.get_text_range(i, 1) in ("4", "2")]
    assert [int((x - 50) // 20) for x in lefts] == cells


def test_each_widget_of_a_field_keeps_its_own_alignment():
    form = Form()
    left, right = form.text("name", Q=0), form.text("name", rect=(50, 600, 250, 616), Q=2)
    parted(form, "name", [left, right], FT=Name.Tx)
    data, _ = fill_pdf_fields(form.bytes(), {"name": "Alex"})
    document = pypdfium2.PdfDocument(data)
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    text = document[0].get_textpage()
    begins = [text.get_charbox(i)[0] for i in range(text.count_chars()) if text.get_text_range(i, 1) == "A"]
    assert [begins[0] < 60, begins[1] > 200] == [True, True]


@pytest.mark.parametrize("typed", ["hidden word", "x" * 400], ids=["short", "wider than the box"])
def test_a_password_is_kept_and_not_printed(typed):
    form = Form()
    form.text("pin", Ff=1 << 13)
    data, status = fill_pdf_fields(form.bytes(), {"pin": typed})
    assert (status, values(data)["pin"]) == ({"pin": "filled"}, typed)
    assert set(printed(data).strip()) == {"*"}


def test_a_password_longer_than_its_field_is_refused_and_goes_to_no_sheet():
    form = Form()
    form.text("pin", Ff=1 << 13, MaxLen=4)
    data, status = fill_pdf_fields(form.bytes(), {"pin": "hidden word"})
    assert (status, values(data)["pin"]) == ({"pin": "refused"}, None)
    assert "hidden" not in printed(data)


@pytest.mark.parametrize("flags", [1 << 17, 1 << 17 | 1 << 18, 0], ids=["combo", "typed combo", "list"])
def test_a_choice_that_no_font_can_draw_is_refused_not_left_empty(flags):
    form = Form()
    form.widget("language", Name.Ch, Ff=flags, Opt=Array([String("English"), String("\u4e2d\u6587")]))
    data, status = fill_pdf_fields(form.bytes(), {"language": "\u4e2d\u6587"})
    assert (status, values(data)["language"]) == ({"language": "refused"}, None)


def test_the_meter_asks_the_same_of_two_fields_of_one_name_as_the_writer():
    form = Form()
    form.text("answer", rect=(50, 700, 60, 706))
    form.widget("answer", Name.Ch, rect=(50, 600, 250, 616), Ff=1 << 17, Opt=Array([String("Yes, often")]))
    _, status = fill_pdf_fields(form.bytes(), {"answer": "Yes, often"})
    assert status == {"answer": rooms(form.bytes(), {"answer": "Yes, often"})["answer"].outcome.status}
