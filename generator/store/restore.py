"""A backup put in the vault's place: checked row by row first, the old vault laid aside, the forgotten left out."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from generator.errors import OutputNotWritable, RecordUnknown, VaultDamaged, VaultMissing
from generator.store import anchor
from generator.store.audit import Action
from generator.store.database_file import make_folder, unlink_database
from generator.store.rows import connect, read_header
from generator.store.vault import Vault, vault_path


def restore(source: Path, passphrase: str, path: Path | None = None, *, is_recovery_key: bool = False) -> Path | None:
    """Put a backup in the vault's place, after every row of it was opened; gives where the old vault was laid aside.

    People whom the present vault was told to forget are left out. Raises VaultMissing, PassphraseWrong, VaultDamaged.
    """
    path = path or vault_path()
    if not source.is_file():
        raise VaultMissing(f"There is no file {source}. Check the name.")
    make_folder(path.parent)
    beside = path.with_name(f".restoring-{secrets.token_hex(4)}.db")
    try:
        beside.write_bytes(source.read_bytes())
        beside.chmod(0o600)
        opener = Vault.unlock_with_recovery_key if is_recovery_key else Vault.unlock
        with opener(passphrase, beside) as vault:
            vault.verify()
            for person in _forgotten(path, vault.vault_id):
                try:
                    vault.forget(person)
                except RecordUnknown:
                    continue
            vault.trail.note(vault.account, Action.RESTORE)
            vault_id = vault.vault_id
        with closing(connect(beside)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = _lay_aside(path)
        beside.replace(path)
        anchor.remove(path)
        with closing(connect(path)) as connection:
            counter = connection.execute("SELECT counter FROM head").fetchone()[0]
        anchor.write(path, vault_id, counter)
    except OSError:
        raise OutputNotWritable(f"{path.parent} cannot be written, or the vault is open in another window.") from None
    finally:
        unlink_database(beside)
        anchor.remove(beside)
    return aside


def _forgotten(path: Path, vault_id: str) -> list[str]:
    if not path.is_file():
        return []
    try:
        with closing(connect(path)) as connection:
            if read_header(connection).get("vault") != vault_id:
                return []
            return [i for (i,) in connection.execute("SELECT id FROM row WHERE kind = 'forgotten'")]
    except (VaultDamaged, OutputNotWritable, sqlite3.Error):
        return []


def _lay_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = next(
        name
        for n in range(1, 10_000)
        if not (name := path.with_name(f"{path.stem}-replaced-{n}{path.suffix}")).exists()
    )
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside
