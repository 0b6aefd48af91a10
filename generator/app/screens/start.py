"""Start: a new plan, a quick one, an example, a file; and the drafts that are kept."""

from datetime import date
from importlib import resources

import streamlit as st

from generator.app import access
from generator.app.parts.door import create_form, unlock_form
from generator.app.parts.told import told
from generator.app.session import Draft, vault_state
from generator.app.words import say
from generator.errors import GeneratorError
from generator.exchange.plan_file import parse_plan
from generator.plan import SCHEMA, Plan
from generator.store import Card, Vault

_MOST_CARDS = 12


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    state = vault_state()
    is_first_visit = state in ("none", "off") and not draft.is_open
    st.title(say("start_title", language))
    if is_first_visit:
        st.markdown(say("start_lines", language))
    if draft.wanted:
        st.warning(say("start_wanted" if state == "locked" else "start_unknown", language))
    if draft.trouble:
        st.error(draft.trouble)
    if state == "locked":
        unlock_form(draft)
    if draft.is_open:
        st.button(say("start_continue", language), key="continue", type="primary", on_click=draft.go, args=("patient",))
    _new(draft, state)
    _drafts(draft)
    if state == "none":
        create_form(draft)
    elif state == "off":
        st.info(say("start_off", language))
    with st.expander(say("start_open", language)):
        _file(draft)


def _new(draft: Draft, state: str) -> None:
    language = draft.language
    columns = st.columns(3)
    for column, word, make in zip(columns, ("new", "quick", "example"), (_formal, _informal, _example), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.button(
                say(f"start_{word}", language), key=f"start:{word}", width="stretch",
                type="primary" if word == "new" and not draft.is_open and state != "locked" else "secondary",
                on_click=lambda make=make, word=word: draft.open(make(language), keep=word != "example"),
            )  # fmt: skip
            st.caption(say(f"start_{word}_help", language))
    st.caption(say({"open": "start_kept", "off": "start_kept_window"}.get(state, "start_kept_memory"), language))


def _drafts(draft: Draft) -> None:
    """What is kept in the vault, and the one-offs of this session, the last one first."""
    language = draft.language
    vault, memory = access.vault(), draft.memory()
    for place, word in ((vault, "start_drafts"), (memory, "start_one_offs")):
        cards = place.drafts.cards() if place is not None else []
        if not cards or place is None:
            continue
        st.subheader(say(word, language))
        typed = ""
        if len(cards) > _MOST_CARDS:
            typed = st.text_input(say("start_find", language), key="find", autocomplete="off").strip().lower()
        found = [card for card in cards if typed in _name(card, language).lower()]
        for card in found[:_MOST_CARDS]:
            _card(draft, place, card, is_in_vault=place is vault)
        if len(found) > _MOST_CARDS:
            st.caption(say("start_more", language, n=len(found) - _MOST_CARDS))


def _card(draft: Draft, place: Vault, card: Card, *, is_in_vault: bool) -> None:
    language = draft.language
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"card:{card.id}"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{_plain(_name(card, language))}**")
            st.caption(_about(card, language))
        st.button(
            say("start_card_open", language), key=f"open:{card.id}", on_click=draft.arrive, args=(card.id, "patient")
        )
        with st.popover(say("start_card_more", language)):
            if not is_in_vault:
                if access.vault() is not None:
                    st.button(
                        say("start_card_keep", language), key=f"keep:{card.id}", on_click=_keep, args=(draft, card.id)
                    )
            elif versions := place.drafts.versions(card.id):
                for version in versions:
                    st.button(
                        say("start_card_version", language, n=version.number, day=version.at[:10]),
                        key=f"version:{card.id}:{version.number}", on_click=_open_version,
                        args=(draft, place, card.id, version.number),
                    )  # fmt: skip
            sure = st.checkbox(say("start_card_sure", language), key=f"sure:{card.id}")
            st.button(
                say("start_card_remove", language), key=f"remove:{card.id}", disabled=not sure, on_click=_remove,
                args=(draft, place, card),
            )  # fmt: skip
            if is_in_vault:
                st.button(
                    say("start_card_forget", language), key=f"forget:{card.id}", disabled=not sure, on_click=_forget,
                    args=(draft, place, card), help=say("start_card_forget_help", language),
                )  # fmt: skip


def _name(card: Card, language: str) -> str:
    named = card.named
    parts = (named.get("patient.name.first"), named.get("patient.name.last"))
    return " ".join(str(part) for part in parts if part) or say("start_card_nameless", language)


def _about(card: Card, language: str) -> str:
    said = []
    number = card.named.get("patient.record_number")
    if number:
        said.append(_plain(str(number)))
    said.append(say("start_card_saved", language, day=_day(card.saved_at[:10], language), time=card.saved_at[11:16]))
    if "open" in card.noted:
        count = card.noted["open"]
        said.append(say("findings_open", language, n=count) if count else say("start_card_ready", language))
    if "due" in card.noted:
        due = str(card.noted["due"])
        word = "start_card_overdue" if due < date.today().isoformat() else "start_card_due"
        said.append(say(word, language, day=_day(due, language)))
    return " · ".join(said)


def _day(iso: str, language: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day}/{day.month}/{day.year}" if language == "es" else f"{day.month}/{day.day}/{day.year}"


def _plain(text: str) -> str:
    """A text that Streamlit's Markdown shows letter for letter."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#+-.!|~$:&" else char for char in text)


def _keep(draft: Draft, draft_id: str) -> None:
    draft.arrive(draft_id, "start")
    draft.keep_in_vault()


def _open_version(draft: Draft, place: Vault, draft_id: str, number: int) -> None:
    """A kept plan as a new one-off to look at; the kept one never changes."""
    try:
        draft.open(Plan.model_validate(place.drafts.load_version(draft_id, number).data), keep=False)
    except GeneratorError as error:
        draft.trouble = told(error, draft.language)


def _remove(draft: Draft, place: Vault, card: Card) -> None:
    if draft.kept is not None and draft.kept.id == card.id:
        draft.close()
    try:
        place.drafts.remove(card.id)
    except GeneratorError as error:
        draft.trouble = told(error, draft.language)


def _forget(draft: Draft, place: Vault, card: Card) -> None:
    if draft.kept is not None and draft.kept.person == card.person:
        draft.close()
    try:
        place.forget(card.person)
    except GeneratorError as error:
        draft.trouble = told(error, draft.language)


def _file(draft: Draft) -> None:
    language = draft.language
    file = st.file_uploader(say("start_open_help", language), type=["yaml", "yml", "json"], key="upload")
    if file is not None:
        try:
            draft.open(parse_plan(file.getvalue(), name=file.name))
        except GeneratorError as error:
            st.error(told(error, language))
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
