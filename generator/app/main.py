"""The page: one journey from the patient to the document."""

from datetime import date
from importlib import resources
from types import ModuleType

import streamlit as st

from generator.agency import read_agency
from generator.app.screens import contract, diagnosis, document, patient, plan, review, start
from generator.app.session import STEPS, Draft, draft, screen_of
from generator.app.words import say
from generator.rules import check

_SCREENS: dict[str, ModuleType] = {
    "start": start,
    "patient": patient,
    "diagnosis": diagnosis,
    "plan": plan,
    "contract": contract,
    "review": review,
    "document": document,
}


def show() -> None:
    """Draw the page for this session."""
    icon = str(resources.files("generator") / "data" / "app" / "icon.png")
    st.set_page_config(page_title="planscribe", page_icon=icon, layout="centered")
    st.markdown(_STYLE, unsafe_allow_html=True)
    here = draft()
    here.findings = (
        check(here.plan, read_agency().context(as_of=date.today(), language=here.language)) if here.is_open else ()
    )
    _top(here)
    _SCREENS[here.screen].show(here)
    if here.screen != "start":
        _bottom(here)


def _top(here: Draft) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(say("app_name", here.language), key="home", on_click=here.go, args=("start",), type="tertiary")
        st.button(say("language", here.language), key="language", on_click=_switch, args=(here,), type="tertiary")
    if here.screen == "start":
        return
    with st.container(horizontal=True, gap="small", key="steps"):
        for n, step in enumerate(STEPS, 1):
            count = sum(screen_of(finding.where) == step for finding in here.findings)
            mark = f" ({count})" if count and step not in ("review", "document") else ""
            st.button(
                f"{n} {say(f'steps_{step}', here.language)}{mark}",
                key=f"step:{step}",
                type="primary" if step == here.screen else "secondary",
                on_click=here.go,
                args=(step,),
            )


def _bottom(here: Draft) -> None:
    place = STEPS.index(here.screen)
    st.write("")
    left, right = st.columns(2)
    if place > 0:
        step = STEPS[place - 1]
        with left:
            word = say("back", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="back", on_click=here.go, args=(step,))
    if place < len(STEPS) - 1:
        step = STEPS[place + 1]
        with right:
            word = say("next", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="next", type="primary", on_click=here.go, args=(step,))


def _switch(here: Draft) -> None:
    here.language = "en" if here.language == "es" else "es"


_STYLE = """<style>
.block-container {max-width: 62rem; padding-top: 2.2rem;}
[data-testid="stAlertContainer"] {padding: 0.35rem 0.75rem;}
.st-key-home button p {font-weight: 700; font-size: 1.15rem;}
h1 {font-size: 2rem !important; padding: 0.4rem 0 !important;}
h3 {font-size: 1.15rem !important; padding: 0.9rem 0 0.1rem !important;}
[data-testid="stImage"] img {border: 1px solid #c9d2d9;}
</style>"""
