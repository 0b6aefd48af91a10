"""Who may talk to the page: one-time tokens that become sessions, sessions that end.

Only hashes of tokens and cookies are kept, in memory, and nothing about a patient. The web server's side of this is
`guard`; the page's is `access`.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.clock import steady_seconds
from generator.store import OWNER, Vault

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 12 * 3600
TOKEN_SECONDS = 10 * 60
_MOST_TRIES = 5


@dataclass(eq=False, slots=True)
class Session:
    """Somebody at a browser. `files` are the addresses of files that the page offered to this session alone.

    `memory` holds what is kept nowhere (one-offs), until the session ends; `tries` counts wrong passphrases.
    """

    key: str
    account: str
    began_at: float
    seen_at: float
    files: set[str] = field(default_factory=set)
    is_ended: bool = False
    memory: Vault | None = None
    tries: int = 0


class Gate:
    """The sessions of one running server, and the vault they share while it is open."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = steady_seconds,
        idle_seconds: float = IDLE_SECONDS,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self._clock, self._idle, self._longest = clock, idle_seconds, longest_seconds
        self._tokens: dict[str, float] = {}
        self._sessions: dict[str, Session] = {}
        self._ended: dict[str, int] = {}
        self._guard = threading.RLock()
        self.vault: Vault | None = None

    def new_token(self) -> str:
        """A token for the first address; it opens one session, within ten minutes."""
        token = secrets.token_urlsafe(32)
        with self._guard:
            self._tokens[_hash(token)] = self._clock() + TOKEN_SECONDS
        return token

    def enter(self, token: str, account: str = OWNER) -> str | None:
        """The cookie of a new session for a token; None where the token is used up, too old, or none of ours."""
        with self._guard:
            good_until = self._tokens.pop(_hash(token), None)
            if good_until is None or self._clock() > good_until:
                return None
            return self.begin(account)

    def begin(self, account: str = OWNER) -> str:
        """The cookie of a new session, for somebody whose right to it was checked."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        with self._guard:
            key = _hash(cookie)
            self._sessions[key] = Session(key, account, now, now)
        return cookie

    def find(self, cookie: str | None) -> Session | None:
        """The session of a cookie, while it lasts. This is no use of it: see `touch`."""
        with self._guard:
            session = self._sessions.get(_hash(cookie)) if cookie else None
            return session if session is not None and self.lasts(session) else None

    def lasts(self, session: Session) -> bool:
        """Whether a session goes on; one that was idle or lasted too long is ended here."""
        with self._guard:
            now = self._clock()
            if session.is_ended or now - session.seen_at >= self._idle or now - session.began_at >= self._longest:
                self.end(session)
            return not session.is_ended

    def touch(self, session: Session) -> bool:
        """Somebody is at work; gives whether the session still lasts."""
        with self._guard:
            if self.lasts(session):
                session.seen_at = self._clock()
            return not session.is_ended

    def end(self, session: Session) -> None:
        """End a session for good; with the last one the vault is locked."""
        with self._guard:
            if session.is_ended:
                return
            session.is_ended = True
            session.files.clear()
            memory, session.memory = session.memory, None
            self._sessions.pop(session.key, None)
            self._ended[session.key] = session.tries
            while len(self._ended) > 100:
                self._ended.pop(next(iter(self._ended)))
            vault = self.vault if not self._sessions else None
            if vault is not None:
                self.vault = None
        for one in (vault, memory):
            if one is not None:
                one.lock()

    def memory_of(self, session: Session) -> Vault | None:
        """Where a session's one-offs are; made when first asked for, None once the session has ended."""
        with self._guard:
            if session.memory is None and self.lasts(session):
                session.memory = Vault.in_memory(account=session.account, idle_seconds=self._longest)
            return session.memory

    def count_try_of(self, session: Session) -> bool:
        """A passphrase is being tried on the page; False where too many were."""
        with self._guard:
            session.tries += 1
            return session.tries <= _MOST_TRIES and self.lasts(session)

    def end_if_tried_out(self, session: Session) -> None:
        """After the fifth wrong passphrase the session is over, and its browser may try no more."""
        with self._guard:
            if session.tries >= _MOST_TRIES:
                self.end(session)

    def may_unlock(self, cookie: str | None) -> bool:
        """Whether this browser had a session here that ended: it may come back with the vault's passphrase.

        Five wrong ones, and only a new address from the launcher helps.
        """
        with self._guard:
            return bool(cookie) and self._ended.get(_hash(cookie or ""), _MOST_TRIES) < _MOST_TRIES

    def count_try(self, cookie: str) -> None:
        """A passphrase is being tried from there."""
        with self._guard:
            if _hash(cookie) in self._ended:
                self._ended[_hash(cookie)] += 1

    def used(self, cookie: str) -> None:
        """The ended session came back under another cookie."""
        with self._guard:
            self._ended.pop(_hash(cookie), None)

    def sweep(self) -> None:
        """End what lasted too long, forget stale tokens, lock an idle vault."""
        with self._guard:
            for session in list(self._sessions.values()):
                self.lasts(session)
            now = self._clock()
            self._tokens = {key: until for key, until in self._tokens.items() if until >= now}
            vault = self.vault
        if vault is not None:
            vault.lock_if_idle()

    def close(self) -> None:
        """The server stops: every session ends, the vault is locked."""
        with self._guard:
            for session in list(self._sessions.values()):
                self.end(session)
            vault, self.vault = self.vault, None
        if vault is not None:
            vault.lock()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
