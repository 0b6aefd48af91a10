"""A form may leave the drawing to its viewer (/NeedAppearances); what that viewer showed still shows when the word is gone."""

import io

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from generator.make_pdf import fill_pdf_fields
from tests.making import Form


def asking(form: Form) -> bytes:
    """The form with the word that leaves the drawing to a viewer."""
    with pikepdf.open(io.BytesIO(form.bytes())) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def filled(form: Form, values: dict[str, str]) -> bytes:
    return fill_pdf_fields(asking(form), values)[0]


def pixels(data: bytes) -> np.ndarray:
    """The first page as a browser shows it, form fields included, one grey pixel a point."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[0].render(grayscale=True, may_draw_forms=True).to_numpy().squeeze().copy()


def stored(data: bytes) -> str:
    """What the stored appearances show."""
    document = pypdfium2.PdfDocument(data)
    pypdfium2.raw.FPDFPage_Flatten(document[0], 1)
    return document[0].get_textpage().get_text_range()


def old_text(form: Form, text: bytes) -> pikepdf.Stream:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return form.pdf.make_stream(
        b"BT /F 9 Tf 2 4 Td (" + text + b") Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 16]),
        Resources=Dictionary(Font=Dictionary(F=font)),
    )


def two(**keys: object) -> Form:
    form = Form()
    form.text("asked", rect=(50, 740, 250, 756))
    form.text("other", **keys)
    return form


def test_a_value_without_an_appearance_still_shows():
    assert "Alex" in stored(filled(two(V=String("Alex")), {"asked": "x"}))


def test_a_value_that_does_not_fit_still_shows_its_beginning():
    assert "word word" in stored(filled(two(V=String("word " * 90)), {"asked": "x"}))


def test_an_old_appearance_does_not_come_to_light():
    form = two(V=String("Alex"))
    form.annotations[1].AP = Dictionary(N=old_text(form, b"Bob"))
    text = stored(filled(form, {"asked": "x"}))
    assert ("Alex" in text, "Bob" in text) == (True, False)


def test_the_appearance_of_an_emptied_field_is_emptied():
    form = two()
    form.annotations[1].AP = Dictionary(N=old_text(form, b"Bob"))
    assert "Bob" not in stored(filled(form, {"asked": "x"}))


def test_fields_that_nobody_fills_look_to_the_pixel_as_a_viewer_drew_them():
    form = two(V=String("Alex (junior)"))
    form.annotations[1].AP = Dictionary(N=old_text(form, b"Alex \\(junior\\051"))
    ticked = form.check("ticked", "Agree", rect=(50, 600, 62, 612), V=Name.Agree, MK=Dictionary(CA=String("6")))
    ticked.AS = Name.Agree
    form.widget(
        "print", Name.Btn, (50, 500, 150, 516), Ff=1 << 16, MK=Dictionary(CA=String("Print"), BG=Array([1, 1, 0]))
    )
    form.widget("list", Name.Ch, (50, 400, 150, 460), Opt=Array([String("one"), String("two")]), V=String("two"))
    before, after = pixels(asking(form)), pixels(filled(form, {"asked": "x"}))
    below = 60 * before.shape[1]  # the filled field lies in the first 60 points of the page
    assert before.tobytes()[below:] == after.tobytes()[below:]


def test_letters_that_the_viewer_lacks_stay_as_the_form_has_them():
    form = two(V=String("Łukasz"))
    form.annotations[1].AP = Dictionary(N=old_text(form, b"anything"))
    assert "Łukasz" in stored(filled(form, {"asked": "x"}))


def test_a_filled_box_gets_the_mark_that_its_neighbours_show():
    form = two()
    form.check("one", "Agree", rect=(50, 600, 62, 612))
    form.check("two", "Agree", rect=(50, 500, 62, 512), V=Name.Agree).AS = Name.Agree
    with pikepdf.open(io.BytesIO(filled(form, {"one": "Agree"}))) as pdf:
        one, other = (pdf.pages[0].Annots[place].AP.N.Agree.read_bytes() for place in (2, 3))
        assert one == other


def test_a_refused_answer_leaves_the_old_value_in_sight():
    assert "Alex" in stored(filled(two(V=String("Alex"), Ff=1), {"other": "Bob"}))


def test_a_ticked_box_without_a_state_or_a_mark_shows_its_tick():
    form = two()
    field = form.check("consent", "Agree", rect=(50, 600, 62, 612), V=Name.Agree)
    field.AP.N.Agree.write(b"")
    with pikepdf.open(io.BytesIO(filled(form, {"asked": "x"}))) as pdf:
        box = pdf.pages[0].Annots[2]
        assert box.AS == "/Agree"
        assert box.AP.N.Agree.read_bytes().strip().endswith(b"f\nQ")


def test_a_button_to_press_keeps_its_words_and_a_list_its_options():
    form = two()
    form.widget("print", Name.Btn, (50, 600, 150, 616), Ff=1 << 16, MK=Dictionary(CA=String("Print")))
    form.widget("list", Name.Ch, (50, 500, 150, 560), Opt=Array([String("one"), String("two")]), V=String("two"))
    text = stored(filled(form, {"asked": "x"}))
    assert all(word in text for word in ("Print", "one", "two"))


def test_without_the_word_nothing_else_is_drawn():
    form = two(V=String("Alex"))
    with pikepdf.open(io.BytesIO(fill_pdf_fields(form.bytes(), {"asked": "x"})[0])) as pdf:
        assert "/AP" not in pdf.pages[0].Annots[1]
