"""The one component of ours in the page: text is sent before anything else happens; focus, language, Back, printing.

Its script is data/app/heart.js, loaded as it is: no build step, nothing from elsewhere.
"""

import re
from collections.abc import Callable, Sequence
from importlib import resources

import streamlit as st
from streamlit.components.v2 import component

KEY = "heart"
_SCRIPT = (resources.files("generator") / "data" / "app" / "heart.js").read_text(encoding="utf-8") + (
    "export default ({ data, setTriggerValue }) => window.planscribeHeart(data, setTriggerValue);\n"
)
_mount = component("planscribe_heart", js=_SCRIPT, isolate_styles=False)


def beat(
    *, language: str, is_unsaved: bool, focus: tuple[int, Sequence[str]], print_no: int, run_no: int,
    on_went: Callable[[], None],
) -> None:  # fmt: skip
    """Say to the browser, at the end of a run: the page's language, whether leaving would lose something, and more.

    `focus` is a number that changes with every wish, and the keys of the widgets that would do, best first;
    `print_no` changes when the page is to be printed. `on_went` is called when the person went back or forward in
    the browser's history; `went_to` then says where.
    """
    data = {
        "lang": language,
        "unsaved": is_unsaved,
        "focus": {"n": focus[0], "keys": [class_of(key) for key in focus[1]]},
        "print": print_no,
        "run": run_no,
    }
    with st.container(key="heart_place"):
        _mount(key=KEY, data=data, on_went_change=on_went)


def class_of(key: str) -> str:
    """The class that Streamlit gives to the element of a widget's key."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())
