"""What is kept: the encrypted vault with its drafts, plans, forms and audit trail."""

from generator.passphrase import Cost
from generator.store.accounts import OWNER, ROLES, Account, Right
from generator.store.audit import Action, Entry
from generator.store.drafts import Card, Conflict, Loaded, Saved, Version, new_id
from generator.store.patch import GONE, patch_between
from generator.store.restore import restore
from generator.store.shelf import Shelf
from generator.store.vault import Vault, VaultStatus, status, vault_path

__all__ = [
    "GONE",
    "OWNER",
    "ROLES",
    "Account",
    "Action",
    "Card",
    "Conflict",
    "Cost",
    "Entry",
    "Loaded",
    "Right",
    "Saved",
    "Shelf",
    "Vault",
    "VaultStatus",
    "Version",
    "new_id",
    "patch_between",
    "restore",
    "status",
    "vault_path",
]
