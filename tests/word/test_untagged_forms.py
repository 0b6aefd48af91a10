"""Forms without tags: every blank found, named and filled, and nothing else changed."""

import io
import json
import re
import time
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.blanks.tasks import inspect
from generator.blanks.word_form import open_word_form
from generator.slots import Fill, SlotKind, Status
from tests.making import word
from tests.word.agency_forms import ALL
from tests.word.agency_forms_more import MORE
from tests.word.form_maker import PLAN, B, Maker, box, date, room, tab, under
from tests.word.scoring import label_is_right, load_yardstick, slots_of_blanks, truth_fills

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def form_of(maker: Maker, folder: Path):
    blank, truth = maker.save(folder, "form")
    return open_word_form(blank.read_bytes()), json.loads(truth.read_text(encoding="utf-8"))


def text_of(data: bytes, part: str = "word/document.xml") -> str:
    """The text of a part by a second reader: plain zip and ElementTree."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read(part))
    shown = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    lines = []
    for paragraph in root.iter(f"{W}p"):
        lines.append(
            "".join(n.text or "" if shown[n.tag] is None else shown[n.tag] for n in paragraph.iter() if n.tag in shown)
        )
    return "\n".join(lines)


@pytest.mark.parametrize("make", ALL + MORE, ids=lambda make: make.__name__)
def test_forms_in_fourteen_styles_are_filled_right_and_nothing_else_changes(make, shared, tmp_path):
    blank, truth_file = make().save(tmp_path, "form", language="es" if make.__name__.startswith("spanish") else "en")
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    form = open_word_form(blank.read_bytes())
    slots = slots_of_blanks(form, truth)
    filled = form.fill(truth_fills(slots, truth, PLAN))
    out = tmp_path / "filled.docx"
    out.write_bytes(filled.data)
    found = load_yardstick(shared).check(blank, truth_file, out, PLAN)
    # The yardstick does not know letters of the Wingdings font as boxes; ours are checked in a test of their own.
    wrong = [one for one in found["results"] if one["status"] in ("wrong", "empty", "touched")]
    wrong = [one for one in wrong if "in the place of the box: '" not in one["remark"]]
    assert len(slots) == len(truth["blanks"])
    assert (wrong, found["changes"], found["overflow"]) == ([], [], found["overflow_placed"])


AGENCIES = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")


@pytest.mark.parametrize("number", AGENCIES)
def test_the_ten_agency_forms_are_filled_right_from_the_first_of_their_plans(number, shared, tmp_path):
    (truth_file,) = (shared / "corpus" / "agency-word").glob(f"{number}_*.truth.json")
    blank = truth_file.with_name(truth_file.name.replace(".truth.json", ".docx"))
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    form = open_word_form(blank.read_bytes())
    slots = slots_of_blanks(form, truth)
    plan = next(iter(truth["plans"]))
    out = tmp_path / "filled.docx"
    out.write_bytes(form.fill(truth_fills(slots, truth, plan)).data)
    found = load_yardstick(shared).check(blank, truth_file, out, plan)
    assert (found["right"], found["wrong"], found["touched"]) == (found["to_fill"], 0, 0)
    assert (found["changes"], found["minor_changes"]) == ([], [])
    assert found["overflow_placed"] == found["overflow"]
    assert len(slots) == len(truth["blanks"])


def test_labels_are_what_a_person_would_call_the_blanks(shared, tmp_path):
    made = [maker().save(tmp_path, maker.__name__)[1] for maker in ALL + MORE]
    for files in (sorted((shared / "corpus" / "agency-word").glob("*.truth.json")), made):
        right = blanks = 0
        for path in files:
            truth = json.loads(path.read_text(encoding="utf-8"))
            form = open_word_form(path.with_name(path.name.replace(".truth.json", ".docx")).read_bytes())
            slots = slots_of_blanks(form, truth)
            blanks += len(truth["blanks"])
            right += sum(label_is_right(slots[one["id"]], one) for one in truth["blanks"] if one["id"] in slots)
        assert right >= 0.95 * blanks


def test_every_form_field_and_content_control_of_real_files_is_a_slot(shared):
    fields = controls = seen_fields = seen_controls = 0
    for path in sorted((shared / "corpus" / "docx").glob("*.docx")):
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [
                n
                for n in package.namelist()
                if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", n)
            ]
            roots = [ElementTree.fromstring(package.read(name)) for name in names]
        fields += sum(1 for root in roots for _ in root.iter(f"{W}ffData"))
        controls += sum(1 for root in roots for _ in root.iter(f"{W}sdt"))
        slots = open_word_form(data).slots
        seen_fields += sum(slot.shape.startswith("form-") for slot in slots)
        seen_controls += sum(slot.shape.startswith("sdt-") for slot in slots)
    assert (seen_fields, seen_controls) == (fields, controls) == (216, 83)


def mixed(folder: Path):
    """A line with a bit of everything, to be filled in any order."""
    f = Maker()
    f.p(
        "Name: ",
        under("Name", "x"),
        "  Born: ",
        date("Born", "x"),
        "  ID: ",
        B("legacy-text", "ID", "x"),
        "  Unit: ",
        B("sdt-text", "Unit", "x", "Click or tap here to enter text."),
        " end",
    )
    f.p(
        "Ward",
        tab("Ward", "x"),
        "Room",
        tab("Room", "x"),
        props='<w:tabs><w:tab w:val="left" w:leader="dot" w:pos="4000"/><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>',
    )
    f.table([2000, 4000], [["Notes", room("Notes", "x")], ["Plan", room("Plan", "x")]])
    return form_of(f, folder)


FILLED = "FILLED" * 5
TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\u2028\u2029\ufffe\uffff"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() and "_" not in text)
HARD = [
    "José Núñez-Łukasz & <sons>",
    "one\ntwo\n\nthree",
    "x" * 3000,
    "a\tb",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "]]> <w:t>",
    "  spaced  ",
    "{{ tag }}",
    "\U0001f600 end",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=8, max_size=8))
def test_what_is_filled_is_read_back_by_a_second_reader(texts, tmp_path):
    form, _ = mixed(tmp_path)
    fills = [Fill(slot.id, text) for slot, text in zip(form.slots, texts, strict=True)]
    filled = form.fill(fills)
    assert {outcome.status for outcome in filled.outcomes} == {Status.FILLED}
    text = text_of(filled.data)
    for one in texts:
        assert one in text


@pytest.mark.parametrize("value", HARD)
def test_hard_values_stand_whole_in_every_kind_of_place(value, tmp_path):
    form, _ = mixed(tmp_path)
    filled = form.fill([Fill(slot.id, value) for slot in form.slots])
    assert text_of(filled.data).count(value) == len(form.slots)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(0, 7), max_size=4))
def test_a_slot_that_is_not_filled_does_not_change(chosen, tmp_path):
    form, _ = mixed(tmp_path)
    before = text_of(form.data)
    filled = form.fill([Fill(slot.id, FILLED) for n, slot in enumerate(form.slots) if n in chosen])
    rest = [slot for n, slot in enumerate(form.slots) if n not in chosen]
    after = open_word_form(filled.data).slots
    # What a line leaves behind an answer (underscores, a leader) may be seen as a place again; none may be lost.
    assert not Counter((slot.shape, slot.kind) for slot in rest) - Counter((slot.shape, slot.kind) for slot in after)
    if not chosen:
        assert text_of(filled.data) == before


def test_other_members_of_the_zip_are_the_same_bytes(tmp_path):
    form, _ = mixed(tmp_path)
    filled = form.fill([Fill(form.slots[0].id, "x")])
    with zipfile.ZipFile(io.BytesIO(form.data)) as old, zipfile.ZipFile(io.BytesIO(filled.data)) as new:
        assert set(old.namelist()) == set(new.namelist())
        assert all(old.read(n) == new.read(n) for n in old.namelist() if n != "word/document.xml")


def test_ids_are_the_same_each_time_and_single(tmp_path):
    form, _ = mixed(tmp_path)
    ids = [slot.id for slot in form.slots]
    assert ids == [slot.id for slot in open_word_form(form.data).slots] and len(set(ids)) == len(ids)


def test_a_form_field_tells_its_length_type_and_help():
    xml = (
        '<w:p><w:r><w:t xml:space="preserve">Begin date: </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
        '<w:name w:val="Text3"/><w:enabled/><w:helpText w:type="text" w:val="the first day"/><w:textInput>'
        '<w:type w:val="date"/><w:maxLength w:val="10"/><w:format w:val="M/d/yyyy"/></w:textInput></w:ffData></w:fldChar>'
        '</w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    (slot,) = open_word_form(with_body(xml)).slots
    assert (slot.label, slot.kind, slot.format) == ("Begin date", SlotKind.DATE, "date:m/d/yyyy")
    assert (slot.max_length, slot.tooltip) == (10, "the first day")
    filled = open_word_form(with_body(xml)).fill([Fill(slot.id, "1/2/2027")])
    assert "Begin date: 1/2/2027" in text_of(filled.data)
    long = open_word_form(with_body(xml)).fill([Fill(slot.id, "second of January")])
    assert long.outcomes[0].status is Status.FILLED and "10 characters" in long.outcomes[0].why


def test_a_list_refuses_what_it_does_not_offer_and_names_the_nearest(tmp_path):
    f = Maker()
    f.p("Method: ", B("legacy-dropdown", "Method", "x", options=("Choose", "Individual", "Group", "Family")))
    form, _ = form_of(f, tmp_path)
    (slot,) = form.slots
    assert [choice.label for choice in slot.choices] == ["Choose", "Individual", "Group", "Family"]
    outcome = form.fill([Fill(slot.id, "Grup")]).outcomes[0]
    assert outcome.status is Status.REFUSED and '"Group"' in outcome.why and outcome.rest == "Grup"
    assert form.fill([Fill(slot.id, "group")]).outcomes[0].status is Status.FILLED


def test_a_locked_control_is_refused_and_a_bound_one_changes_the_part_that_it_shows():
    control = (
        '<w:p><w:r><w:t>Name</w:t></w:r><w:sdt><w:sdtPr><w:id w:val="7"/>{inner}<w:text/></w:sdtPr><w:sdtContent><w:r>'
        "<w:t>old</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    locked = open_word_form(with_body(control.format(inner='<w:lock w:val="contentLocked"/>')))
    assert locked.fill([Fill(locked.slots[0].id, "new")]).outcomes[0].status is Status.REFUSED
    binding = (
        '<w:dataBinding w:prefixMappings="xmlns:a=\'urn:a\'" w:xpath="/a:root[1]/a:name[1]" '
        'w:storeItemID="{11111111-2222-3333-4444-555555555555}"/>'
    )
    more = {
        "customXml/item1.xml": b'<a:root xmlns:a="urn:a"><a:name>old</a:name></a:root>',
        "customXml/itemProps1.xml": b'<ds:datastoreItem ds:itemID="{11111111-2222-3333-4444-555555555555}" '
        b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
    }
    bound = open_word_form(with_body(control.format(inner=binding), more))
    filled = bound.fill([Fill(bound.slots[0].id, "new & <b>")])
    with zipfile.ZipFile(io.BytesIO(filled.data)) as package:
        assert ElementTree.fromstring(package.read("customXml/item1.xml"))[0].text == "new & <b>"


def test_boxes_are_ticked_in_their_own_sign(tmp_path):
    f = Maker()
    f.p(
        "A: ",
        box("a", True, "\u2610"),
        " one  ",
        box("b", True, "\u25cb"),
        " two  ",
        box("c", True, "[ ]"),
        " three  ",
        box("d", False, "\u2610"),
        " four",
    )
    f.p("B: ", B("check-symbol", "e", True, "\uf0a8"), " five  ", B("check-symbol", "g", True, "o"), " six")
    f.p("____ seven   ____ eight   ____ nine")
    form, _ = form_of(f, tmp_path)
    wanted = ("one", "two", "three", "five", "six", "eight")
    filled = form.fill([Fill(slot.id, True) for slot in form.slots if slot.label.endswith(wanted)])
    text = text_of(filled.data)
    assert "A: \u2612 one  \u25cf two  [X] three  \u2610 four" in text
    assert "\u00fe six" in text and "_X__ eight" in text and "____ nine" in text
    with zipfile.ZipFile(io.BytesIO(filled.data)) as package:
        assert b'w:char="F0FE"' in package.read("word/document.xml")


def test_an_answer_over_underscores_keeps_the_line(tmp_path):
    f = Maker()
    f.p("Name: ", under("Name", "x", 20), " (print)")
    form, _ = form_of(f, tmp_path)
    filled = form.fill([Fill(form.slots[0].id, "Ann Lee")])
    assert text_of(filled.data).strip() == "Name: Ann Lee_____________ (print)"
    with zipfile.ZipFile(io.BytesIO(filled.data)) as package:
        run = next(
            r
            for r in ElementTree.fromstring(package.read("word/document.xml")).iter(f"{W}r")
            if "Ann" in "".join(r.itertext())
        )
    assert run.find(f"{W}rPr/{W}u") is not None


def test_rows_grow_by_the_rows_of_a_slot_and_by_names_beyond_the_printed_ones(tmp_path):
    def grid():
        f = Maker()
        f.table(
            [500, 4000, 3000], [["#", "Goal", "Due"], *[[str(n), room("Goal", "x"), room("Due", "x")] for n in (1, 2)]]
        )
        f.p("after")
        return form_of(f, tmp_path)[0]

    form = grid()
    rows = next(slot for slot in form.slots if slot.kind is SlotKind.ROWS)
    assert (rows.columns, rows.capacity) == (("goal", "due"), 2)
    data = form.fill([Fill(rows.id, [{"goal": f"goal {n}", "due": f"0{n}/01/2027"} for n in range(1, 6)])]).data
    assert [line for line in text_of(data).split("\n") if line.startswith("goal")] == [f"goal {n}" for n in range(1, 6)]
    assert re.findall(r"^[1-9]$", text_of(data), re.MULTILINE) == ["1", "2", "3", "4", "5"]
    named = grid().fill([Fill(f"{rows.id}-4-goal", "the fourth")])
    assert named.outcomes[0].status is Status.FILLED and "the fourth" in text_of(named.data)


def test_a_protected_form_does_not_grow_and_says_what_is_left_over(tmp_path):
    f = Maker()
    f.protected = True
    f.table(
        [4000, 3000], [["Goal", "Due"], *[[B("legacy-text", "g", "x"), B("legacy-text", "d", "x")] for _ in range(2)]]
    )
    form, _ = form_of(f, tmp_path)
    rows = next(slot for slot in form.slots if slot.kind is SlotKind.ROWS)
    outcome = form.fill([Fill(rows.id, [{key: f"{key} {n}" for key in rows.columns} for n in range(3)])]).outcomes[0]
    assert outcome.status is Status.CONTINUED and all(f"{key} 2" in outcome.rest for key in rows.columns)


def test_what_is_no_form_has_a_finding_and_a_tagged_file_stays_a_template():
    assert [finding.rule for finding in inspect(word("Dear reader, all is well.")).findings] == ["no-slots"]
    assert inspect(word("Name: {{ patient.name.full }}  Signature: ____________")).kind == "word-tags"
    assert inspect(word("Name: ____________")).kind == "word-plain"


def test_a_word_template_file_becomes_a_document():
    data = word("Name: ____________")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")
    form = open_word_form(zipped(parts))
    assert "template-file" in [finding.rule for finding in form.findings]
    with zipfile.ZipFile(io.BytesIO(form.fill([Fill(form.slots[0].id, "Ann")]).data)) as package:
        assert package.read("[Content_Types].xml") == types


def with_body(xml: str, more: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this body."""
    with zipfile.ZipFile(io.BytesIO(word(""))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{xml}<w:sectPr/></w:body></w:document>'
    return zipped({**parts, "word/document.xml": body.encode(), **(more or {})})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    ["[" * 9_000, " " * 9_000 + "x", ("circle" + " " * 300) * 30, ("Yes" + " " * 300) * 30, "[ (__ <<  « {a __/ . " * 500, "_" * 90_000,
     "  /" * 3_500, "(  " * 3_500],
    ids=range(8),
)  # fmt: skip
def test_a_line_made_to_take_long_is_read_at_once(text):
    begin = time.process_time()
    assert open_word_form(word(text)).slots is not None
    assert time.process_time() - begin < 3
