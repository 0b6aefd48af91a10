"""docxtpl's own test templates: what we print is what docxtpl prints, paragraph by paragraph.

Every template of its test suite is here with a context; read back by a second reader (plain zip and XML).
"""

import io
import struct
import zlib
from dataclasses import dataclass, field

import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from jinja2 import Environment

from generator.blanks.word_tags import open_word_tags
from generator.blanks.word_tags.rich import Lines, Picture, Piece, Rich, RichParagraphs, SubDocument
from generator.errors import TemplateNotValid
from tests.making import word, word_paragraphs


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0\xff\0\0\0\xff\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PNG = _png()


@dataclass
class Case:
    """One template: what we are given; what docxtpl is given where it needs its own objects; custom filters."""

    context: dict
    theirs: object = None
    filters: dict = field(default_factory=dict)
    autoescape: bool = True


def _picture(document: DocxTemplate) -> InlineImage:
    return InlineImage(document, io.BytesIO(PNG), width=Mm(20))


def _sub_document(document: DocxTemplate) -> object:
    return document.new_subdoc(io.BytesIO(SUB))


SUB = word("A sub-document", "with two paragraphs", cells=[["and", "a table"]])
PICTURE = Picture(PNG, width_mm=20)
FRAMEWORKS = ("Django", "Zope & Pyramid")
RICH = (Piece("an "), Piece("italic <text>", italic=True), Piece("\nand a line", bold=True, color="ff00ff", size_pt=14))


def _rich(*pieces: Piece) -> RichText:
    out = RichText()
    for piece in pieces:
        out.add(
            piece.text,
            italic=piece.italic,
            bold=piece.bold,
            color=piece.color or None,
            size=28 if piece.size_pt else None,
        )
    return out


def _rich_paragraphs() -> RichTextParagraph:
    out = RichTextParagraph()
    out.add(_rich(*RICH), parastyle="ListBullet")
    out.add(_rich(Piece("second")))
    return out


LISTING = "with\nnew\ttabs\aand paragraphs\fand a page"
ALERTS = [{"date": "2015-03-10", "desc": d, "type": t, "bg": bg} for d, t, bg in (("Very critical", "CRITICAL", "FF0000"), ("Just a warning", "WARNING", "FFDD00"))]  # fmt: skip

