"""Six months of one person told with the product alone: intake, plan, two reviews with an objective not met, discharge.

Every document is made from the plan as it stood then, and proven; a second reader looks for what was decided.
"""

import io
from datetime import date
from pathlib import Path

import pytest

from generator import library
from generator.exchange.plan_file import parse_plan, plan_as_yaml, read_plan
from generator.filters import as_date
from generator.make import Document, Options, make_document
from generator.packet import make_packet
from generator.plan import Plan
from generator.plan.walk import leaves
from generator.review import next_review, open_objectives
from generator.review.decisions import decisions_text, read_decisions
from generator.rules import Context, check, is_about_signatures
from generator.rules.clock import review_clock
from tests.making import word_text

INTAKE = read_plan(Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml")
FIRST, SECOND, END = date(2027, 2, 1), date(2027, 5, 2), date(2027, 5, 20)

# What the counselor types into the file of decisions, place by place; all else stands in it already.
AT_THE_FIRST = {
    "review.summary": "Half the drinking days. Evenings after the late shift are hardest.",
    "review.statement": "It works until nine at night.",
    "review.agreement": "agree",
    "G1.O1": {
        "value": "14",
        "decision": "not met",
        "new_intervention": "Naltrexone visit with Dr. Cabot about the dose at nine at night.",
    },
    "G1.O2": {"value": "60", "decision": "partly"},
    "G2.O1": {"value": "6", "decision": "met"},
    "G3.O1": {"value": "0", "decision": "met"},
    "G3.O2": {"value": "6", "decision": "continue"},
}
AT_THE_SECOND = {
    "review.summary": "Four weeks with two drinking days.",
    "review.statement": "I did this.",
    "review.agreement": "agree",
    "G1.O1": {"value": "2", "decision": "met"},
    "G1.O2": {
        "value": "70",
        "decision": "not met",
        "new_intervention": "Carry the coping card on the bus and read it aloud at his stop.",
    },
    "G3.O2": {"value": "4", "decision": "met"},
}


def filled_in(text: str, typed: dict[str, object]) -> str:
    """The file of decisions with these words typed after their colons."""
    for place, words in typed.items():
        if isinstance(words, str):
            key = f"  {place.removeprefix('review.')}:"
            before, found, after = text.partition(key)
            assert found, place
            text = f"{before}{key} {words}{after}"
            continue
        head, found, tail = text.partition(f"- objective: {place}\n")
        assert found, place
        for key, word in words.items():
            assert f"\n  {key}:\n" in f"\n{tail}", key
            tail = f"\n{tail}".replace(f"\n  {key}:\n", f"\n  {key}: {word}\n", 1)[1:]
        text = head + found + tail
    return text


def characters(typed: dict[str, object]) -> int:
    return sum(len(words) if isinstance(words, str) else sum(map(len, words.values())) for words in typed.values())


def reviewed(plan: Plan, typed: dict[str, object], day: date) -> tuple[Plan, tuple, tuple]:
    """The plan after a review that was typed into the file, saved and read again as a file."""
    context = Context(as_of=day)
    asked = open_objectives(plan, context)
    text = decisions_text(plan, asked, review_clock(plan, context).next_review, day, "en")
    made = next_review(plan, read_decisions(filled_in(text, typed)), context)
    return parse_plan(plan_as_yaml(made.plan).encode()), made.changes, made.findings


def signed(plan: Plan, day: date) -> Plan:
    after = plan.model_copy(deep=True)
    for one in after.signatures:
        one.put("signed_on", day)
    after.participation.put("copy_given_on", day)
    return after


def proven(plan: Plan, form: str, day: date) -> Document:
    document = make_document(plan, library.find(form), Options(as_of=day))
    assert document.proof.checked > 10
    assert not document.proof.faults
    return document


def blocking(plan: Plan, day: date) -> set[str]:
    found = check(plan, Context(as_of=day))
    return {one.rule for one in found if one.severity == "error" and not is_about_signatures(one.rule)}


@pytest.fixture(scope="module")
def story():
    first, changes, findings = reviewed(INTAKE, AT_THE_FIRST, FIRST)
    first = signed(first, FIRST)
    second, more_changes, more_findings = reviewed(first, AT_THE_SECOND, SECOND)
    second = signed(second, SECOND)
    return first, changes, findings, second, more_changes, more_findings


def test_at_intake_a_packet_of_forms_is_made_and_nothing_blocks():
    day = date(2026, 11, 22)
    forms = [
        library.find(name)
        for name in ("intake-face-sheet-pdf", "individualized-plan-pdf", "release-of-information-pdf")
    ]
    packet = make_packet(INTAKE, forms, Options(as_of=day))
    assert packet.is_proven
    assert blocking(INTAKE, day) == set()


def test_both_reviews_are_whole_versions_and_nothing_blocks_them(story):
    first, _, findings, second, _, more_findings = story
    assert [plan.plan.version for plan in (INTAKE, first, second)] == [1, 2, 3]
    assert [one.date for one in second.reviews.history] == [FIRST, SECOND]
    assert (findings, more_findings) == ((), ())
    assert blocking(first, FIRST) == blocking(second, SECOND) == set()
    rules = {one.rule for one in check(second, Context(as_of=SECOND))}
    assert not rules & {
        "unmet-objective-needs-new-intervention",
        "review-incomplete",
        "review-too-late",
        "plan-expired",
    }


def test_the_table_of_changes_holds_what_was_decided_and_nothing_else(story):
    _, changes, _, _, more_changes, _ = story
    objective, doing = "problems[].goals[].objectives[]", "problems[].goals[].objectives[].interventions[]"
    assert {(one.kind, one.field, one.entry, one.before, one.after) for one in changes} == {
        ("changed", f"{objective}.status", "1.1.1", "active", "not_met"),
        ("changed", f"{objective}.target_date", "1.1.1", "2027-01-05", "2027-05-02"),
        ("added", doing, "1.1.1.3", "", AT_THE_FIRST["G1.O1"]["new_intervention"]),
        ("changed", f"{objective}.status", "1.1.2", "active", "partly_met"),
        ("changed", f"{objective}.target_date", "1.1.2", "2027-01-20", "2027-05-02"),
        ("changed", f"{objective}.status", "2.1.1", "active", "met"),
        ("changed", f"{objective}.status", "3.1.1", "active", "met"),
        ("changed", f"{objective}.target_date", "3.1.2", "2027-02-01", "2027-05-02"),
    }
    assert {(one.kind, one.field, one.entry, one.before, one.after) for one in more_changes} == {
        ("changed", f"{objective}.status", "1.1.1", "not_met", "met"),
        ("changed", f"{objective}.status", "1.1.2", "partly_met", "not_met"),
        ("changed", f"{objective}.target_date", "1.1.2", "2027-05-02", "2027-07-31"),
        ("added", doing, "1.1.2.2", "", AT_THE_SECOND["G1.O2"]["new_intervention"]),
        ("changed", f"{objective}.status", "3.1.2", "active", "met"),
        ("changed", "problems[].goals[].target_date", "1.1", "2027-05-03", "2027-07-31"),
    }


@pytest.mark.parametrize(
    "form", ["plan-review", "plan-review-pdf", "prior-authorization", "individualized-plan", "progress-chart"]
)
def test_every_document_of_both_reviews_is_proven(story, form):
    first, _, _, second, _, _ = story
    proven(first, form, FIRST)
    proven(second, form, SECOND)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_review_form_prints_the_table_in_words(story, language):
    plan = story[0]
    made = make_document(plan, library.find("plan-review"), Options(as_of=FIRST, language=language))
    text = word_text(made.data)
    rows = {
        "en": ("Objective 1.1.1: Status", "Active", "Not met"),
        "es": ("Objetivo 1.1.1: Estado", "Activo", "No cumplido"),
    }
    for words in (*rows[language], as_date("2027-01-05"), AT_THE_FIRST["G1.O1"]["new_intervention"]):
        assert words in text
    assert "Darnell Whitcombe, Renata Oyelaran, CASAC-2" in text


def test_the_review_pdf_holds_the_same_table_for_a_second_reader(story):
    import pypdf

    fields = pypdf.PdfReader(io.BytesIO(proven(story[0], "plan-review-pdf", FIRST).data)).get_fields()
    row = [fields[f"change_{name}_1"]["/V"] for name in ("kind", "what", "before", "after")]
    assert row == ["Changed", "Objective 1.1.1: Target date", "01/05/2027", "05/02/2027"]


def test_discharge_closes_the_story(story):
    plan = story[3].model_copy(deep=True)
    plan.plan.put("type", "discharge")
    plan.discharge.put("anticipated_date", END)
    for problem in plan.problems:
        for goal in problem.goals:
            goal.put("status", "met" if all(one.status == "met" for one in goal.objectives) else "partly_met")
    document = proven(plan, "discharge-plan", END)
    text = word_text(document.data)
    for words in ("Partly met", "Met", "05/20/2027", "Naltrexone follow-up in primary care"):
        assert words in text
    proven(plan, "discharge-plan-pdf", END)


def test_a_review_takes_less_than_a_fifth_of_the_typing_of_a_plan(story):
    first = story[0]
    plan = sum(len(str(leaf.value)) for leaf in leaves(INTAKE) if not leaf.path.endswith(".id"))
    again = sum(len(str(leaf.value)) for leaf in leaves(first) if not leaf.path.endswith(".id"))
    for typed, whole in ((AT_THE_FIRST, plan), (AT_THE_SECOND, again)):
        saved = 1 - characters(typed) / whole
        print(f"{characters(typed)} characters typed where a new plan takes {whole}: {saved:.1%} fewer")
        assert saved >= 0.8
