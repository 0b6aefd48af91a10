"""The whole route for Word forms without tags: plan, map and form in, filled and proven document out."""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.blank_file import inspect
from generator.cli import main
from generator.exchange.plan_file import read_plan
from generator.fill_files import fill_files
from generator.make import Options
from generator.old_files import as_word_or_pdf, kind_of_old_file
from tests.making import word
from tests.word.form_maker import B, Maker, box, room, under

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AS_OF = Options(as_of=date(2026, 11, 22))


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process: exit code, what it printed, what it said on the error stream."""

    def _run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planscribe", *map(str, args)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return _run


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


@pytest.fixture
def agency_form(tmp_path):
    """A form with a grid of goals of two rows, and its map beside it."""
    f = Maker()
    f.p("Client: ", under("Client", "x"), "  Born: ", under("Born", "x", 14), "  Minor: ", box("Minor", False))
    f.p("Sex (circle one):  ", B("circle-one", "Sex", "x", "Male   Female   Other", ("Male", "Female", "Other")))
    f.table([4000, 3000], [["Goal", "Target date"], *[[room("Goal", "x"), room("Target date", "x")] for _ in range(2)]])
    f.p("")
    f.p("Client signature: ", under("Client signature"))
    path, _ = f.save(tmp_path, "agency")
    ids = {slot.label: slot.id for slot in inspect(path.read_bytes()).slots}
    path.with_suffix(".toml").write_text(
        f"""
[fields]
{ids["Client"]} = "patient.name.full"
{ids["Born"]} = "patient.dob"
{ids["Minor"]} = {{ when = "patient.is_minor" }}
{ids["Sex"]} = "patient.sex"
{ids["Client signature"]} = {{ empty = "for the client's hand" }}
[rows.goals]
path = "goals"
fields = {{ "body-t1-{{n}}-goal" = "statement", "body-t1-{{n}}-target_date" = "target_date" }}
""",
        encoding="utf-8",
    )
    return path


def test_a_form_is_filled_by_its_map_with_rows_for_every_goal_and_proven(agency_form, tmp_path):
    plan = EXAMPLES / "02_major_depression.yaml"
    result = fill_files(plan, [str(agency_form)], tmp_path / "out", map_file=None, options=AS_OF)
    (document,) = result.documents
    goals = [goal for problem in read_plan(plan).problems for goal in problem.goals]
    text = text_of(document.data)
    assert len(goals) > 2 and all(goal.statement in text for goal in goals)
    assert document.proof.faults == () and document.proof.checked == 3 + 2 * len(goals)
    assert "02/09/1971" in text  # a date in the shape of the form, not as the plan keeps it
    reports = {slot.label: slot for slot in document.slots}
    assert reports["Client signature"].why == "for the client's hand"
    assert "problems[].goals[].statement" not in document.unplaced


def test_what_has_no_place_in_a_protected_form_goes_after_its_last_paragraph(tmp_path):
    f = Maker()
    f.protected = True
    f.table(
        [4000, 3000], [["Goal", "Due"], *[[B("legacy-text", "g", "x"), B("legacy-text", "d", "x")] for _ in range(2)]]
    )
    path, _ = f.save(tmp_path, "locked")
    path.with_suffix(".toml").write_text(
        '[rows.goals]\npath = "goals"\nfields = { "body-t1-{n}-goal" = "statement" }\n', encoding="utf-8"
    )
    result = fill_files(
        EXAMPLES / "02_major_depression.yaml", [str(path)], tmp_path / "out", map_file=None, options=AS_OF
    )
    (document,) = result.documents
    last = [
        goal.statement
        for problem in read_plan(EXAMPLES / "02_major_depression.yaml").problems
        for goal in problem.goals
    ][-1]
    assert text_of(document.data).index("Continued") < text_of(document.data).index(last)
    assert document.summary()["continued"] >= 1 and document.proof.faults == ()


def test_the_command_shows_the_places_of_a_word_form(agency_form, run):
    code, out, _ = run("inspect", agency_form)
    assert code == 0 and "word-plain" in out and "Client" in out and "[rows]" in out


def test_a_form_without_a_map_says_how_to_make_one(tmp_path, run):
    path = tmp_path / "bare.docx"
    path.write_bytes(word("Name: ____________"))
    code, out, err = run("fill", EXAMPLES / "02_major_depression.yaml", path, "-o", tmp_path / "out")
    assert code == 2 and "planscribe map" in err and "Traceback" not in out + err


def test_the_kind_of_an_old_file_is_known_by_its_first_bytes():
    assert ".doc" in kind_of_old_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    assert kind_of_old_file(b"{\\rtf1 hello}") and not kind_of_old_file(b"%PDF-1.7") and not kind_of_old_file(word("x"))
    assert as_word_or_pdf(b"%PDF-1.7") == b"%PDF-1.7"


@pytest.mark.office
@pytest.mark.slow
def test_the_form_fields_of_old_word_files_are_found_after_conversion(shared):
    wanted = {"CBRS_Treatment_Plan": 74, "ICANS_Note_Fill_in_Boxes_": 10, "Peer_Support_TX_Plan": 78}
    for name, count in wanted.items():
        seen = inspect((shared / "corpus" / "docx" / f"counseling-center__{name}.doc").read_bytes())
        assert sum(slot.shape.startswith("form-") for slot in seen.slots) == count
        assert seen.findings[0].rule == "converted"


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize(("name", "fields"), [("CBRS_Treatment_Plan", "cbrs"), ("Peer_Support_TX_Plan", "peer")])
def test_a_counselling_agencys_own_plans_are_filled_and_every_answer_is_on_their_pages(name, fields, shared, tmp_path):
    form = shared / "corpus" / "docx" / f"counseling-center__{name}.doc"
    field_map = Path(__file__).parents[1] / "maps" / f"counseling_{fields}_plan.toml"
    options = Options(as_of=date(2026, 11, 22), pdf=True)
    example = EXAMPLES / "02_major_depression.yaml"
    (document,) = fill_files(example, [str(form)], tmp_path, map_file=field_map, options=options).documents
    assert document.proof.faults == () and document.proof.checked > 20
    assert document.pages and not [slot for slot in document.slots if slot.status == "refused"]