CASES = {
    "cellbg_tpl": Case(
        {"alerts": [{**a, "desc": Rich((Piece(a["desc"], bold=True),))} for a in ALERTS]},
        lambda d: {"alerts": [{**a, "desc": _rich(Piece(a["desc"], bold=True))} for a in ALERTS]},
    ),
    "comments_tpl": Case({}),
    "custom_jinja_filters_tpl": Case(
        {"base_value_string": " Hello", "base_value_float": 1.5, "doc_no": 7},
        filters={"my_filterA": lambda a, b: f"{a} {b}", "my_filterB": lambda a, b: a + b},
    ),
    "doc_properties_tpl": Case({"test": "HelloWorld"}),
    "dynamic_table_tpl": Case(
        {
            "col_labels": ["fruit", "vegetable", "stone", "thing"],
            "tbl_contents": [
                {"label": "yellow", "cols": ["banana", "capsicum", "pyrite", "taxi"]},
                {"label": "red", "cols": ["apple", "tomato", "cinnabar", "doubledecker"]},
            ],
        }
    ),
    "embedded_dummy": Case({}),
    "embedded_dummy2": Case({}),
    "embedded_embedded_docx_tpl": Case({"name": "John Doe"}),
    "embedded_main_tpl": Case({"name": "John Doe"}),
    "embedded_static_docx": Case({}),
    "escape_tpl": Case(
        {
            "myvar": Rich((Piece('"less than" must be escaped: <, & too'),)),
            "myescvar": 'It can be escaped with a "|e": < & >',
            "nlnp": Rich((Piece("Here is a multiple\nlines\nstring\aand some\aother\aparagraphs"),)),
            "mylisting": Lines("the listing\nwith\nsome\nlines\nand special chars : <>&"),
            "page_break": Rich((Piece("\f"),)),
            "new_listing": Lines("\nThis is a new listing\nNow, does not require Listing() Object\nHere is a \t tab\aHere is a new paragraph\fHere is a page break\nThat's it\n"),
            "some_html": "HTTP/1.1 200 OK\nServer: Apache-Coyote/1.1\n<html>\n</html>",
        },
        lambda d: {
            "myvar": _rich(Piece('"less than" must be escaped: <, & too')),
            "myescvar": 'It can be escaped with a "|e": < & >',
            "nlnp": RichText("Here is a multiple\nlines\nstring\aand some\aother\aparagraphs"),
            "mylisting": Listing("the listing\nwith\nsome\nlines\nand special chars : <>&"),
            "page_break": RichText("\f"),
            "new_listing": Listing("\nThis is a new listing\nNow, does not require Listing() Object\nHere is a \t tab\aHere is a new paragraph\fHere is a page break\nThat's it\n"),
            "some_html": "HTTP/1.1 200 OK\nServer: Apache-Coyote/1.1\n<html>\n</html>",
        },
    ),
    "escape_tpl_auto": Case(
        {
            "nested_dict": {"name": "<a> & b", "list": "x"},
            "autoescape": "These string should be auto escaped for an XML Word document which may contain <, >, &, ', and \".",
            "autoescape_unicode": "This is an unicode <unicode> string & äöü",
        },
        lambda d: {**CASES["escape_tpl_auto"].context, "iteritems": lambda x: x.items()},
    ),
    "footnotes_tpl": Case({"a_jinja_variable": "A Jinja variable!"}),
    "get_undeclared_variables": Case(
        {
            "name": "Ana", "age": 30, "email": "a@b.example", "is_student": True, "has_degree": True, "degree_field": "Law",
            "skills": ["Python", "C & C++"], "projects": [{"name": "A", "year": 2020, "description": "x < y"}, {"name": "B", "year": 2021, "description": "z"}],
            "company_name": "Co", "page_number": 1, "generation_date": "2026-01-01", "author": "Me",
        }
    ),
    "header_footer_entities_tpl": Case({"title": "Header and footer test"}, autoescape=False),
    "header_footer_image_tpl": Case({"mycompany": "The World Wide company"}),
    "header_footer_inline_image_tpl": Case(
        {"inline_image": PICTURE, "images": [PICTURE, PICTURE]},
        lambda d: {"inline_image": _picture(d), "images": [_picture(d), _picture(d)]},
    ),
    "header_footer_tpl": Case(
        {"title": "Header and footer test", "company_name": "The World Wide company", "date": "2016-03-17", "mysubdoc": SubDocument(SUB)},
        lambda d: {**CASES["header_footer_tpl"].context, "mysubdoc": _sub_document(d)},
    ),
    "header_footer_tpl_utf8": Case(
        {"title": "헤더와 푸터", "company_name": "세계적 회사", "date": "2016-03-17", "mysubdoc": SubDocument(SUB)},
        lambda d: {**CASES["header_footer_tpl_utf8"].context, "mysubdoc": _sub_document(d)},
    ),
    "horizontal_merge_tpl": Case({}),
    "inline_image_tpl": Case(
        {"myimage": PICTURE, "myimageratio": PICTURE, "frameworks": [{"image": PICTURE, "desc": d} for d in FRAMEWORKS]},
        lambda d: {"myimage": _picture(d), "myimageratio": _picture(d), "frameworks": [{"image": _picture(d), "desc": t} for t in FRAMEWORKS]},
    ),
    "less_cells_after_loop_tpl": Case({}),
    "merge_docx_master_tpl": Case({"mysubdoc": SubDocument(SUB)}, lambda d: {"mysubdoc": _sub_document(d)}),
    "merge_docx_subdoc": Case({}),
    "merge_paragraph_tpl": Case({"living_in_town": True}),
    "module_execute_tpl": Case(
        {
            "json_dict_var": {"json_dict_var": "successful json_dict_var!"}, "json_array_var": ["a", "b"], "json_string_var": "text",
            "json_int_var": 123, "json_float_var": 1.234, "json_true_var": True, "json_false_var": False, "json_none_var": None,
        }
    ),
    "multi_rendering_tpl": Case({"title": "First page", "body": "This is the body text of the first page"}),
    "nested_for_tpl": Case(
        {
            "dishes": [{"name": "Pizza", "ingredients": ["bread", "tomato"]}, {"name": "Hamburger", "ingredients": ["meat & bread"]}],
            "authors": [{"name": "Saint-Exupery", "books": [{"title": "Le petit prince"}, {"title": "L'aviateur"}]}, {"name": "Barjavel", "books": []}],
        }
    ),
    "order_tpl": Case(
        {
            "customer_name": "Eric", "items": [{"desc": "Python interpreters", "qty": 2, "price": "FREE"}, {"desc": "Django", "qty": 5403, "price": "FREE"}],
            "in_europe": True, "is_paid": False, "company_name": "The World Wide company", "total_price": "100,000,000.00",
        }
    ),
    "preserve_spaces_tpl": Case({"tag_1": "Cool", "tag_2": "Fun"}),
    "replace_picture_tpl": Case({}),
    "richtext_and_if_tpl": Case({"foobar": Rich((Piece("Foobar!", color="ff0000"),))}, lambda d: {"foobar": _rich(Piece("Foobar!", color="ff0000"))}),
    "richtext_eastAsia_tpl": Case(
        {"example": Rich(RICH), "Chinese": Rich((Piece("测试TEST", font="eastAsia:Microsoft YaHei"),)), "simsun": Rich((Piece("宋体"),))},
        lambda d: {"example": _rich(*RICH), "Chinese": RichText("测试TEST", font="eastAsia:Microsoft YaHei"), "simsun": RichText("宋体")},
    ),
    "richtext_paragraph_tpl": Case(
        {"example": RichParagraphs(((Rich(RICH), "ListBullet"), (Rich((Piece("second"),)), "")))},
        lambda d: {"example": _rich_paragraphs()},
    ),
    "richtext_tpl": Case({"example": Rich(RICH)}, lambda d: {"example": _rich(*RICH)}),
    "subdoc_tpl": Case({"mysubdoc": SubDocument(SUB)}, lambda d: {"mysubdoc": _sub_document(d)}),
    "vertical_merge_nested_tpl": Case({}),
    "vertical_merge_tpl": Case(
        {"items": [{"desc": "Python", "qty": 2, "price": 0}, {"desc": "Django", "qty": 1, "price": 5}], "total_price": "5", "category": "Book"}
    ),
    "word2016_tpl": Case(
        {"test_space": "          ", "test_tabs": 5 * "\t", "test_space_r": Rich((Piece("          "),)), "test_tabs_r": Rich((Piece(5 * "\t"),))},
        lambda d: {"test_space": "          ", "test_tabs": 5 * "\t", "test_space_r": RichText("          "), "test_tabs_r": RichText(5 * "\t")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_our_text_is_docxtpls_paragraph_by_paragraph(shared, name):
    case = CASES[name]
    data = (shared / "corpus" / "docxtpl" / f"{name}.docx").read_bytes()
    oracle = DocxTemplate(io.BytesIO(data))
    env = Environment(autoescape=case.autoescape)
    env.filters.update(case.filters)
    oracle.render_init()
    oracle.render(case.theirs(oracle) if case.theirs else case.context, jinja_env=env, autoescape=case.autoescape)
    expected = io.BytesIO()
    oracle.save(expected)
    ours = open_word_tags(data, filters=case.filters).render(case.context)
    assert word_paragraphs(ours) == word_paragraphs(expected.getvalue())


def test_no_template_of_docxtpl_is_left_out(shared):
    names = {path.stem for path in (shared / "corpus" / "docxtpl").glob("*.docx")}
    assert names == {*CASES, "template_error_tpl"}


def test_docxtpls_template_with_a_fault_is_refused_with_the_place_of_the_fault(shared):
    with pytest.raises(TemplateNotValid, match=r"paragraph 5.*endif closes nothing"):
        open_word_tags((shared / "corpus" / "docxtpl" / "template_error_tpl.docx").read_bytes())
