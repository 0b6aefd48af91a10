"""For every rule a plan that breaks it, and it alone; and the nearest plan that breaks none. The pairs are data."""

from pathlib import Path

import pytest
import yaml

from generator.plan import Plan
from generator.rules import Context, check
from generator.rules.engine import rules, table
from tests.rules.plans import AS_OF, GONE, changed, data_of, example, found

# Rules that need a finished file; tested in test_documents.py.
NEED_A_FILE = {"text-cut-off"}


class _Loader(yaml.SafeLoader):
    pass


_Loader.add_constructor("!gone", lambda loader, node: GONE)
PAIRS = yaml.load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"), Loader=_Loader)
CASES = [
    pytest.param(rule, pair["plan"], pair["breaks"], pair["holds"], set(pair.get("also", ())), id=f"{rule}-{i}")
    for rule, pairs in PAIRS.items()
    for i, pair in enumerate(pairs)
]


@pytest.mark.parametrize(("rule", "on", "breaks", "holds", "also"), CASES)
def test_a_change_breaks_its_rule_and_no_other_and_its_nearest_neighbour_breaks_none(rule, on, breaks, holds, also):
    good = data_of(example(on))
    assert found(changed(good, breaks)) == {rule} | also
    assert found(changed(good, holds)) == set()


@pytest.mark.parametrize(("rule", "on", "breaks", "holds", "also"), CASES)
def test_a_finding_says_where_what_and_why_in_two_languages_and_never_who(rule, on, breaks, holds, also):
    plan = Plan.model_validate(changed(data_of(example(on)), breaks))
    english, spanish = (
        [one for one in check(plan, Context(AS_OF, language)) if one.rule == rule] for language in ("en", "es")
    )
    for one, two in zip(english, spanish, strict=True):
        assert one.where and one.message and one.mend and one.source == table()[rule].source
        assert one.where == two.where
        assert two.message != one.message and two.mend != one.mend
        assert "{" not in one.message + one.mend + two.message + two.mend
        for private in (plan.patient.name.first, plan.patient.name.last, plan.patient.ssn, plan.patient.phone):
            assert not (private or "").strip() or private not in one.message + one.mend


def test_every_rule_of_the_table_has_its_function_and_its_pair():
    assert len(table()) == 100
    assert set(rules()) == set(table())
    assert set(PAIRS) | NEED_A_FILE == set(table())
