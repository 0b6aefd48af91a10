"""Where this program keeps things, and writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path

import platformdirs

from generator.errors import OutputNotWritable


def home() -> Path:
    """Where the agency's own forms and the vault lie; `PLANSCRIBE_HOME` changes it."""
    chosen = os.environ.get("PLANSCRIBE_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("planscribe", appauthor=False)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, flush it to the disk, and put it in its place in one step.

    Raises OutputNotWritable where that cannot be done; nothing half-written is then left behind.
    """
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".planscribe-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o600)
        Path(beside).replace(path)
    except OSError as error:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
        reason = "the disk is full" if error.errno == 28 else "the place cannot be written"
        raise OutputNotWritable(f"{path} was not saved: {reason}. Choose another place with -o.") from None
