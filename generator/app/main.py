"""The page: one journey from the patient to the document."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

import streamlit as st

from generator.app.parts.asked import asked_for
from generator.app.parts.checking import look_again
from generator.app.parts.live import said_to_be_drawn
from generator.app.screens import contract, diagnosis, document, patient, plan, review, start
from generator.app.session import Draft, draft, screen_of
from generator.app.words import say


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its name in addresses and in the words (`steps_<name>`), what draws it, and where it is offered.

    A step stands in the bar, in this order. The others are offered on Start; with `needs_plan` only once a plan is open.
    """

    name: str
    show: Callable[[Draft], None]
    is_step: bool = False
    needs_plan: bool = False


# A new screen is one line here, and its name in words.yaml: steps_<name>.
SCREENS = (
    Screen("start", start.show),
    Screen("patient", patient.show, is_step=True),
    Screen("diagnosis", diagnosis.show, is_step=True),
    Screen("plan", plan.show, is_step=True),
    Screen("contract", contract.show, is_step=True),
    Screen("review", review.show, is_step=True),
    Screen("document", document.show, is_step=True),
)
_BY_NAME = {screen.name: screen for screen in SCREENS}
_STEPS = [screen for screen in SCREENS if screen.is_step]
_BESIDE = [screen for screen in SCREENS if not screen.is_step and screen.name != "start"]


def show() -> None:
    """Draw the page for this session."""
    icon = str(resources.files("generator") / "data" / "app" / "icon.png")
    st.set_page_config(page_title="planscribe", page_icon=icon, layout="centered")
    st.markdown(_STYLE, unsafe_allow_html=True)
    here = draft()
    look_again(here)
    said_to_be_drawn(here)
    _top(here)
    screen = _BY_NAME[here.screen]
    asked = st.container()
    screen.show(here)
    if screen.is_step:
        with asked:
            asked_for(here)
        _bottom(here, _STEPS.index(screen))
    elif here.screen == "start":
        _beside(here)


def _top(here: Draft) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(say("app_name", here.language), key="home", on_click=here.go, args=("start",), type="tertiary")
        st.button(say("language", here.language), key="language", on_click=_switch, args=(here,), type="tertiary")
    if not _BY_NAME[here.screen].is_step:
        return
    with st.container(horizontal=True, gap="small", key="steps"):
        for n, step in enumerate((screen.name for screen in _STEPS), 1):
            count = sum(screen_of(finding.where) == step for finding in here.findings)
            mark = f" ({count})" if count and step not in ("review", "document") else ""
            st.button(
                f"{n} {say(f'steps_{step}', here.language)}{mark}",
                key=f"step:{step}",
                type="primary" if step == here.screen else "secondary",
                on_click=here.go,
                args=(step,),
            )


def _beside(here: Draft) -> None:
    """The screens outside the steps, as links on Start."""
    offered = [screen for screen in _BESIDE if here.is_open or not screen.needs_plan]
    if not offered:
        return
    with st.container(horizontal=True, gap="small", key="beside"):
        for screen in offered:
            word = say(f"steps_{screen.name}", here.language)
            st.button(word, key=f"beside:{screen.name}", on_click=here.go, args=(screen.name,))


def _bottom(here: Draft, place: int) -> None:
    st.write("")
    left, right = st.columns(2)
    if place > 0:
        step = _STEPS[place - 1].name
        with left:
            word = say("back", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="back", on_click=here.go, args=(step,))
    if place < len(_STEPS) - 1:
        step = _STEPS[place + 1].name
        with right:
            word = say("next", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="next", type="primary", on_click=here.go, args=(step,))


def _switch(here: Draft) -> None:
    here.language = "en" if here.language == "es" else "es"


_STYLE = """<style>
.block-container {max-width: 62rem; padding-top: 2.2rem;}
[data-testid="stAlertContainer"] {padding: 0.35rem 0.75rem;}
.st-key-home button p {font-weight: 700; font-size: 1.15rem;}
[class*="st-key-open-"] button, [class*="st-key-code-"] button, [class*="st-key-area-"] button,
[class*="st-key-unmet-"] button {justify-content: flex-start; text-align: left;}
[class*="st-key-open-"] button div, [class*="st-key-code-"] button div, [class*="st-key-area-"] button div,
[class*="st-key-unmet-"] button div {justify-content: flex-start;}
h2 {font-size: 1.4rem !important; padding: 0.6rem 0 0 !important;}
h1 {font-size: 2rem !important; padding: 0.4rem 0 !important;}
h3 {font-size: 1.15rem !important; padding: 0.9rem 0 0.1rem !important;}
[data-testid="stImage"] img {border: 1px solid #c9d2d9;}
</style>"""
