"""The commands of a review, as a person types them."""

import json
import subprocess
import sys
from pathlib import Path

import yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
PLAN = EXAMPLES / "01_alcohol_outpatient.yaml"


def run(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, args)], capture_output=True, text=True, check=False
    )


def test_a_review_is_two_commands_and_the_decisions_between_them(tmp_path):
    following, decisions = tmp_path / "next.yaml", tmp_path / "next.decisions.yaml"
    assert run("review", PLAN, "-o", following, "--as-of", "2027-02-01").returncode == 0
    undecided = yaml.safe_load(following.read_text(encoding="utf-8"))
    assert undecided["plan"]["version"] == 2
    text = decisions.read_text(encoding="utf-8")
    text = text.replace(
        "- objective: G1.O1\n  value:\n  decision:\n", "- objective: G1.O1\n  value: 14\n  decision: not met\n", 1
    )
    decisions.write_text(text, encoding="utf-8")
    done = run("review", PLAN, "--decisions", decisions, "-o", following, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["next_review"] == "2027-05-02"
    assert {"kind": "changed", "field": "problems[].goals[].objectives[].status", "where": "problems[0].goals[0].objectives[0].status",
            "what": "Objective 1.1.1: Status", "before": "Active", "after": "Not met"} in said["changes"]  # fmt: skip
    assert "review-nothing-new" in {one["rule"] for one in said["findings"]}
    decided = yaml.safe_load(following.read_text(encoding="utf-8"))
    assert decided["problems"][0]["goals"][0]["objectives"][0]["status"] == "not_met"


def test_nothing_that_somebody_wrote_is_written_over(tmp_path):
    following = tmp_path / "next.yaml"
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(PLAN.read_bytes())
    assert run("review", plan, "-o", plan).returncode == 2
    assert plan.read_bytes() == PLAN.read_bytes()
    run("review", plan, "-o", following, "--as-of", "2027-02-01")
    again = run("review", plan, "-o", following, "--as-of", "2027-02-01")
    assert again.returncode == 2
    assert "--decisions" in again.stderr
    changed = following.read_text(encoding="utf-8").replace("Stop drinking", "Stop smoking")
    following.write_text(changed, encoding="utf-8")
    refused = run("review", plan, "--decisions", tmp_path / "next.decisions.yaml", "-o", following)
    assert (refused.returncode, following.read_text(encoding="utf-8")) == (2, changed)


def test_braces_left_in_a_new_intervention_block_and_nothing_is_written(tmp_path):
    decisions = tmp_path / "d.yaml"
    decisions.write_text(
        "objectives: [{objective: G1.O1, decision: not met, new_intervention: 'Invite {support_person}'}]"
    )
    done = run("review", PLAN, "--decisions", decisions, "-o", tmp_path / "next.yaml", "--as-of", "2027-02-01")
    assert done.returncode == 1
    assert not (tmp_path / "next.yaml").exists()


def test_the_changes_of_two_plans_are_said_in_spanish_and_recorded_on_request(tmp_path):
    following = tmp_path / "next.yaml"
    run("review", PLAN, "-o", following, "--as-of", "2027-02-01")
    text = following.read_text(encoding="utf-8").replace("level_of_care: ASAM 1", "level_of_care: ASAM 2.1")
    following.write_text(text, encoding="utf-8")
    done = run("changes", PLAN, following, "--record", "--lang", "es", "--json")
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["what"], change["after"]) == ("Plan: Nivel de atención", "ASAM 2.1")
    kept = yaml.safe_load(following.read_text(encoding="utf-8"))["reviews"]["history"][0]["changes"]
    assert kept == [{"kind": "changed", "field": "plan.level_of_care", "before": "ASAM 1", "after": "ASAM 2.1"}]


def test_changes_cannot_be_recorded_into_a_plan_without_a_review(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_bytes((EXAMPLES / "03_adolescent_guardian_school.yaml").read_bytes())
    done = run("changes", PLAN, other, "--record")
    assert done.returncode == 2
    assert "no review" in done.stderr
