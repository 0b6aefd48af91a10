"""What is written shows on paper: a colour or a mark that nobody could see is replaced, any other is the form's own."""

import io

import numpy
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.make_pdf import fill_pdf_fields
from tests.making import Form

RECT = (50, 700, 250, 716)


def picture(data: bytes) -> numpy.ndarray:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[0].render(scale=2, grayscale=True).to_numpy().squeeze().astype(int)


def changed(form: Form, values: dict[str, str]) -> int:
    """How many pixels differ clearly between the blank and the filled form."""
    blank = form.bytes()
    return int((abs(picture(blank) - picture(fill_pdf_fields(blank, values)[0])) > 40).sum())


def ground(form: Form, operators: bytes) -> None:
    form.pdf.pages[0].obj.Contents = form.pdf.make_stream(operators + b" 0 600 612 192 re f")


def stream(form: Form, content: bytes, **keys: object) -> pikepdf.Stream:
    return form.pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 12, 12]), **keys)


@pytest.mark.parametrize("colour", ["1 g", "1 1 1 rg", "0 0 0 0 k", "/DeviceRGB cs 1 1 1 sc", "0.9 0.9 0.95 rg"])
def test_an_answer_in_the_colour_of_the_paper_is_written_in_black(colour):
    form = Form()
    form.text("name", DA=String(f"/Helv 10 Tf {colour}"))
    assert changed(form, {"name": "Alex Morgan"}) > 50


def test_an_answer_in_white_on_a_dark_page_stays_white():
    form = Form()
    ground(form, b"0.1 g")
    form.text("name", DA=String("/Helv 10 Tf 1 g"))
    assert changed(form, {"name": "Alex Morgan"}) > 50


def test_an_answer_in_the_colour_of_its_own_box_is_made_to_show():
    form = Form()
    form.text("name", DA=String("/Helv 10 Tf 0.1 g"), MK=Dictionary(BG=Array([0.05])))
    assert changed(form, {"name": "Alex Morgan"}) > 50


@pytest.mark.parametrize("colour", ["1 0 0 rg", "0 0 1 rg", "0 0.5 0 rg", "0.5 g", "0 1 1 0 k"])
def test_a_colour_that_shows_is_the_forms_own(colour):
    form = Form()
    form.text("name", DA=String(f"/Helv 10 Tf {colour}"))
    data, _ = fill_pdf_fields(form.bytes(), {"name": "Alex"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert f"BT {colour}".encode() in pdf.pages[0].Annots[0].AP.N.read_bytes()


def zapf(form: Form) -> Dictionary:
    return Dictionary(Font=Dictionary(ZaDb=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)))


MARKS = {
    "nothing painted": lambda form: stream(form, b"q Q"),
    "the same as off": lambda form: stream(form, b"0 G 1 1 10 10 re S"),
    "no room": lambda form: form.pdf.make_stream(b"0 0 12 12 re f", BBox=Array([0, 0, 0, 12])),
    "a font that is nowhere": lambda form: stream(form, b"BT /ZaDb 10 Tf 1 1 Td (4) Tj ET"),
    "no letter": lambda form: stream(form, b"BT /ZaDb 10 Tf 1 1 Td () Tj ET", Resources=zapf(form)),
    "invisible": lambda form: stream(form, b"BT 3 Tr /ZaDb 10 Tf 1 1 Td (4) Tj ET", Resources=zapf(form)),
    "white": lambda form: stream(form, b"1 g BT /ZaDb 10 Tf 1 1 Td (4) Tj ET", Resources=zapf(form)),
    "no stream": lambda form: Dictionary(),
}


@pytest.mark.parametrize("drawn", MARKS.values(), ids=MARKS.keys())
def test_a_mark_that_would_not_show_is_drawn_anew(drawn):
    form = Form()
    field = form.check("consent", "Agree", rect=(50, 700, 62, 712))
    field.AP.N = Dictionary(Agree=drawn(form), Off=stream(form, b"0 G 1 1 10 10 re S"))
    assert changed(form, {"consent": "Agree"}) > 10


def test_a_mark_in_nearly_the_colour_of_its_box_is_drawn_anew():
    form = Form()
    box = b"0.82 0.63 0.66 rg 0 0 12 12 re f "
    field = form.check("consent", "Agree", rect=(50, 700, 62, 712), DA=String("/ZaDb 0 Tf 0.58 0.93 0.73 rg"))
    field.MK = Dictionary(BG=Array([0.82, 0.63, 0.66]), CA=String("4"))
    on = stream(form, box + b"0.58 0.93 0.73 rg BT /ZaDb 10 Tf 1 1 Td (4) Tj ET", Resources=zapf(form))
    field.AP.N = Dictionary(Agree=on, Off=stream(form, box))
    assert changed(form, {"consent": "Agree"}) > 10


def test_a_mark_that_shows_is_left_as_the_form_has_it():
    form = Form()
    field = form.check("consent", "Agree")
    drawn = b"q 0 0 1 rg BT /ZaDb 10 Tf 1 1 Td (8) Tj ET Q"
    field.AP.N.Agree = stream(form, drawn, Resources=zapf(form))
    data, _ = fill_pdf_fields(form.bytes(), {"consent": "Agree"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].Annots[0].AP.N.Agree.read_bytes() == drawn
