"""Codes searched as they are typed: a press on a result fills code and description of a diagnosis."""

import streamlit as st

from generator.app.parts.live import by_itself
from generator.app.session import Draft, clear
from generator.app.words import plain, say
from generator.codes import code_list
from generator.plan.base import is_blank
from generator.plan.diagnosis import Diagnosis

_KEY = "code-search:typed"
_SHOWN = 8
_SHORTEST = 2


def code_search(draft: Draft) -> None:
    """The search; a result becomes a new diagnosis, or fills the last one while that has no code yet."""
    by_itself(draft, "code-search", lambda: _search(draft))


def _search(draft: Draft) -> None:
    language = draft.language
    typed = st.text_input(
        say("code_search", language), key=_KEY, live="200ms", type="search",
        help=say("code_search_help", language), placeholder=say("code_search_hint", language),
    )  # fmt: skip
    words = " ".join((typed or "").split())
    if len(words) < _SHORTEST:
        return
    found = code_list().search(words, _SHOWN)
    if not found:
        st.info(say("code_none", language))
    for hit in found:
        code = hit.code
        also = f" · {plain(hit.matched)}" if hit.matched != code.title else ""
        heading = "" if code.is_billable else f" · {say('code_heading', language)}"
        st.button(
            f"**{plain(code.code)}** {plain(code.title)}{also}{heading}", key=f"code:{code.code}", width="stretch",
            on_click=_take, args=(draft, code.code, code.title), disabled=not code.is_billable, type="tertiary",
        )  # fmt: skip


def _take(draft: Draft, code: str, title: str) -> None:
    diagnoses = draft.plan.diagnoses
    if not diagnoses or not is_blank(diagnoses[-1].icd10cm):
        has_primary = any(one.rank == "primary" for one in diagnoses)
        draft.add("diagnoses", Diagnosis(rank="secondary" if has_primary else "primary"))
    here = f"diagnoses[{len(diagnoses) - 1}]"
    draft.put(f"{here}.icd10cm", code)
    draft.put(f"{here}.description", title)
    draft.diagnosis = len(diagnoses) - 1
    clear(_KEY)
