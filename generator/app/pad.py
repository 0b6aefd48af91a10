"""A box to sign in, as a component of ours: data/app/pad.js and pad.css, loaded as they are.

The strokes go from the browser to this session when Sign is pressed, and nowhere else.
"""

from collections.abc import Callable
from importlib import resources

from streamlit.components.v2 import component

from generator.app.words import say

_FILES = resources.files("generator") / "data" / "app"
_HTML = (
    '<div class="pad"><p></p><canvas role="img"></canvas><button type="button" class="clear"></button>'
    '<button type="button" class="sign"></button><span role="status"></span></div>'
)
_WORDS = ("box", "empty", "drawn", "how", "clear", "cleared", "nothing", "sign")
_mount = component(
    "planscribe_pad",
    html=_HTML,
    css=(_FILES / "pad.css").read_text(encoding="utf-8"),
    js=(_FILES / "pad.js").read_text(encoding="utf-8"),
)


def pad(language: str, name: str, *, key: str, number: int, on_signed: Callable[[], None]) -> None:
    """Draw the box. `on_signed` is called with the strokes under `signed` of the key's value.

    A `number` that changed empties the box, for the next person.
    """
    words = {word: say(f"pad_{word}", language, name=name) for word in _WORDS}
    _mount(key=key, data={"words": words, "number": number}, on_signed_change=on_signed)
