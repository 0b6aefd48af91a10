"""Who may do what: the one table of roles, and the accounts of a vault. Today there is one account, the owner."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from generator.store.rows import Change, Place, Rows

OWNER = "owner"


class Right(StrEnum):
    """Something a role may do."""

    WRITE = "write"
    SIGN = "sign"
    SUPERVISE = "supervise"
    EXPORT = "export"
    MANAGE = "manage"


ROLES: dict[str, frozenset[Right]] = {
    "owner": frozenset(Right),
    "supervisor": frozenset({Right.WRITE, Right.SIGN, Right.SUPERVISE, Right.EXPORT}),
    "clinician": frozenset({Right.WRITE, Right.SIGN, Right.EXPORT}),
    "front-desk": frozenset({Right.WRITE}),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may open the page. `id` stands in the audit trail; the name stays in the sealed row."""

    id: str
    name: str
    role: str

    def may(self, right: Right) -> bool:
        """Whether this account has a right; a role that is not in the table has none."""
        return right in ROLES.get(self.role, frozenset())


class Accounts:
    """The accounts of an open vault."""

    def __init__(self, rows: Rows, now: Callable[[], datetime]) -> None:
        self._rows, self._now = rows, now

    def put(self, change: Change, account: Account) -> None:
        """Write an account as part of a change."""
        data = {"name": account.name, "role": account.role, "since": self._now().isoformat(timespec="seconds")}
        change.put(Place("account", account.id), json.dumps(data).encode())

    def find(self, account_id: str) -> Account | None:
        """The account of that id."""
        found = self._rows.read("account", account_id)
        if found is None:
            return None
        data = json.loads(found[1])
        return Account(account_id, data["name"], data["role"])

    def all(self) -> list[Account]:
        """Every account, by id."""
        out = []
        for place, text in self._rows.read_all("account"):
            data = json.loads(text)
            out.append(Account(place.id, data["name"], data["role"]))
        return out
