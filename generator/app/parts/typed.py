"""A text that is typed beside the plan: an answer to a question, a title, a letterhead's line. Never written over."""

from collections.abc import Callable

import streamlit as st

from generator.app.session import draft


def typed_text(
    label: str, key: str, read: Callable[[], str], store: Callable[[str], None], *, placeholder: str | None = None
) -> None:
    """The input for one text: `read` gives what is kept now, `store` takes what was typed."""
    shown = read()

    def put(value: object) -> Callable[[], None]:
        store(str(value or ""))
        return lambda: None

    widget = draft().box(key, shown, put)

    def changed() -> None:
        given = widget.now
        widget.store(given, read, given)

    drawn = st.text_input(label, shown, key=widget.key, on_change=changed, placeholder=placeholder)
    widget.settle(drawn, shown, changed)
