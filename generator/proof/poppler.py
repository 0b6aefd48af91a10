"""Poppler, where it is installed: what its programs print of a finished PDF, as they print it. `second` reads it.

Poppler is a set of programs, and a worker may start none; so they run beside the workers, and each is fenced off before it
begins: no network, a gigabyte of memory, ten seconds of processor, and no file that it could write. The document goes in by a
pipe and what it prints comes out by one.
"""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

_SECONDS = 30.0
_LARGEST = 60_000_000
"""Bytes of pictures at one time."""
SIDE = 800
"""Pixels of the longer side of a page's picture; fewer where there are very many pages."""
_FENCE = """
import ctypes, os, resource, sys
try:
    c = ctypes.CDLL(None)
    c.unshare(0x40000000) and c.unshare(0x50000000)
except (OSError, AttributeError):
    pass
for what, most in ((resource.RLIMIT_AS, 1 << 30), (resource.RLIMIT_CPU, 10), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        pass
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """What Poppler printed: the words with their places (XHTML), and the pages as pictures, with fields and without.

    Pictures are portable grey maps one after the other, each `side` pixels on its longer side; none where none were asked for.
    """

    words: bytes = field(repr=False)
    pages: bytes = field(repr=False)
    blank: bytes = field(repr=False)


def is_here() -> bool:
    """Whether both of its programs are on this machine."""
    return bool(shutil.which("pdftotext") and shutil.which("pdftoppm"))


def printed(data: bytes, pages: int, *, with_pictures: bool) -> Printed | None:
    """What Poppler prints of a document of so many pages; None where it is not installed, or could not read it in time."""
    if not is_here():
        return None
    side = SIDE
    while side > 100 and 2 * pages * side * side > _LARGEST:
        side //= 2
    picture = ["pdftoppm", "-gray", "-scale-to", str(side)]
    asked = [["pdftotext", "-bbox", "-enc", "UTF-8", "-", "-"]]
    asked += [picture, [*picture, "-hide-annotations"]] if with_pictures else []
    with ThreadPoolExecutor(max_workers=len(asked)) as threads:
        found = list(threads.map(lambda command: _run(command, data), asked))
    if not all(found):
        return None
    words, with_fields, blank = [*found, b"", b""][:3]
    return Printed(words, with_fields, blank)


def _run(command: list[str], data: bytes) -> bytes:
    """What a program of Poppler's writes; nothing where it ends badly."""
    program = shutil.which(command[0])
    if program is None:
        return b""
    fence = [sys.executable, "-I", "-S", "-c", _FENCE] if sys.platform == "linux" else []
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program and fixed words; the document is its standard input)
            [*fence, program, *command[1:]],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= 4 * _LARGEST else b""
