"""The starter library: both languages alike, every objective measurable once filled in, nothing inserted half-answered."""

import re

import pytest
import yaml
from click.testing import CliRunner

from generator import starter
from generator.cli import planscribe
from generator.codes import code_list
from generator.errors import AreaUnknown
from generator.exchange.plan_file import parse_plan, read_plan
from generator.plan import Plan
from generator.rules.scores import instrument
from generator.rules.text.measurable import explain
from generator.starter import Choice, areas, fill_ins_of, find, insert, question, questions

BOTH = [(area, other) for area, other in zip(areas("en"), areas("es"), strict=True)]
ANSWERS = {
    **dict.fromkeys(questions(), "something"),
    **dict.fromkeys(("n", "baseline", "target", "limit", "minutes", "hours", "days", "score"), "3"),
    "name": "Sam",
    "names": "Sam and Alex",
    "date": "2027-03-01",
    "time": "7:30",
    "avoided_place": "the bus",
}
PLAN = Plan.model_validate(
    {"patient": {"name": {"first": "Samuel", "preferred": "Sam"}}, "diagnoses": [{"icd10cm": "F41.1"}]}
)


def filled(text: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: ANSWERS[match[1]], text)


def shape(value: object) -> object:
    """What two languages have to share: keys, lengths, numbers, the fill-ins of each text."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items() if key != "language"}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return sorted(set(re.findall(r"\{(\w+)\}", value))) if isinstance(value, str) else value


def test_there_are_twenty_areas_with_three_objectives_each():
    assert len(areas()) == 20
    assert all(len(area.objectives) >= 3 for area in areas())


@pytest.mark.parametrize(("english", "spanish"), BOTH, ids=lambda area: f"{area.id}-{area.language}")
def test_both_languages_have_the_same_lines_measures_and_fill_ins(english, spanish):
    one, other = english.as_dict(), spanish.as_dict()
    assert (one.pop("id"), one.pop("codes")) == (other.pop("id"), other.pop("codes"))
    one.pop("fill_ins"), other.pop("fill_ins")
    for left, right in zip(one["goals"], other["goals"], strict=True):
        for a, b in zip(left["objectives"], right["objectives"], strict=True):
            assert ("hint" in a["measure"]) == ("hint" in b["measure"])
    assert shape(one) == shape(other)


@pytest.mark.parametrize("area", [*areas("en"), *areas("es")], ids=lambda area: f"{area.id}-{area.language}")
def test_every_objective_is_measurable_and_dated_once_filled_in(area):
    for objective in area.objectives:
        judgement = explain(filled(objective.text), area.language)
        assert judgement.is_measurable, (objective.text, judgement)
        assert judgement.has_deadline, objective.text
        assert {"target", "date"} <= set(fill_ins_of([objective.text])), objective.text


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.id)
def test_a_measure_is_whole_and_its_range_is_that_of_the_instrument(area):
    for objective in area.objectives:
        measure = objective.measure
        assert all(measure[key] for key in ("what", "instrument", "unit"))
        assert measure["direction"] in ("increase", "decrease", "maintain")
        low, high = measure["range"]
        assert low < high
        if known := instrument(measure["instrument"]):
            assert (low, high) == (known.low, known.high)
        assert objective.interventions
        assert all(
            entry["usual"]["count"] and entry["usual"]["per"] in ("week", "month") for entry in objective.interventions
        )


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.id)
def test_the_codes_of_an_area_are_in_the_list_of_codes(area):
    assert all(code_list().find(code) for code in area.codes)


def test_every_fill_in_has_its_question_in_both_languages_and_every_question_its_fill_in():
    used = {key for area in areas() for key in area.as_dict()["fill_ins"]}
    assert used == set(questions())
    assert all(question(key, "en") != question(key, "es") for key in used)


@pytest.mark.parametrize("area", [*areas("en"), *areas("es")], ids=lambda area: f"{area.id}-{area.language}")
def test_an_area_with_nothing_answered_reports_every_fill_in_and_inserts_nothing(area):
    result = insert(Plan(), area, {})
    open_keys = {finding.where.rpartition(".")[2] for finding in result.findings}
    chosen = [*area.as_evidenced_by]
    for goal in area.goals:
        chosen.append(goal.text)
        for objective in goal.objectives:
            chosen += [objective.text, *(entry["text"] for entry in objective.interventions)]
    assert result.plan is None
    assert {finding.rule for finding in result.findings} == {"fill-in-unanswered"}
    assert open_keys == set(fill_ins_of(chosen))


@pytest.mark.parametrize("area", [*areas("en"), *areas("es")], ids=lambda area: f"{area.id}-{area.language}")
def test_an_area_with_everything_answered_goes_in_without_a_brace_left(area):
    needed = insert(Plan(), area, {}).findings
    answers = {key: ANSWERS[key] for key in {finding.where.rpartition(".")[2] for finding in needed}}
    result = insert(PLAN, area, answers)
    assert result.findings == ()
    written = yaml.safe_dump(result.plan.as_data(), allow_unicode=True)
    assert "{" not in written
    assert result.plan.problems[-1].goals[0].objectives[0].measure.target == 3
    assert not PLAN.problems


def test_one_objective_asks_only_for_its_own_fill_ins():
    result = insert(PLAN, find("sleep"), {}, Choice(objectives=["1.2"], evidence=[2]))
    assert [finding.where for finding in result.findings] == [
        "evidence.2.hours", "evidence.2.hours_in_bed", "1.2.time", "1.2.target", "1.2.date", "1.2.nap_limit", "goal.aim",
    ]  # fmt: skip


def test_an_answer_may_be_for_one_place_and_ids_and_diagnoses_follow_the_plan():
    plan = parse_plan(
        b"patient: {name: {first: Ana}}\ndiagnoses: [{icd10cm: F41.1}, {icd10cm: F10.20}]\nproblems: [{id: P1, goals: [{id: G2}]}]"
    )
    answers = {
        "aim": "music",
        "topic": "money",
        "date": "2027-01-05",
        "1.1.target": "7",
        "baseline": "15",
        "evidence.2.score": "15",
        "scored_on": "2026-11-01",
    }
    result = insert(plan, find("anxiety_worry"), answers, Choice(objectives=["1.1"], evidence=[2]))
    assert result.findings == ()
    problem = result.plan.problems[1]
    assert (problem.id, problem.goals[0].id, problem.diagnosis_refs) == ("P2", "G3", ["F41.1"])
    objective = problem.goals[0].objectives[0]
    assert objective.statement == "Ana will lower the GAD-7 score from 15 to 7 by 2027-01-05."
    assert (objective.measure.baseline, objective.measure.target, str(objective.target_date)) == (15, 7, "2027-01-05")


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("target", "a few", "fill-in-not-a-number"),
        ("target", "22", "fill-in-out-of-range"),
        ("date", "2027-02-30", "fill-in-not-a-date"),
        ("traget", "4", "fill-in-unknown"),
    ],
)
def test_an_answer_that_cannot_be_is_reported_and_nothing_goes_in(key, value, rule):
    answers = {
        "aim": "music",
        "topic": "money",
        "date": "2027-01-05",
        "target": "7",
        "baseline": "15",
        "score": "15",
        "scored_on": "2026-11-01",
    }
    result = insert(PLAN, find("anxiety_worry"), {**answers, key: value}, Choice(objectives=["1.1"], evidence=[2]))
    assert result.plan is None
    assert [finding.rule for finding in result.findings] == [rule]
    assert value not in "".join(finding.message for finding in result.findings) or value == "4"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("drinking", "alcohol_use"),
        ("F41.1", "anxiety_worry"),
        ("F32", "depression"),
        ("nightmares", "ptsd_trauma"),
        ("voices", "psychosis"),
        ("schol refusal", "child_behavior_school"),
        ("naloxone", "opioid_use"),
    ],
)
def test_an_area_is_found_by_words_a_code_or_with_a_typing_mistake(words, first):
    assert starter.search(words)[0].id == first


def test_an_unknown_area_names_the_nearest():
    with pytest.raises(AreaUnknown, match="sleep"):
        find("sleeping")


def test_the_command_writes_a_plan_or_lists_what_is_open(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("patient: {name: {first: Ana}}\n", encoding="utf-8")
    out = tmp_path / "out.yaml"
    command = ["library", "insert", "sleep", str(plan), "-o", str(out), "--objective", "1.2", "--evidence", "2"]
    open_run = CliRunner().invoke(planscribe, command)
    assert open_run.exit_code != 0
    assert "1.2.target" in open_run.output
    assert not out.exists()
    answers = {
        "hours": "4",
        "hours_in_bed": "9",
        "aim": "work",
        "time": "7 am",
        "target": "6",
        "date": "2027-03-01",
        "nap_limit": "2 pm",
    }
    run = CliRunner().invoke(planscribe, [*command, *(f"--set={key}={value}" for key, value in answers.items())])
    assert run.exit_code == 0, run.output
    assert (
        read_plan(out).problems[0].goals[0].objectives[0].statement
        == "Ana will get up at 7 am on 6 of 7 days a week by 2027-03-01."
    )
