"""A finding beside the field it means: what is wrong in plain words, what to do and the source on demand."""

import re
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from generator.app.parts.named import in_words
from generator.app.session import Draft
from generator.app.words import plain, say
from generator.finding import Finding, Severity

_STEP = re.compile(r"[.\[]")
ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.ADVICE: ":material/info:"}


def beside(draft: Draft, path: str) -> None:
    """The findings that mean this very place, or an item of the list that stands there."""
    for finding in _placed(draft).of.get(path, ()):
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
    found = _placed(draft).below[path]
    return f" ({found})" if found else ""


class _Placed:
    """Findings by their places: `of` those that a place itself shows, `below` how many are at or below it.

    Looked up for every entry of a long plan, so that a search through all findings for each would take longer than drawing.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self.of: dict[str, list[Finding]] = {}
        self.below: Counter[str] = Counter()
        for finding in findings:
            for place in (finding.where, *_list_of(finding.where)):
                self.of.setdefault(place, []).append(finding)
            self.below.update(_holders(finding.where))


def _placed(draft: Draft) -> _Placed:
    """The findings of now by their places."""
    if not isinstance(draft.placed, _Placed) or draft.placed.findings is not draft.findings:
        draft.placed = _Placed(draft.findings)
    return draft.placed


def _list_of(where: str) -> tuple[str, ...]:
    """The list that a place is an item of, which shows what is said of its items too."""
    return (where.rpartition("[")[0],) if where.endswith("]") else ()


def _holders(where: str) -> list[str]:
    """A place and all that it lies in: `a[0].b` lies in `a[0]`, and that in `a`."""
    return [where, *(where[: found.start()] for found in _STEP.finditer(where))]
