"""The command as a person or a program meets it: what it prints, its exit codes, and that nothing half-written is left."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest

from generator import library
from generator.cli import main
from tests.making import Form, word

EXAMPLES = Path(__file__).parents[1] / "examples"
GOOD = EXAMPLES / "01_alcohol_outpatient.yaml"


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


def tagged(tmp_path: Path, *paragraphs: str) -> Path:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(word(*paragraphs))
    return path


def zip_named_docx(tmp_path: Path) -> Path:
    path = tmp_path / "renamed.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a document")
    return path


def truncated_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n" + library.find("one-page-plan-pdf").read()[400:900])
    return path


def encrypted_pdf(tmp_path: Path) -> Path:
    form = Form()
    form.text("name")
    path = tmp_path / "locked.pdf"
    path.write_bytes(form.bytes(encryption=pikepdf.Encryption(owner="o", user="secret")))
    return path


BAD = {
    "a zip that is named .docx": (zip_named_docx, "renamed.docx|Word document", 2),
    "a PDF that was cut off": (truncated_pdf, "damaged", 2),
    "a PDF with a password": (encrypted_pdf, "password", 2),
    "a loop that is not closed": (lambda p: tagged(p, "{% for goal in goals %}{{ goal.statement }}"), "for", 2),
    "a name the plan does not have": (
        lambda p: tagged(p, "Name: {{ patient.frist_name }}"),
        r"frist_name.*Did you mean",
        2,
    ),
    "a template with code in it": (lambda p: tagged(p, "{{ ''.__class__.__mro__ }}"), "", 3),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_form_gets_one_plain_sentence_and_leaves_nothing_behind(case, run, tmp_path):
    make, said, code = BAD[case]
    blank, out = make(tmp_path), tmp_path / "out"
    got, printed, err = run("fill", GOOD, blank, "-o", out)
    assert got == code, err
    assert printed == ""
    assert len(err.strip().split("\n")) == 1
    assert re.search(said, err)
    assert "Traceback" not in err
    assert "Whitcombe" not in err
    assert not out.exists() or not list(out.iterdir())


def test_a_plan_that_is_not_yaml_is_told_with_its_line(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("patient:\n  name: [unclosed\n")
    code, _, err = run("check", path)
    assert code == 2
    assert "line" in err
    assert len(err.strip().split("\n")) == 1


def test_a_birth_date_that_no_calendar_has_is_kept_noted_and_found(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("patient:\n  name: {first: A, last: B}\n  dob: 02/30/1958\n")
    code, out, _ = run("check", path, "--json")
    answer = json.loads(out)
    assert code == 1
    assert "patient.dob" in [note["where"] for note in answer["notes"]]
    assert "birth-date-invalid" in [finding["rule"] for finding in answer["findings"]]
    assert set(answer["findings"][0]) >= {"rule", "severity", "where", "message", "mend", "source"}


def test_a_folder_that_cannot_be_written_is_told_before_any_work(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    code, _, err = run("fill", GOOD, "individualized-plan", "-o", blocked / "out")
    assert code == 2
    assert "cannot be written" in err


def test_a_missing_plan_and_an_unknown_form_are_told(run, tmp_path):
    assert run("check", tmp_path / "none.yaml")[0] == 2
    code, _, err = run("fill", GOOD, "no-such-form", "-o", tmp_path)
    assert code == 2
    assert "no-such-form" in err


def test_a_good_plan_has_nothing_to_mend(run):
    code, out, _ = run("check", GOOD, "--as-of", "2026-11-22")
    assert (code, out.strip()) == (0, "Nothing to mend: no rule is broken.")


def test_filling_answers_a_program_in_the_shape_of_the_contract(run, tmp_path):
    code, out, _ = run(
        "fill", GOOD, "individualized-plan", "one-page-plan-pdf", "-o", tmp_path, "--json", "--as-of", "2026-11-22"
    )
    answer = json.loads(out)
    assert code == 0
    assert [document["form"] for document in answer["documents"]] == ["individualized-plan", "one-page-plan-pdf"]
    for document in answer["documents"]:
        assert Path(document["path"]).is_file()
        assert set(document["summary"]) >= {"filled", "shrunk", "continued", "left", "refused", "proved"}
        assert set(document["slots"][0]) >= {"id", "label", "path", "value", "status", "why", "size_pt", "proved"}
        assert isinstance(document["unplaced"], list)


def test_a_final_document_of_a_bad_plan_is_held_back_and_nothing_is_written(run, tmp_path):
    out = tmp_path / "out"
    code, _, err = run("fill", EXAMPLES / "bad_1_cookie_cutter_sud.yaml", "one-page-plan-pdf", "-o", out, "--final")
    assert code == 1
    assert "errors stand" in err
    assert not out.exists() or not list(out.iterdir())


def test_no_file_is_named_after_the_patient(run, tmp_path):
    run("fill", GOOD, "individualized-plan", "one-page-plan-pdf", "-o", tmp_path, "--as-of", "2026-11-22")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["individualized-plan.docx", "one-page-plan-pdf.pdf"]


def test_every_command_has_help_with_an_example(run):
    _, out, _ = run("--help")
    commands = re.findall(r"^  (\w[\w-]*)  ", out.split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 7
    for command in commands:
        code, said, _ = run(command, "--help")
        assert code == 0
        assert "Example:" in said, command


def test_forms_inspect_and_schema_answer_as_json(run, tmp_path):
    listed = json.loads(run("forms", "list", "--json")[1])
    assert {"id", "title", "kind", "languages", "edition", "source"} <= set(listed["forms"][0])
    path = tmp_path / "form.pdf"
    path.write_bytes(library.find("one-page-plan-pdf").read())
    seen = json.loads(run("inspect", path, "--json")[1])
    assert (seen["kind"], seen["pages"]) == ("pdf-fields", 1)
    assert {"id", "label", "kind", "page", "rect", "where", "max_length", "choices"} <= set(seen["slots"][0])
    assert json.loads(run("schema")[1])["properties"]["problems"]


def test_the_command_is_also_a_module_and_starts_without_loading_the_heavy_libraries():
    script = (
        "import sys; from generator.cli import planscribe; "
        "print(sorted({'pydantic', 'streamlit', 'pikepdf', 'docx', 'jinja2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
    helped = subprocess.run([sys.executable, "-m", "generator", "--help"], capture_output=True, text=True, check=True)
    assert "planscribe fill" in helped.stdout


def test_a_document_opens_in_libreoffice(run, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    code, _, err = run("fill", GOOD, "individualized-plan", "-o", tmp_path, "--pdf", "--as-of", "2026-11-22")
    assert code == 0, err
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "individualized-plan.pdf").read_bytes()))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) >= 4
    assert "Darnell will live without drinking alcohol" in " ".join(text.split())
    assert reader.trailer["/Root"]["/Lang"] == "en"
