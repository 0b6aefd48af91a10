"""Poppler beside PDFium: an answer is visible where both show it."""

import io
import shutil
import sys

import pikepdf
import pytest
from pikepdf import Dictionary

from generator.make_pdf import fill_pdf_fields
from generator.proof import Expected, poppler
from generator.proof.pdf import prove_pdf
from generator.proof.second import with_second
from tests.making import Form

pytestmark = [
    pytest.mark.poppler,
    pytest.mark.skipif(not poppler.is_here(), reason="Poppler's programs are not installed"),
]
SAID = "José Núñez-Łukasz attends weekly."
EXPECTED = (Expected("name", SAID), Expected("consent", "Agree", is_button=True))


def finished(change=lambda pdf, name, consent: None, turned: int = 0) -> bytes:
    form = Form()
    form.text("name", rect=(50, 700, 330, 716))
    form.check("consent", "Agree", rect=(50, 660, 62, 672))
    form.pdf.pages[0].Rotate = turned
    form.pdf.pages[0].MediaBox = pikepdf.Array([10, 20, 622, 812])
    data, _ = fill_pdf_fields(form.bytes(), {"name": SAID, "consent": "Agree"})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf, *pdf.pages[0].Annots)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def proven(data: bytes, expected=EXPECTED):
    first = prove_pdf(data, expected)
    return first, with_second(first, data, expected, poppler.printed(data, 1, with_pictures=True))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_both_viewers_see_every_answer_however_the_page_is_turned(turned):
    _, both = proven(finished(turned=turned))
    assert both.sentence() == "2 of 2 answers visible (PDFium and Poppler)"
    assert both.sentence("es") == "2 de 2 respuestas visibles (PDFium y Poppler)"


def test_a_mark_that_only_one_of_them_shows_is_a_fault():
    def states_are_an_object_of_their_own(pdf, name, consent):
        # Poppler finds no state in a dictionary of states that is an object of its own.
        consent.AP.N = pdf.make_indirect(Dictionary(consent.AP.N))

    first, both = proven(finished(states_are_an_object_of_their_own))
    assert first.faults == ()
    assert [(fault.slot, fault.why) for fault in both.faults] == [("consent", "Poppler shows no mark for it")]
    assert both.sentence() == "1 of 2 answers visible (PDFium 2, Poppler 1)"


def test_text_that_is_cut_or_leaves_no_ink_is_seen_by_the_second_viewer_alone():
    def cut(pdf, name, consent):
        name.AP.N.write(name.AP.N.read_bytes().replace(b"> Tj", b"> Tj", 1)[:-60] + b"> Tj ET Q EMC")

    def white(pdf, name, consent):
        name.AP.N.write(name.AP.N.read_bytes().replace(b"BT 0 g", b"BT 1 g"))

    for change in (cut, white):
        data = finished(change)
        seen = poppler.printed(data, 1, with_pictures=True)
        alone = with_second(prove_pdf(b"", ()), data, EXPECTED, seen)
        assert [(fault.slot, fault.why) for fault in alone.faults] == [("name", "Poppler shows not all of its text")]


def test_a_continued_answer_is_read_off_the_sheet_by_both():
    form = Form()
    form.text("why", rect=(50, 700, 110, 712))
    said = "because of the long way home " * 9
    data, status = fill_pdf_fields(form.bytes(), {"why": said})
    assert status == {"why": "continued"}
    _, both = proven(data, (Expected("why", said, is_continued=True),))
    assert both.sentence() == "1 of 1 answers visible (PDFium and Poppler)"


def test_what_poppler_cannot_read_or_is_not_there_for_is_nothing(monkeypatch):
    assert poppler.printed(b"not a PDF", 1, with_pictures=False) is None
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert poppler.printed(finished(), 1, with_pictures=True) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the fence is Linux's")
def test_its_programs_can_write_no_file_and_see_no_network(monkeypatch, tmp_path):
    script = tmp_path / "pdftotext"
    script.write_text(
        "#!/bin/sh\ncat >/dev/null\n"
        f"(echo x > {tmp_path}/written) 2>/dev/null || echo no file\n"
        "wc -l < /proc/net/dev\nulimit -v\nexit 0\n"
    )
    script.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(script))
    said = poppler.printed(b"x", 1, with_pictures=False)
    assert said is not None
    file, links, memory = said.words.decode().splitlines()
    assert (file, memory) == ("no file", str((1 << 30) // 1024))
    assert int(links) <= 3  # two lines of headings, and at most the loop back to itself
