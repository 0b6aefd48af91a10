"""The sealed rows of a vault, on SQLite: what is read was written here, by this vault, in this very place.

A row's content is AES-256-GCM, bound to its kind, owner, id and version, so that it cannot stand in another row's
place. A sealed head holds a keyed sum over all rows (an XOR of one HMAC a row) and the length and end of the audit
trail, so that a row taken away, put back or replaced by an older one of the same place is found when the vault is
opened. Nothing here knows what the rows mean.
"""

import hmac
import json
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from generator.errors import OutputNotWritable, VaultDamaged, VaultLocked, VaultMissing
from generator.store.keys import derive

_APPLICATION_ID = 0x50535631  # "PSV1"
_SCHEMA = (
    "CREATE TABLE header (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), counter INTEGER NOT NULL, sealed BLOB NOT NULL)",
    "CREATE TABLE row (kind TEXT NOT NULL, owner TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, "
    "sealed BLOB NOT NULL)",
    "CREATE UNIQUE INDEX row_place ON row (kind, id, version)",
    "CREATE INDEX row_owner ON row (owner)",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, mac BLOB NOT NULL)",
    "CREATE TABLE refused (at TEXT NOT NULL, what TEXT NOT NULL)",
)
_LOCKED = "The vault is locked. Open it with its passphrase."
DAMAGED = (
    "The vault's rows are not as this program left them: something changed, swapped or took away a part of the file. "
    "Nothing of it was used. Restore the last good backup with: planscribe vault restore FILE"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands. `owner` is the random id of the person it is about, or "" for the agency's own things."""

    kind: str
    id: str
    version: int = 1
    owner: str = ""

    def bound(self, vault_id: str) -> bytes:
        """The associated data: every part with its length, so that no two places look alike."""
        parts = (vault_id, self.kind, self.owner, self.id, str(self.version))
        return b"planscribe/1/row" + b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)


@dataclass(slots=True)
class Head:
    """What is true of all rows together: how often it changed, their keyed sum, and the end of the audit trail."""

    counter: int = 0
    total: int = 0
    audit_count: int = 0
    audit_last: bytes = b""


class Change:
    """One transaction: all of it is kept, or nothing."""

    def __init__(self, rows: "Rows", head: Head) -> None:
        self._rows, self.head = rows, head

    def put(self, place: Place, data: bytes) -> None:
        """Write a row, in the place of the one that stood there."""
        self.remove(place)
        sealed = self._rows.seal(place, data)
        self._rows.connection.execute(
            "INSERT INTO row VALUES (?, ?, ?, ?, ?)", (place.kind, place.owner, place.id, place.version, sealed)
        )
        self.head.total ^= self._rows.mark(place, sealed)

    def remove(self, place: Place) -> None:
        """Take a row away, if it is there."""
        found = self._rows.connection.execute(
            "SELECT sealed, owner FROM row WHERE kind = ? AND id = ? AND version = ?",
            (place.kind, place.id, place.version),
        ).fetchone()
        if found is None:
            return
        at = Place(place.kind, place.id, place.version, found[1])
        self.head.total ^= self._rows.mark(at, found[0])
        self._rows.connection.execute(
            "DELETE FROM row WHERE kind = ? AND id = ? AND version = ?", (place.kind, place.id, place.version)
        )


