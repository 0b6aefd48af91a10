"""A form of the agency's own, from its definition file: every kind of block, and every mistake told in plain words."""

import io
import json
import subprocess
import sys

import pypdf
import pytest

from generator.errors import MapNotValid
from generator.stationery.brand import Brand
from generator.stationery.definition import read_definition
from generator.stationery.new_form import make_form
from tests.making import word_text

EVERY_KIND = """title: {en: House Agreement, es: Acuerdo de la casa}
short: Made together
source: our own
check: {en: Have it read by counsel., es: Que lo lea un abogado.}
sections:
- id: who
  title: {en: "About \\"you\\" \\\\ #you", es: Sobre usted}
  blocks:
  - use: identity
  - text: {style: quote, en: "#let x = 1 * _this_ is <no> markup & {{ '{{' }}", es: Nada}
- id: all
  title: {en: Everything, es: Todo}
  blocks:
  - heading: {en: Smaller, es: Menor}
  - place: {en: Your rules, es: Sus reglas}
  - facts: {columns: 2, keep: true, answers: [{id: hope, en: Hope, es: Esperanza, value: presenting_problem.patient_words}]}
  - table: {as: m, in: measures, rows: 2, columns: [{id: tool, en: Tool, es: Instrumento, value: m.instrument}]}
  - each: {as: g, in: goals, rows: 2, blocks: [{facts: {answers: [{id: aim, en: "Aim {n}", es: "Meta {n}", value: g.statement}]}}]}
  - chart: measures
  - signatures: {rows: 2, roles: [patient]}
"""


class Answer:
    def __init__(self, exit_code, output):
        self.exit_code, self.output = exit_code, output


def made_by_command(tmp_path, text, ending):
    (tmp_path / "brand.yaml").write_text("name: Juniper\ncolor: '#ffee88'\n", encoding="utf-8")
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    out = tmp_path / f"house{ending}"
    given = ["--brand", str(tmp_path / "brand.yaml"), "--form", str(tmp_path / "house.yaml"), "-o", str(out), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "generator", "template", "new", *given], capture_output=True, text=True
    )
    return Answer(done.returncode, done.stdout + done.stderr), out


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_definition_with_every_kind_of_block_makes_a_form(tmp_path, ending):
    answer, out = made_by_command(tmp_path, EVERY_KIND.replace(" & {{ '{{' }}", " & so"), ending)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert {one["rule"] for one in told["findings"]} == {"brand-contrast", "own-text-needed"}
    if ending == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(out.read_bytes()))
        assert {"hope", "tool_2", "aim_2", "signature_1"} <= set(reader.get_fields())
        assert '"you" \\ #you' in reader.pages[0].extract_text()
    else:
        text = word_text(out.read_bytes())
        assert "#let x = 1 * _this_ is <no> markup & so" in text
        assert "House Agreement" in text


FACT = "facts: {answers: [{id: a, en: A, es: A, value: patient.name.full}]}"
MISTAKES = {
    "no sections": ("title: T\n", "no sections"),
    "not a table": ("- a\n- b\n", "table of names"),
    "a kind that is not there": ("title: T\nsections: [{id: s, blocks: [{picture: x}]}]\n", "a block is one of"),
    "blocks that are a text": ("title: T\nsections: [{id: s, blocks: yes please}]\n", "needs an id and blocks"),
    "an id used twice": (f"title: T\nsections: [{{id: s, blocks: [{{{FACT}}}, {{{FACT}}}]}}]\n", "a is used twice"),
    "a section used twice": ("title: T\nsections: [{id: s, blocks: []}, {id: s, blocks: []}]\n", "s is used twice"),
    "an odd id": (f"title: T\nsections: [{{id: s, blocks: [{{{FACT.replace('id: a', 'id: a.b c')}}}]}}]\n", "letters"),
    "an id of the page": (f"title: T\nsections: [{{id: s, blocks: [{{{FACT.replace('id: a', 'id: form_line')}}}]}}]\n", "kept"),
    "a chart of nothing": ("title: T\nsections: [{id: s, blocks: [{chart: moods}]}]\n", "a chart is of"),
    "a huge text": (f"title: T\nsections: [{{id: s, blocks: [{{text: {{en: {'word ' * 9000}}}}}]}}]\n", "longer than"),
    "too many rows": ("title: T\nsections: [{id: s, blocks: [{signatures: {rows: 9000}}]}]\n", "from 0 to 60"),
    "no YAML": ("title: [\n", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_definition_is_told_in_one_plain_sentence(tmp_path, mistake):
    text, words = MISTAKES[mistake]
    answer, out = made_by_command(tmp_path, text, ".pdf")
    assert (answer.exit_code, out.exists()) == (2, False), answer.output
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_blocks_that_never_end_are_refused():
    block: object = {"text": {"en": "x"}}
    for _ in range(900):
        block = {"each": {"as": "g", "in": "goals", "rows": 1, "blocks": [block]}}
    with pytest.raises(MapNotValid, match="deep"):
        read_definition("deep", {"title": "T", "sections": [{"id": "s", "blocks": [block]}]})


def test_a_long_text_runs_over_pages_in_both_kinds():
    blocks = [{"text": {"en": "A plain sentence. " * 200}} for _ in range(5)]
    definition = read_definition("long", {"title": "T", "sections": [{"id": "s", "blocks": blocks}]})
    pdf = make_form(definition, Brand(name="J"), language="en", kind="pdf").data
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) >= 3
    assert "A plain sentence." in word_text(make_form(definition, Brand(name="J"), language="en", kind="word").data)
