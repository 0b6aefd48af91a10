"""The library of forms: what there is, what each looks like, where it comes from, who confirmed it; own ones can go."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import streamlit as st

from generator import library
from generator.app.made import made
from generator.app.parts.chosen import titled
from generator.app.parts.pages import show_pages
from generator.app.parts.told import told
from generator.app.session import Draft, bind, kept
from generator.app.words import say
from generator.errors import GeneratorError
from generator.exchange.plan_file import parse_plan
from generator.library import Form
from generator.own_forms import remove_form, restore_form
from generator.plan import Plan


@dataclass
class _Shelf:
    """The form that is shown, whether with its picture, and the own form that was removed last."""

    form: str = ""
    is_pictured: bool = False
    removed: str = ""
    error: GeneratorError | None = None

    def choose(self, form: object) -> None:
        self.form, self.is_pictured = str(form or ""), False


def show(draft: Draft) -> None:
    """The screen."""
    language, shelf = draft.language, kept(_Shelf)
    every = {form.id: form for form in library.forms()}
    if shelf.form not in every:
        shelf.form = next(iter(every))
    st.title(say("steps_forms", language))
    own = sum(form.is_own for form in every.values())
    st.markdown(say("forms_lines", language, n=len(every), own=own))
    if shelf.error is not None:
        st.error(told(shelf.error, language))
    if shelf.removed:
        words, button = st.columns((4, 1), vertical_alignment="center")
        words.info(say("forms_removed", language, id=shelf.removed))
        with button:
            st.button(say("forms_undo", language), key="forms_undo", on_click=_undo, args=(shelf,))
    st.selectbox(
        say("form", language), list(every), key="forms_form", on_change=bind("forms_form", shelf.form, shelf.choose),
        format_func=lambda one: titled(every[one], language),
    )  # fmt: skip
    _about(shelf, every[shelf.form], language)
    with st.expander(say("forms_all", language, n=len(every))):
        st.table(
            [
                {
                    say("form", language): titled(form, language),
                    say("forms_kind", language): say(f"kind_{form.kind}", language),
                    say("forms_edition", language): form.edition,
                }
                for form in every.values()
            ]
        )


def _about(shelf: _Shelf, form: Form, language: str) -> None:
    here = form.in_language(language)
    with st.container(border=True):
        st.header(here.title)
        spoken = ", ".join(say(f"lang_{code}", language) for code in form.languages if code in ("en", "es"))
        confirmed = " · ".join(part for part in (form.confirmed_by, form.confirmed_on) if part)
        facts = {
            "forms_kind": say(f"kind_{form.kind}", language),
            "forms_languages": spoken,
            "forms_edition": form.edition,
            "forms_source": form.source,
            "forms_confirmed": confirmed if form.is_own else say("forms_shipped", language),
        }
        st.markdown(
            "\n".join(
                f"- **{say(key, language)}:** {value or say('forms_unsaid', language)}" for key, value in facts.items()
            )
        )
        with st.container(horizontal=True):
            st.button(
                say("forms_picture", language),
                key="forms_picture",
                on_click=lambda: setattr(shelf, "is_pictured", True),
            )
            if form.is_own:
                st.button(say("forms_remove", language), key="forms_remove", on_click=_remove, args=(shelf,))
    if shelf.is_pictured:
        _picture(form, language)


def _picture(form: Form, language: str) -> None:
    """The form filled with the example plan."""
    work, plan = made(), _example()
    key = work.key(plan, form, language, final=False)
    if key not in work.documents:
        with st.spinner(say("working", language)):
            work.make(plan, form, language, final=False)
    if key in work.errors:
        st.error(told(work.errors[key], language))
        return
    document = work.documents[key]
    if document.pdf is None:
        st.info(say("no_pdf", language))
        return
    title = f"{titled(form, language)}. {say('own_example', language)}"
    show_pages(work, document.pdf, document.pages or 1, title, language, key=f"forms:{form.id}")


@cache
def _example() -> Plan:
    return parse_plan(
        (resources.files("generator") / "data" / "example_plan.yaml").read_bytes(), name="example_plan.yaml"
    )


def _remove(shelf: _Shelf) -> None:
    shelf.error = None
    try:
        remove_form(shelf.form)
        shelf.removed = shelf.form
    except GeneratorError as error:
        shelf.error = error


def _undo(shelf: _Shelf) -> None:
    shelf.error = None
    try:
        restore_form(shelf.removed)
        shelf.form, shelf.removed = shelf.removed, ""
    except GeneratorError as error:
        shelf.error = error
