"""A part of a screen that is drawn again by itself, so that a typed word does not redraw the whole page."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from generator.app.session import Draft, screen_of


def by_itself(draft: Draft, key: str, draw: Callable[[], None]) -> None:
    """Draw a part as a fragment. Where a change in it also changes what is shown around it, the whole page is drawn.

    Around it stand the steps with their counts of findings, the list of problems, and whatever `surroundings` names.
    """

    @st.fragment(key=key)
    def part() -> None:
        draft.look()
        if draft.drawn != surroundings(draft):
            st.rerun()
        draw()

    part()


def surroundings(draft: Draft) -> object:
    """What the page around a part shows of the draft; said to be drawn at every full run (`draft.drawn`)."""
    counts = Counter(screen_of(finding.where) for finding in draft.findings)
    problems = Counter(finding.where.partition("]")[0] for finding in draft.findings)
    titles = tuple(problem.title for problem in draft.plan.problems)
    return (
        draft.screen, draft.language, draft.problem, draft.goal_of_focus, draft.aside, len(draft.undo), titles, counts, problems,
        draft.keeping_told,
    )  # fmt: skip
