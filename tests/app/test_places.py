"""Every finding's Go: the screen that opens has an input for its place. By AppTest; the focus is the browser's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from generator.app.parts.asked import widget_of
from generator.app.session import Draft
from generator.finding import Finding
from generator.plan import Plan
from generator.rules import Context, check
from tests.rules.plans import AS_OF, changed, data_of, example
from tests.rules.test_pairs import PAIRS

SCRIPT = Path(__file__).parents[2] / "streamlit_app.py"


def opened(plan: Plan, screen: str = "plan", place: str = "") -> AppTest:
    """The page with a plan open at a screen, or at a place of the plan."""
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    page.session_state["draft"] = draft = Draft()
    draft.open(plan)
    draft.go(screen)
    if place:
        draft.go_to_place(place)
    return page.run()


def broken(*, by_rule: bool) -> Iterator[tuple[str, Plan, Finding]]:
    """For each place that any rule can mean, one plan that breaks it there; `by_rule`, one for each rule that means it."""
    seen = set()
    for rule, pairs in PAIRS.items():
        for pair in pairs:
            plan = Plan.model_validate(changed(data_of(example(pair["plan"])), pair["breaks"]))
            for finding in check(plan, Context(AS_OF)):
                key = (by_rule and finding.rule, finding.where.translate({ord(n): None for n in "0123456789"}))
                if finding.rule == rule and key not in seen:
                    seen.add(key)
                    yield rule, plan, finding


@pytest.mark.parametrize("by_rule", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_findings_go_lands_on_an_input_for_its_place(by_rule):
    lost = []
    for rule, plan, finding in broken(by_rule=by_rule):
        page = opened(plan, place=finding.where)
        draft = page.session_state["draft"]
        assert not page.exception, (rule, finding.where)
        if not widget_of(draft, finding.where) and f"add:{finding.where}" not in draft.widgets_shown:
            lost.append((rule, finding.where))
    assert lost == []


@pytest.mark.parametrize("screen", ["patient", "diagnosis", "plan", "contract", "review", "document"])
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_screen_mounts_at_most_40_inputs(screen, number):
    page = opened(Plan.model_validate(data_of(example(number))), screen)
    assert not page.exception
    inputs = [*page.text_input, *page.text_area, *page.selectbox, *page.multiselect, *page.checkbox, *page.radio]
    assert len(inputs) <= 40 or screen not in ("diagnosis", "plan", "review")
