"""Entries of a list: a button to add one, a button to remove one."""

from collections.abc import Callable

import streamlit as st

from generator.app.session import Draft
from generator.app.words import say
from generator.plan.base import Part


def add_button(
    draft: Draft, word: str, path: str, make: Callable[[], Part], then: Callable[[], None] | None = None
) -> None:
    """Adds an entry at the end of the list at `path`."""

    def add() -> None:
        draft.add(path, make())
        if then is not None:
            then()

    st.button(say(word, draft.language), key=f"add:{path}", on_click=add)


def remove_button(draft: Draft, path: str, place: int) -> None:
    """Removes one entry; Undo brings it back."""
    st.button(say("remove", draft.language), key=f"remove:{path}[{place}]", on_click=draft.remove, args=(path, place))


def undo_button(draft: Draft) -> None:
    """Brings back the last entry that was removed, and shows it."""

    def bring_back() -> None:
        place = draft.bring_back()
        if place:
            draft.go_to_place(place)

    if draft.undo:
        st.button(say("undo", draft.language), key="undo", on_click=bring_back)
