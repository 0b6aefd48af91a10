"""Document: choose a form, see its real pages, take it along."""

import streamlit as st

from generator import library
from generator.app.session import Draft
from generator.app.words import say, title
from generator.convert import is_available
from generator.errors import GeneratorError
from generator.exchange.plan_file import plan_as_yaml
from generator.library import Form
from generator.make import Options, make_document
from generator.pictures import page_pictures
from generator.plan.catalog import by_path
from generator.plan.notes import general

_MIME = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf"}


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    chosen = st.selectbox(
        say("form", language), library.forms(), key="form", format_func=lambda form: _title(form, language)
    )
    final = st.checkbox(say("final", language), key="final")
    st.button(say("make", language), key="make", type="primary", on_click=_make, args=(draft, chosen, final))
    if draft.trouble:
        st.error(draft.trouble)
    if draft.document is not None:
        _result(draft)
    st.divider()
    st.download_button(
        say("download_plan", language),
        lambda: plan_as_yaml(draft.plan),
        "plan.yaml",
        "text/yaml",
        key="save",
        on_click="ignore",
    )


def _make(draft: Draft, form: Form | None, final: bool) -> None:
    draft.document, draft.trouble = None, ""
    if form is None:
        return
    try:
        with st.spinner(say("working", draft.language)):
            draft.document = make_document(
                draft.plan, form, Options(language=draft.language, pdf=is_available(), final=final)
            )
    except GeneratorError as error:
        draft.trouble = str(error)


def _result(draft: Draft) -> None:
    document, language = draft.document, draft.language
    if document is None:
        return
    show = st.success if not document.proof.faults else st.warning
    show(document.proof_sentence)
    if document.is_draft:
        st.info(say("draft_because", language, reason=document.draft_reason))
    columns = st.columns(2)
    suffix = "." + document.file_name.rpartition(".")[2]
    with columns[0]:
        st.download_button(
            say("download", language, name="Word" if suffix == ".docx" else "PDF"), lambda: document.data, document.file_name,
            _MIME[suffix], key="download", on_click="ignore",
        )  # fmt: skip
    if document.pdf is not None and suffix != ".pdf":
        with columns[1]:
            name = document.file_name.rpartition(".")[0] + ".pdf"
            st.download_button(
                say("download", language, name="PDF"),
                lambda: document.pdf or b"",
                name,
                _MIME[".pdf"],
                key="download_pdf",
                on_click="ignore",
            )
    fitted = [slot for slot in document.slots if slot.status in ("shrunk", "continued", "refused")]
    if fitted:
        with st.expander(f"{say('what_happened', language)} ({len(fitted)})", expanded=True):
            for slot in fitted:
                st.markdown(f"- {slot.label or slot.id}: {slot.why or slot.status}")
    if document.unplaced:
        with st.expander(say("not_on_form", language, n=len(document.unplaced))):
            st.markdown(
                "\n".join(f"- {words}" for words in dict.fromkeys(_named(path, language) for path in document.unplaced))
            )
    if document.pdf is None:
        st.info(say("no_pdf", language))
        return
    for n, picture in enumerate(page_pictures(document.pdf, dpi=90), 1):
        st.image(picture, caption=say("page_n", language, n=n))


def _title(form: Form, language: str) -> str:
    name = form.in_language(language).title
    return f"{name} (PDF)" if form.path.suffix == ".pdf" else name


def _named(path: str, language: str) -> str:
    """A place of the plan in words: the section's name and the field's."""
    place = general(path).removesuffix("[]")
    top = by_path()[place.partition(".")[0].removesuffix("[]")]
    return f"{title(top, language)}: {title(by_path()[place], language)}"
