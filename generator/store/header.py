"""What a vault's file says without being opened: its format, its id, and the locks on its data key."""

import json
import secrets

from generator.errors import VaultDamaged
from generator.passphrase import Cost
from generator.store import keys
from generator.store.keys import Lock


def new_locks(data_key: bytes, vault_id: str, passphrase: str, cost: Cost) -> tuple[list[Lock], str]:
    """Two locks on the data key, by passphrase and by a new recovery key; and that key, to be printed."""
    recovery = keys.new_recovery_key()
    return [
        keys.lock_with_passphrase(data_key, vault_id, passphrase, cost),
        keys.lock_with_secret(data_key, vault_id, "recovery", keys.read_recovery_key(recovery)),
    ], recovery


def new_header(locks: list[Lock]) -> dict[str, str]:
    """The entries that change with the locks."""
    return {"generation": secrets.token_hex(8), "locks": locks_as_text(locks)}


def locks_as_text(locks: list[Lock]) -> str:
    """The locks as the header keeps them, JSON."""
    return json.dumps([lock.as_data() for lock in locks])


def read_locks(header: dict[str, str]) -> tuple[str, list[Lock]]:
    """The vault's id and its locks. Raises VaultDamaged, also for a vault of a newer program."""
    try:
        if header["format"] != "1":
            raise VaultDamaged("This vault was made by a newer planscribe. Install the present version to open it.")
        return header["vault"], [keys.read_lock(one) for one in json.loads(header["locks"])]
    except (KeyError, ValueError, TypeError):
        raise VaultDamaged(
            "The vault's header cannot be read. Restore the last good backup with: planscribe vault restore FILE"
        ) from None
