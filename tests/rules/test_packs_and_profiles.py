"""Rule packs, programme profiles, the agency's own settings, other plans, documents, and the review clock."""

from datetime import date

import icalendar
import pytest

from generator.agency import read_agency, read_rule_pack
from generator.check_file import check_file
from generator.due_file import due_file
from generator.errors import PackNotValid, ProfileNotValid
from generator.plan import Plan
from generator.rules import Context, check
from generator.rules.clock import review_clock
from generator.rules.context import DocumentSeen, FormSeen
from generator.rules.others import other_plans
from generator.rules.packs import read_pack
from generator.rules.profiles import all_profiles, profile_of
from generator.yaml_safe import read_yaml, write_yaml
from tests.rules.plans import AS_OF, EXAMPLES, changed, data_of, example, found

GROUP = """
pack: harbor-light
define:
  is_group: this.method == "group"
rules:
- id: hl-group-size
  each: problems[].goals[].objectives[].interventions[]
  when: is_group
  require: this.session_minutes <= 90
  severity: error
  message: A group lasts at most 90 minutes here.
  message_es: Un grupo dura aquí 90 minutos como máximo.
- id: hl-plan-soon
  require: days(plan.admission_date, plan.plan_date) <= 14 or plan.program in ["sud_iop"]
  severity: warning
  message: Plans are made within two weeks here.
"""


def pack(text: str):
    return read_pack(read_yaml(text), name="own.yaml")


def test_a_pack_finds_the_place_where_its_rule_is_broken():
    plan = Plan.model_validate(data_of(example(4)))
    findings = check(plan, Context(AS_OF, packs=(pack(GROUP),)))
    assert [(one.rule, one.where) for one in findings] == [
        ("hl-group-size", "problems[0].goals[0].objectives[0].interventions[1]")
    ]
    assert findings[0].message == "A group lasts at most 90 minutes here."


def test_a_blank_value_leaves_a_condition_open():
    assert found(changed(data_of(example(1)), {"plan.admission_date": None}), packs=(pack(GROUP),)) == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 1", "is no rule pack"),
        ("rules: [{id: a, require: 'plan.colour == 1', severity: error, message: m}]", 'a plan has no "plan.colour"'),
        (
            "rules: [{id: a, each: 'goals[]', require: 'blank(this.id)', severity: error, message: m}]",
            'a plan has no "goals[]"',
        ),
        ("define: {a: b, b: a}\nrules: [{id: x, require: a, severity: error, message: m}]", "leads back to itself"),
        ("rules: [{id: a, require: '__import__(1)', severity: error, message: m}]", "no function __import__"),
        ("rules: [{id: a, require: 'plan.id.__class__ == 1', severity: error, message: m}]", "a plan has no"),
        ("rules: [{id: a, require: 'plan.id ==', severity: error, message: m}]", "something is missing"),
        ("rules: [{id: a, require: 'plan.id ; 1', severity: error, message: m}]", "is not part of conditions"),
        (
            "rules: [{id: a, require: '" + "(" * 60 + "true" + ")" * 60 + "', severity: error, message: m}]",
            "more than 40 levels",
        ),
        ("rules: [{id: a, require: 'true', severity: grave, message: m}]", "severity: is one of"),
        ("rules: [{id: a, require: 'true', severity: error}]", "message: is missing"),
        ("rules: [{id: plan-late, require: 'true', severity: error, message: m}]", "one of ours"),
        ("rules: [{id: a, loop: 3, require: 'true', severity: error, message: m}]", "has a key loop"),
        ("changes: [{rule: plan-late, severity: advice}]", "Say why with because"),
        ("changes: [{rule: plan-late, severity: 'off'}]", "Say why with because"),
        ("changes: [{rule: plan-later, severity: error}]", "there is no rule"),
        ("rules: 3", "needs a list"),
    ],
)
def test_a_broken_pack_is_refused_with_one_sentence(text, said):
    with pytest.raises(PackNotValid, match=r"own\.yaml") as error:
        pack(text)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_a_pack_that_uses_a_reference_is_refused(tmp_path):
    path = tmp_path / "loop.yaml"
    path.write_text("define: &a {x: *a}\n")
    with pytest.raises(PackNotValid):
        read_rule_pack(path)


def test_a_pack_tightens_a_rule_and_loosens_it_only_with_a_reason():
    broken = Plan.model_validate(changed(data_of(example(1)), {"problems[0].goals[0].statement": None}))
    tight = pack("changes: [{rule: fewer-than-three-goals, severity: error}]")
    assert [str(one.severity) for one in check(broken, Context(AS_OF, packs=(tight,)))] == ["error"]
    loose = pack("changes: [{rule: fewer-than-three-goals, severity: 'off', because: short programme}]")
    assert check(broken, Context(AS_OF, packs=(loose,))) == ()


def test_every_profile_says_its_source_its_status_and_when_it_was_checked():
    assert len(all_profiles()) == 35
    assert all(one.source and one.status and one.checked_on for one in all_profiles().values())
    assert profile_of("nc_corrections_mh").review_days == 180  # a profile only tightens
    assert profile_of("no_such").id == profile_of(None).id == "generic_outpatient"


