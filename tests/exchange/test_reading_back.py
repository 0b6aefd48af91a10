"""A filled form read into a plan again: its own values, and nothing that was not there."""

import io
import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.blank_file import find_form, inspect
from generator.cli import planscribe
from generator.errors import FormUnknown
from generator.exchange.from_paper import plan_from_paper
from generator.exchange.plan_file import read_plan
from generator.library import find, forms
from generator.make import Options, make_document
from generator.make_pdf import fill_pdf_fields
from generator.mapping.paper import as_on_paper
from generator.mapping.reading.decode import NotRead, decode
from generator.mapping.reading.made import made
from generator.mapping.reading.match import Got, match
from generator.mapping.reading.note import read_note
from generator.mapping.reading.pattern import Scope, pattern_of
from generator.plan import Plan
from generator.plan.walk import leaves
from generator.read_file import read_document
from generator.worker import call
from tests.benchmarks.read_back import measure
from tests.word.form_maker import Maker, box, room, under

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("0[1-6]_*.yaml"))
PDF_FORMS = [form.id for form in forms() if form.kind == "pdf-fields" and not form.is_own]


def _read(expression: str, text: str, language: str = "en") -> list[dict[str, object]]:
    matched = match(pattern_of(expression, Scope(language), made), text, language)
    return [{got.place: got.value for got in reading} for reading in matched.readings]


@pytest.mark.parametrize(
    "form_id", ["client-copy-pdf", "release-of-information-pdf", "individualized-plan-pdf", "prior-authorization-pdf"]
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_value_of_a_fillable_form_comes_back(form_id: str, language: str) -> None:
    printed, same, missed = measure(read_plan(EXAMPLES[3]), find(form_id), language, "fields", plain=False)
    assert missed == []
    assert same == printed > 20


@pytest.mark.slow
@pytest.mark.parametrize("form_id", PDF_FORMS)
def test_every_value_of_all_fillable_forms_comes_back(form_id: str) -> None:
    for path in EXAMPLES:
        for language in ("en", "es"):
            _, _, missed = measure(read_plan(path), find(form_id), language, "fields", plain=False)
            assert missed == [], path.name


@pytest.mark.parametrize(
    ("form_id", "kind"), [("client-copy", "word"), ("plan-review", "word"), ("one-page-plan-pdf", "flat")]
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_nearly_every_value_of_word_documents_and_flattened_forms_comes_back(
    form_id: str, kind: str, language: str
) -> None:
    printed, same, missed = measure(read_plan(EXAMPLES[3]), find(form_id), language, kind, plain=False)
    assert printed > 20
    assert same >= 0.98 * printed, missed
    assert [place for place in missed if place.startswith("WRONG")] == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "form_kind"), [("flat", "pdf-fields"), ("word", "word-tags")])
def test_at_least_98_percent_of_all_word_documents_and_flattened_forms_comes_back(kind: str, form_kind: str) -> None:
    printed = same = 0
    for form in (one for one in forms() if one.kind == form_kind and not one.is_own):
        for path in EXAMPLES:
            for language in ("en", "es"):
                of, got, missed = measure(read_plan(path), form, language, kind, plain=False)
                printed, same = printed + of, same + got
                assert [place for place in missed if place.startswith("WRONG")] == [], (form.id, path.name)
    assert same >= 0.98 * printed


def test_a_word_document_without_a_note_gives_no_wrong_value() -> None:
    printed, same, missed = measure(read_plan(EXAMPLES[1]), find("plan-review"), "en", "word", plain=True)
    assert same >= 0.8 * printed  # what could be read in two ways is told, never guessed
    assert [place for place in missed if place.startswith("WRONG")] == []


def test_a_sentence_changed_in_the_templates_own_words_is_told_as_a_part_that_differs(tmp_path: Path) -> None:
    made = make_document(read_plan(EXAMPLES[0]), find("plan-review"), Options(as_of=date(2026, 11, 22)))
    document = docx.Document(io.BytesIO(made.data))
    document.paragraphs[0].add_run(" (copy)")
    document.save(tmp_path / "changed.docx")
    with pytest.raises(FormUnknown, match="its own words were changed"):
        read_document((tmp_path / "changed.docx").read_bytes(), form="plan-review")


