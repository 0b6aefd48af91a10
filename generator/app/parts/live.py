"""A part of a screen that is drawn again by itself, so that a typed word does not redraw the whole page."""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from generator.app.parts.meter import show_meters
from generator.app.session import Draft
from generator.errors import GeneratorError


def by_itself(draft: Draft, key: str, draw: Callable[[], None]) -> None:
    """Draw a part as a fragment. Where a change in it also changes what is shown around it, the whole page is drawn.

    The plan is checked first: where a finding came or went, the part is not drawn twice.
    """

    @st.fragment(key=key)
    def part() -> None:
        if draft.drawn != surroundings(draft):
            st.rerun()
        with suppress(GeneratorError):  # told above by the whole page
            draft.look()
        if draft.shown_findings is not draft.findings and draft.shown_findings != draft.findings:
            st.rerun()
        draw()
        if not draft.is_drawn_whole:
            show_meters(draft)
        draft.note_it()

    part()


def said_to_be_drawn(draft: Draft) -> None:
    """At the beginning of a full run: all that it shows is up to date."""
    draft.drawn, draft.shown_findings = surroundings(draft), draft.findings


def surroundings(draft: Draft) -> object:
    """What the page around a part shows of the draft, its findings aside."""
    titles = tuple(problem.title for problem in draft.plan.problems)
    staff = len(draft.plan.staff)
    return (
        draft.screen,
        draft.language,
        draft.problem,
        draft.goal_of_focus,
        draft.aside,
        len(draft.undo),
        titles,
        staff,
        draft.keeping_told,
    )
