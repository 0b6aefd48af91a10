"""The vault's place on disk: its folder, and the files that SQLite lays beside one another."""

import sys
from pathlib import Path

from generator.errors import OutputNotWritable


def make_folder(folder: Path) -> None:
    """A folder for this user alone. Raises OutputNotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32":
            folder.chmod(0o700)
    except OSError:
        raise OutputNotWritable(f"{folder} cannot be written. Choose another place (PLANSCRIBE_HOME).") from None


def unlink_database(path: Path) -> None:
    """Take a database away with all that SQLite lays beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
