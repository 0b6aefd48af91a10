import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.blanks.word_tags import open_word_tags
from generator.errors import BlankNotReadable, NameUnknown, RefusedForSafety, TemplateNotValid
from generator.slots import Fill
from tests.making import word, word_text

KNOWN = {
    "patient.name.first",
    "patient.name.last",
    "problems",
    "problems[].title",
    "problems[].goals",
    "problems[].goals[].statement",
    "plan.plan_date",
}


def test_values_are_escaped_and_lines_become_breaks():
    filled = open_word_tags(word("Name: {{ patient.name.first }}")).fill(
        [Fill("patient.name.first", "José Núñez-Łukasz & <sons>\nsecond")]
    )
    assert "Name: José Núñez-Łukasz & <sons>\nsecond" in word_text(filled.data)


def test_a_filter_that_cannot_use_a_blank_is_told_with_its_part():
    with pytest.raises(TemplateNotValid, match="cannot be worked out"):
        open_word_tags(word("{{ patient.name.first | reverse | list }}")).fill([Fill("patient.name.first", None)])


def test_rows_repeat_over_nested_lists_and_an_empty_list_prints_nothing():
    data = word(
        "{%p for p in problems %}",
        "{{ loop.index }} {{ p.title }}",
        "{%p for g in p.goals %}",
        "goal {{ g.statement }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    template = open_word_tags(data)
    rows = [{"title": "one", "goals": [{"statement": "a"}, {"statement": "b"}]}, {"title": "two", "goals": []}]
    assert word_text(template.fill([Fill("problems", rows)]).data).split("\n") == ["1 one", "goal a", "goal b", "2 two"]
    assert word_text(template.fill([Fill("problems", [])]).data) == ""


def test_table_rows_repeat():
    data = word(cells=[["{%tr for p in problems %}", ""], ["{{ p.title }}", "x"], ["{%tr endfor %}", ""]])
    text = word_text(open_word_tags(data).fill([Fill("problems", [{"title": "one"}, {"title": "two"}])]).data)
    assert text == "one\nx\ntwo\nx"


def test_names_are_followed_through_loops_with_their_places():
    data = word(
        "{{ patient.name.first }}",
        "{% for p in problems %}{% for g in p.goals %}{{ g.statement|lower }}{% endfor %}{% endfor %}",
        header="{{ patient.name.last }}",
    )
    uses = {use.path: use.where for use in open_word_tags(data).names}
    assert uses["problems[].goals[].statement"] == "the document, paragraph 2"
    assert uses["patient.name.last"].startswith("a header (header")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ({"paragraphs": ["ok", "Dear {{ patient.name.frist }}"]}, "the document, paragraph 2"),
        ({"cells": [["a", "b"], ["c", "{{ patient.name.frist }}"]]}, "the document, table 1, row 2, cell 2"),
        ({"header": "{{ patient.name.frist }}"}, "a header"),
    ],
)
def test_an_unknown_name_says_where_it_stands_and_what_was_meant(text, place):
    template = open_word_tags(
        word(*text.get("paragraphs", []), header=text.get("header", ""), cells=text.get("cells", ()))
    )
    with pytest.raises(NameUnknown, match=r"Did you mean patient\.name\.first\?") as error:
        template.refuse_unknown_names(KNOWN)
    assert place in str(error.value)


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("{% for p in problems %}{{ p.title }}", "never closed"),
        ("{% endif %}", "closes nothing"),
        ("{{ patient.name. }}", "near"),
        ("{{ plan.plan_date | dat }}", "no filter named 'dat'"),
        ("{% include 'x' %}", "no word that templates know"),
        ("{% macro x() %}{% endmacro %}", "no word that templates know"),
    ],
)
def test_a_fault_of_syntax_says_the_place_and_the_words_there(tag, says):
    with pytest.raises(TemplateNotValid, match=says) as error:
        open_word_tags(word("first", f"before {tag} after"))
    assert "the document, paragraph 2" in str(error.value)


ATTACKS = [
    "{{ ''.__class__.__mro__ }}",
    "{{ patient.__init__ }}",
    "{{ patient['__class__'] }}",
    "{{ problems.append(1) }}",
    "{{ range(10**9) }}",
    "{{ 'A' * 10**9 }}",
    "{{ 10 ** 10 ** 9 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ problems | map(attribute='__class__') | list }}",
    "{{ cycler('a').__init__.__globals__ }}",
    "{{ self }}",
    "{% set x = problems.pop() %}",
    "{{ patient | attr('__class__') }}",
    "{{ ('a' ~ 'b').__class__ }}",
    "{{ lipsum() }}",
    "{{ namespace(a=1) }}",
    "{{ ''.format() }}",
    "{% for i in range(10) %}{% endfor %}",
    "{% set a = 'x' ~ 'x' %}",
    "{% set a = a ~ a %}",
    "{{ [1] * 10000000 }}",
    "{{ 'x' | center(999999999) }}",
    "{{ patient.copy() }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["body", "cell", "header"])
def test_a_template_that_would_do_more_than_print_is_refused_before_it_runs(attack, place):
    given_in = {"body": {"paragraphs": [attack]}, "cell": {"cells": [[attack]]}, "header": {"header": attack}}[place]
    data = word(*given_in.get("paragraphs", []), header=given_in.get("header", ""), cells=given_in.get("cells", ()))
    with pytest.raises((RefusedForSafety, TemplateNotValid, NameUnknown)):
        template = open_word_tags(data)
        template.refuse_unknown_names(KNOWN)


def test_a_renamed_zip_is_no_word_document():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("hello.txt", "hello")
    with pytest.raises(BlankNotReadable, match="not a Word document"):
        open_word_tags(out.getvalue())


def test_macros_are_refused():
    out = io.BytesIO(word("x"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(RefusedForSafety, match="macros"):
        open_word_tags(out.getvalue())


def test_a_picture_that_lies_elsewhere_is_taken_out_and_told():
    source = zipfile.ZipFile(io.BytesIO(word("x")))
    out = io.BytesIO()
    link = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///secret" TargetMode="External"/></Relationships>'
    with zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            data = source.read(name)
            package.writestr(
                name, data.replace(b"</Relationships>", link) if name == "word/_rels/document.xml.rels" else data
            )
    template = open_word_tags(out.getvalue())
    assert [finding.rule for finding in template.findings] == ["outside-links"]
    assert b"secret" not in zipfile.ZipFile(io.BytesIO(template.fill([]).data)).read("word/_rels/document.xml.rels")


_xml_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(_xml_text)
def test_any_text_is_found_again_in_the_document(value):
    data = open_word_tags(TEMPLATE).fill([Fill("patient.name.first", value)]).data
    assert value in word_text(data)


TEMPLATE = word("[{{ patient.name.first }}]")


def test_a_tag_split_over_runs_is_still_one_tag():
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ patient.", "name.first", " }", "}"):
        paragraph.add_run(piece)
    out = io.BytesIO()
    document.save(out)
    assert word_text(open_word_tags(out.getvalue()).fill([Fill("patient.name.first", "Ana")]).data) == "Ana"
