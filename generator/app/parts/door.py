"""The vault's door on the page: make it, open it, come back with the printed key. Nothing typed here is kept."""

from collections.abc import Callable

import streamlit as st

from generator.app import access
from generator.app.parts.told import told
from generator.app.session import Draft
from generator.app.words import say
from generator.errors import GeneratorError, PassphraseWrong
from generator.passphrase import SHORTEST
from generator.store import Action, Vault


def unlock_form(draft: Draft) -> None:
    """Open the vault with its passphrase, or with the printed key and a new passphrase."""
    language = draft.language
    with st.form("unlock", border=True, clear_on_submit=True):
        st.markdown(f"**{say('door_open', language)}**")
        typed = st.text_input(say("door_passphrase", language), type="password", autocomplete="off")
        if st.form_submit_button(say("door_open_button", language), type="primary"):
            _opened(draft, lambda: Vault.unlock(typed), "door_wrong")
    with st.expander(say("door_lost", language)), st.form("recover", border=False, clear_on_submit=True):
        key = st.text_input(say("door_key", language), autocomplete="off")
        new = _new_passphrase(language)
        if st.form_submit_button(say("door_recover_button", language)) and _is_good(new, language):
            _opened(draft, lambda: _recovered(draft, key, new[0]), "door_wrong_key")


def create_form(draft: Draft) -> None:
    """Make the vault."""
    language = draft.language
    with st.form("create", border=True, clear_on_submit=True):
        st.markdown(f"**{say('door_create', language)}**")
        st.markdown(say("door_create_help", language))
        typed = _new_passphrase(language)
        if st.form_submit_button(say("door_create_button", language)) and _is_good(typed, language):
            _opened(draft, lambda: _created(draft, typed[0]), "door_short", counts=False)


def recovery_key(draft: Draft) -> None:
    """The recovery key, shown this once."""
    language = draft.language
    with st.container(border=True, key="recovery"):
        st.subheader(say("door_print", language))
        st.markdown(say("door_print_help", language))
        st.code(draft.recovery_key, language=None)
        with st.container(horizontal=True):
            st.button(say("door_print_button", language), key="print", on_click=_print, args=(draft,), type="primary")
            st.button(say("door_printed", language), key="printed", on_click=_printed, args=(draft,))


def _new_passphrase(language: str) -> tuple[str, str]:
    typed = st.text_input(
        say("door_new", language), type="password", autocomplete="off", help=say("door_new_help", language, n=SHORTEST)
    )
    again = st.text_input(say("door_again", language), type="password", autocomplete="off")
    return typed, again


def _is_good(typed: tuple[str, str], language: str) -> bool:
    if typed[0] != typed[1]:
        st.error(say("door_differ", language))
        return False
    return True


def _opened(draft: Draft, how: Callable[[], Vault], wrong: str, *, counts: bool = True) -> None:
    """Open it, and go on where the address led."""
    try:
        if counts:
            access.unlock(how)
        else:
            access.take(how())
    except PassphraseWrong:
        st.error(say(wrong, draft.language, n=SHORTEST))
        return
    except PermissionError:
        st.error(say("door_over", draft.language))
        return
    except GeneratorError as error:
        st.error(told(error, draft.language))
        return
    draft.came_in()
    st.rerun()


def _created(draft: Draft, passphrase: str) -> Vault:
    vault, draft.recovery_key = Vault.create(passphrase)
    return vault


def _recovered(draft: Draft, key: str, passphrase: str) -> Vault:
    vault = Vault.unlock_with_recovery_key(key)
    try:
        draft.recovery_key = vault.set_passphrase(passphrase, action=Action.RECOVER)
    except BaseException:
        vault.lock()
        raise
    return vault


def _print(draft: Draft) -> None:
    draft.print_no += 1


def _printed(draft: Draft) -> None:
    draft.recovery_key = ""
