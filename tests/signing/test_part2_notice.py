"""A plan whose flag says that 42 CFR Part 2 applies carries the notice on every page of every document."""

import io

import docx
import pikepdf
import pypdf
import pytest

from generator.notice import PART_2
from generator.worker import call
from tests.making import word, word_text


def pages(turned=0, count=2):
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(612, 792))
        pdf.pages[-1].obj.Rotate = turned
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_every_page_of_a_pdf_carries_the_notice_once_and_the_right_way_up(turned):
    once = call("add-notice", pages(turned))
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(once)).pages]
    assert [" ".join(text.split()).count(PART_2) for text in texts] == [1, 1]
    assert call("add-notice", once) == once, "a second time adds nothing"


def test_every_footer_of_a_word_file_carries_the_notice_once():
    once = call("add-notice", word("Body"))
    assert word_text(once).count(PART_2) == 1
    assert call("add-notice", once) == once


def test_a_first_page_with_a_footer_of_its_own_carries_it_too():
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    out = io.BytesIO()
    document.save(out)
    made = docx.Document(io.BytesIO(call("add-notice", out.getvalue()))).sections[0]
    for footer in (made.footer, made.first_page_footer):
        assert PART_2 in "".join(paragraph.text for paragraph in footer.paragraphs)
