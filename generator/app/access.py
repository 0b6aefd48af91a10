"""The page's side of the gate: whose run this is, the vault while it is open, and Lock.

Under plain `streamlit run` (a developer's way) there is no gate: the page works, and the vault stays shut.
"""

from collections.abc import Callable

import streamlit as st

from generator.app.gate import Gate, Session
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


def open_vault(how: Callable[[], Vault]) -> Vault:
    """Open the vault for this server: `open_vault(lambda: Vault.unlock(passphrase))`.

    Raises the errors of opening; PermissionError without a session.
    """
    if session() is None:
        raise PermissionError
    gate = _installed[0][0]
    opened = how()
    before, gate.vault = gate.vault, opened
    if before is not None:
        before.lock()
    return opened


def lock() -> None:
    """End this session: the browser is sent away, the cookie is worth nothing, the last one out locks the vault."""
    found = session()
    if found is not None:
        _installed[0][0].end(found)
