"""An untagged Word form with its map written in as tags: authors go on in Word, and it fills without a map."""

import io
from pathlib import Path

import docx
import pytest

from generator.adopt import adopt_file
from generator.errors import FormUnsupported
from generator.exchange.plan_file import read_plan
from generator.library import Form
from generator.make import Options, make_document
from tests.making import word, word_text

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "02_major_depression.yaml"


def adopted(tmp_path: Path, data: bytes, fields: str) -> tuple[bytes, list[str]]:
    (tmp_path / "form.docx").write_bytes(data)
    (tmp_path / "map.toml").write_text(f"[fields]\n{fields}\n", encoding="utf-8")
    made = adopt_file(tmp_path / "form.docx", tmp_path / "template.docx", map_file=tmp_path / "map.toml")
    return (tmp_path / "template.docx").read_bytes(), [finding.where for finding in made.findings]


def filled(tmp_path: Path) -> str:
    form = Form(id="t", title="t", kind="word-tags", path=tmp_path / "template.docx")
    return word_text(make_document(read_plan(EXAMPLE), form, Options()).data)


def goals() -> bytes:
    document = docx.Document()
    table = document.add_table(4, 2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Goal", "Target date"
    document.add_paragraph("End of the table.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_blank_becomes_a_tag_and_the_template_fills_without_a_map(tmp_path):
    data, findings = adopted(
        tmp_path,
        word("Client name: ____________________  Age: ______"),
        'body-p1-1 = "patient.name.full"\nbody-p1-2 = "patient.age"',
    )
    assert "{{ patient.name.full }}" in word_text(data) and findings == []
    assert "Maribeth Okonski" in filled(tmp_path) and "Age: 55" in filled(tmp_path)


def test_a_box_becomes_a_tag_that_ticks(tmp_path):
    data, _ = adopted(
        tmp_path,
        word("Sex: ☐ Male ☐ Female"),
        'body-p1-1 = { when = "patient.sex", is = "male" }\nbody-p1-2 = { when = "patient.sex", is = "female" }',
    )
    assert word_text(data).count("| check") == 2
    assert "☐ Male ☒ Female" in filled(tmp_path)


def test_rows_that_repeat_become_a_loop(tmp_path):
    fields = "\n".join(f'body-t1-{n}-goal = "goals[{n - 1}].statement"' for n in (1, 2, 3))
    data, _ = adopted(tmp_path, goals(), fields)
    text = word_text(data)
    assert "{%tr for item in goals %}" in text and text.count("{{ item.statement }}") == 1
    shown = filled(tmp_path)
    assert "End of the table." in shown
    assert all((goal.statement or "") in shown for problem in read_plan(EXAMPLE).problems for goal in problem.goals)


def test_a_list_that_is_too_short_prints_nothing(tmp_path):
    adopted(tmp_path, word("Ninth goal: ____________________"), 'body-p1-1 = "goals[8].statement"')
    assert filled(tmp_path).strip() == "Ninth goal:"


def test_a_tagged_template_is_not_adopted_again(tmp_path):
    (tmp_path / "t.docx").write_bytes(word("{{ patient.name.full }}"))
    with pytest.raises(FormUnsupported, match="as it is"):
        adopt_file(tmp_path / "t.docx", tmp_path / "out.docx")
