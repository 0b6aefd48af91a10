"""The audit trail: who did what to which record, when. No patient's data; a chain that shows any change or cut.

Every entry carries the HMAC of the entry before it, and the vault's sealed head holds how many there are and the last
one's HMAC, so that changing, reordering, taking out or cutting off entries is found. What was refused while the vault
was locked has no key to be chained with; it is noted in the open and joins the trail when the vault is next opened.
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from generator.errors import AuditBroken
from generator.store.rows import Change, Rows

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}|")
_BROKEN = (
    "The audit trail was changed at entry {}: it is not as this program wrote it. "
    "Keep the file as it is, and compare with the last backup."
)
_CUT = (
    "The audit trail was cut: it should have {} entries, and has {}. Keep the file, and compare with the last backup."
)


class Action(StrEnum):
    """What an entry of the trail can say."""

    CREATE = "create"
    OPEN = "open"
    CHANGE = "change"
    KEEP = "keep"
    PRINT = "print"
    EXPORT = "export"
    SIGN = "sign"
    DECLINE = "decline"
    SEAL = "seal"
    REFUSE = "refuse"
    UNLOCK = "unlock"
    LOCK = "lock"
    ENTER = "enter"
    LEAVE = "leave"
    PASSPHRASE = "passphrase"  # noqa: S105 (a word, no secret)
    RECOVER = "recover"
    BACKUP = "backup"
    RESTORE = "restore"
    FORGET = "forget"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `at` is local time with its offset; `record` a random id or a form's id; `detail` plain words."""

    seq: int
    at: str
    actor: str
    action: Action
    record: str = ""
    detail: Mapping[str, str | int] | None = None

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe audit list --json`."""
        return {
            "seq": self.seq,
            "at": self.at,
            "actor": self.actor,
            "action": str(self.action),
            "record": self.record,
            "detail": dict(self.detail or {}),
        }


class Trail:
    """The audit trail of an open vault."""

    def __init__(self, rows: Rows, key: bytes, now: Callable[[], datetime]) -> None:
        self._rows, self._key, self._now = rows, key, now

    def add(self, change: Change, actor: str, action: Action, record: str = "", **detail: str | int) -> None:
        """Write an entry as a part of a change; both are kept, or neither.

        ValueError where a word could be more than an id or a plain word: nothing a person typed belongs here.
        """
        for word in (actor, record, *detail.values()):
            if isinstance(word, str) and not _WORD.fullmatch(word):
                raise ValueError("only ids and plain words go into the audit trail")
        head = change.head
        entry = Entry(head.audit_count + 1, self._now().isoformat(timespec="seconds"), actor, action, record, detail)
        text = json.dumps(entry.as_dict(), sort_keys=True)
        mac = self._mac(head.audit_last, text)
        self._rows.connection.execute("INSERT INTO audit VALUES (?, ?, ?)", (entry.seq, text, mac))
        head.audit_count, head.audit_last = entry.seq, mac

    def note(self, actor: str, action: Action, record: str = "", **detail: str | int) -> None:
        """Write an entry on its own."""
        with self._rows.change() as change:
            self.add(change, actor, action, record, **detail)

    def take_in_refusals(self, change: Change) -> None:
        """What was refused while the vault was locked, as entries; what stands there is trusted for no more than that."""
        found = self._rows.connection.execute(
            "SELECT what, COUNT(*) FROM refused GROUP BY what ORDER BY what"
        ).fetchall()
        for what, times in found:
            word = what if what in ("passphrase", "recovery", "keyring", "entry") else "unknown"
            self.add(change, "nobody", Action.REFUSE, "", what=word, times=int(times))
        if found:
            self._rows.connection.execute("DELETE FROM refused")

    def entries(self) -> list[Entry]:
        """The whole trail, oldest first, after it was verified."""
        return self._walk()

    def verify(self) -> int:
        """How many entries there are. Raises AuditBroken at the first that is not as it was written."""
        return len(self._walk())

    def check_end(self) -> None:
        """Whether the trail ends where the vault says it does; the links between are `verify`. Raises AuditBroken."""
        with self._rows.still():
            head = self._rows.read_head()
            count, first, last = self._rows.connection.execute(
                "SELECT COUNT(*), MIN(seq), MAX(seq) FROM audit"
            ).fetchone()
            end = self._rows.connection.execute("SELECT mac FROM audit WHERE seq = ?", (last,)).fetchone()
        if (count, first, last) != (head.audit_count, 1, head.audit_count) or end[0] != head.audit_last:
            raise AuditBroken(_CUT.format(head.audit_count, count))

    def _walk(self) -> list[Entry]:
        with self._rows.still():
            head = self._rows.read_head()
            found = self._rows.connection.execute("SELECT seq, entry, mac FROM audit ORDER BY seq").fetchall()
        last, out = b"", []
        for n, (seq, text, mac) in enumerate(found, 1):
            if seq != n or not isinstance(text, str) or not isinstance(mac, bytes):
                raise AuditBroken(_BROKEN.format(n))
            if not hmac.compare_digest(mac, self._mac(last, text)):
                raise AuditBroken(_BROKEN.format(n))
            data = json.loads(text)
            if data["seq"] != n:
                raise AuditBroken(_BROKEN.format(n))
            action = Action(data["action"])
            out.append(Entry(n, data["at"], data["actor"], action, data["record"], data["detail"]))
            last = mac
        if len(found) != head.audit_count or last != head.audit_last:
            raise AuditBroken(_CUT.format(head.audit_count, len(found)))
        return out

    def _mac(self, last: bytes, text: str) -> bytes:
        return hmac.digest(self._key, len(last).to_bytes(1, "big") + last + text.encode(), "sha256")
