"""How often the vault changed, noted beside it, so that an older copy put in its place is seen."""

import json
from pathlib import Path


def write(vault: Path, vault_id: str, counter: int) -> None:
    """Note the count. Raises OSError."""
    _place(vault).write_text(json.dumps({"vault": vault_id, "counter": counter}), encoding="utf-8")


def read(vault: Path, vault_id: str) -> int:
    """The count that was noted last for this very vault; 0 where there is none."""
    try:
        data = json.loads(_place(vault).read_text(encoding="utf-8"))
        return int(data["counter"]) if data["vault"] == vault_id else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def remove(vault: Path) -> None:
    """Take the note away. Raises OSError."""
    _place(vault).unlink(missing_ok=True)


def _place(vault: Path) -> Path:
    return vault.with_suffix(".mark")
