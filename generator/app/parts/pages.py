"""The pages of a PDF as pictures, one at a time."""

import streamlit as st

from generator.app.made import Made
from generator.app.parts.page_boxes import page_boxes
from generator.app.parts.told import told
from generator.app.words import say
from generator.errors import GeneratorError


@st.fragment
def show_pages(work: Made, pdf: bytes, pages: int, title: str, language: str, key: str) -> None:
    """One page, and the way to the others. Turning a page draws only this part anew."""
    place = 1
    if pages > 1:
        chosen = st.segmented_control(
            say("pages", language), list(range(1, pages + 1)), default=1, key=key,
            format_func=lambda n: say("page_n", language, n=n) if pages < 6 else str(n), label_visibility="collapsed",
        )  # fmt: skip
        place = chosen or 1
    show_page(work, pdf, place - 1, say("page_picture", language, title=title, n=place, all=pages), language, key)


def show_page(work: Made, pdf: bytes, page: int, words: str, language: str, key: str) -> None:
    """One page (from 0); `words` stand below it and are what a screen reader says."""
    try:
        picture = work.picture(pdf, page)
    except GeneratorError as error:
        st.error(told(error, language))
        return
    page_boxes(picture, (), 0, words, key=f"{key}:{page}")
    st.caption(words)
