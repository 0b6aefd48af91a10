"""`planscribe map`, and filling with what it suggests."""

import io
import json
from pathlib import Path

import pikepdf
import pypdf
import pytest
from click.testing import CliRunner

from generator.cli import planscribe
from generator.errors import GeneratorError
from tests.making import Form

EXAMPLE = str(Path(__file__).resolve().parents[1] / "examples" / "02_major_depression.yaml")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANSCRIBE_HOME", str(tmp_path / "home"))


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    form = Form()
    for n, name in enumerate(("Client Name", "Date of Birth", "Spouse's name", "Worker", "Favourite colour")):
        form.text(f"Text{n}", rect=(200, 700 - 30 * n, 400, 716 - 30 * n), TU=pikepdf.String(name))
    path = tmp_path / "intake.pdf"
    path.write_bytes(form.bytes())
    return path


def run(*words: object) -> str:
    result = CliRunner().invoke(planscribe, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def values(path: Path) -> dict[str, str]:
    fields = pypdf.PdfReader(io.BytesIO(path.read_bytes())).get_fields() or {}
    return {name: str(field.value) for name, field in fields.items() if field.value}


def test_the_answer_for_programs_keeps_its_shape(blank):
    slots = json.loads(run("map", blank, "--json"))["slots"]
    assert [(slot["id"], slot["path"]) for slot in slots][:3] == [
        ("Text0", "patient.name.full"), ("Text1", "patient.dob"), ("Text2", ""),
    ]  # fmt: skip
    assert all({"id", "label", "path", "confidence", "candidates"} <= set(slot) for slot in slots)
    assert all({"path", "confidence"} <= set(c) for slot in slots for c in slot["candidates"])


def test_the_map_that_was_written_fills_the_form_and_leaves_guesses_to_a_person(blank, tmp_path):
    run("map", blank, "-o", tmp_path / "map.toml")
    run("fill", EXAMPLE, blank, "--map", tmp_path / "map.toml", "-o", tmp_path / "out.pdf")
    assert values(tmp_path / "out.pdf")["Text0"] == "Maribeth Okonski"
    assert "Text2" not in values(tmp_path / "out.pdf")


def test_accept_says_how_much_is_filled_without_a_person(blank, tmp_path):
    with pytest.raises(GeneratorError, match="no field map"):
        run("fill", EXAMPLE, blank, "-o", tmp_path / "none.pdf")
    run("fill", EXAMPLE, blank, "--accept", "confident", "-o", tmp_path / "sure.pdf")
    run("fill", EXAMPLE, blank, "--accept", "all", "-o", tmp_path / "all.pdf")
    assert set(values(tmp_path / "sure.pdf")) <= set(values(tmp_path / "all.pdf"))
    assert "Text2" not in values(tmp_path / "all.pdf") and "Text4" not in values(tmp_path / "all.pdf")


def test_what_was_left_says_why(blank, tmp_path):
    made = json.loads(run("fill", EXAMPLE, blank, "--accept", "all", "-o", tmp_path / "out.pdf", "--json"))
    left = {slot["id"]: slot["why"] for slot in made["documents"][0]["slots"] if slot["status"] == "left"}
    assert left["Text4"]
