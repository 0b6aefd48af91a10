"""The proof of Word documents: every answer in its place, by a reader that shares nothing with the writer."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.blanks.word_form import open_word_form
from generator.ooxml import W as W_NAMESPACE
from generator.proof import Expected
from generator.proof import word as word_proof
from generator.proof.word import prove_printed, prove_word, squeezed
from generator.proof.word_text import text_of_plain
from generator.slots import Fill, SlotKind
from tests.making import word
from tests.word.form_maker import B, Maker, box, room, under


@pytest.fixture
def filled(tmp_path):
    """A filled form with two equal answers, a tick, a circled choice and a chosen entry; and what is expected of it."""
    f = Maker()
    f.p("Name: ", under("Name", "x"), "  Guardian: ", under("Guardian", "x"))
    f.p("Smoker: ", box("Yes", True), " Yes  ", box("No", False), " No")
    f.p("Sex (circle one):  ", B("circle-one", "Sex", "x", "Male   Female   Other", ("Male", "Female", "Other")))
    f.p("Method: ", B("legacy-dropdown", "Method", "x", options=("Choose", "Group", "Family")))
    f.table([2000, 5000], [["Summary", room("Summary", "x")]])
    blank, _ = f.save(tmp_path, "form")
    form = open_word_form(blank.read_bytes())
    values = {
        "Name": "Ann Lee", "Guardian": "Ann Lee", "Smoker: Yes": True, "Sex": "Female", "Method": "Group",
        "Summary": "A long answer of several words.\nAnd a second line.",
    }  # fmt: skip
    slots = {slot.label: slot for slot in form.slots}
    made = form.fill([Fill(slots[label].id, value) for label, value in values.items()])
    by_id = {slot.id: slot for slot in form.slots}
    expected = [
        Expected(
            o.slot,
            str(values[by_id[o.slot].label]),
            is_button=by_id[o.slot].kind is SlotKind.CHECK,
            is_ringed=by_id[o.slot].shape == "circle",
            places=o.places,
        )
        for o in made.outcomes
    ]
    return made.data, expected


def changed(data: bytes, old: str, new: str, count: int = 1) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode()
    assert old in xml
    parts["word/document.xml"] = xml.replace(old, new, count).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_right_document_is_proven_whole(filled):
    data, expected = filled
    proof = prove_word(data, expected)
    assert (proof.faults, proof.visible, proof.checked) == ((), 6, 6)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ann Lee", ""),  # one of two equal answers is gone
        ("A long answer of several words.", "A long answer of several"),  # cut
        ("And a second line.", ""),  # its end is lost
        ("\u2612", "\u2610"),  # not ticked
        ('<w:result w:val="1"/>', '<w:result w:val="0"/>'),  # another entry of the list
        ("<w:bdr ", "<w:shadow "),  # the ring is gone
    ],
)
def test_a_fault_put_in_on_purpose_is_found(filled, old, new):
    data, expected = filled
    assert len(prove_word(changed(data, old, new), expected).faults) == 1


def test_an_answer_in_the_place_of_another_is_found(filled):
    data, expected = filled
    swapped = changed(changed(data, "Group", "Grp"), "A long answer of several words.", "Group")
    assert len(prove_word(swapped, expected).faults) >= 1


@pytest.mark.parametrize("tag", ["{{ patient.name }}", "{% endfor %}", "{%p if x %}"])
def test_a_tag_that_is_left_is_found_but_not_one_that_is_an_answer(tag):
    assert [fault.slot for fault in prove_word(word("Name: " + tag), []).faults] == ["the template"]
    assert prove_word(word("Name: " + tag), [Expected("a", tag)]).faults == ()


def test_answers_without_a_known_place_are_counted():
    data = word("Goal: sleep well", "Goal: sleep well and long")
    twice = [Expected("a", "sleep well"), Expected("b", "sleep well and long")]
    assert prove_word(data, twice).faults == ()
    assert [f.slot for f in prove_word(data, [*twice, Expected("c", "sleep well")]).faults] == ["c"]


def test_every_faulty_cut_of_any_answer_is_found(filled):
    data, expected = filled
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    for one in expected:
        if one.is_button or one.is_ringed or one.value in ("Group",):
            continue
        line = one.value.split("\n")[0]
        for end in range(1, len(line)):
            if re.search(re.escape(line), xml):
                assert prove_word(changed(data, line, line[:end]), expected).faults, (line, end)


PRINTED = (Expected("name", "Ann Lee"), Expected("hidden", "under a condition"), Expected("goal", "sleep well"))


def test_what_the_template_left_out_is_told_and_all_else_is_proven():
    data = word("Ann Lee wants to", "sleep well")
    absent, proof = prove_printed(data, data, PRINTED)
    assert (absent, proof.checked, proof.visible, proof.faults) == (("hidden",), 2, 2, ())


def test_what_is_lost_after_filling_is_a_fault_and_not_left_out():
    filled = word("Ann Lee wants to", "sleep well")
    absent, proof = prove_printed(filled, changed(filled, "sleep well", "sleep"), PRINTED)
    assert absent == ("hidden",)
    assert [fault.slot for fault in proof.faults] == ["goal"]


@pytest.mark.parametrize("finished", [b"", b"not a zip", "cut"])
def test_a_document_that_cannot_be_read_shows_no_answer(finished):
    filled = word("Ann Lee wants to", "sleep well")
    damaged = filled[:300] if finished == "cut" else finished
    absent, proof = prove_printed(damaged, damaged, PRINTED)
    assert (absent, proof.visible, len(proof.faults)) == ((), 0, 3)
    absent, proof = prove_printed(filled, damaged, PRINTED)
    assert (absent, proof.visible, len(proof.faults)) == (("hidden",), 0, 2)


def test_a_tag_left_in_the_same_bytes_is_found():
    data = word("Ann Lee {{ sleep well }}")
    _, proof = prove_printed(data, data, PRINTED)
    assert [fault.slot for fault in proof.faults] == ["the template"]


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        ("<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>", True),
        ("<w:p><w:r><w:t>one</w:t></w:r><w:r><w:t>two</w:t></w:r></w:p>", True),
        ("<w:p><w:del><w:r><w:t>onetwo</w:t></w:r></w:del></w:p>", False),  # struck out: nobody reads it
        ("<w:p><w:r><w:instrText>onetwo</w:instrText></w:r></w:p>", False),  # a field's code
        ("<w:r><w:t>onetwo</w:t></w:r>", False),  # outside of any paragraph, where Word shows nothing
        ("<!-- <w:p><w:r><w:t>onetwo</w:t></w:r></w:p> -->", False),
        ("<w:p><w:r><w:t>one</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:r>"
         "<w:r><w:t>two</w:t></w:r></w:p>", True),  # a text box inside does not part the words around it
    ],
)  # fmt: skip
def test_only_what_word_shows_counts(xml, seen):
    data = changed(word("PLACE"), "<w:body>", f"<w:body>{xml}")
    assert (not prove_word(data, [Expected("a", "one two")]).faults) is seen


_PIECES = (
    *("<w:p>", "</w:p>", '<w:p w:a="1">', '<w:p w:a="1"/>', "<w:p/>", '<w:p w:a="/>">', '<w:p w:a=">"/>', "<w:r>", "</w:r>"),
    *("<w:t>", "</w:t>", '<w:t xml:space="preserve">', "<w:t/>", "<w:tab/>", "<w:br/>", "<w:tc>", "</w:tc>"),
    *("Ann", " Lee", "e", "\u0301", "\u00e9", "&amp;", "&lt;", "&#65;", "&amp;lt;", "a > b", "&nbsp;", "\r\n"),
    *("<!-- no -->", "<![CDATA[raw]]>", "<?x y?>", '<w:q xmlns:w ="urn:o">', "</w:q>", "<x:y/>", '<v:p xmlns:v="urn:v"/>'),
)  # fmt: skip
_RUN = ('<w:p w:a="1">', "<w:r>", "<w:t>", "Ann", "</w:t>", "<w:tab/>", "<w:t>", "\u00e9", "</w:t>", "</w:r>", "</w:p>")
_HEADS = ("", '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="latin-1"?>', "\ufeff")


@given(
    st.lists(st.sampled_from(_PIECES), max_size=3),
    st.lists(st.tuples(st.integers(0, len(_RUN)), st.sampled_from(_PIECES)), max_size=4),
    st.sampled_from(_HEADS),
    st.sampled_from((W_NAMESPACE, "urn:other")),
)
def test_text_read_off_the_letters_is_the_text_that_the_tree_has(before, put, head, namespace):
    pieces = list(_RUN)
    for place, piece in put:
        pieces.insert(place, piece)
    xml = f'{head}<w:d xmlns:w="{namespace}">{"".join(before)}{"".join(pieces)}</w:d>'.encode()
    text = text_of_plain(xml)
    if text is not None:
        assert squeezed(text) == squeezed(word_proof._all_text(word_proof._Part(xml).root, is_plain=True))


def test_most_parts_are_read_off_their_letters():
    xml = f'<w:d xmlns:w="{W_NAMESPACE}">{"".join(_RUN)}{"".join(_RUN)}</w:d>'.encode()
    assert text_of_plain(xml) == "Ann\u00e9Ann\u00e9"
    for odd in ("<!-- -->", "<x:y/>", '<w:p w:a=">"/>', "&#65;", "<w:t>Lee</w:t>"):
        assert text_of_plain(xml.replace(b"</w:d>", f"{odd}</w:d>".encode())) is None
