"""How large a PDF may be, and what a damaged one is told, whatever the task."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from generator.errors import BlankIsEncrypted, BlankNotReadable, FileTooLarge
from generator.make_pdf import SheetWords
from generator.pdf_limits import MOST_FIELDS, MOST_PAGES, check_pdf
from generator.worker.pool import Pool

TASKS = {
    "inspect": (),
    "fill-pdf": ([], SheetWords(), []),
    "page-pictures": (80, [0]),
    "count-pages": (),
    "flatten": (),
    "stamp": ("en",),
    "add-notice": (),
    "finish-pdf": ("title", "en"),
    "prove-pdf": ([],),
    "prove-pdf-text": ([],),
    "read-finished": (),
    "find-signature-places": (),
    "find-flat-fields": (),
    "adopt-pdf": (),
}


@pytest.fixture(scope="module")
def pool():
    pool = Pool()
    yield pool
    pool.close()


def saved(pdf, **how):
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def form(fields=1, pages=1):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    names = [
        pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"f{n}"), Rect=Array([9, 9, 99, 30]))
        )
        for n in range(fields)
    ]
    pdf.pages[0].obj.Annots = Array(names)
    pdf.Root.AcroForm = Dictionary(Fields=Array(names), DA=String("/Helv 0 Tf 0 g"))
    return pdf


def test_a_form_as_large_as_forms_are_is_let_through():
    check_pdf(saved(form(fields=800, pages=40)))


def test_more_fields_than_any_form_has_are_refused_before_they_are_read():
    with pytest.raises(FileTooLarge, match="10,000 fields"):
        check_pdf(saved(form(fields=MOST_FIELDS + 1)))


def test_one_page_listed_without_end_is_refused_as_too_many_pages():
    pdf = form()
    kids = pdf.Root.Pages.Kids
    pdf.Root.Pages.Kids = Array([kids[0]] * (MOST_PAGES + 1))
    with pytest.raises(FileTooLarge, match="2,000 pages"):
        check_pdf(saved(pdf))


def test_a_field_that_is_its_own_child_is_refused():
    pdf = form()
    field = pdf.Root.AcroForm.Fields[0]
    field.Kids = Array([field])
    with pytest.raises(FileTooLarge):
        check_pdf(saved(pdf))


@pytest.mark.parametrize("task", TASKS)
def test_a_damaged_pdf_is_told_so_in_plain_words_by_every_task(task, pool):
    whole = saved(form())
    with pytest.raises(BlankNotReadable, match="damaged") as told:
        pool.call(task, (whole[: len(whole) // 3], *TASKS[task]))
    assert type(told.value) is BlankNotReadable


@pytest.mark.parametrize("task", ["stamp", "finish-pdf", "prove-pdf"])
def test_a_locked_pdf_is_told_so_by_every_task(task, pool):
    locked = saved(form(), encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(BlankIsEncrypted, match="password"):
        pool.call(task, (locked, *TASKS[task]))


def test_a_word_file_whose_part_is_broken_is_told_so_by_the_stamp(pool):
    from tests.worker.attacks import word

    broken = word(more={"word/document.xml": b"<w:document><broken"})
    with pytest.raises(BlankNotReadable, match="damaged"):
        pool.call("stamp", (broken, "en"))
