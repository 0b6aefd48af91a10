"""Own form: a file goes in, every blank is looked over on its page, tried with an example plan, and kept."""

from functools import partial

import streamlit as st

from generator.app.made import made
from generator.app.own import LARGEST, OwnForm
from generator.app.parts.named import named
from generator.app.parts.page_boxes import PageBox, page_boxes
from generator.app.parts.pages import show_pages
from generator.app.parts.plan_values import numbers_in, options_for, said, with_numbers
from generator.app.parts.told import told, told_finding, told_place
from generator.app.parts.typed import typed_text
from generator.app.session import Draft, bind, kept
from generator.app.words import has, plain, say
from generator.errors import GeneratorError
from generator.finding import Severity
from generator.form_pages import FormPages
from generator.mapping.names import known_names
from generator.template_file import check_template_data

_MARKS = {"sure": "✓", "ask": "?", "empty": "–"}


def show(draft: Draft) -> None:
    """The screen."""
    language, own = draft.language, kept(OwnForm)
    st.title(say("own_title", language))
    st.markdown(say("own_lines", language))
    file = st.file_uploader(say("own_upload", language), key="own_file", max_upload_size=LARGEST // 1024 // 1024)
    if file is not None and file.file_id != own.upload:
        with st.spinner(say("own_reading", language)):
            own.take(file.name, file.getvalue())
        own.upload = file.file_id
    if own.error is not None:
        st.error(told(own.error, language))
    if own.added is not None:
        st.success(say("own_kept", language, title=own.added.form.title, n=own.added.filled))
    if own.seen is None:
        if file is None:
            st.caption(say("own_empty", language))
        return
    for finding in own.seen.findings:
        (st.warning if finding.severity is not Severity.ADVICE else st.info)(told_finding(finding, language))
    if own.seen.kind == "word-tags":
        _template(own, language)
    else:
        _blanks(own, language)
    _try_and_keep(own, language)


# A form without tags: its blanks


def _blanks(own: OwnForm, language: str) -> None:
    states = [own.state(n) for n in range(len(own.suggestions))]
    st.markdown(
        " · ".join(
            f"{_MARKS[s]} {say({'sure': 'own_sure', 'ask': 'own_ask', 'empty': 'own_empty_n'}[s], language, n=states.count(s))}"
            for s in ("sure", "ask", "empty")
        )
    )
    left, right = st.columns((3, 2), gap="medium")
    with right:
        _open_blank(own, language)
    with left:
        if own.pages is not None:
            _page(own, own.pages, states, language)
        elif own.no_picture is not None:
            st.info(told(own.no_picture, language))
    with st.expander(say("own_list", language, n=len(states)), expanded=own.pages is None):
        st.table(
            [
                {
                    say("col_number", language): n + 1,
                    say("col_blank", language): one.label or one.slot,
                    say("col_gets", language): said(own.answers[one.slot], language),
                    say("col_sure", language): _sureness(own, n, language),
                }
                for n, one in enumerate(own.suggestions)
            ]
        )


def _page(own: OwnForm, pages: FormPages, states: list[str], language: str) -> None:
    if pages.pages > 1:
        st.segmented_control(
            say("pages", language), list(range(pages.pages)), key="own_page", label_visibility="collapsed",
            format_func=lambda n: say("page_n", language, n=n + 1) if pages.pages < 5 else str(n + 1),
            on_change=bind("own_page", own.page, lambda n: setattr(own, "page", n if isinstance(n, int) else own.page)),
        )  # fmt: skip
    boxes = [
        PageBox(n + 1, *share[1:], states[n], _box_words(own, n, language))
        for n, one in enumerate(own.suggestions)
        if (share := pages.places.get(one.slot)) is not None and share[0] == own.page
    ]
    words = say("page_picture", language, title=own.name, n=own.page + 1, all=pages.pages)
    try:
        picture = made().picture(pages.pdf, own.page)
    except GeneratorError as error:
        st.error(told(error, language))
        return
    number = page_boxes(picture, boxes, own.chosen + 1, words, key="own_boxes")
    if number is not None and number - 1 != own.chosen:
        own.choose(number - 1)
        st.rerun()
    without = sum(one.slot not in pages.places for one in own.suggestions)
    if without:
        st.caption(say("own_without", language, n=without))
    if pages.is_marked:
        st.caption(say("own_marked", language))


def _box_words(own: OwnForm, n: int, language: str) -> str:
    one = own.suggestions[n]
    gets = said(own.answers[one.slot], language)
    return say("own_box", language, n=n + 1, label=one.label or one.slot, gets=gets)


def _open_blank(own: OwnForm, language: str) -> None:
    if own.seen is None:
        return
    slot, one = own.seen.slots[own.chosen], own.suggestions[own.chosen]
    st.header(say("own_blank", language, n=own.chosen + 1, all=len(own.suggestions)))
    st.markdown(f"**{plain(one.label or one.slot)}**")
    st.markdown(
        f"{_MARKS[own.state(own.chosen)]} {_sureness(own, own.chosen, language)}. {plain(_why(one.why, language))}"
    )
    options = options_for(slot, one)
    answer = own.answers[slot.id]
    first = with_numbers(answer, [1] * len(numbers_in(answer))) if answer not in options else answer
    shown = answer if answer in options else first
    st.selectbox(
        say("own_gets", language), options if shown in options else [shown, *options], key=f"own_gets:{own.chosen}",
        format_func=lambda option: said(option, language),
        on_change=bind(f"own_gets:{own.chosen}", shown, lambda option: own.answer(slot.id, str(option or ""))),
    )  # fmt: skip
    numbers = numbers_in(answer)
    if numbers:
        with st.container(horizontal=True):
            for place in range(len(numbers)):
                _number(own, slot.id, answer, place, language)
    others = [c for c in one.candidates if c.path and c.path != answer][:2]
    if others:
        st.caption(say("own_others", language))
        for n, other in enumerate(others):
            st.button(
                f"{said(other.path, language)} ({other.confidence:.0%})", key=f"own_other:{own.chosen}:{n}",
                on_click=own.answer, args=(slot.id, other.path),
            )  # fmt: skip
    with st.container(horizontal=True):
        if own.state(own.chosen) == "ask":
            st.button(
                say("own_right", language), key="own_right", type="primary", on_click=_confirm, args=(own, slot.id)
            )
        st.button(say("own_none", language), key="own_none", on_click=own.answer, args=(slot.id, ""))
    with st.container(horizontal=True):
        st.button(say("own_before", language), key="own_before", on_click=own.choose, args=(own.chosen - 1,))
        st.button(say("own_after", language), key="own_after", on_click=own.choose, args=(own.chosen + 1,))
        waiting = own.next_to_ask()
        if waiting is not None:
            st.button(say("own_next", language), key="own_next", on_click=own.choose, args=(waiting,))


def _number(own: OwnForm, slot_id: str, answer: str, place: int, language: str) -> None:
    numbers = numbers_in(answer)
    key = f"own_number:{slot_id}:{place}"

    def store(value: object) -> None:
        numbers[place] = int(str(value or 1))
        own.answer(slot_id, with_numbers(answer, numbers))

    word = say("own_number", language, list=named(answer.split(f"[{numbers[place] - 1}]")[0], language).split(": ")[-1])
    st.number_input(word, 1, 50, key=key, on_change=bind(key, numbers[place], store), width=140)


def _confirm(own: OwnForm, slot_id: str) -> None:
    own.answer(slot_id, own.answers[slot_id])
    waiting = own.next_to_ask()
    if waiting is not None:
        own.choose(waiting)


def _sureness(own: OwnForm, n: int, language: str) -> str:
    one = own.suggestions[n]
    if one.slot in own.confirmed:
        return say("own_by_you", language)
    if not own.answers[one.slot]:
        return say("own_stays", language)
    return say("own_is_sure" if one.is_sure else "own_guess", language, share=f"{one.confidence:.0%}")


def _why(why: str, language: str) -> str:
    """Why, in the page's language: the words of the form stay as they are."""
    if language == "en":
        return f"{why[:1].upper()}{why[1:]}." if why else ""
    source, _, quoted = why.partition(": ")
    if has(f"why_{source}"):
        return f"{say(f'why_{source}', language)}: {quoted.partition('; ')[0]}."
    if why.startswith("it asks for "):
        return say("why_foreign", language)
    return say(f"why_{why}", language) if has(f"why_{why}") else ""


# A template with tags: the doctor, and the names


def _template(own: OwnForm, language: str) -> None:
    try:
        checked = check_template_data(own.data, name=own.name, fix=True)
    except GeneratorError as error:
        st.error(told(error, language))
        return
    if not checked.findings:
        st.success(say("doctor_well", language))
    for finding in checked.findings:
        tell = (
            st.error
            if finding.severity is Severity.ERROR
            else st.warning
            if finding.severity is Severity.WARNING
            else st.info
        )
        tell(f"**{plain(told_place(finding.where, language))}**: {plain(told_finding(finding, language))}")
    if checked.repairs and checked.repaired is not None:
        repaired = checked.repaired
        st.markdown(say("doctor_repairs", language, n=len(checked.repairs)))
        st.download_button(
            say("doctor_download", language), lambda: repaired, f"{own.name.rpartition('.')[0]}.fixed.docx",
            key="own_repaired", on_click="ignore",
        )  # fmt: skip
        st.button(say("doctor_use", language), key="own_use", on_click=own.take, args=(own.name, repaired))
    with st.expander(say("names_title", language)):
        _names(language)


@st.fragment
def _names(language: str) -> None:
    """Every name that a template may use, found by its words, to copy from."""
    wanted = st.text_input(say("names_search", language), key="own_names")
    told_words = wanted.lower().split()
    rows = [
        (name, words)
        for name in sorted(known_names())
        if all(word in f"{name} {(words := named(name, language))}".lower() for word in told_words)
        for words in [named(name, language)]
    ]
    st.caption(say("names_found", language, n=len(rows)))
    for name, words in rows[:15]:
        left, right = st.columns((2, 3), vertical_alignment="center")
        left.markdown(plain(words))
        right.code("{{ " + name.replace("[]", "[0]") + " }}", language=None)


# Try and keep


def _try_and_keep(own: OwnForm, language: str) -> None:
    st.divider()
    st.header(say("own_try", language))
    st.button(say("own_try_button", language), key="own_try", on_click=_try, args=(own, language))
    if own.tried is not None:
        st.success(own.tried.proof.sentence(language))
        if own.tried.pdf is not None:
            show_pages(
                made(), own.tried.pdf, own.tried.pages or 1, say("own_example", language), language, key="own_tried"
            )
        else:
            st.info(say("no_pdf", language))
    st.header(say("own_keep", language))
    first = st.columns(2)
    second = st.columns(2)
    for column, key in zip((*first, *second), ("title", "edition", "source", "by"), strict=True):
        with column:
            word = say("own_title_field" if key == "title" else f"own_{key}", language)
            typed_text(word, f"own_about:{key}", partial(_said_about, own.about, key), partial(_about, own.about, key))
    waiting = sum(own.state(n) == "ask" for n in range(len(own.suggestions)))
    if waiting:
        st.caption(say("own_waiting", language, n=waiting))
    st.button(say("own_keep_button", language), key="own_keep", type="primary", on_click=_keep, args=(own,))


def _said_about(about: dict[str, str], key: str) -> str:
    return about.get(key, "")


def _about(about: dict[str, str], key: str, typed: str) -> None:
    about[key] = typed.strip()


def _try(own: OwnForm, language: str) -> None:
    own.error = None
    try:
        own.try_out(language)
    except GeneratorError as error:
        own.error = error


def _keep(own: OwnForm) -> None:
    own.error = None
    try:
        own.keep()
    except GeneratorError as error:
        own.error = error