class Rows:
    """An open database with the key to it."""

    def __init__(self, connection: sqlite3.Connection, vault_id: str, key: bytes, guard: threading.RLock) -> None:
        self.connection, self.vault_id = connection, vault_id
        self._guard = guard
        self.on_use: Callable[[], object] = lambda: None
        self._generation = read_header(connection).get("generation")
        self._set_key(key)

    def _set_key(self, key: bytes) -> None:
        self._cipher: AESGCM | None = AESGCM(derive(key, "rows"))
        self._marks = derive(key, "marks")

    def forget_key(self) -> None:
        """From here on nothing can be read."""
        self._cipher, self._marks = None, b""

    def seal(self, place: Place, data: bytes) -> bytes:
        """The row's content, sealed for its place."""
        nonce = secrets.token_bytes(12)
        return nonce + self._open_cipher().encrypt(nonce, data, place.bound(self.vault_id))

    def unseal(self, place: Place, sealed: bytes) -> bytes:
        """The content. Raises VaultDamaged where it was not written for this place by this vault."""
        try:
            return self._open_cipher().decrypt(sealed[:12], sealed[12:], place.bound(self.vault_id))
        except (InvalidTag, ValueError):
            if read_header(self.connection).get("generation") != self._generation:
                raise VaultLocked(
                    "The vault's passphrase was changed meanwhile. Open it again with the new one."
                ) from None
            raise VaultDamaged(DAMAGED) from None

    def mark(self, place: Place, sealed: bytes) -> int:
        """The row's share in the sum over all rows."""
        data = place.bound(self.vault_id) + sealed[-16:]
        return int.from_bytes(hmac.digest(self._marks, data, "sha256"), "big")

    def _open_cipher(self) -> AESGCM:
        if self._cipher is None:
            raise VaultLocked(_LOCKED)
        return self._cipher

    # reading

    def read(self, kind: str, id: str, version: int | None = None) -> tuple[Place, bytes] | None:
        """One row, by default its highest version; None where there is none."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            found = self.connection.execute(
                "SELECT owner, version, sealed FROM row WHERE kind = :k AND id = :i AND (:v IS NULL OR version = :v) "
                "ORDER BY version DESC LIMIT 1",
                {"k": kind, "i": id, "v": version},
            ).fetchone()
            if found is None:
                self._open_cipher()
                return None
            place = Place(kind, id, found[1], found[0])
            return place, self.unseal(place, found[2])

    def read_all(self, kind: str, id: str | None = None, after: int = 0) -> list[tuple[Place, bytes]]:
        """Every row of a kind (of one id; of versions after one), in order."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            self._open_cipher()
            found = self.connection.execute(
                "SELECT owner, id, version, sealed FROM row WHERE kind = :k AND (:i IS NULL OR id = :i) "
                "AND version > :a ORDER BY id, version",
                {"k": kind, "i": id, "a": after},
            ).fetchall()
            out = []
            for owner, row_id, version, sealed in found:
                place = Place(kind, row_id, version, owner)
                out.append((place, self.unseal(place, sealed)))
            return out

    def places(self, *, kind: str | None = None, id: str | None = None, owner: str | None = None) -> list[Place]:
        """Where rows stand, without opening them."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            found = self.connection.execute(
                "SELECT kind, id, version, owner FROM row WHERE (:k IS NULL OR kind = :k) AND (:i IS NULL OR id = :i) "
                "AND (:o IS NULL OR owner = :o) ORDER BY kind, id, version",
                {"k": kind, "i": id, "o": owner},
            ).fetchall()
            return [Place(*one) for one in found]

    def latest(self, kind: str, id: str) -> Place | None:
        """Where the row of the highest version stands."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            found = self.connection.execute(
                "SELECT version, owner FROM row WHERE kind = ? AND id = ? ORDER BY version DESC LIMIT 1", (kind, id)
            ).fetchone()
            return Place(kind, id, *found) if found else None

    @contextmanager
    def still(self) -> Iterator[None]:
        """Several reads of one and the same state."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    # writing

    @contextmanager
    def change(self) -> Iterator[Change]:
        """A transaction, on the disk when it is left. Raises OutputNotWritable where it cannot be: nothing changed."""
        with self._guard, sqlite_errors_as_ours():
            self.on_use()
            self._open_cipher()
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                change = Change(self, self.read_head())
                yield change
                change.head.counter += 1
                self._write_head(change.head)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rekey(self, change: Change, key: bytes) -> None:
        """Seal every row anew under another key, within a transaction; `header_changed` must follow in it."""
        every = self.connection.execute("SELECT rowid, kind, id, version, owner, sealed FROM row").fetchall()
        opened = [
            (rowid, Place(kind, i, v, o), self.unseal(Place(kind, i, v, o), s)) for rowid, kind, i, v, o, s in every
        ]
        self._set_key(key)
        change.head.total = 0
        for rowid, place, data in opened:
            sealed = self.seal(place, data)
            self.connection.execute("UPDATE row SET sealed = ? WHERE rowid = ?", (sealed, rowid))
            change.head.total ^= self.mark(place, sealed)

    def restore_key(self, key: bytes) -> None:
        """Back to the key from before a `rekey` that was rolled back."""
        self._set_key(key)
        self._generation = read_header(self.connection).get("generation")

    def set_generation(self, generation: str) -> None:
        """Which key the header now speaks of."""
        self._generation = generation

    # the head

    def read_head(self) -> Head:
        """The sealed head. Raises VaultDamaged."""
        found = self.connection.execute("SELECT counter, sealed FROM head").fetchone()
        if found is None:
            raise VaultDamaged(DAMAGED)
        counter, sealed = found
        data = json.loads(self.unseal(Place("head", "head", counter), sealed))
        return Head(counter, int(data["total"], 16), data["audit_count"], bytes.fromhex(data["audit_last"]))

    def _write_head(self, head: Head) -> None:
        data = {
            "total": f"{head.total:x}",
            "audit_count": head.audit_count,
            "audit_last": head.audit_last.hex(),
        }
        sealed = self.seal(Place("head", "head", head.counter), json.dumps(data).encode())
        self.connection.execute("INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (head.counter, sealed))

    def write_first_head(self) -> None:
        """The head of an empty vault."""
        with self._guard, sqlite_errors_as_ours():
            self._write_head(Head())

    def verify(self, *, deeply: bool = False) -> None:
        """Whether the rows are those that were written last, all of them (and, deeply, each one opens).

        Raises VaultDamaged. 10,000 rows take about 0.1 s.
        """
        with self.still():
            head, total = self.read_head(), 0
            what = "sealed" if deeply else "substr(sealed, -16)"
            every = self.connection.execute(f"SELECT kind, id, version, owner, {what} FROM row")  # noqa: S608
            for kind, i, version, owner, sealed in every:
                place = Place(kind, i, version, owner)
                total ^= self.mark(place, sealed)
                if deeply:
                    self.unseal(place, sealed)
            if total != head.total:
                raise VaultDamaged(DAMAGED)


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """The database file, opened carefully. Raises VaultMissing, VaultDamaged, OutputNotWritable."""
    if not create and not path.is_file():
        raise VaultMissing(f"There is no vault at {path}. Make one with: planscribe vault init")
    with sqlite_errors_as_ours():
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=10, cached_statements=64
        )
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA foreign_keys = OFF")
            if create:
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA secure_delete = ON")
            if create:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute("COMMIT")
            _check_schema(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def read_header(connection: sqlite3.Connection) -> dict[str, str]:
    """What stands in the open: the vault's id, format, and wrapped keys."""
    with sqlite_errors_as_ours():
        return dict(connection.execute("SELECT name, value FROM header").fetchall())


def write_header(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Set values of the header."""
    with sqlite_errors_as_ours():
        connection.executemany("INSERT OR REPLACE INTO header VALUES (?, ?)", list(values.items()))


@contextmanager
def sqlite_errors_as_ours() -> Iterator[None]:
    """SQLite's errors as ours; none of their text goes out."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise OutputNotWritable("Another window is saving to the vault right now. Try again in a moment.") from None
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA")):
            raise VaultDamaged(DAMAGED) from None
        reason = "the disk is full" if code.startswith("SQLITE_FULL") else "the disk is full or cannot be written"
        raise OutputNotWritable(
            f"The vault did not take this: {reason}. What was saved before is safe. Make room and save again."
        ) from None
    except sqlite3.ProgrammingError:
        raise VaultLocked(_LOCKED) from None
    except sqlite3.DatabaseError:
        raise VaultDamaged(DAMAGED) from None


def _check_schema(connection: sqlite3.Connection) -> None:
    # A file with views or triggers of its own could answer other than the tables say.
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if application_id != _APPLICATION_ID or found != set(_SCHEMA):
        raise VaultDamaged(
            "This file is not a vault of this program, or was changed by another. Check the name, or restore a backup."
        )
