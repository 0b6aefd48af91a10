"""The page: one journey from the patient to the document."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

import streamlit as st

from generator.app import access, heart
from generator.app.parts.asked import asked_for
from generator.app.parts.clashes import clashes
from generator.app.parts.door import recovery_key, unlock_form
from generator.app.parts.live import said_to_be_drawn
from generator.app.parts.meter import forget_places, show_meters
from generator.app.parts.told import told
from generator.app.pressed import press
from generator.app.screens import (
    brand,
    contract,
    diagnosis,
    document,
    forms,
    many,
    next_review,
    own_form,
    patient,
    plan,
    progress,
    review,
    start,
)
from generator.app.session import Draft, draft, screen_of, show_address, went
from generator.app.words import say
from generator.errors import GeneratorError, VaultLocked


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
    Screen("next_review", next_review.show, needs_plan=True),
    Screen("own_form", own_form.show),
    Screen("forms", forms.show),
    Screen("brand", brand.show),
    Screen("many", many.show),
    Screen("progress", progress.show, needs_plan=True),
)
_BY_NAME = {screen.name: screen for screen in SCREENS}
_STEPS = [screen for screen in SCREENS if screen.is_step]
_BESIDE = [screen for screen in SCREENS if not screen.is_step and screen.name != "start"]
_WITHOUT_FINDINGS = ("review", "document")


def show() -> None:
    """Draw the page for this session."""
    icon = str(resources.files("generator") / "data" / "app" / "icon.png")
    st.set_page_config(page_title="planscribe", page_icon=icon, layout="centered")
    here = draft()
    here.widgets_shown.clear()
    here.run_no += 1
    _stay_awake()
    st.markdown(_STYLE, unsafe_allow_html=True)
    screen = _screen(here)
    _top(here, screen)
    here.is_drawn_whole = True
    try:
        forget_places()
        _body(here, screen)
    finally:
        here.is_drawn_whole = False
    show_address(here)
    heart.beat(
        language=here.language, is_unsaved=here.is_unsaved, focus=here.take_focus(), print_no=here.print_no,
        run_no=here.run_no, on_went=went,
    )  # fmt: skip
    said_to_be_drawn(here)
    show_meters(here)
    here.note_it()


def _screen(here: Draft) -> Screen:
    """The screen that was asked for, or Start where it is none, or needs a plan and none is open."""
    screen = _BY_NAME.get(here.screen, SCREENS[0])
    if (screen.is_step or screen.needs_plan) and not here.is_open:
        screen = SCREENS[0]
    here.screen = screen.name
    return screen


def _body(here: Draft, screen: Screen) -> None:
    if here.recovery_key:
        recovery_key(here)
        return
    if here.is_shut_out and screen.name != "start":
        st.warning(say("door_shut", here.language))
        unlock_form(here)
        return
    clashes(here)
    try:
        here.look()
    except GeneratorError as error:
        st.error(told(error, here.language))
    if screen.is_step:
        _steps(here)
    said_to_be_drawn(here)
    asked = st.container()
    screen.show(here)
    if screen.is_step:
        with asked:
            asked_for(here)
        _bottom(here, _STEPS.index(screen))
    elif screen.name == "start":
        _beside(here)


def _stay_awake() -> None:
    """Somebody is at work: the vault is not idle."""
    vault = access.vault()
    if vault is not None:
        vault.touch()


def _top(here: Draft, screen: Screen) -> None:
    language = here.language
    with st.container(horizontal=True, vertical_alignment="center", key="top"):
        st.button(say("app_name", language), key="home", on_click=press, args=(here, "start"), type="tertiary")
        if here.is_open and screen.name != "start":
            with st.container(key="kept", width="stretch"):
                _kept(here)
        else:
            st.space("stretch")
        st.button(say("language", language), key="language", on_click=_switch, args=(here,), type="tertiary")
        if access.is_gated():
            st.button(
                say("lock", language),
                key="lock",
                on_click=access.lock,
                type="tertiary",
                help=say("lock_help", language),
            )


def _kept(here: Draft) -> None:
    """Whether what was typed is kept, and since when."""
    language, place = here.language, here.kept
    if place is None or (place.trouble is not None and not isinstance(place.trouble, VaultLocked)):
        why = told(place.trouble, language) if place is not None and place.trouble is not None else ""
        st.error(f"{say('kept_not', language)} {why}".strip())
    elif here.is_shut_out:
        st.caption(say("kept_waits", language))
    elif not place.is_in_vault:
        st.caption(say("kept_in_memory" if access.is_gated() else "kept_in_window", language))
    elif place.saved_at is not None:
        st.caption(say("kept_at", language, time=place.saved_at.strftime("%H:%M")))
    else:
        st.caption(say("kept", language))
    if place is not None and place.has_merged:
        st.caption(say("kept_merged", language))
        place.has_merged = False


def _steps(here: Draft) -> None:
    with st.container(horizontal=True, gap="small", key="steps"):
        for n, step in enumerate((screen.name for screen in _STEPS), 1):
            st.button(
                f"{n} {say(f'steps_{step}', here.language)}{_mark(here, step)}",
                key=f"step:{step}",
                type="primary" if step == here.screen else "secondary",
                on_click=press,
                args=(here, step),
            )
    counted = [screen.name for screen in _STEPS if screen.name not in _WITHOUT_FINDINGS]
    done = sum(not _count(here, step) for step in counted)
    st.progress(done / len(counted), text=say("done_when", here.language, done=done, all=len(counted)))


def _mark(here: Draft, step: str) -> str:
    if step == "document":
        return ""
    count = len(here.findings) if step == "review" else _count(here, step)
    return f" ({count})" if count else " ✓"


def _count(here: Draft, step: str) -> int:
    return sum(screen_of(finding.where) == step for finding in here.findings)


def _beside(here: Draft) -> None:
    """The screens outside the steps, as links on Start."""
    offered = [screen for screen in _BESIDE if here.is_open or not screen.needs_plan]
    if not offered:
        return
    with st.container(horizontal=True, gap="small", key="beside"):
        for screen in offered:
            word = say(f"steps_{screen.name}", here.language)
            st.button(word, key=f"beside:{screen.name}", on_click=press, args=(here, screen.name))


def _bottom(here: Draft, place: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bottom"):
        if place > 0:
            step = _STEPS[place - 1].name
            word = say("back", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="back", on_click=press, args=(here, step), shortcut="Alt+B")
        if place < len(_STEPS) - 1:
            step = _STEPS[place + 1].name
            word = say("next", here.language, step=say(f"steps_{step}", here.language))
            st.button(word, key="next", type="primary", on_click=press, args=(here, step), shortcut="Alt+N")


def _switch(here: Draft) -> None:
    here.language = "en" if here.language == "es" else "es"


_STYLE = (
    "<style>" + (resources.files("generator") / "data" / "app" / "page.css").read_text(encoding="utf-8") + "</style>"
)
