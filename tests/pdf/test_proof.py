"""The proof catches what a person would not find: seeded faults in finished documents, one each."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

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


def spoilt(change) -> list[str]:
    with pikepdf.open(io.BytesIO(finished())) as pdf:
        name, consent = pdf.pages[0].Annots
        change(pdf, name, consent)
        out = io.BytesIO()
        pdf.save(out)
    return [fault.slot for fault in prove_pdf(out.getvalue(), EXPECTED).faults]


def cut_text(pdf, name, consent):
    stream = name.AP.N
    head, _, tail = stream.read_bytes().partition(b"> Tj")
    stream.write(head[: len(head) - 80] + b"> Tj" + tail)


def missing_appearance(pdf, name, consent):
    del name["/AP"]


def wrong_state(pdf, name, consent):
    consent.AS = Name.Off


def hidden(pdf, name, consent):
    name.F = 2


def another_value(pdf, name, consent):
    name.V = pikepdf.String("An answer")


def squeezed_to_nothing(pdf, name, consent):
    name.AP.N.Matrix = pikepdf.Array([1, 0, 0, 1, 0, 0])
    name.Rect = pikepdf.Array([50, 100, 80, 102])


def glyph_that_the_font_lacks(pdf, name, consent):
    font = next(iter(name.AP.N.Resources.Font.items()))[1]
    font.ToUnicode = pdf.make_stream(b"begincmap endcmap")
    name.AP.N.write(name.AP.N.read_bytes().replace(b"<", b"<0000"))
    font.DescendantFonts[0].FontDescriptor.FontFile2 = Dictionary()


def test_a_sound_document_has_no_fault():
    proof = prove_pdf(finished(), EXPECTED)
    assert (proof.faults, proof.visible) == ((), 2)


@pytest.mark.parametrize(
    ("change", "slot"),
    [
        (cut_text, "name"),
        (missing_appearance, "name"),
        (wrong_state, "consent"),
        (hidden, "name"),
        (another_value, "name"),
        (squeezed_to_nothing, "name"),
        (glyph_that_the_font_lacks, "name"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_seeded_fault_is_caught(change, slot):
    assert slot in spoilt(change)
