"""A plan carried forward: what is kept, what moves, what is asked, and what is refused."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ReviewNotPossible
from generator.exchange.plan_file import parse_plan, plan_as_yaml, read_plan
from generator.plan import Plan
from generator.plan.walk import leaves
from generator.review import Answers, Decided, differences, next_review, open_objectives, table_of
from generator.review.decisions import decisions_text, read_decisions
from generator.rules import Context, check
from generator.rules.clock import review_clock

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("0*.yaml"))
PLANS = {path.stem: read_plan(path) for path in EXAMPLES}
ALCOHOL = PLANS["01_alcohol_outpatient"]
DAY = date(2027, 2, 1)
ON_THE_DAY = Context(as_of=DAY)


def decided(**by_key: str) -> Answers:
    return Answers([Decided(key, decision=decision, value="1") for key, decision in by_key.items()])


@pytest.mark.parametrize("name", sorted(PLANS))
def test_nothing_of_a_plan_is_lost_and_the_plan_itself_stays_as_it_is(name):
    plan = PLANS[name]
    as_it_was = plan.as_data()
    after = next_review(plan, context=ON_THE_DAY).plan
    assert plan.as_data() == as_it_was
    kept = {str(leaf.value) for leaf in leaves(after)}
    moved = ("plan.", "reviews.", "signatures", "participation", "problems[")
    for leaf in leaves(plan):
        assert str(leaf.value) in kept or leaf.path.startswith(moved), leaf.path
    for leaf in leaves(plan):
        if leaf.path.startswith("problems[") and leaf.path.endswith((".description", ".title", "patient_words")):
            assert str(leaf.value) in kept


def test_a_review_is_a_version_of_its_own_to_be_signed_anew():
    after = next_review(ALCOHOL, context=ON_THE_DAY).plan
    assert (after.plan.version, after.plan.type, after.plan.plan_date) == (2, "update", DAY)
    assert [one.name for one in after.signatures] == [one.name for one in ALCOHOL.signatures]
    assert not any(one.signed_on for one in after.signatures)
    assert after.participation.agreement is None
    assert after.participation.copy_language == "en"


def test_dates_move_by_the_programmes_days_and_an_interval_of_ones_own_may_only_tighten_them():
    due = next_review(ALCOHOL, context=ON_THE_DAY).plan.reviews.next_due
    assert due == DAY + timedelta(days=90)
    lazy, strict = ALCOHOL.model_copy(deep=True), ALCOHOL.model_copy(deep=True)
    lazy.reviews.interval_days, strict.reviews.interval_days = 365, 30
    assert next_review(lazy, context=ON_THE_DAY).plan.reviews.next_due == due
    assert next_review(strict, context=ON_THE_DAY).plan.reviews.next_due == DAY + timedelta(days=30)


@pytest.mark.parametrize("name", sorted(PLANS))
def test_a_review_with_every_answer_breaks_no_rule_of_reviews_dates_or_objectives(name):
    plan = PLANS[name]
    rows = [
        Decided(one.key, "1", "not met", interventions=["Try the evening walk with a neighbour, three times a week."])
        for one in open_objectives(plan, ON_THE_DAY)
    ]
    made = next_review(plan, Answers(rows, participants=["patient", "st1"]), ON_THE_DAY)
    found = {one.rule for one in check(made.plan, ON_THE_DAY)} - {one.rule for one in check(plan, ON_THE_DAY)}
    assert not {rule for rule in found if rule.startswith(("review-", "objective-", "goal-", "unmet-", "plan-"))}


def test_a_date_that_passed_moves_and_the_sentence_says_the_new_one():
    made = next_review(ALCOHOL, decided(**{"G1.O1": "partly", "G2.O1": "met"}), ON_THE_DAY)
    first, met = made.plan.problems[0].goals[0].objectives[0], made.plan.problems[1].goals[0].objectives[0]
    assert first.target_date == date(2027, 5, 2)
    assert first.statement.endswith("by 2027-05-02.")
    assert (met.target_date, met.status) == (date(2027, 1, 31), "met")
    assert not [one for one in made.changes if one.field.endswith("objectives[].statement")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("by 1/5/2027.", "by 5/2/2027."), ("by January 5, 2027", "by May 2, 2027"), ("antes del 5 de enero de 2027", "antes del 2 de mayo de 2027")],
)  # fmt: skip
def test_a_date_in_a_sentence_keeps_its_shape(said, kept):
    plan = ALCOHOL.model_copy(deep=True)
    plan.problems[0].goals[0].objectives[0].statement = f"Four days or fewer {said}"
    after = next_review(plan, decided(**{"G1.O1": "partly"}), ON_THE_DAY).plan
    assert after.problems[0].goals[0].objectives[0].statement == f"Four days or fewer {kept}"


def test_an_objective_not_met_asks_for_a_new_intervention_and_the_library_proposes_some():
    made = next_review(ALCOHOL, decided(**{"G1.O1": "not met"}), ON_THE_DAY)
    (asked,) = [one for one in made.findings if one.rule == "review-nothing-new"]
    assert asked.where == "problems[0].goals[0].objectives[0]"
    assert "Raise visit frequency" in asked.mend


def test_a_new_intervention_is_dated_says_why_and_takes_from_its_neighbour_what_it_does_not_say():
    new = {"description": "Call on Friday at six", "frequency": {"count": 3, "per": "week"}}
    answers = Answers([Decided("G1.O1", "14", "not met", interventions=[new])])
    objective = next_review(ALCOHOL, answers, ON_THE_DAY).plan.problems[0].goals[0].objectives[0]
    made = objective.interventions[-1]
    assert (made.id, made.added_on, made.responsible_staff, made.frequency.count) == ("G1.O1.I3", DAY, "st1", 3)
    assert made.added_because == "Objective 1.1.1 was not met at the review of 2027-02-01"
    assert [one.description for one in objective.interventions][:2] == [
        one.description for one in ALCOHOL.problems[0].goals[0].objectives[0].interventions
    ]


def test_a_proposal_with_braces_left_in_it_blocks():
    answers = Answers([Decided("G1.O1", "14", "not met", interventions=["Invite {support_person}"])])
    (finding,) = [one for one in next_review(ALCOHOL, answers, ON_THE_DAY).findings if one.severity == "error"]
    assert "support_person" in finding.message


def test_a_value_that_says_otherwise_than_its_decision_is_told():
    rules = [one.rule for one in next_review(ALCOHOL, Answers([Decided("G1.O1", "14", "met")]), ON_THE_DAY).findings]
    assert "review-value-and-decision" in rules


def test_the_last_value_is_the_latest_of_progress_scores_reviews_and_the_baseline():
    plan = PLANS["02_major_depression"].model_copy(deep=True)
    (first, *_) = open_objectives(plan, ON_THE_DAY)
    assert (first.last, first.last_on) == ("13", date(2026, 11, 16))
    plan.measures[0].instrument, plan.measures[0].score, plan.measures[0].date = "PHQ-9", 8, date(2027, 1, 20)
    assert open_objectives(plan, ON_THE_DAY)[0].last == "8"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (Answers([Decided("G9.O9")]), "does not have"),
        (Answers([Decided("G1.O1"), Decided("1.1.1")]), "twice"),
        (Answers([Decided("G1.O1", decision="mett")]), "Nearest: met"),
        (Answers(day=date(2026, 11, 3)), "later than that"),
        (Answers(agreement="perhaps"), "agree, partly, disagree"),
        (Answers(goals=[("G9", "met")]), "goal that the plan does not have"),
        (Answers(day=date(9999, 12, 1)), "calendar"),
        (Answers(next_review=DAY), "not after this one"),
    ],
)
def test_what_cannot_be_is_one_plain_sentence(answers, words):
    with pytest.raises(ReviewNotPossible, match=words):
        next_review(ALCOHOL, answers, ON_THE_DAY)


def test_a_second_review_on_the_same_day_is_refused():
    once = next_review(ALCOHOL, context=ON_THE_DAY).plan
    with pytest.raises(ReviewNotPossible, match="already"):
        next_review(once, context=ON_THE_DAY)


def test_an_objective_that_was_met_before_is_not_asked_again():
    once = next_review(ALCOHOL, decided(**{"G2.O1": "met", "G1.O1": "dropped"}), ON_THE_DAY).plan
    later = Context(as_of=date(2027, 5, 2))
    assert [one.key for one in open_objectives(once, later)] == ["G1.O2", "G3.O1", "G3.O2"]
    with pytest.raises(ReviewNotPossible, match="met or dropped before"):
        next_review(once, decided(**{"G2.O1": "met"}), later)


def test_an_empty_plan_has_a_review_too():
    made = next_review(Plan(), context=ON_THE_DAY)
    assert made.plan.reviews.last.date == DAY
    assert made.findings == ()


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ["yes", "no", "4", "4.50", "2027-02-01", "#", "a: b", "'", "- x", "{x", "null", "line\none: two"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4, unique=True), texts)
def test_the_file_of_decisions_reads_back_whatever_the_plan_says(ids, statement):
    rows = [{"id": one, "statement": statement, "measure": {"unit": statement}} for one in ids]
    plan = Plan.model_validate({"problems": [{"title": statement, "goals": [{"objectives": rows}]}]})
    asked = open_objectives(plan, ON_THE_DAY)
    text = decisions_text(plan, asked, review_clock(plan, ON_THE_DAY).next_review, DAY, "es")
    answers = read_decisions(text)
    assert answers.day == DAY
    assert [one.objective for one in answers.objectives] == [one.key.strip() for one in asked]
    assert not any(one.value or one.decision for one in answers.objectives)
    next_review(plan, answers, ON_THE_DAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a\n", "keys are wanted"),
        ("objectives: 3\n", "is a list"),
        ("objectivs: []\n", "Nearest: objectives"),
        ("objectives: [{value: 3}]\n", "has to name one"),
        ("objectives: [{objective: G1.O1, decison: met}]\n", "Nearest: decision"),
        ("objectives: [{objective: G1.O1, new_intervention: {descripton: x}}]\n", "Nearest: description"),
        ("goals: 1\n", "is a list"),
        ("goals: [{goal: G1, decided: met}]\n", "decision"),
        ("review: {date: soon}\n", "calendar date"),
        ("review: {date: 2027-02-30}\n", "calendar date"),
        ("a: [\n", "is not YAML"),
    ],
)
def test_a_file_of_decisions_that_is_wrong_is_told_where(text, words):
    with pytest.raises(ReviewNotPossible, match=words):
        read_decisions(text, "next.decisions.yaml")


def test_a_goal_is_decided_by_its_number_or_id_and_stands_in_the_table():
    text = decisions_text(ALCOHOL, open_objectives(ALCOHOL, ON_THE_DAY), None, DAY, "en")
    text = text.replace("- goal: '2.1'\n  decision:", "- goal: G2\n  decision: met")
    made = next_review(ALCOHOL, read_decisions(text), ON_THE_DAY)
    assert made.plan.problems[1].goals[0].status == "met"
    assert [(one.entry, one.after) for one in made.changes if one.field.endswith("goals[].status")] == [("2.1", "met")]


decisions = st.sampled_from(["", "continue", "met", "partly", "not met", "extended", "dropped", "cumplido", "en parte"])
answered = st.tuples(
    st.sampled_from(["", "0", "14", "80 %", "mejor"]), decisions, st.sampled_from(["", "Try the walk at six."])
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PLANS)), st.lists(answered, min_size=12, max_size=12), st.integers(1, 400))
def test_whatever_is_decided_the_next_plan_is_whole_and_its_table_is_what_changed(name, given_answers, days):
    plan = PLANS[name]
    day = max(filter(None, (plan.plan.plan_date, *(one.date for one in plan.reviews.history)))) + timedelta(days=days)
    context = Context(as_of=day)
    rows = [
        Decided(one.key, value, decision, interventions=[new] if new else [])
        for one, (value, decision, new) in zip(open_objectives(plan, context), given_answers, strict=False)
    ]
    made = next_review(plan, Answers(rows), context)
    assert parse_plan(plan_as_yaml(made.plan).encode()).as_data() == made.plan.as_data()
    assert table_of(plan, made.plan) == made.changes
    assert [(one.kind, one.field) for one in made.plan.reviews.last.changes] == [
        (one.kind, one.field) for one in made.changes
    ]
    assert made.plan.reviews.last.next_review == made.plan.reviews.next_due > day
    live = [one for one in open_objectives(made.plan, context) if rows and one.target_date is not None]
    decided = {row.objective for row in rows if row.decision}
    assert all(one.target_date > day for one in live if one.key in decided)


_data = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "goals", "objectives", "interventions", "status", "measure", "history"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(["plan", "problems", "reviews", "measures", "signatures", "staff"]), _data))
def test_a_plan_of_any_shape_has_a_next_review_and_no_difference_from_itself(data):
    plan = Plan.model_validate(data)
    assert differences(plan, plan.model_copy(deep=True)) == ()
    try:
        made = next_review(plan, context=ON_THE_DAY)
    except ReviewNotPossible:
        return
    assert made.plan.reviews.last.date == DAY or plan.reviews.history
    parse_plan(plan_as_yaml(made.plan).encode())
