"""The doctor finds every fault at its place, repairs most, and leaves good templates alone."""

import pytest

from generator.blanks.word_tags import open_word_tags
from generator.blanks.word_tags.doctor import check_template
from generator.finding import Severity
from generator.mapping.names import known_names
from generator.mapping.paper import as_on_paper
from generator.plan import Plan
from generator.template_file import plan_words
from tests.making import word
from tests.word.broken import FAULTS, PLACES, TABLES, make, make_table

CASES = [
    *(pytest.param(fault.rule, fault.repairs, lambda place, fault=fault: make(fault, place), id=fault.name) for fault in FAULTS),
    *(pytest.param(rule, True, lambda place, maker=maker, row=row: make_table(maker, row, place), id=name) for name, rule, maker, row in TABLES),
]  # fmt: skip


def _fills(data: bytes) -> bool:
    template = open_word_tags(data)
    template.refuse_unknown_names(known_names())
    return bool(template.render(as_on_paper(Plan())))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("rule", "repairs", "made"), CASES)
def test_a_fault_is_found_at_its_place_and_repaired_where_that_is_safe(rule, repairs, made, place):
    data, where = made(place)
    checked = check_template(data, plan_words(), fix=True)
    found = {(one.rule, one.where) for one in checked.findings}
    assert any(name == rule and stands.startswith(where) for name, stands in found), found
    if repairs:
        assert not [one for one in checked.left if one.severity is not Severity.ADVICE], checked.left
        assert _fills(checked.repaired)


def test_there_are_far_more_than_sixty_and_more_than_seven_in_ten_are_repaired():
    able = sum(case.values[1] for case in CASES)
    assert len(CASES) * len(PLACES) >= 60
    assert able / len(CASES) >= 0.7


GOOD = {
    "plain values": ["{{ patient.name.full }}, {{ patient.dob | date }}", "Phone {{ patient.phone | phone }}"],
    "a loop in a loop": ["{%p for p in problems %}", "{{ loop.index }}. {{ p.title }}", "{% for g in p.goals %}{{ g.statement }}{% if not loop.last %}; {% endif %}{% endfor %}", "{%p endfor %}"],
    "a condition in a line": ["{% if patient.phone %}Phone {{ patient.phone }}{% elif patient.email %}{{ patient.email }}{% else %}none{% endif %}"],
    "braces in words": ["Use {curly} words, f(x) = {1, 2}, << back, next >> and «Guten Tag»", "100 % sure, {% raises nothing".replace("{% raises", "{ % raises")],
    "comments": ["{# printed nowhere: {{ old.name }} #}", "{{ patient.name.full }}"],
    "a filter with quotes": ["{{ patient.dob | date(\"m/d/yy\") }} and {{ history.allergies | none('None known') }}"],
    "set and join": ["{% set name = patient.name %}{{ name.first ~ ' ' ~ name.last }}"],
    "groups": ["{% for key, rows in goals | groupby('problem_number') %}{{ key }}: {{ rows | length }} {% endfor %}"],
    "merged lines": ["My house {%- if patient.phone -%} has a phone {%- endif -%} today"],
    "tests and items": ["{% if patient.age is not none and patient.age < 18 %}{{ problems[0].title }}{% endif %}"],
    "a form without tags": ["Name: ____________  Date: __/__/____", "Price {each}: $5 }"],
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_template_raises_no_alarm(name):
    checked = check_template(word("{{ patient.name.full }}", *GOOD[name]), plan_words())
    assert not checked.findings


def test_the_shipped_templates_raise_no_alarm():
    from generator import library

    shipped = [form for form in library.forms() if form.kind == "word-tags"]
    assert shipped
    for form in shipped:
        assert not check_template(form.read(), plan_words()).findings


def test_docxtpls_own_good_templates_raise_no_alarm_but_for_names(shared):
    """Their names are their own, and a few use Python or filters that only their program has."""
    allowed = {
        "unknown-name",
        "split-tag",
        "unknown-filter",
        "smart-quotes",
        "embedded-objects",
        "outside-links",
        "lone-block",
        "unsafe",
    }
    alarms = {}
    for path in sorted((shared / "corpus" / "docxtpl").glob("*.docx")):
        rules = {one.rule for one in check_template(path.read_bytes(), plan_words()).findings}
        if rules - allowed:
            alarms[path.stem] = rules - allowed
    assert alarms.keys() == {"template_error_tpl"}


def test_a_file_is_not_touched_by_a_check():
    data = word("Name: {{ patient.name.frist }}")
    kept = bytes(data)
    assert check_template(data, plan_words()).repaired is None
    assert data == kept