def test_a_template_of_an_agencys_own_is_read_back_too(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("Client: {{ patient.name.full }}, born {{ patient.dob | date }}")
    template.add_paragraph("{%p for g in goals %}")
    template.add_paragraph("Goal {{ loop.index }}: {{ g.statement }} ({{ g.target_date | date }})")
    template.add_paragraph("{%p endfor %}")
    template.add_paragraph("{%p if not goals %}")
    template.add_paragraph("No goals yet.")
    template.add_paragraph("{%p endif %}")
    template.save(tmp_path / "own.docx")
    plan = read_plan(EXAMPLES[3])
    made = make_document(plan, find_form(str(tmp_path / "own.docx")), Options(as_of=date(2026, 11, 22)))
    read = read_document(made.data, form=str(tmp_path / "own.docx"))
    assert read.plan.patient.name.last == "Brannigan"
    assert read.plan.patient.dob == plan.patient.dob
    goals = [goal for problem in plan.problems for goal in problem.goals]
    (problem,) = read.plan.problems
    assert [(one.statement, one.target_date) for one in problem.goals] == [
        (one.statement, one.target_date) for one in goals
    ]
    assert read.open == ("Which problem each goal belongs to is not on this form; all stand under the first.",)


def test_a_word_form_without_tags_is_read_with_its_added_rows_and_ticked_boxes(tmp_path: Path) -> None:
    f = Maker()
    f.p("Client: ", under("Client", "x"), "  Born: ", under("Born", "x", 14), "  Copy: ", box("Copy", False))
    f.p("Phone: ", under("Phone", "x"))
    f.table([4000, 3000], [["Goal", "Target date"], *[[room("Goal", "x"), room("Target date", "x")] for _ in range(2)]])
    f.p("")
    f.p("Client signature: ", under("Client signature"))
    path, _ = f.save(tmp_path, "agency")
    ids = {slot.label: slot.id for slot in inspect(path.read_bytes()).slots}
    path.with_suffix(".toml").write_text(
        f"""
[fields]
{ids["Client"]} = "patient.name.full"
{ids["Born"]} = "patient.dob | date"
{ids["Phone"]} = "patient.phone"
{ids["Copy"]} = {{ when = "participation.copy_offered" }}
{ids["Client signature"]} = {{ empty = "for the client's hand" }}
[rows.goals]
path = "goals"
fields = {{ "body-t1-{{n}}-goal" = "statement", "body-t1-{{n}}-target_date" = "target_date | date" }}
"""
    )
    plan = read_plan(EXAMPLES[1])
    plan.patient.phone = None  # its place stays empty: underscores are no answer
    plan.participation.copy_offered = True
    form = replace(find_form(str(path)), map=tomllib.loads(path.with_suffix(".toml").read_text()))
    made = make_document(plan, form, Options(as_of=date(2026, 11, 22)))
    read = read_document(made.data, form=str(path))
    assert read.unread == ()
    assert (read.plan.patient.name.first, read.plan.patient.dob) == (plan.patient.name.first, plan.patient.dob)
    assert read.plan.patient.phone is None
    assert read.plan.participation.copy_offered is True
    goals = [goal for problem in plan.problems for goal in problem.goals]
    assert [one.statement for one in read.plan.problems[0].goals] == [one.statement for one in goals]


def test_the_note_holds_places_and_no_value() -> None:
    plan = read_plan(EXAMPLES[0])
    for form_id in ("intake-face-sheet-pdf", "intake-face-sheet"):
        made = make_document(plan, find(form_id), Options(as_of=date(2026, 11, 22), readable=True))
        if made.data[:2] == b"PK":
            note = call("read-word-note", made.data)
        else:
            note = call("read-filled-pdf", made.data).composed
        assert "patient.name.first" in note
        assert not any(
            str(leaf.value) in note
            for leaf in leaves(plan)
            if isinstance(leaf.value, str) and len(leaf.value) > 8 and leaf.path.startswith("patient.")
        )


@pytest.mark.parametrize(
    "note", ["", "{", "[1]", '{"slots": {"a": [["x", 1]]}}', '{"slots": 3, "places": [1], "form": 4}', "[" * 99_999]
)
def test_a_note_that_is_none_says_nothing(note: str) -> None:
    assert read_note(note).composed == {}


def test_a_note_cannot_move_a_value_elsewhere() -> None:
    assert (
        read_note(
            json.dumps({"places": {"goals[0].statement": "patient.ssn", "goals[0].interventions_text[0]": "schema"}})
        ).places
        == {}
    )


def test_without_its_note_a_form_gives_fewer_values_but_no_wrong_one() -> None:
    printed, same, missed = measure(read_plan(EXAMPLES[0]), find("discharge-plan-pdf"), "en", "fields", plain=True)
    assert same >= 0.65 * printed  # as above
    assert [place for place in missed if place.startswith("WRONG")] == []


def test_what_could_be_two_values_is_told_and_left_out() -> None:
    form = find("discharge-plan-pdf")
    filled, _ = fill_pdf_fields(
        form.read(), {"dx_code_1": "F43.12", "dx_description_1": "Post-traumatic stress disorder, chronic"}
    )
    read = read_document(filled, form=form.id)
    assert read.plan.diagnoses[0].icd10cm == "F43.12"
    assert read.plan.diagnoses[0].description is None
    (unread,) = read.unread
    assert unread.places == ("diagnoses[0].description", "diagnoses[0].specifier")


def test_a_text_typed_over_later_is_read_as_it_stands_now() -> None:
    made_document = make_document(read_plan(EXAMPLES[0]), find("plan-review-pdf"), Options(as_of=date(2026, 11, 22)))
    changed, _ = fill_pdf_fields(made_document.data, {"patient_name": "Ada Quill", "footer_name": "Ada Quill"})
    read = read_document(changed)
    assert (read.plan.patient.name.first, read.plan.patient.name.last) == ("Ada", "Quill")


def test_two_places_that_contradict_each_other_are_told() -> None:
    form = find("plan-review-pdf")
    filled, _ = fill_pdf_fields(form.read(), {"record_number": "A-1", "footer_record": "A-2"})
    read = read_document(filled, form=form.id)
    assert read.plan.patient.record_number is None
    assert [one.places for one in read.unread] == [("patient.record_number",)]


def test_a_text_that_is_no_date_is_told_and_not_bent_into_one() -> None:
    form = find("plan-review-pdf")
    filled, _ = fill_pdf_fields(form.read(), {"date_of_birth": "sometime in 1958"})
    read = read_document(filled, form=form.id)
    assert read.plan.patient.dob is None
    assert [one.slot for one in read.unread] == ["date_of_birth"]


@pytest.mark.parametrize(
    ("expression", "text", "language", "values"),
    [
        ("patient.dob | date", "02/28/1958", "en", {"patient.dob": "1958-02-28"}),
        ("plan.plan_date | date_long('es')", "3 de noviembre de 2026", "es", {"plan.plan_date": "2026-11-03"}),
        ("presenting_problem.onset | date", "06/2022", "en", {"presenting_problem.onset": "2022-06"}),
        ("patient.veteran | yesno('es')", "Sí", "es", {"patient.veteran": True}),
        ("legal.status_title", "Por orden judicial", "es", {"legal.status": "court_ordered"}),
        ("contract.fees.copay | money", "$1,020.50", "en", {"contract.fees.copay": 1020.5}),
        ("patient.language.preferred | language_name", "Spanish", "en", {"patient.language.preferred": "es"}),
        (
            "snap.needs | bullets",
            "\u2022 Sleep, food\n\u2022 Work",
            "en",
            {"snap.needs[0]": "Sleep, food", "snap.needs[1]": "Work"},
        ),
        (
            "patient.address.one_line",
            "88 Mockup Avenue, Boston, MA 02118",
            "en",
            {
                "patient.address.line1": "88 Mockup Avenue",
                "patient.address.city": "Boston",
                "patient.address.state": "MA",
                "patient.address.zip": "02118",
            },
        ),
        (
            "interventions[0].when_text",
            "1 vez por semana durante 12 semanas, 45 minutos",
            "es",
            {
                "interventions[0].frequency.count": 1,
                "interventions[0].frequency.per": "week",
                "interventions[0].duration.n": 12,
                "interventions[0].duration.unit": "weeks",
                "interventions[0].session_minutes": 45,
            },
        ),
        (
            "objectives[0].progress | series",
            "26 (11/03/2026), 14 (12/03/2026)",
            "en",
            {
                "objectives[0].progress[0].value": 26,
                "objectives[0].progress[0].date": "2026-11-03",
                "objectives[0].progress[1].value": 14,
                "objectives[0].progress[1].date": "2026-12-03",
            },
        ),
    ],
)
def test_a_filter_is_read_backward(expression: str, text: str, language: str, values: dict[str, object]) -> None:
    (reading,) = _read(expression, text, language)
    told = {place.replace("_title", ""): value for place, value in reading.items()}
    assert {place: str(value) for place, value in told.items()} == {
        place: str(value) for place, value in values.items()
    }


def test_a_year_of_two_digits_is_no_date() -> None:
    with pytest.raises(NotRead):
        decode("11/3/26", "plan.plan_date", (("date", ("m/d/yy",)),), "en")


def test_services_are_interventions_and_beside_these_they_tell_nothing_more() -> None:
    alone = plan_from_paper({"services[0].description": "Weekly session", "services[0].code": "90834"})
    problem = alone.data["problems"][0]
    assert problem["goals"][0]["objectives"][0]["interventions"] == [{"description": "Weekly session", "code": "90834"}]
    assert any("Which objective each intervention belongs to" in said for said in alone.open)
    both = plan_from_paper({"services[0].description": "Another", "interventions[0].description": "Weekly session"})
    assert "Another" not in str(both.data)
    assert "Weekly session" in str(both.data)


_PLACES = st.sampled_from(
    ["patient.name.first", "agency.name", "patient.dob", "legal.status", "snap.needs[0]", "snap.needs[1]",
     "goals[0].statement", "objectives[0].statement", "interventions[1].staff.name", "coverage[1].payer"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_PLACES, st.text("abc ", min_size=1).filter(str.strip)))
def test_values_stand_where_they_were_put_and_nothing_else_does(values: dict[str, str]) -> None:
    built = plan_from_paper(values)
    plan = Plan.model_validate(built.data)
    assert plan.as_data() is not None
    paper = as_on_paper(plan)
    assert paper["patient"]["name"]["first"] == values.get("patient.name.first")


@settings(max_examples=80, deadline=None)
@given(
    name=st.text("Abc -", min_size=1, max_size=8).filter(lambda s: s == s.strip() and s), day=st.dates(date(1900, 1, 1))
)
def test_what_a_join_prints_is_among_the_ways_to_read_it(name: str, day: date) -> None:
    text = f"{name}, {day:%m/%d/%Y}"
    expression = "[assessment.assessor_staff.name, assessment.date | date] | commas"
    assert {"assessment.assessor_staff.name": name, "assessment.date": day.isoformat()} in _read(expression, text)


def test_a_flag_of_the_accept_narrows_what_is_read() -> None:
    pattern = pattern_of("patient.name.full", Scope(), made)
    matched = match(pattern, "Ana Ruiz Soto", "en", lambda got: got.place != "patient.name.middle")
    assert all(Got("patient.name.middle", "Ruiz", 4, 8) not in reading for reading in matched.readings)


def test_the_command_reads_a_form_and_says_what_it_left(tmp_path: Path) -> None:
    form = find("intake-face-sheet-pdf")
    filled, _ = fill_pdf_fields(form.read(), {"first_name": "Ada", "city": "Albany", "date_of_birth": "soon"})
    (tmp_path / "sheet.pdf").write_bytes(filled)
    result = CliRunner().invoke(
        planscribe, ["read", str(tmp_path / "sheet.pdf"), "--form", form.id, "-o", str(tmp_path / "plan.yaml")]
    )
    assert result.exit_code == 0, result.output
    assert "NOT READ" in result.output
    plan = yaml.safe_load((tmp_path / "plan.yaml").read_text())
    assert plan["patient"]["name"]["first"] == "Ada"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"plain text"])
def test_a_file_that_is_no_filled_form_is_one_plain_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(data)
    result = CliRunner().invoke(planscribe, ["read", str(tmp_path / "x.pdf"), "-o", str(tmp_path / "plan.yaml")])
    assert result.exit_code != 0
    assert not (tmp_path / "plan.yaml").exists()
