"""What a batch has done already, in its folder: a line a document, so that a stopped one goes on where it was.

A line holds a key (a hash of the plan, the form and the options), the hash of each file, and the report's line.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from generator.batch.report import Row
from generator.errors import OutputNotWritable

NAME = ".planscribe-batch.jsonl"


class Journal:
    """The journal of one folder. Lines that were cut off by a stop are passed over."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / NAME
        self._open: IO[str] | None = None
        self._done: dict[str, tuple[Row, dict[str, str]]] = {}
        self._read()

    def done(self, key: str) -> Row | None:
        """The line of a document made before, if its files are there and as they were written."""
        row, files = self._done.get(key, (None, {}))
        if row is None or not all(_hash_of(self._folder / name) == digest for name, digest in files.items()):
            return None
        return row

    def note(self, key: str, row: Row, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep that a document is made; its files stand whole on the disk by now."""
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files}
        line = json.dumps({"key": key, "row": row.as_dict(), "files": digests}, ensure_ascii=False)
        try:
            if self._open is None:
                self._open = self._path.open("a", encoding="utf-8")
            # Not forced to the disk: a line lost with the power costs making that document again, and a cut one is passed over.
            self._open.write(line + "\n")
            self._open.flush()
        except OSError:
            raise OutputNotWritable(
                f"{self._folder} cannot be written any more. Make room, and run it again."
            ) from None

    def close(self) -> None:
        """No more lines. A line after this opens the file again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _read(self) -> None:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        for line in lines:
            try:
                data = json.loads(line)
                files = {str(name): str(digest) for name, digest in data["files"].items()}
                self._done[str(data["key"])] = (Row.from_dict(data["row"]), files)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
