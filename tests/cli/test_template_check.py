import json
import sys

import pytest

from generator.cli import main
from tests.making import word


@pytest.fixture
def run(monkeypatch, capsys):
    def _run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planscribe", *map(str, args)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return _run


def test_a_check_names_rule_place_and_what_was_meant_and_answers_1(run, tmp_path):
    path = tmp_path / "letterhead.docx"
    path.write_bytes(word("{{ patient.name.full }}", "{{ patient.name.frist }}"))
    code, out, _ = run("template", "check", path, "--json")
    (finding,) = json.loads(out)["findings"]
    assert code == 1
    assert (finding["rule"], finding["where"]) == ("unknown-name", "the document, paragraph 2")
    assert "patient.name.first" in finding["mend"]


def test_a_repair_goes_into_a_copy_that_passes(run, tmp_path):
    path = tmp_path / "letterhead.docx"
    path.write_bytes(word("{{ patient.name.full }}", "Born {{ patient.dob }}, {{ patient.name.frist }"))
    before = path.read_bytes()
    code, out, _ = run("template", "check", path, "--fix", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["left"] == []
    assert path.read_bytes() == before
    code, out, _ = run("template", "check", answer["path"], "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])


def test_a_file_that_is_no_template_is_bad_input_in_one_sentence(run, tmp_path):
    path = tmp_path / "notes.docx"
    path.write_bytes(b"hello")
    code, _, err = run("template", "check", path)
    assert code == 2
    assert err.count("\n") == 1
    assert run("template", "check", tmp_path / "missing.docx")[0] == 2
