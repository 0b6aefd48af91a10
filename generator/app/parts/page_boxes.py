"""A page's picture with numbered boxes on it, each a button for mouse and keyboard. A component of our own, no request."""

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st


@dataclass(frozen=True, slots=True)
class PageBox:
    """One box: its number, its place as shares of the page (0 to 1, from the upper left), its state and its name in words.

    `state` is sure, ask or empty; `words` is what a screen reader says.
    """

    number: int
    left: float
    top: float
    width: float
    height: float
    state: str
    words: str


def page_boxes(picture: bytes, boxes: Sequence[PageBox], chosen: int, words: str, key: str) -> int | None:
    """Draw the page; the number of the box that was just chosen, None where none was. `words` is the page's name."""
    data = {
        "picture": "data:image/png;base64," + base64.b64encode(picture).decode(),
        "boxes": [asdict(box) for box in boxes],
        "chosen": chosen,
        "words": words,
    }
    answer = _component()(data=data, key=key, on_box_change=_nothing)
    number = getattr(answer, "box", None)
    return int(number) if isinstance(number, int | float) else None


def _nothing() -> None:
    """Streamlit tells of a trigger only where a callback is given."""


@st.cache_resource(show_spinner=False)
def _component():  # type: ignore[no-untyped-def]
    return st.components.v2.component("planscribe_page_boxes", html=_HTML, css=_CSS, js=_JS)


_HTML = '<div class="page"><img alt=""><div class="boxes" role="group"></div></div>'
_CSS = """
.page {position: relative; border: 1px solid #8a949c; background: white; line-height: 0;}
.page img {width: 100%; display: block;}
.boxes button {position: absolute; box-sizing: border-box; padding: 0; margin: 0; cursor: pointer; border-radius: 2px;
  border: 1.5px solid; background: transparent; min-width: 14px; min-height: 12px;}
.boxes button span {position: absolute; left: -1px; top: -1px; font: 600 10px/12px system-ui, sans-serif; color: white;
  padding: 0 2px; border-radius: 2px;}
.boxes .sure {border-color: #1a6b3c; background: #1a6b3c1a;} .boxes .sure span {background: #1a6b3c;}
.boxes .ask {border-color: #9a4b00; background: #f6a5232e;} .boxes .ask span {background: #9a4b00;}
.boxes .empty {border-color: #5b6770; border-style: dashed;} .boxes .empty span {background: #5b6770;}
.boxes button:focus-visible, .boxes button[aria-pressed=true] {outline: 3px solid #0b63ce; outline-offset: 1px; z-index: 2;}
"""
_JS = """
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const picture = parentElement.querySelector("img");
  if (picture.src !== data.picture) picture.src = data.picture;
  picture.alt = data.words;
  const boxes = parentElement.querySelector(".boxes");
  boxes.hidden = data.boxes.length === 0;
  boxes.setAttribute("aria-label", data.words);
  const focused = boxes.getRootNode().activeElement?.dataset?.number;
  boxes.replaceChildren(...data.boxes.map((box) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = box.state;
    button.dataset.number = box.number;
    button.setAttribute("aria-label", box.words);
    button.setAttribute("aria-pressed", String(box.number === data.chosen));
    button.title = box.words;
    for (const side of ["left", "top", "width", "height"]) button.style[side] = 100 * box[side] + "%";
    const number = document.createElement("span");
    number.setAttribute("aria-hidden", "true");
    number.textContent = box.number;
    button.append(number);
    button.onclick = () => setTriggerValue("box", box.number);
    return button;
  }));
  if (focused) boxes.querySelector(`[data-number="${focused}"]`)?.focus();
}
"""
