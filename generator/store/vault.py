"""The vault: one encrypted file for all that is kept. Make it, open it, lock it, copy it, forget somebody in it.

Where a passphrase or the printed key is asked for, the caller asks; nothing here speaks to a person.
"""

import os
import secrets
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypedDict, Unpack

from generator.clock import local_now, steady_seconds
from generator.errors import (
    OutputNotWritable,
    PassphraseWrong,
    RecordUnknown,
    VaultDamaged,
    VaultLocked,
    VaultMissing,
)
from generator.files import home
from generator.passphrase import STANDARD, Cost
from generator.store import anchor, keys
from generator.store.accounts import OWNER, Account, Accounts
from generator.store.audit import Action, Trail
from generator.store.database_file import make_folder, unlink_database
from generator.store.drafts import Drafts
from generator.store.header import locks_as_text, new_header, new_locks, read_locks
from generator.store.keys import Lock
from generator.store.os_keyring import SERVICE, system_keyring
from generator.store.rows import Place, Rows, connect, read_header, sqlite_errors_as_ours, write_header
from generator.store.shelf import Shelves

IDLE_SECONDS = 15 * 60
_MEMORY = Path(":memory:")
_OLDER = (
    "This vault is older than the one last used here: an old copy was put in its place. "
    "If that was you, take it with: planscribe vault status --accept-older. If not, restore the last good backup."
)


def vault_path() -> Path:
    """Where the vault lies."""
    return home() / "vault.db"


class Options(TypedDict, total=False):
    """How a vault is opened: for which account, by which clocks, and after how many idle seconds it locks itself."""

    account: str
    now: Callable[[], datetime]
    clock: Callable[[], float]
    idle_seconds: float


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """What can be said of a vault without opening it."""

    path: Path
    exists: bool
    locks: tuple[str, ...] = ()
    size: int = 0


