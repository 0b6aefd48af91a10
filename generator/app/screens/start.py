"""Start: a new plan, a quick one, an example, or a file."""

from datetime import date
from importlib import resources

import streamlit as st

from generator.app.session import Draft
from generator.app.words import say
from generator.errors import GeneratorError
from generator.exchange.plan_file import parse_plan
from generator.plan import SCHEMA, Plan


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    st.title(say("start_title", language))
    st.markdown(say("start_lines", language))
    if draft.is_open:
        st.button(say("start_continue", language), key="continue", type="primary", on_click=draft.go, args=("patient",))
    columns = st.columns(3)
    for column, word, make in zip(columns, ("new", "quick", "example"), (_formal, _informal, _example), strict=True):
        with column, st.container(border=True):
            st.button(
                say(f"start_{word}", language), key=f"start:{word}", use_container_width=True,
                type="primary" if word == "new" and not draft.is_open else "secondary",
                on_click=lambda make=make: draft.open(make(language)),
            )  # fmt: skip
            st.caption(say(f"start_{word}_help", language))
    st.header(say("start_open", language))
    file = st.file_uploader(say("start_open_help", language), type=["yaml", "yml", "json"], key="upload")
    if file is not None:
        try:
            draft.open(parse_plan(file.getvalue(), name=file.name))
        except GeneratorError as error:
            st.error(str(error))
        else:
            st.rerun()


def _formal(language: str) -> Plan:
    return Plan.model_validate(
        {"schema": SCHEMA, "plan": {"type": "formal", "plan_date": date.today(), "language": language}}
    )


def _informal(language: str) -> Plan:
    return Plan.model_validate(
        {"schema": SCHEMA, "plan": {"type": "informal", "plan_date": date.today(), "language": language}}
    )


def _example(_: str) -> Plan:
    return parse_plan(
        (resources.files("generator") / "data" / "example_plan.yaml").read_bytes(), name="example_plan.yaml"
    )
