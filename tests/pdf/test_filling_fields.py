import io
import time
import zlib

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from generator.blanks.pdf_fields import open_pdf_fields, rooms
from generator.errors import BlankIsEncrypted, BlankNotReadable, FormUnsupported
from generator.make_pdf import fill_pdf_fields
from generator.slots import SlotKind
from tests.making import Form


def read_back(data: bytes) -> dict[str, object]:
    """Values by the second engine."""
    return {name: field.get("/V") for name, field in (pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}).items()}


def printed(data: bytes) -> str:
    """The text of all pages as printed, fields flattened, by a third engine."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        pypdfium2.raw.FPDFPage_Flatten(page, 1)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def test_text_is_stored_and_drawn_with_every_letter():
    form = Form()
    form.text("name")
    data, status = fill_pdf_fields(form.bytes(), {"name": "José Núñez-Łukasz & <sons>"})
    assert status == {"name": "filled"}
    assert read_back(data)["name"] == "José Núñez-Łukasz & <sons>"
    assert "José Núñez-Łukasz & <sons>" in printed(data)


@pytest.mark.parametrize(
    ("style", "size"), [("font: Helvetica 9pt", 9), ("font-size:8.5pt;color:#000", 8.5), ("color:#000", 12)]
)
def test_an_automatic_size_begins_at_that_of_the_fields_default_style(style, size):
    form = Form()
    form.text("name", rect=(50, 600, 400, 700), Ff=1 << 12, DS=String(style))
    data, _ = fill_pdf_fields(form.bytes(), {"name": "short"})
    stream = pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Annots"][0].get_object()["/AP"]["/N"].get_data()
    assert f" {size:g} Tf".encode() in stream


def test_a_checkbox_takes_the_on_state_that_its_own_widget_offers():
    form = Form()
    form.check("consent", "Agree")
    data, _ = fill_pdf_fields(form.bytes(), {"consent": "Agree"})
    assert read_back(data)["consent"] == "/Agree"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].Annots[0].AS == "/Agree"


def test_a_missing_mark_is_drawn_in_the_forms_own_sign():
    form = Form()
    field = form.check("consent", "Agree", MK=Dictionary(CA=String("8")))
    field.AP.N.Agree.write(b"")
    data, _ = fill_pdf_fields(form.bytes(), {"consent": "Agree"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = pdf.pages[0].Annots[0].AP.N.Agree.read_bytes()
    assert drawn.count(b" m ") == 2


def test_the_states_of_a_button_stand_in_its_appearance_where_poppler_looks_for_them():
    form = Form()
    field = form.check("consent", "Agree")
    field.AP.N = form.pdf.make_indirect(field.AP.N)
    data, _ = fill_pdf_fields(form.bytes(), {"consent": "Agree"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.pages[0].Annots[0].AP.N.is_indirect


def test_a_field_that_only_its_page_leads_to_is_put_into_the_forms_own_list():
    form = Form()
    form.text("known")
    form.text("forgotten", rect=(50, 660, 250, 676))
    form.fields = Array([form.fields[0]])
    data, status = fill_pdf_fields(form.bytes(), {"forgotten": "found again"})
    assert status == {"forgotten": "filled"}
    assert read_back(data)["forgotten"] == "found again"


def test_sheets_of_an_earlier_filling_are_replaced_and_what_they_held_is_kept():
    form = Form()
    form.text("why", rect=(50, 700, 110, 712))
    form.text("how", rect=(50, 660, 110, 672))
    once, _ = fill_pdf_fields(form.bytes(), {"why": "because of the long way home " * 9})
    twice, _ = fill_pdf_fields(once, {"how": "by the bus that never comes " * 9})
    assert len(pypdf.PdfReader(io.BytesIO(twice)).pages) == 2
    assert " ".join(printed(twice).split()).count("long way") == 9
    assert " ".join(printed(twice).split()).count("never comes") == 9
    emptied, _ = fill_pdf_fields(twice, {"why": "short", "how": "so"})
    assert len(pypdf.PdfReader(io.BytesIO(emptied)).pages) == 1


def test_a_state_that_a_box_does_not_offer_is_refused_and_changes_nothing():
    form = Form()
    form.check("consent", "Agree")
    data, status = fill_pdf_fields(form.bytes(), {"consent": "Yes"})
    assert status == {"consent": "refused"}
    assert read_back(data)["consent"] is None


def test_a_radio_groups_siblings_stay_off_when_one_is_chosen():
    form = Form()
    kids = [form.check("x", state) for state in ("a", "b")]
    parent = form.pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("group"), Kids=Array(kids)))
    for kid in kids:
        del kid["/T"], kid["/FT"]
        kid.Parent = parent
    form.fields = Array([parent])
    data, _ = fill_pdf_fields(form.bytes(), {"group": "b"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [str(a.AS) for a in pdf.pages[0].Annots] == ["/Off", "/b"]


def test_a_dropdown_stores_the_export_value_and_shows_the_words():
    form = Form()
    pair = Array([String("M"), String("Married")])
    form.widget("status", Name.Ch, Ff=1 << 17, Opt=Array([pair, String("Single")]))
    data, status = fill_pdf_fields(form.bytes(), {"status": "M"})
    assert (read_back(data)["status"], status["status"]) == ("M", "filled")
    assert "Married" in printed(data)
    assert fill_pdf_fields(form.bytes(), {"status": "Divorced"})[1] == {"status": "refused"}


def test_a_text_that_does_not_fit_is_continued_in_full_on_a_sheet_at_the_end():
    form = Form()
    form.text("why", Ff=1 << 12, rect=(50, 690, 250, 716))
    text = "word " * 600
    data, status = fill_pdf_fields(form.bytes(), {"why": text.strip()})
    assert status == {"why": "continued"}
    assert "see sheet 1, item 1" in printed(data)
    assert printed(data).count("word") == 600
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 1


def test_max_length_is_never_overrun():
    form = Form()
    form.text("zip", MaxLen=5)
    data, status = fill_pdf_fields(form.bytes(), {"zip": "12207-1234"})
    assert status == {"zip": "continued"}
    assert len(str(read_back(data)["zip"])) <= 5
    assert "12207-1234" in printed(data)


def test_comb_cells_take_one_character_each():
    form = Form()
    form.text("ssn4", MaxLen=4, Ff=1 << 24, rect=(50, 700, 130, 716))
    data, status = fill_pdf_fields(form.bytes(), {"ssn4": "4321"})
    assert status == {"ssn4": "filled"}
    document = pypdfium2.PdfDocument(data)
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    text = document[0].get_textpage()
    lefts = [text.get_charbox(i)[0] for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    assert [int((x - 50) // 20) for x in lefts] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("trap", "error"),
    [(b"not a pdf", BlankNotReadable), (b"%PDF-1.7\n1 0 obj", BlankNotReadable), (b"", BlankNotReadable)],
)
def test_what_is_no_pdf_is_one_typed_error(trap, error):
    with pytest.raises(error, match="Get the form again"):
        open_pdf_fields(trap)


def test_an_encrypted_form_asks_for_a_copy_without_a_password():
    form = Form()
    form.text("name")
    locked = form.bytes(encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(BlankIsEncrypted, match="save a copy without one"):
        open_pdf_fields(locked)


def test_a_form_with_only_an_owner_password_opens():
    form = Form()
    form.text("name")
    assert open_pdf_fields(form.bytes(encryption=pikepdf.Encryption(owner="o", user=""))).slots[0].id == "name"


def test_a_pdf_without_fields_and_an_xfa_shell_say_the_way_out():
    empty = Form()
    with pytest.raises(FormUnsupported, match="no fields"):
        open_pdf_fields(empty.bytes())
    form = Form()
    form.pdf.Root.AcroForm = Dictionary(XFA=String("x"), Fields=Array([]))
    out = io.BytesIO()
    form.pdf.save(out)
    with pytest.raises(FormUnsupported, match="Adobe Reader"):
        open_pdf_fields(out.getvalue())


def test_what_is_produced_starts_nothing():
    form = Form()
    form.text("name", A=Dictionary(S=Name.SubmitForm))
    form.pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    form.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))
    data, _ = fill_pdf_fields(form.bytes(), {"name": "x"})
    assert not any(word in data for word in (b"/JavaScript", b"/SubmitForm", b"/OpenAction"))


def test_loops_and_nulls_in_the_tree_are_survived():
    form = Form()
    field = form.text("a")
    field.Parent = field
    form.annotations.append(None)
    assert fill_pdf_fields(form.bytes(), {"a": "x"})[1] == {"a": "filled"}


def test_a_fields_script_tells_the_date_format_it_wants():
    form = Form()
    action = Dictionary(S=Name.JavaScript, JS=String('AFDate_FormatEx("mm/dd/yyyy");'))
    form.text("dob", AA=Dictionary(F=action))
    (slot,) = open_pdf_fields(form.bytes()).slots
    assert (slot.kind, slot.format) == (SlotKind.DATE, "date:mm/dd/yyyy")


BLANK = Form()
BLANK.text("one", Ff=1 << 12, rect=(50, 600, 300, 640))
BLANK.text("two", rect=(50, 560, 200, 576))
BLANK_BYTES = BLANK.bytes()
_text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Mn", "Me", "Zl", "Zp")),
    min_size=1,
    max_size=300,
)


@settings(max_examples=50, deadline=None)
@given(_text, _text)
def test_filled_and_read_back_is_the_same_text_and_none_is_lost(one, two):
    data, status = fill_pdf_fields(BLANK_BYTES, {"one": one, "two": two})
    back = read_back(data)
    for name, text in (("one", one), ("two", two)):
        if status[name] == "refused":
            assert back[name] is None
        else:
            assert back[name] == text


@settings(max_examples=15, deadline=None)
@given(st.text("abc é\n", min_size=1, max_size=80))
@example("\n")
@example("\n" * 40)
@example("a" + "\n" * 40 + "b")
def test_filling_twice_is_filling_once_and_order_does_not_matter(text):
    once, _ = fill_pdf_fields(BLANK_BYTES, {"one": text, "two": "x"})
    again, _ = fill_pdf_fields(once, {"two": "x", "one": text})
    assert read_back(once) == read_back(again)
    assert printed(once) == printed(again)


LONG = "word " * 300 + "end"


def test_another_field_filled_later_keeps_what_stands_on_the_sheet_and_numbers_it_anew():
    form = Form()
    form.text("one", Ff=1 << 12, rect=(50, 690, 250, 716))
    form.text("two", Ff=1 << 12, rect=(50, 640, 250, 666))
    first, _ = fill_pdf_fields(form.bytes(), {"two": LONG})
    assert "see sheet 1, item 1" in printed(first)
    both, _ = fill_pdf_fields(first, {"one": LONG.replace("word", "other")})
    assert (printed(both).count("word"), printed(both).count("other")) == (300, 300)
    at_once, _ = fill_pdf_fields(form.bytes(), {"one": LONG.replace("word", "other"), "two": LONG})
    assert printed(both) == printed(at_once)


def test_a_shorter_text_takes_its_sheet_away_again():
    form = Form()
    form.text("one", Ff=1 << 12, rect=(50, 690, 250, 716))
    long, _ = fill_pdf_fields(form.bytes(), {"one": LONG})
    short, status = fill_pdf_fields(long, {"one": "brief"})
    assert status == {"one": "filled"}
    assert len(pypdf.PdfReader(io.BytesIO(short)).pages) == 1
    assert "word" not in printed(short)


def test_a_text_of_only_blanks_is_stored_and_draws_nothing():
    form = Form()
    form.text("one", Ff=1 << 12, rect=(50, 690, 250, 716))
    data, status = fill_pdf_fields(form.bytes(), {"one": "\n" * 40})
    assert status == {"one": "filled"}
    assert read_back(data)["one"] == "\n" * 40


def test_a_field_that_only_a_page_leads_to_is_filled_and_entered_into_the_form():
    form = Form()
    form.text("listed")
    form.text("forgotten", rect=(50, 600, 250, 616))
    del form.fields[1]
    data, status = fill_pdf_fields(form.bytes(), {"forgotten": "Alex"})
    assert status == {"forgotten": "filled"}
    assert read_back(data)["forgotten"] == "Alex"


def test_half_a_character_is_refused_not_a_crash():
    form = Form()
    form.text("one")
    assert fill_pdf_fields(form.bytes(), {"one": "a\ud800"})[1] == {"one": "refused"}


@settings(max_examples=60, deadline=None)
@given(st.text("abc Wé\n", min_size=1, max_size=200))
def test_the_meter_agrees_with_the_writer_on_every_text(text):
    _, status = fill_pdf_fields(BLANK_BYTES, {"one": text})
    assert rooms(BLANK_BYTES, {"one": text})["one"].outcome.status == status["one"]


def lines_of(data: bytes) -> list[str]:
    """The lines of the first page as printed, from the top."""
    document = pypdfium2.PdfDocument(data)
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    return document[0].get_textpage().get_text_range().split("\r\n")


def test_a_tall_box_for_one_line_takes_two_before_an_answer_goes_to_a_sheet():
    form = Form()
    form.text("why", DA=String("/Helv 10 Tf 0 g"), rect=(50, 700, 200, 718))
    data, status = fill_pdf_fields(
        form.bytes(), {"why": "Client reports anxiety most days, poor sleep and low motivation"}
    )
    assert status == {"why": "shrunk"}
    assert len(lines_of(data)) == 2


def test_one_smaller_line_comes_before_two():
    form = Form()
    form.text("why", DA=String("/Helv 12 Tf 0 g"), rect=(50, 700, 200, 730))
    data, _ = fill_pdf_fields(form.bytes(), {"why": "Client reports anxiety most days"})
    assert len(lines_of(data)) == 1


def test_lines_that_end_as_sentences_do_run_on_before_an_answer_goes_to_a_sheet():
    form = Form()
    form.text("plan", Ff=1 << 12, rect=(50, 700, 170, 717))
    said = "Client will attend weekly therapy sessions.\nGoal 2: reduce symptoms from daily to weekly."
    data, status = fill_pdf_fields(form.bytes(), {"plan": said})
    assert (status["plan"] in ("filled", "shrunk"), read_back(data)["plan"]) == (True, said)
    assert " ".join(said.split()) == " ".join(printed(data).split())


def test_lines_of_a_list_never_run_on_into_each_other():
    form = Form()
    form.text("plan", Ff=1 << 12, rect=(50, 700, 170, 717))
    said = "weekly therapy sessions\nno alcohol at home or at work\ncall sponsor"
    data, status = fill_pdf_fields(form.bytes(), {"plan": said})
    assert status == {"plan": "continued"}
    assert "no alcohol at home or at work" in printed(data).split("\r\n")


def test_letters_are_pressed_together_a_little_before_an_answer_goes_to_a_sheet():
    form = Form()
    form.text("name", DA=String("/Helv 9 Tf 0 g"), rect=(50, 700, 94, 709))
    data, status = fill_pdf_fields(form.bytes(), {"name": "José Núñez-Łukasz"})
    assert status == {"name": "shrunk"}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b" Tz" in pdf.pages[0].Annots[0].AP.N.read_bytes()


def test_a_stream_that_is_packed_twice_is_not_unpacked_to_be_written_again():
    form = Form()
    form.text("name")
    packed = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    bomb = form.pdf.make_stream(b"")
    bomb.write(packed, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    form.pdf.Root.Kept = bomb
    out = io.BytesIO()
    form.bytes()
    form.pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    began = time.process_time()
    data, status = fill_pdf_fields(out.getvalue(), {"name": "Alex"})
    assert (status, len(data) < 200_000) == ({"name": "filled"}, True)
    assert time.process_time() - began < 1
