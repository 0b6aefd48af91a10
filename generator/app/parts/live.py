"""A part of a screen that is drawn again by itself, so that a typed word does not redraw the whole page.

What a part shows of the draft it asks through `Draft.drawn`; after a change the parts are drawn again that would show
something else, and the whole page where what stands around them would.
"""

from collections.abc import Callable
from typing import ParamSpec

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from generator.app.drawn import PAGE
from generator.app.session import Draft
from generator.errors import GeneratorError

_P = ParamSpec("_P")


def by_itself(draft: Draft, key: str, draw: Callable[[], None]) -> None:
    """Draw a part as a fragment. Its inputs and buttons have their callbacks through `heard`."""

    @st.fragment(key=key)
    def part() -> None:
        is_alone = bool(_parts_of_this_run())
        if is_alone:
            _look(draft)
            if PAGE in draft.drawn.stale():
                st.rerun()
        with draft.drawn.drawing(key):
            draw()
        if is_alone and not draft.drawn.coming:
            if draft.drawn.stale():
                st.rerun()
            draft.note_it()

    part()


def heard(draft: Draft, callback: Callable[_P, None]) -> Callable[_P, None]:
    """The callback of something in a part: when it is done, this part and all that show what it changed are drawn."""
    own = draft.drawn.part
    if own == PAGE:
        return callback

    def called(*args: _P.args, **kwargs: _P.kwargs) -> None:
        callback(*args, **kwargs)
        if len(_parts_of_this_run()) != 1:
            return  # the page, or several parts that were changed at once: they are drawn now, and look for the others
        _look(draft)
        stale = draft.drawn.stale()
        others = [one for one in stale if one != own]
        if PAGE in stale:
            st.rerun()
        if others:
            draft.drawn.coming = {own, *others}
            try:
                st.rerun([own, *others])
            except StreamlitAPIException:  # one of them is no longer on the page
                draft.drawn.coming = set()
                st.rerun()

    return called


def _parts_of_this_run() -> list[str]:
    """Streamlit's ids of the parts that are drawn now; none where it is the whole page."""
    context = get_script_run_ctx()
    return list((context.fragment_ids_this_run if context is not None else None) or [])


def _look(draft: Draft) -> None:
    """Check the plan; what hinders a check is told when the whole page is drawn."""
    try:
        draft.look()
    except GeneratorError:
        return
