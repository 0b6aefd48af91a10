"""A vault for a test: the real thing with a passphrase that is cheap to check."""

from pathlib import Path

from generator.store import Cost, Vault

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "seven quiet herons wade"
PLAN = {
    "schema": "treatment-plan/1",
    "plan": {"type": "formal"},
    "patient": {"name": {"first": "Darnell", "last": "Whitcombe"}, "record_number": "JF-10021"},
    "problems": [
        {"title": "Drinking", "goals": [{"text": "Stay sober", "objectives": [{"text": "30 days"}]}]},
        {"title": "Sleep", "goals": []},
    ],
}


def new_vault(folder: Path, **how) -> Vault:
    """An open, empty vault in `folder`."""
    vault, _ = Vault.create(PASSPHRASE, folder / "vault.db", cost=CHEAP, **how)
    return vault


def unlocked(folder: Path, passphrase: str = PASSPHRASE, **how) -> Vault:
    """The vault in `folder`, opened again."""
    return Vault.unlock(passphrase, folder / "vault.db", **how)
