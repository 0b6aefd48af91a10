"""Temporary folders that do not outlive who made them: each is a process's own, and known by its name.

They lie in memory rather than on a disk where there is room. Who is killed cannot tidy up; so the next start takes away
what is left of one's own user's, and never what somebody still holds.
"""

import os
import re
import shutil
import stat
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

PREFIX = "planscribe-"
_NAME = re.compile(r"planscribe-(?:office-)?(\d+)-\w+")
_LOCK = ".held"
_ROOM = 256_000_000
_YOUNG_SECONDS = 60.0


class Scratch:
    """A folder of this process's own, for this user alone. It goes with `close`, or with the next start's `sweep`."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_memory_folder()))
        # Held for as long as this process lives, by the system: a number of a process may be given again.
        self._held = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        _take(self._held)
        self._end = weakref.finalize(self, _remove, self.path, os.getpid())

    def close(self) -> None:
        """Take the folder away. What is still open in it may stay until the next start (Windows)."""
        held, self._held = self._held, -1
        if held >= 0:
            with suppress(OSError):
                os.close(held)
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # a fork has what its parent made, and takes none of it away
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Take away folders of this user's whose process is gone and that nobody holds."""
    for place in {Path(tempfile.gettempdir()), *map(Path, filter(None, [_memory_folder()]))}:
        with suppress(OSError):
            for folder in list(place.glob(f"{PREFIX}*")):
                if _is_left(folder):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether a folder is ours and its process is gone; a link, or another user's, is none of ours."""
    try:
        about = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(about.st_mode) or (sys.platform != "win32" and about.st_uid != os.getuid()):
        return False
    named = _NAME.fullmatch(folder.name)
    if named is None:
        return False
    is_gone = not psutil.pid_exists(int(named[1]))
    is_young = time.time() - about.st_mtime < _YOUNG_SECONDS  # its maker may be about to take hold of it
    return (is_gone or not is_young) and not _is_held(folder, if_none=not is_gone)


def _is_held(folder: Path, *, if_none: bool) -> bool:
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return if_none
    except OSError:
        return True
    try:
        return not _take(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _memory_folder() -> str | None:
    """A place in memory with room, so that no copy of a document outlives the machine's switch."""
    for place in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 (private folders are made in it)
        if place and Path(place).is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM:
            return place
    return None
