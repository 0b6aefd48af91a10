"""The proof catches what a person would not find: seeded faults in finished documents, one each."""

import io
import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

from generator.make_pdf import fill_pdf_fields
from generator.proof import Expected
from generator.proof.pdf import prove_pdf
from tests.making import Form

LONG = "An answer of some length that the whole box shows."


def finished() -> bytes:
    form = Form()
    form.text("name", rect=(50, 700, 330, 716))
    form.check("consent", "Agree", rect=(50, 660, 62, 672))
    data, status = fill_pdf_fields(form.bytes(), {"name": LONG, "consent": "Agree"})
    assert set(status.values()) == {"filled"}
    return data


EXPECTED = (Expected("name", LONG), Expected("consent", "Agree", is_button=True))


def spoilt(change) -> list[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(finished())) as pdf:
        name, consent = pdf.pages[0].Annots
        change(pdf, name, consent)
        out = io.BytesIO()
        pdf.save(out)
    return [(fault.slot, fault.why) for fault in prove_pdf(out.getvalue(), EXPECTED).faults]


def cut_text(pdf, name, consent):
    stream = name.AP.N
    head, _, tail = stream.read_bytes().partition(b"> Tj")
    stream.write(head[: len(head) - 80] + b"> Tj" + tail)


def cut_by_one_letter(pdf, name, consent):
    stream = name.AP.N
    head, _, tail = stream.read_bytes().partition(b"> Tj")
    stream.write(head[:-4] + b"> Tj" + tail)


def missing_appearance(pdf, name, consent):
    del name["/AP"]


def wrong_state(pdf, name, consent):
    consent.AS = Name.Off


def hidden(pdf, name, consent):
    name.F = 2


def hidden_from_the_screen(pdf, name, consent):
    name.F = 4 | 32


def another_value(pdf, name, consent):
    name.V = pikepdf.String("An answer")


def squeezed_to_nothing(pdf, name, consent):
    name.AP.N.Matrix = pikepdf.Array([1, 0, 0, 1, 0, 0])
    name.Rect = pikepdf.Array([50, 100, 80, 102])


def lines_cut_by_a_clip(pdf, name, consent):
    stream = name.AP.N
    stream.write(re.sub(rb"q\n0 0 [\d.]+ ", b"q\n0 0 150 ", stream.read_bytes()))


def drawn_in_the_colour_of_the_paper(pdf, name, consent):
    name.AP.N.write(name.AP.N.read_bytes().replace(b"BT 0 g", b"BT 1 g"))


def drawn_in_the_mode_that_paints_nothing(pdf, name, consent):
    name.AP.N.write(name.AP.N.read_bytes().replace(b"BT 0 g", b"BT 3 Tr 0 g"))


def covered(pdf, name, consent):
    white = pdf.make_stream(b"1 g 0 0 280 16 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 280, 16]))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=name.Rect, F=4, AP=Dictionary(N=white))
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def on_a_layer_that_is_switched_off(pdf, name, consent):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("office use")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    name.OC = layer


def outside_of_what_is_seen_of_the_page(pdf, name, consent):
    pdf.pages[0].CropBox = Array([0, 0, 612, 690])


def mark_that_draws_nothing(pdf, name, consent):
    consent.AP.N.Agree.write(b"q Q")


def mark_that_looks_like_none(pdf, name, consent):
    consent.AP.N.Off = pdf.make_stream(consent.AP.N.Agree.read_bytes(), BBox=consent.AP.N.Agree.BBox)


def state_that_the_box_does_not_draw(pdf, name, consent):
    consent.AP.N = Dictionary({"/Yes": consent.AP.N.Agree})


def the_page_prints_what_the_box_does_not(pdf, name, consent):
    shown = name.AP.N
    placed = b"q 1 0 0 1 50 700 cm " + shown.read_bytes() + b" Q"
    pdf.pages[0].Contents = pdf.make_stream(placed)
    pdf.pages[0].Resources = shown.Resources
    shown.write(b"")


def _font(name):
    return next(iter(name.AP.N.Resources.Font.items()))[1]


def all_glyphs_are_those_of_no_letter(pdf, name, consent):
    """The text reads right (ToUnicode), and every glyph is number 0: empty boxes on paper."""
    _font(name).DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(2 * 65536))


def _first_code(name) -> bytes:
    return re.search(rb"<([0-9A-F]{4})", name.AP.N.read_bytes())[1]


def one_code_is_that_of_no_glyph(pdf, name, consent):
    """The first letter alone is drawn as glyph 0, which the font says is that letter."""
    stream, font, code = name.AP.N, _font(name), _first_code(name)
    stream.write(stream.read_bytes().replace(b"<" + code, b"<0000", 1))
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<" + code + b"> <", b"<0000> <"))


def one_letter_is_not_in_the_font_program(pdf, name, consent):
    """The glyph of one letter is emptied: a gap on paper, nothing else changes."""
    program = _font(name).DescendantFonts[0].FontDescriptor.FontFile2
    drawn = TTFont(io.BytesIO(program.read_bytes()))
    drawn["glyf"][drawn.getGlyphName(int(_first_code(name), 16))] = Glyph()
    out = io.BytesIO()
    drawn.save(out)
    program.write(out.getvalue())


def the_font_is_not_in_the_file(pdf, name, consent):
    del _font(name).DescendantFonts[0].FontDescriptor["/FontFile2"]


def test_a_sound_document_has_no_fault():
    proof = prove_pdf(finished(), EXPECTED)
    assert (proof.faults, proof.visible) == ((), 2)


NAME = "name"
CONSENT = "consent"
FAULTS = [
    (cut_text, NAME, "not wholly inside its box"),
    (cut_by_one_letter, NAME, "not wholly inside its box"),
    (lines_cut_by_a_clip, NAME, "no ink"),
    (missing_appearance, NAME, "not wholly inside its box"),
    (the_page_prints_what_the_box_does_not, NAME, "not wholly inside its box"),
    (another_value, NAME, "another value"),
    (squeezed_to_nothing, NAME, "too small"),
    (hidden, NAME, "hides this field"),
    (hidden_from_the_screen, NAME, "hides this field"),
    (on_a_layer_that_is_switched_off, NAME, "hides this field"),
    (outside_of_what_is_seen_of_the_page, NAME, "no ink"),
    (drawn_in_the_colour_of_the_paper, NAME, "no ink"),
    (drawn_in_the_mode_that_paints_nothing, NAME, "no ink"),
    (covered, NAME, "no ink"),
    (all_glyphs_are_those_of_no_letter, NAME, "no glyph"),
    (one_code_is_that_of_no_glyph, NAME, "no glyph"),
    (one_letter_is_not_in_the_font_program, NAME, "no glyph"),
    (the_font_is_not_in_the_file, NAME, "no glyph"),
    (wrong_state, CONSENT, "no mark"),
    (mark_that_draws_nothing, CONSENT, "draws nothing"),
    (mark_that_looks_like_none, CONSENT, "draws nothing"),
    (state_that_the_box_does_not_draw, CONSENT, "draws nothing"),
]


@pytest.mark.parametrize(("change", "slot", "why"), FAULTS, ids=lambda value: getattr(value, "__name__", None) or "")
def test_a_seeded_fault_is_caught_alone(change, slot, why):
    ((found, reason),) = spoilt(change)
    assert found == slot
    assert why in reason
