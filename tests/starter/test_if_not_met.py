"""What the library would change where an objective was not met: found for the plan's own objective, and put in."""

import json
from datetime import date

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import planscribe
from generator.exchange.plan_file import parse_plan, read_plan
from generator.plan.goals import Objective, Problem
from generator.rules import Context, check
from generator.starter import (
    add_if_not_met,
    area_of,
    areas,
    find,
    find_objective,
    if_not_met,
    insert,
    questions,
    unmet_objectives,
)

ON = date(2027, 3, 1)
ANSWERS = {**dict.fromkeys(questions(), "something"), "target": "3", "baseline": "5", "date": "2027-03-01"}


def inserted(area):
    open_keys = {finding.where.rpartition(".")[2] for finding in insert(parse_plan(b"{}"), area, {}).findings}
    plan = insert(parse_plan(b"{}"), area, {key: ANSWERS[key] for key in open_keys}).plan
    for goal in plan.problems[0].goals:
        for objective in goal.objectives:
            objective.status = "not_met"
    return plan


@pytest.mark.parametrize("area", [*areas("en"), *areas("es")], ids=lambda area: f"{area.id}-{area.language}")
def test_an_objective_put_in_from_the_library_finds_the_lines_of_its_own_area_in_both_languages(area):
    for one in unmet_objectives(inserted(area)):
        assert if_not_met(one.it, language="en") == find(area.id, "en").if_not_met
        assert if_not_met(one.it, one.problem, "es") == find(area.id, "es").if_not_met


def test_an_objective_reworded_by_hand_is_still_known_by_what_it_counts():
    objective = Objective.model_validate(
        {"statement": "Ana will sober up.", "measure": {"what": "Drinking days in the past 30 days"}}
    )
    assert area_of(objective).id == "alcohol_use"


@pytest.mark.parametrize(
    ("problem", "area_id"),
    [
        ({"title": "Alcohol use", "diagnosis_refs": ["F10.20"]}, "alcohol_use"),
        ({"title": "Panic in the bus", "diagnosis_refs": ["F41.0"]}, "panic"),
        ({"title": "Worry", "diagnosis_refs": []}, "anxiety_worry"),
        ({"title": "Ánimo bajo", "diagnosis_refs": ["F33.1"]}, "depression"),
    ],
)
def test_an_objective_written_without_the_library_is_placed_by_its_problem(problem, area_id):
    assert area_of(Objective(statement="Something of our own."), Problem.model_validate(problem)).id == area_id


def test_an_objective_that_no_area_speaks_of_has_no_lines():
    assert if_not_met(Objective(statement="Zzyzx."), Problem(title="Qwrt")) == ()


@pytest.mark.parametrize("area", [*areas("en"), *areas("es")], ids=lambda area: f"{area.id}-{area.language}")
def test_a_line_put_in_answers_the_rule_that_asks_for_a_new_intervention_and_copies_nothing_else(area):
    plan = inserted(area)
    one = unmet_objectives(plan)[0]
    one.it.status_date = ON
    rules_before = {finding.rule for finding in check(plan, Context(as_of=ON)) if finding.where.startswith(one.path)}
    assert "unmet-objective-needs-new-intervention" in rules_before
    for line in area.if_not_met:
        keys = {key for key in questions() if f"{{{key}}}" in line}
        result = add_if_not_met(plan, one.path, [line], {key: ANSWERS[key] for key in keys}, ON, area.language)
        added = find_objective(result.plan, one.path).it.interventions[-1]
        assert "{" not in added.description
        assert (added.status, added.added_on) == ("active", ON)
        assert one.it.id in added.added_because
        rules = {
            finding.rule for finding in check(result.plan, Context(as_of=ON)) if finding.where.startswith(one.path)
        }
        assert rules - rules_before <= {
            "intervention-without-frequency",
            "intervention-without-duration",
            "intervention-without-named-staff",
        }
        assert "unmet-objective-needs-new-intervention" not in rules
    assert len(one.it.interventions) == len(find_objective(plan, one.path).it.interventions)


def test_a_line_that_stands_there_already_is_not_put_in_twice():
    plan = inserted(find("panic"))
    once = add_if_not_met(plan, "G1.O1", ["Medicine review"], {}, ON)
    twice = add_if_not_met(once.plan, "g1.o1", ["Medicine review"], {}, ON)
    assert (once.added, twice.added) == ({"interventions": 1}, {"interventions": 0})


def test_an_open_fill_in_or_an_answer_that_nothing_asked_for_keeps_the_line_out():
    plan = inserted(find("alcohol_use"))
    result = add_if_not_met(plan, "G1.O1", ["Invite {support_person}"], {}, ON)
    assert (result.plan, [finding.rule for finding in result.findings]) == (None, ["fill-in-unanswered"])
    result = add_if_not_met(plan, "G1.O1", ["Medicine review"], {"suport_person": "her sister"}, ON)
    assert (result.plan, [finding.rule for finding in result.findings]) == (None, ["fill-in-unknown"])


def test_the_command_shows_the_lines_and_puts_the_chosen_one_in(tmp_path):
    path, out = tmp_path / "plan.yaml", tmp_path / "out.yaml"
    plan = inserted(find("alcohol_use"))
    path.write_text(yaml.safe_dump(plan.as_data(), allow_unicode=True), encoding="utf-8")
    shown = CliRunner().invoke(planscribe, ["library", "if-not-met", str(path)])
    assert shown.exit_code == 0, shown.output
    assert "4  Invite {support_person}" in shown.output
    as_json = json.loads(
        CliRunner().invoke(planscribe, ["library", "if-not-met", str(path), "--json", "--lang", "es"]).output
    )
    assert as_json["objectives"][0]["if_not_met"][3] == "Invitar a {support_person}"
    command = [
        "library",
        "if-not-met",
        str(path),
        "--objective",
        "G1.O2",
        "--line",
        "4",
        "-o",
        str(out),
        "--on",
        "2027-03-02",
    ]
    blocked = CliRunner().invoke(planscribe, command)
    assert isinstance(blocked.exception, Exception)
    assert not out.exists()
    done = CliRunner().invoke(planscribe, [*command, "--set", "support_person=her sister"])
    assert done.exit_code == 0, done.output
    added = find_objective(read_plan(out), "G1.O2").it.interventions[-1]
    assert (added.description, added.added_on) == ("Invite her sister", date(2027, 3, 2))
    assert added.added_because == "G1.O2 was not met"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--objective", "G9.O9"], "it has G1.O1, G1.O2"),
        (["--line", "1"], "name one objective"),
        (["--objective", "G1.O1", "--line", "9", "-o", "x.yaml"], "has 5 lines"),
        (["--area", "nothing-like-it"], "no area"),
    ],
)
def test_a_wrong_choice_is_told_in_one_sentence(tmp_path, more, said):
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(inserted(find("alcohol_use")).as_data(), allow_unicode=True), encoding="utf-8")
    run = CliRunner().invoke(planscribe, ["library", "if-not-met", str(path), *more])
    assert run.exit_code != 0
    assert said in f"{run.output} {run.exception}"
