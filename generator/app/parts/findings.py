"""A finding beside the field it means: what is wrong in plain words, what to do and the source on demand."""

import streamlit as st

from generator.app.parts.named import in_words
from generator.app.session import Draft
from generator.app.words import plain, say
from generator.finding import Finding, Severity

ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.ADVICE: ":material/info:"}


def beside(draft: Draft, path: str) -> None:
    """The findings that mean this very place, or an item of the list that stands there."""
    for finding in draft.findings:
        if finding.where == path or _is_item_of(finding.where, path):
            told(finding, draft.language)


def told(finding: Finding, language: str) -> None:
    """One finding; its mend and source open on a click. Nothing of it is an input, so it costs no state."""
    with st.expander(plain(in_words(finding.message, language)), icon=ICONS[finding.severity], type="compact"):
        if finding.mend:
            st.markdown(f"**{say('what_to_do', language)}:** {plain(in_words(finding.mend, language))}")
        if finding.source:
            st.markdown(say("source", language, source=plain(finding.source)))


def count_mark(draft: Draft, *paths: str) -> str:
    """` (2)` where two findings stand at or below these places; "" where none does."""
    found = sum(any(_is_below(finding.where, path) for path in paths) for finding in draft.findings)
    return f" ({found})" if found else ""


def _is_item_of(where: str, path: str) -> bool:
    return where.startswith(f"{path}[") and where.endswith("]") and "." not in where[len(path) :]


def _is_below(where: str, path: str) -> bool:
    return where.startswith(path) and where[len(path) : len(path) + 1] in ("", ".", "[")
