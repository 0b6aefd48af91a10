"""The pages of a PDF as pictures, one at a time."""

import streamlit as st

from generator.app.made import Made
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
    try:
        picture = work.picture(pdf, place - 1)
    except GeneratorError as error:
        st.error(told(error, language))
        return
    st.image(picture, caption=say("page_picture", language, title=title, n=place, all=pages), width="stretch")
