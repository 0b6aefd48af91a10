"""Review: every finding in plain words, by the step it belongs to, with the way to its place."""

import streamlit as st

from generator.app.parts.findings import ICONS
from generator.app.parts.named import in_words
from generator.app.session import Draft, screen_of
from generator.app.words import plain, say
from generator.finding import Finding, Severity
from generator.plan.notes import notes

_STEPS = ("patient", "diagnosis", "plan", "contract")
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)
_SHOWN = 12
"""Findings of one step that are shown at once; more come on demand, so that a plan with hundreds stays quick."""


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    kept = notes(draft.plan)
    if not draft.findings and not kept:
        st.success(say("review_none", language))
        return
    st.header(_summary(draft))
    for step in _STEPS:
        found = [one for one in draft.findings if screen_of(one.where) == step]
        found.sort(key=lambda one: _ORDER.index(one.severity))
        if found:
            _step(draft, step, found)
    if kept:
        st.subheader(say("review_notes", language))
        for n, note in enumerate(kept[:_SHOWN]):
            words, button = st.columns((6, 1), vertical_alignment="center")
            with words:
                st.markdown(f"`{note.where}`")
            with button:
                st.button(say("go", language), key=f"go:note:{n}", on_click=draft.go_to_place, args=(note.where,))


def _summary(draft: Draft) -> str:
    """`2 things block, 5 to look at`."""
    block = sum(one.severity is Severity.ERROR for one in draft.findings)
    rest = len(draft.findings) - block
    said = [
        say("summary_block_one" if block == 1 else "summary_block", draft.language, n=block) if block else "",
        say("summary_look", draft.language, n=rest) if rest else "",
    ]
    return ", ".join(one for one in said if one)


def _step(draft: Draft, step: str, found: list[Finding]) -> None:
    language = draft.language
    all_shown = step in draft.unfolded
    st.subheader(f"{say(f'steps_{step}', language)} ({len(found)})")
    with st.container(border=True, key=f"review-{step}", gap="small"):
        for n, finding in enumerate(found if all_shown else found[:_SHOWN]):
            _finding(draft, finding, f"{step}:{n}")
        if len(found) > _SHOWN and not all_shown:
            word = say("show_more", language, n=len(found) - _SHOWN)
            st.button(word, key=f"more:{step}", on_click=draft.unfolded.add, args=(step,), type="tertiary")


def _finding(draft: Draft, finding: Finding, key: str) -> None:
    with st.container(key=f"finding-{finding.severity}-{key}"):
        words, button = st.columns((7, 1), vertical_alignment="center")
        with words:
            severity = say(f"severity_{finding.severity}", draft.language)
            st.markdown(
                f"{ICONS[finding.severity]} **{severity}: {plain(in_words(finding.message, draft.language))}**  \n{plain(in_words(finding.mend, draft.language))}"
            )
            if finding.source:
                with st.expander(say("why_asked", draft.language), type="compact"):
                    st.markdown(say("source", draft.language, source=plain(finding.source)))
        with button:
            st.button(say("go", draft.language), key=f"go:{key}", on_click=draft.go_to_place, args=(finding.where,))