class Vault:
    """An open vault, for one account. After `lock`, or when idle too long, everything raises VaultLocked."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        vault_id: str,
        key: bytes,
        *,
        account: str = OWNER,
        now: Callable[[], datetime] = local_now,
        clock: Callable[[], float] = steady_seconds,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self.path, self.vault_id, self.account = path, vault_id, account
        self._now, self._clock, self._idle_seconds = now, clock, idle_seconds
        self._guard = threading.RLock()
        self._connection = connection
        self._rows = Rows(connection, vault_id, key, self._guard)
        self._key = key
        self._used_at = clock()
        self._is_open = True
        self._rows.on_use = self._used

    # making and opening

    @classmethod
    def create(
        cls,
        passphrase: str,
        path: Path | None = None,
        *,
        cost: Cost = STANDARD,
        owner_name: str = "",
        **how: Unpack[Options],
    ) -> "tuple[Vault, str]":
        """A new, empty vault, open, and its recovery key to be printed (it is kept nowhere).

        Raises VaultMissing where one is there already, PassphraseWrong for a poor passphrase.
        """
        path = path or vault_path()
        if path.exists():
            raise VaultMissing(
                f"There is a vault at {path} already. Open it, or choose another place (PLANSCRIBE_HOME)."
            )
        vault_id, data_key = secrets.token_hex(16), keys.new_key()
        locks, recovery = new_locks(data_key, vault_id, passphrase, cost)
        make_folder(path.parent)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".planscribe-")
        os.close(handle)
        made = Path(beside)
        try:
            with closing(connect(made, create=True)) as connection:
                _write_first_rows(connection, vault_id, data_key, locks, owner_name)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if path.exists():
                raise VaultMissing(f"There is a vault at {path} already.")
            made.replace(path)
        except OSError:
            raise OutputNotWritable(
                f"{path.parent} cannot be written. Choose another place (PLANSCRIBE_HOME)."
            ) from None
        finally:
            unlink_database(made)
        return cls._open(path, "passphrase", lambda *_: data_key, False, how), recovery

    @classmethod
    def in_memory(cls, **how: Unpack[Options]) -> "Vault":
        """A vault for what is kept nowhere: in this process's memory, under a key that nobody has; locking it ends it."""
        vault_id, data_key = secrets.token_hex(16), keys.new_key()
        connection = connect(_MEMORY, create=True)
        _write_first_rows(connection, vault_id, data_key, [], "")
        return cls(_MEMORY, connection, vault_id, data_key, **how)

    @classmethod
    def unlock(
        cls, passphrase: str, path: Path | None = None, *, accept_older: bool = False, **how: Unpack[Options]
    ) -> "Vault":
        """Open with the passphrase. Raises VaultMissing, PassphraseWrong, VaultDamaged, AuditBroken."""
        return cls._open(
            path, "passphrase", lambda lock, v: keys.open_with_passphrase(lock, v, passphrase), accept_older, how
        )

    @classmethod
    def unlock_with_recovery_key(
        cls, typed: str, path: Path | None = None, *, accept_older: bool = False, **how: Unpack[Options]
    ) -> "Vault":
        """Open with the printed key. Raises VaultMissing, PassphraseWrong, VaultDamaged, AuditBroken."""
        secret = keys.read_recovery_key(typed)
        return cls._open(path, "recovery", lambda lock, v: keys.open_with_secret(lock, v, secret), accept_older, how)

    @classmethod
    def unlock_with_keyring(
        cls, path: Path | None = None, *, accept_older: bool = False, **how: Unpack[Options]
    ) -> "Vault":
        """Open with the secret that lies in the system's keyring. Raises MachineLacks, and as `unlock`."""
        keyring = system_keyring()

        def opened(lock: Lock, vault_id: str) -> bytes:
            secret = keyring.get_password(SERVICE, vault_id)
            if not secret:
                raise PassphraseWrong("This system's keyring holds no key of this vault. Open it with its passphrase.")
            return keys.open_with_secret(lock, vault_id, secret.encode())

        return cls._open(path, "keyring", opened, accept_older, how)

    @classmethod
    def _open(
        cls,
        path: Path | None,
        kind: str,
        opened: Callable[[Lock, str], bytes],
        accept_older: bool,
        how: Options,
    ) -> "Vault":
        path = path or vault_path()
        connection = connect(path)
        try:
            header = read_header(connection)
            vault_id, locks = read_locks(header)
            lock = next((one for one in locks if one.kind == kind), None)
            if lock is None:
                raise PassphraseWrong(
                    f"This vault cannot be opened that way ({kind}). Open it with its passphrase, or with the recovery key on the printed sheet."
                )
            try:
                data_key = opened(lock, vault_id)
            except PassphraseWrong:
                _note_refusal(connection, kind)
                raise
            vault = cls(path, connection, vault_id, data_key, **how)
            vault._rows.verify()
            counter = vault._rows.read_head().counter
            if not accept_older and counter < anchor.read(path, vault_id):
                raise VaultDamaged(_OLDER)
            vault.trail.check_end()
            with vault._rows.change() as change:
                vault.trail.take_in_refusals(change)
                vault.trail.add(change, vault.account, Action.UNLOCK, "", by=kind)
            vault._write_anchor()
            return vault
        except BaseException:
            connection.close()
            raise

    # what it holds

    @property
    def drafts(self) -> Drafts:
        """Drafts and kept plans."""
        return Drafts(self._used(), self.trail, self._now, self.account)

    @property
    def shelves(self) -> Shelves:
        """Brand, staff, forms, maps, settings."""
        return Shelves(self._used(), self.trail, self.account)

    @property
    def accounts(self) -> Accounts:
        """Who may open the page."""
        return Accounts(self._used(), self._now)

    @property
    def trail(self) -> Trail:
        """The audit trail."""
        rows = self._used()
        found = rows.read("key", "audit")
        if found is None:
            raise VaultDamaged("The vault's audit key is gone. Restore the last good backup.")
        return Trail(rows, found[1], self._now)

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A secret of the vault's own (such as the key for seals), made when it is first asked for."""
        rows = self._used()
        found = rows.read("key", name)
        if found is None:
            data = make()
            with rows.change() as change:
                found = rows.read("key", name)
                if found is None:
                    change.put(Place("key", name), data)
                    return data
        return found[1]

    # locking

    @property
    def is_open(self) -> bool:
        """Whether it can be used; an idle one locks itself when asked."""
        with self._guard:
            self.lock_if_idle()
            return self._is_open

    def lock_if_idle(self) -> bool:
        """Lock it when nobody used it for too long; gives whether it is locked."""
        with self._guard:
            if self._is_open and self._clock() - self._used_at >= self._idle_seconds:
                self.lock()
            return not self._is_open

    def touch(self) -> None:
        """Somebody is still there."""
        self._used()

    def lock(self) -> None:
        """Let go of the key; opening again needs the passphrase."""
        with self._guard:
            if not self._is_open:
                return
            self._is_open = False
            self._rows.on_use = lambda: None
            with suppress(OutputNotWritable, VaultDamaged, VaultLocked):  # a full disk must not keep it open
                self._note_lock()
            self._key = b""
            self._rows.forget_key()
            self._connection.close()

    def _note_lock(self) -> None:
        found = self._rows.read("key", "audit")
        if found is not None:
            Trail(self._rows, found[1], self._now).note(self.account, Action.LOCK)
            self._write_anchor()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, *_: object) -> None:
        self.lock()

    def _used(self) -> Rows:
        with self._guard:
            if self.lock_if_idle():
                raise VaultLocked("The vault is locked. Open it with its passphrase.")
            self._used_at = self._clock()
            return self._rows

    # keys

    def set_passphrase(self, passphrase: str, *, cost: Cost = STANDARD, action: Action = Action.PASSPHRASE) -> str:
        """A new passphrase and a new recovery key (given back, kept nowhere); the old ones open nothing any more.

        Every row is sealed anew under a new key, so that an old passphrase with an old copy of the file does not open
        what is written from now on. A keyring's lock is dropped. All of it happens, or nothing.
        """
        rows = self._used()
        data_key = keys.new_key()
        locks, recovery = new_locks(data_key, self.vault_id, passphrase, cost)
        trail = self.trail
        try:
            with rows.change() as change:
                rows.rekey(change, data_key)
                header = new_header(locks)
                write_header(self._connection, header)
                rows.set_generation(header["generation"])
                trail.add(change, self.account, action)
        except BaseException:
            rows.restore_key(self._key)
            raise
        self._key = data_key
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._write_anchor()
        return recovery

    def use_keyring(self) -> None:
        """Let this system's keyring open the vault as well. Raises MachineLacks where there is none."""
        rows = self._used()
        keyring = system_keyring()
        secret = keys.new_keyring_secret()
        keyring.set_password(SERVICE, self.vault_id, secret)
        _, locks = read_locks(read_header(self._connection))
        lock = keys.lock_with_secret(self._key, self.vault_id, "keyring", secret.encode())
        with rows.change() as change:
            write_header(
                self._connection, {"locks": locks_as_text([*(one for one in locks if one.kind != "keyring"), lock])}
            )
            self.trail.add(change, self.account, Action.PASSPHRASE, "", by="keyring")

    # copies

    def backup(self, target: Path) -> None:
        """One file with everything, sealed as the vault is; the same passphrase opens it."""
        self._used()
        if target.exists():
            raise OutputNotWritable(f"{target} is there already. Choose another name for the backup.")
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        self.trail.note(self.account, Action.BACKUP)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._guard, sqlite_errors_as_ours():
                self._connection.execute("VACUUM INTO ?", (str(beside),))
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.chmod(0o600)
            beside.replace(target)
        except OSError:
            raise OutputNotWritable(f"{target} was not written. Choose another place for the backup.") from None
        finally:
            unlink_database(beside)
        self._write_anchor()

    def forget(self, person: str) -> int:
        """Take away everything about a person, for good, and overwrite where it stood; gives how many records went.

        Backups made before still hold it; a restore of one leaves the forgotten out. Raises RecordUnknown.
        """
        rows = self._used()
        trail = self.trail
        with rows.change() as change:
            places = rows.places(owner=person) if person else []
            if not places:
                raise RecordUnknown("The vault holds nothing about this person.")
            for place in places:
                change.remove(place)
            change.put(Place("forgotten", person), b"")
            trail.add(change, self.account, Action.FORGET, person, records=len(places))
        with self._guard, sqlite_errors_as_ours():
            self._connection.execute("VACUUM")
            (is_busy, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._write_anchor()
        if is_busy:
            raise OutputNotWritable(
                "It is forgotten, but another window still holds the file open. "
                "Close it and forget again, so that the freed space is overwritten."
            )
        return len(places)

    def verify(self) -> None:
        """Every row opens and none is missing; the trail is whole. Raises VaultDamaged, AuditBroken."""
        self._used().verify(deeply=True)
        self.trail.verify()

    def _write_anchor(self) -> None:
        """Note beside the vault how often it changed, so that an older copy in its place is seen."""
        if self.path == _MEMORY:
            return
        counter = self._rows.read_head().counter
        with suppress(OSError):
            anchor.write(self.path, self.vault_id, counter)


def status(path: Path | None = None) -> VaultStatus:
    """What can be said without a passphrase. Raises VaultDamaged."""
    path = path or vault_path()
    if not path.is_file():
        return VaultStatus(path, exists=False)
    with closing(connect(path)) as connection:
        _, locks = read_locks(read_header(connection))
    return VaultStatus(path, True, tuple(lock.kind for lock in locks), path.stat().st_size)


def _write_first_rows(
    connection: sqlite3.Connection, vault_id: str, data_key: bytes, locks: list[Lock], owner_name: str
) -> None:
    write_header(connection, {"format": "1", "vault": vault_id, **new_header(locks)})
    rows = Rows(connection, vault_id, data_key, threading.RLock())
    rows.write_first_head()
    with rows.change() as change:
        audit_key = keys.new_key()
        change.put(Place("key", "audit"), audit_key)
        Accounts(rows, local_now).put(change, Account(OWNER, owner_name, "owner"))
        Trail(rows, audit_key, local_now).add(change, OWNER, Action.CREATE, "vault")


def _note_refusal(connection: sqlite3.Connection, kind: str) -> None:
    at = local_now().isoformat(timespec="seconds")
    try:
        (count,) = connection.execute("SELECT COUNT(*) FROM refused").fetchone()
        if count < 1000:
            connection.execute("INSERT INTO refused VALUES (?, ?)", (at, kind))
    except sqlite3.Error:
        return
