"""The page's side of the gate: whose run this is, the vault while it is open, and Lock.

Under plain `streamlit run` (a developer's way) there is no gate: the page works, and the vault stays shut.
"""

from collections.abc import Callable

import streamlit as st

from generator.app.gate import Gate, Session
from generator.errors import PassphraseWrong
from generator.store import Vault

_installed: list[tuple[Gate, str]] = []  # the server's own gate and its cookie's name; nothing of a session


def install(gate: Gate, cookie: str) -> None:
    """Said once by the launcher, before the first run."""
    _installed[:] = [(gate, cookie)]


def is_gated() -> bool:
    """Whether the page runs behind the launcher's gate."""
    return bool(_installed)


def session() -> Session | None:
    """The session of this run, while it lasts; asked for at the start of every run."""
    if not _installed:
        return None
    gate, cookie = _installed[0]
    return gate.find(st.context.cookies.get(cookie))


def vault() -> Vault | None:
    """The open vault, for a session that lasts; None where there is none, or it is locked."""
    if session() is None:
        return None
    found = _installed[0][0].vault
    return found if found is not None and found.is_open else None


def memory() -> Vault | None:
    """Where this session's one-offs are, until it ends; None without a gate or a session."""
    found = session()
    return _installed[0][0].memory_of(found) if found is not None else None


def unlock(how: Callable[[], Vault]) -> Vault:
    """Open the vault for this server: `unlock(lambda: Vault.unlock(passphrase))`.

    Each is counted before it is tried; the fifth wrong one ends the session. Raises the errors of opening, and
    PermissionError without a session.
    """
    here = session()
    if here is None or not _installed[0][0].count_try_of(here):
        raise PermissionError
    try:
        opened = how()
    except PassphraseWrong:
        _installed[0][0].end_if_tried_out(here)
        raise
    here.tries = 0
    return take(opened)


def take(opened: Vault) -> Vault:
    """Share a vault that was just opened with this server's sessions. PermissionError without a session."""
    if session() is None:
        opened.lock()
        raise PermissionError
    gate = _installed[0][0]
    before, gate.vault = gate.vault, opened
    if before is not None:
        before.lock()
    return opened


def lock() -> None:
    """End this session: the browser is sent away, the cookie is worth nothing, the last one out locks the vault."""
    found = session()
    if found is not None:
        _installed[0][0].end(found)
