"""A finding beside the field it means: what is wrong in plain words, what to do and the source on demand."""

import streamlit as st

from generator.app.parts.named import in_words
from generator.app.session import Draft
from generator.app.words import plain, say
from generator.finding import Finding, Severity

ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.ADVICE: ":material/info:"}


def beside(draft: Draft, path: str) -> None:
    """The findings that mean this very place, or an item of the list that stands there."""
    for finding in draft.drawn.ask(lambda: draft.found.at(path)):
        told(finding, draft.language)


def told(finding: Finding, language: str) -> None:
    """One finding; its mend and source open on a click. Nothing of it is an input, so it costs no state."""
    with st.expander(plain(in_words(finding.message, language)), icon=ICONS[finding.severity], type="compact"):
        if finding.mend:
            st.markdown(f"**{say('what_to_do', language)}:** {plain(in_words(finding.mend, language))}")
        if finding.source:
            st.markdown(say("source", language, source=plain(finding.source)))


def count_mark(draft: Draft, path: str) -> str:
    """` (2)` where two findings stand at or below this place; "" where none does."""
    count = draft.found.below(path)
    return f" ({count})" if count else ""
