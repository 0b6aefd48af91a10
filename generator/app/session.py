"""The one thing a session keeps: its draft. The only file that touches st.session_state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from generator.finding import Finding
from generator.make import Document
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.walk import value_at

_KEY = "draft"
_T = TypeVar("_T")


@dataclass
class Draft:
    """A plan being written, and where the person is in it."""

    plan: Plan = field(default_factory=Plan)
    is_open: bool = False
    screen: str = "start"
    language: str = "en"
    problem: int = 0
    goal: int = 0
    undo: list[tuple[str, int, Part]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    document: Document | None = None
    trouble: str = ""
    goal_of_focus: str = ""

    def changed(self) -> None:
        """Said after every change of the plan: what was made from the plan is out of date, and the plan is kept.

        `add`, `remove`, `bring_back` and everything through `bind` say it themselves; who changes the plan in another
        way says it once when done.
        """
        self.document = None

    def open(self, plan: Plan) -> None:
        """Begin with a plan."""
        self.plan, self.is_open, self.screen = plan, True, "patient"
        self.problem = self.goal = 0
        self.undo, self.document, self.trouble = [], None, ""

    def go(self, screen: str) -> None:
        """Show another screen."""
        self.screen, self.trouble = screen, ""

    def go_to_place(self, path: str) -> None:
        """Show the screen that holds a place of the plan, with its problem and goal open."""
        self.goal_of_focus = path
        self.screen = screen_of(path)
        numbers = [int(step.split("]")[0]) for step in path.split("[")[1:]]
        if path.startswith("problems[") and numbers:
            self.problem = numbers[0]
            self.goal = numbers[1] if len(numbers) > 1 else 0

    def add(self, path: str, entry: Part) -> None:
        """Put an entry at the end of a list."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list):
            entries.append(entry)
            self.changed()

    def remove(self, path: str, place: int) -> None:
        """Take an entry out of a list; `undo` can bring it back."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list) and place < len(entries):
            self.undo.append((path, place, entries.pop(place)))
            self.changed()

    def bring_back(self) -> None:
        """Undo the last removal."""
        if self.undo:
            path, place, entry = self.undo.pop()
            entries = value_at(self.plan, path)
            if isinstance(entries, list):
                entries.insert(place, entry)
                self.changed()


def draft() -> Draft:
    """This session's draft."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Draft()
    found: Draft = st.session_state[_KEY]
    return found


def kept(kind: type[_T]) -> _T:
    """A screen's own things, of a class of its own, made at first use and kept while the session lasts; never stored."""
    key = f"kept:{kind.__module__}.{kind.__qualname__}"
    if key not in st.session_state:
        st.session_state[key] = kind()
    found: _T = st.session_state[key]
    return found


def bind(key: str, value: object, store: Callable[[object], None]) -> Callable[[], None]:
    """Put the model's value into a widget before it is drawn; gives the callback that puts the widget's into the model."""
    st.session_state[key] = value

    def changed() -> None:
        store(st.session_state.get(key))

    return changed


def screen_of(path: str) -> str:
    """The step on which a place of the plan is edited."""
    top = path.partition(".")[0].partition("[")[0]
    if top in ("diagnoses", "assessment", "history", "presenting_problem", "staff", "snap", "measures"):
        return "diagnosis"
    if top == "problems":
        return "plan"
    contract = (
        "contract",
        "responsibilities",
        "reviews",
        "discharge",
        "participation",
        "signatures",
        "accommodations",
        "safety_plan",
    )
    return (
        "contract"
        if top in contract or top in ("barriers", "coordination", "confidentiality", "blended_care")
        else "patient"
    )
