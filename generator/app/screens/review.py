"""Review: every finding in plain words, with the way to its place."""

import streamlit as st

from generator.app.session import Draft
from generator.app.words import say
from generator.finding import Finding, Severity
from generator.plan.notes import notes


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    kept = notes(draft.plan)
    if not draft.findings and not kept:
        st.success(say("review_none", language))
    for severity, word in ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.ADVICE, "advice")):
        found = [finding for finding in draft.findings if finding.severity is severity]
        if found:
            st.subheader(f"{say(f'review_{word}', language)} ({len(found)})")
        for i, finding in enumerate(found):
            _finding(draft, finding, f"{word}:{i}")
    if kept:
        st.subheader(say("review_notes", language))
        for note in kept:
            st.markdown(f"`{note.where}` {note.message}")


def _finding(draft: Draft, finding: Finding, key: str) -> None:
    with st.container(border=True):
        words, button = st.columns((5, 1), vertical_alignment="center")
        with words:
            st.markdown(f"**{finding.message}**")
            if finding.mend:
                st.markdown(finding.mend)
            st.caption(say("source", draft.language, source=finding.source))
        with button:
            st.button(say("go", draft.language), key=f"go:{key}", on_click=draft.go_to_place, args=(finding.where,))
