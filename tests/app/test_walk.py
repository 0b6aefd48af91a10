"""Entries come, go, move and are copied by the page's own buttons; model and screen stay equal all the way."""

import random

import pytest
from streamlit.testing.v1 import AppTest

from generator.app.session import Draft
from generator.plan import Plan
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.walk import value_at
from tests.app.test_places import opened

SAYS = {"problems": "title", "goals": "statement", "objectives": "statement", "interventions": "description"}


def plan_of(problems: int, goals: int, objectives: int, interventions: int) -> Plan:
    """A plan in which every entry says its own place."""
    return Plan(
        problems=[
            Problem(
                title=f"P{p}",
                goals=[
                    Goal(
                        statement=f"P{p} G{g}",
                        objectives=[
                            Objective(
                                statement=f"P{p} G{g} O{o}",
                                interventions=[
                                    Intervention(description=f"P{p} G{g} O{o} I{i}") for i in range(interventions)
                                ],
                            )
                            for o in range(objectives)
                        ],
                    )
                    for g in range(goals)
                ],
            )
            for p in range(problems)
        ]
    )


def shadow_of(plan: Plan) -> list:
    """The four levels as plain lists, to be changed beside the page."""
    return [
        (
            p.title,
            [
                (g.statement, [(o.statement, [(i.description, []) for i in o.interventions]) for o in g.objectives])
                for g in p.goals
            ],
        )
        for p in plan.problems
    ]


def tree(entries: list) -> list:
    return [(said, tree(below)) for said, below in entries]


def step(page: AppTest, draft: Draft, shadow: list, undone: list, dice: random.Random) -> None:
    """One press, on the page and on the shadow."""
    menus = [one for one in page.menu_button if one.key.startswith("tools:")]
    adds = [one for one in page.button if one.key.startswith("add:problems")]
    undo = [one for one in page.button if one.key == "undo"]
    pressed = dice.choice(["tools"] * 5 + ["add"] + ["undo"] + ["problem"])
    if pressed == "tools" and menus:
        menu = dice.choice(menus)
        path = menu.key.removeprefix("tools:")
        place = {
            "problems": draft.problem,
            "goals": draft.goal,
            "objectives": draft.objective,
            "interventions": draft.intervention,
        }[path.rpartition(".")[2].partition("[")[0]]
        beside = entries_at(shadow, path)
        chosen = dice.choice(
            ["remove", "copy", *(["up"] if place else []), *(["down"] if place < len(beside) - 1 else [])]
        )
        menu.click(chosen).run()
        if chosen == "remove":
            undone.append((beside, place, beside.pop(place)))
        elif chosen == "copy":
            beside.insert(place + 1, copied(beside[place]))
        else:
            beside.insert(place + (1 if chosen == "down" else -1), beside.pop(place))
    elif pressed == "add":
        button = dice.choice(adds)
        level = button.key.rpartition(".")[2].removeprefix("add:")
        beside = entries_at(shadow, button.key.removeprefix("add:"))
        button.click().run()
        beside.append(empty(level))
    elif pressed == "undo" and undo:
        undo[0].click().run()
        while undone:
            beside, place, entry = undone.pop()
            if is_in(shadow, beside):
                beside.insert(min(place, len(beside)), entry)
                break
    elif pressed == "problem" and len(shadow) > 1:
        radio = page.radio(key="open:problems")
        radio.set_value(dice.randrange(len(shadow))).run()


def entries_at(shadow: list, path: str) -> list:
    here = shadow
    for part in path.split("[")[1:]:
        here = here[int(part.partition("]")[0])][1]
    return here


def copied(entry: tuple) -> tuple:
    return (entry[0], [copied(one) for one in entry[1]])


def empty(level: str) -> tuple:
    below = {"problems": "goals", "goals": "objectives", "objectives": "interventions"}.get(level)
    return (None, [empty(below)] if below else [])


def is_in(entries: list, wanted: list) -> bool:
    return entries is wanted or any(is_in(below, wanted) for _, below in entries)


def the_screen_shows_the_model(page: AppTest, draft: Draft) -> None:
    """Every input of the four levels holds what its place in the plan says, and the open entries have their inputs."""
    shown = {
        one.key.removeprefix("w:").partition("~")[0]: one.value
        for one in [*page.text_input, *page.text_area]
        if one.key and one.key.startswith("w:problems")
    }
    for path, value in shown.items():
        if path.rpartition(".")[2] in SAYS.values():
            assert value == (value_at(draft.plan, path) or ""), path
    if draft.plan.problems:
        assert f"problems[{draft.problem}].title" in shown
        assert len(page.radio(key="open:problems").options) == len(draft.plan.problems)
    else:
        assert not shown
    kept = [key for key, _ in page.session_state.items() if str(key).startswith("w:")]
    assert len(kept) <= 60, "fields that are no longer shown have left keys behind"


def walk(steps: int, seed: int) -> None:
    plan = plan_of(10, 3, 2, 2)
    page, shadow, undone = opened(plan), shadow_of(plan), []
    draft = page.session_state["draft"]
    dice = random.Random(seed)
    for n in range(steps):
        step(page, draft, shadow, undone, dice)
        assert not page.exception, n
        assert tree(shadow_of(draft.plan)) == tree(shadow), n
        the_screen_shows_the_model(page, draft)


def test_25_steps_keep_model_and_screen_equal():
    walk(25, seed=8)


@pytest.mark.slow
def test_300_steps_keep_model_and_screen_equal():
    walk(300, seed=2026)