def test_an_agencys_own_folder_goes_before_what_is_shipped(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(GROUP)
    (tmp_path / "profiles.yaml").write_text(
        "sud_outpatient: {title: Ours, review_days: 60, source: policy, sud: true}\n"
    )
    (tmp_path / "settings.yaml").write_text("may_diagnose: [MD]\nadult_age: 19\n")
    agency = read_agency(tmp_path)
    context = agency.context(as_of=AS_OF, language="en")
    rules = {one.rule for one in check(Plan.model_validate(data_of(example(1))), context)}
    assert "review-too-late" in rules and len(agency.packs) == 1 and agency.adult_age == 19
    assert agency.profiles["sud_outpatient"].review_days == 60


@pytest.mark.parametrize(
    "text", ["- 1", "x: 1", "x: {review_days: soon}", "x: {colour: red}", "x: {review_days: 30, sud: 3}", "{"]
)
def test_a_broken_profile_is_refused(tmp_path, text):
    (tmp_path / "profiles.yaml").write_text(text)
    with pytest.raises(ProfileNotValid, match=r"profiles\.yaml"):
        read_agency(tmp_path)


def test_a_text_copied_from_another_plan_is_found_and_the_other_patient_is_never_named():
    other = data_of(example(2))
    copied = changed(
        data_of(example(4)),
        {
            "problems[0].goals[0].objectives[0].statement": other["problems"][2]["goals"][0]["objectives"][1][
                "statement"
            ].replace("Maribeth", "Soledad")
        },
    )
    plan = Plan.model_validate(copied)
    findings = check(plan, Context(AS_OF, others=other_plans(plan, [Plan.model_validate(other)])))
    assert [one.rule for one in findings] == ["text-repeated"]
    said = findings[0].message + findings[0].mend
    assert "100 %" in said and "Maribeth" not in said and other["patient"]["name"]["last"] not in said
    assert check(plan, Context(AS_OF, others=other_plans(plan, [plan]))) == ()


def test_another_patients_name_is_found_by_its_place_and_not_repeated():
    plan = Plan.model_validate(changed(data_of(example(4)), {"assessment.summary": "Stable. Maribeth sleeps well."}))
    findings = check(plan, Context(AS_OF, others=other_plans(plan, [Plan.model_validate(data_of(example(2)))])))
    assert [(one.rule, one.where) for one in findings] == [("other-patient-name", "assessment.summary")]
    assert "Word 2" in findings[0].message and "Maribeth" not in findings[0].message


def test_a_full_ssn_is_accepted_where_the_form_has_a_field_for_it():
    data = changed(data_of(example(1)), {"patient.ssn": "536-90-4399"})
    assert found(data, form=FormSeen("x", frozenset({"patient.name"}))) == {"full-ssn-not-needed"}
    assert found(data, form=FormSeen("x", frozenset({"patient.ssn"}))) == set()


def test_a_finished_document_shows_name_number_and_page_on_every_page_and_cuts_nothing():
    data = data_of(example(2))
    name, number = data["patient"]["name"], data["patient"]["record_number"]
    good = f"{name['first']} {name['last']} {number} Page 1 of 1"
    assert found(data, document=DocumentSeen((good,))) == set()
    assert found(data, document=DocumentSeen((good, "Page 2 of 2"))) == {"page-without-identity-or-tag-left"}
    assert found(data, document=DocumentSeen((good + " {{ x }}",))) == {"page-without-identity-or-tag-left"}
    assert found(data, document=DocumentSeen((good,), cut_off=("Box 7",))) == {"text-cut-off"}
    part2 = data_of(example(4))
    page = f"{part2['patient']['name']['first']} {part2['patient']['name']['last']} {part2['patient']['record_number']} Page 1 of 1"
    assert found(part2, document=DocumentSeen((page,))) == {"part2-notice-missing"}
    assert found(part2, document=DocumentSeen((page + " 42 CFR part 2 prohibits",))) == set()


def test_the_clock_takes_the_earliest_of_interval_authorization_and_last_review(tmp_path):
    plan = Plan.model_validate(changed(data_of(example(4)), {"coverage[0].authorization.to": date(2026, 12, 1)}))
    clock = review_clock(plan, Context(AS_OF))
    assert clock.next_review is not None
    assert (clock.next_review.day, clock.next_review.where) == (date(2026, 12, 1), "coverage[0].authorization.to")
    reviewed = review_clock(Plan.model_validate(data_of(example(2))), Context(AS_OF))
    assert any(
        one.where == "reviews.history[0].date" and one.day == date(2027, 5, 15) and one.source for one in reviewed.dates
    )


def test_the_calendar_is_read_by_another_program_and_names_nobody(tmp_path):
    due_file(EXAMPLES / f"{example(4)}.yaml", as_of=AS_OF, ics=tmp_path / "plan.ics")
    data = (tmp_path / "plan.ics").read_bytes()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) >= 8
    assert {event["dtstart"].dt for event in events} >= {date(2026, 12, 12), date(2026, 12, 31)}
    assert b"Soledad" not in data and b"Brannigan" not in data


def test_an_unknown_profile_and_a_plan_from_the_future_are_said_plainly(tmp_path):
    data = changed(data_of(example(1)), {"plan.program": "sud_outpatiant"})
    path = tmp_path / "plan.yaml"
    path.write_text(write_yaml(data), encoding="utf-8")
    checked = check_file(path, as_of=AS_OF)
    assert any(note.where == "plan.program" and '"sud_outpatient"' in note.message for note in checked.notes)
    early = check_file(path, as_of=date(2026, 11, 1), others=tmp_path)
    assert any(
        one.rule == "plan-date-out-of-range" and "2026-11-03, after 2026-11-01" in one.message for one in early.findings
    )
