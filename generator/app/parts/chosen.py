"""The form that the plan is written for, and what it is made with. Chosen beside the patient's dates or on Document."""

from dataclasses import dataclass, field

import streamlit as st

from generator import library
from generator.app.session import Draft, bind, kept
from generator.app.words import say
from generator.library import Form


@dataclass
class Chosen:
    """What was chosen, kept while other screens are shown. `form` and `language` are "" until somebody chose."""

    form: str = ""
    others: list[str] = field(default_factory=list)
    language: str = ""
    final: bool = False

    def take_form(self, chosen: object) -> None:
        """Another form; with it may go others."""
        self.form = str(chosen or "")

    def take_others(self, chosen: object) -> None:
        """The rest of the packet."""
        self.others = [str(one) for one in chosen] if isinstance(chosen, list) else []

    def take_language(self, chosen: object) -> None:
        """The language of the document."""
        self.language = str(chosen or "")

    def take_final(self, chosen: object) -> None:
        """For signing, or a draft."""
        self.final = bool(chosen)

    def spoken(self, draft: Draft) -> str:
        """The language of the document: the one that was chosen, else the plan's, else the page's."""
        own = (draft.plan.plan.language or draft.language).lower()
        return self.language or ("es" if own.startswith("es") else "en")

    def forms(self) -> list[Form]:
        """The forms chosen that the library has, the first one first."""
        if not self.form:
            return []
        every = {form.id: form for form in library.forms()}
        return [every[one] for one in (self.form, *self.others) if one in every]


def chosen() -> Chosen:
    """This session's."""
    return kept(Chosen)


def choose(form_id: str) -> None:
    """Have a form chosen when Document is shown next."""
    asked = chosen()
    asked.form, asked.others = form_id, []


def form_field(draft: Draft) -> None:
    """The choice of the form before the plan is written, so that long answers say whether its boxes hold them."""
    language, asked = draft.language, chosen()
    forms = {form.id: form for form in library.forms()}
    options = ["", *forms]
    st.selectbox(
        say("form_for", language), options, key="form_for", help=say("form_for_help", language),
        on_change=bind("form_for", asked.form if asked.form in forms else "", asked.take_form),
        format_func=lambda one: titled(forms[one], language) if one else say("form_for_none", language),
    )  # fmt: skip


def titled(form: Form, language: str) -> str:
    """A form's title in a language; which of two of one name is the PDF, and which is the agency's own."""
    name = form.in_language(language).title
    name = f"{name} (PDF)" if form.path.suffix == ".pdf" and not form.is_own else name
    return say("form_own", language, title=name) if form.is_own else name
