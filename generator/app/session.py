"""The one thing a session keeps: its draft. The only file that touches st.session_state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from generator.finding import Finding
from generator.make import Document
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.walk import join, parts, value_at

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
    objective: int = 0
    intervention: int = 0
    diagnosis: int = 0
    measure: int = 0
    member: int = 0
    searches: int = 0
    undo: list[tuple[list[Part], int, Part]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    document: Document | None = None
    trouble: str = ""
    goal_of_focus: str = ""
    version: int = 0
    checked: object = None
    drawn: object = None
    drawn_findings: tuple[Finding, ...] = ()
    aside: object = None
    asking: object = None
    mounted: set[str] = field(default_factory=set)
    unfolded: set[str] = field(default_factory=set)

    def changed(self) -> None:
        """Said after every change of the plan: what was made from the plan is out of date, and the plan is kept.

        `add`, `remove`, `bring_back` and everything through `bind` say it themselves; who changes the plan in another
        way says it once when done.
        """
        self.version += 1
        self.document = None

    def open(self, plan: Plan) -> None:
        """Begin with a plan."""
        self.plan, self.is_open, self.screen = plan, True, "patient"
        self.open_place("problems[0]")
        self.undo, self.document, self.trouble, self.aside = [], None, "", None
        self.version += 1

    def go(self, screen: str) -> None:
        """Show another screen."""
        self.screen, self.trouble, self.goal_of_focus = screen, "", ""

    def go_to_place(self, path: str) -> None:
        """Show the screen that holds a place of the plan, with its problem and goal open."""
        self.goal_of_focus = path
        self.screen = screen_of(path)
        self.aside = None
        self.open_place(path)

    def open_place(self, path: str) -> None:
        """Open the problem, goal, objective and intervention that a path names; below what it names the first of each."""
        named = [int(step.split("]")[0]) for step in path.split("[")[1:]]
        top = path.partition("[")[0]
        if top in _OPEN and named:
            setattr(self, _OPEN[top], named[0])
        if top != "problems":
            return
        self.problem, self.goal, self.objective, self.intervention = (*named, 0, 0, 0, 0)[:4]

    def put(self, path: str, value: object) -> None:
        """Set one field from what a person typed; what does not parse is kept beside it."""
        parent, _, key = path.rpartition(".")
        part = value_at(self.plan, parent) if parent else self.plan
        if isinstance(part, Part):
            part.put(key, value)
            self.changed()

    def add(self, path: str, entry: Part) -> None:
        """Put an entry at the end of a list."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list):
            entries.append(entry)
            self.changed()

    def remove(self, path: str, place: int) -> None:
        """Take an entry out of a list; `bring_back` undoes it."""
        entries = value_at(self.plan, path)
        if isinstance(entries, list) and place < len(entries):
            self.undo.append((entries, place, entries.pop(place)))
            self.changed()

    def bring_back(self) -> str:
        """Undo the last removal; gives the place where the entry stands again, "" where there is none.

        The list is known by itself, not by its path: a problem that was moved since takes its lists along.
        """
        while self.undo:
            entries, place, entry = self.undo.pop()
            path = _path_of(self.plan, entries)
            if path:
                place = min(place, len(entries))
                entries.insert(place, entry)
                self.changed()
                return f"{path}[{place}]"
        return ""

    def move(self, path: str, place: int, by: int) -> int:
        """Move an entry up (-1) or down (1) in its list, as far as it goes; gives its new place."""
        entries = value_at(self.plan, path)
        if not isinstance(entries, list) or place >= len(entries):
            return place
        to = max(0, min(len(entries) - 1, place + by))
        if to != place:
            entries.insert(to, entries.pop(place))
            self.changed()
        return to

    def duplicate(self, path: str, place: int) -> int:
        """Put a copy of an entry below it, without the numbers and the record of what happened; gives the copy's place."""
        entries = value_at(self.plan, path)
        if not isinstance(entries, list) or place >= len(entries):
            return place
        copy = entries[place].model_copy(deep=True)
        for _, part in parts(copy):
            for key in _ITS_OWN & set(type(part).model_fields):
                part.put(key, None)
        entries.insert(place + 1, copy)
        self.changed()
        return place + 1


_ITS_OWN = frozenset(("id", "progress", "status_date", "added_because", "added_on"))
"""What a copy of an entry does not take along: its number, and what has happened with the one that was copied."""


_OPEN = {"diagnoses": "diagnosis", "measures": "measure", "staff": "member"}
"""Lists of which one entry is open at a time, and what says which."""


def _path_of(plan: Plan, entries: list[Part]) -> str:
    for path, part in parts(plan):
        for name, info in type(part).model_fields.items():
            if getattr(part, name) is entries:
                return join(path, info.alias or name)
    return ""


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


def value_of(key: str) -> object:
    """What a widget was set to, for a callback that has to know: the choice of a menu, a search as it is typed."""
    return st.session_state.get(key)


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
