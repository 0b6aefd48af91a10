"""The four levels of a plan on the screen: one entry of each is open, the others are a line that opens them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from generator.app.parts.findings import beside, count_mark
from generator.app.session import Draft, place_of, value_of
from generator.app.words import say, short
from generator.plan.base import Part
from generator.plan.goals import Goal, Intervention, Objective, Problem
from generator.plan.walk import value_at

_LINES = 6
"""Closed entries that get a line of their own; with more of them one choice holds all, so that the screen stays quick."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its name in the words, the field that says what an entry is, and an empty entry."""

    name: str
    says: str
    make: Callable[[], Part]


def new_problem() -> Problem:
    """A problem with a place to write at every level below it."""
    return Problem(status="active", goals=[new_goal()])


def new_goal() -> Goal:
    """A goal with an objective to write."""
    return Goal(term="long", status="active", objectives=[new_objective()])


def new_objective() -> Objective:
    """An objective with an intervention to write."""
    return Objective(status="active", interventions=[new_intervention()])


def new_intervention() -> Intervention:
    """An intervention to write."""
    return Intervention(status="active")


PROBLEM = Level("problem", "title", new_problem)
GOAL = Level("goal", "statement", new_goal)
OBJECTIVE = Level("objective", "statement", new_objective)
INTERVENTION = Level("intervention", "description", new_intervention)


def heading(draft: Draft, level: Level, path: str, place: int, number: str) -> None:
    """The open entry's name with what can be done to it, and the findings that mean the entry itself.

    `path` is that of its list, `number` how people count it (`2.1`).
    """
    entries = value_at(draft.plan, path)
    count = len(entries) if isinstance(entries, list) else 0
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{say(f'{level.name}_of', draft.language, n=number, all=count)}**")
        _tools(draft, level, path, place, count)
    beside(draft, f"{path}[{place}]")


def others(draft: Draft, level: Level, path: str, places: Sequence[int], numbers: str, is_before: bool) -> None:
    """The closed entries before or after the open one: a line each, or one choice of all where they are many."""
    entries = value_at(draft.plan, path)
    if not isinstance(entries, list):
        return
    if len(entries) - 1 > _LINES:
        if is_before:
            _choice(draft, level, path, entries, numbers)
        return
    for place in places:
        st.button(
            _line(draft, level, path, entries, numbers, place), key=f"open:{path}[{place}]", width="stretch",
            on_click=draft.open_place, args=(f"{path}[{place}]",), icon=":material/chevron_right:", type="tertiary",
        )  # fmt: skip


def add_entry(draft: Draft, level: Level, path: str) -> None:
    """Adds an entry at the end, opens it, and puts the caret into it."""
    entries = value_at(draft.plan, path)
    count = len(entries) if isinstance(entries, list) else 0

    def add() -> None:
        draft.add(path, level.make())
        _open(draft, level, path, count)

    word = say(f"add_{level.name}", draft.language)
    st.button(word, key=f"add:{path}", on_click=add, icon=":material/add:")


def _open(draft: Draft, level: Level, path: str, place: int) -> None:
    here = f"{path}[{place}]"
    draft.open_place(here)
    draft.goal_of_focus = f"{here}.{level.says}"


def _tools(draft: Draft, level: Level, path: str, place: int, count: int) -> None:
    key = f"tools:{path}"

    def act() -> None:
        chosen = value_of(key)
        if chosen == "remove":
            draft.remove(path, place)
            draft.open_place(f"{path}[{max(0, min(place, count - 2))}]")
        elif chosen == "copy":
            _open(draft, level, path, draft.duplicate(path, place))
        elif chosen in ("up", "down"):
            draft.open_place(f"{path}[{draft.move(path, place, -1 if chosen == 'up' else 1)}]")

    options = [*(["up"] if place else []), *(["down"] if place < count - 1 else []), "copy", "remove"]
    st.menu_button(
        say(f"tools_{level.name}", draft.language), options, key=key, on_click=act, type="tertiary",
        format_func=lambda option: say(f"tool_{option}", draft.language),
    )  # fmt: skip


def _choice(draft: Draft, level: Level, path: str, entries: list[Part], numbers: str) -> None:
    key = f"choose:{path}"
    names = [_line(draft, level, path, entries, numbers, place).replace("\\", "") for place in range(len(entries))]
    chosen = place_of(draft, key, names)

    def choose() -> None:
        place = chosen()
        if place is not None:
            draft.open_place(f"{path}[{place}]")

    st.selectbox(
        say(f"{level.name}_list", draft.language), range(len(entries)), key=key, index=None, on_change=choose,
        placeholder=say("choose", draft.language), format_func=lambda place: names[place],
    )  # fmt: skip


def _line(draft: Draft, level: Level, path: str, entries: list[Part], numbers: str, place: int) -> str:
    said = getattr(entries[place], level.says) or say("nothing_yet", draft.language)
    name = say(f"{level.name}_n", draft.language, n=f"{numbers}{place + 1}")
    return f"{name}: {short(str(said), 70)}{count_mark(draft, f'{path}[{place}]')}"
