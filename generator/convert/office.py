"""LibreOffice kept warm and watched: started when it is first needed, one document at a time, replaced when it fails.

What it is given comes from a worker, cleaned; what it gives back is opened in a worker only. It knows no plan.
"""

import atexit
import json
import os
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

import psutil

from generator.convert.profile import write_profile
from generator.scratch import Scratch, sweep

_AT_ONCE = 2
_IDLE_SECONDS = 300.0
_START_SECONDS = 70.0
_WATCH_SECONDS = 0.05
_LARGEST_ANSWER = 200_000_000
_BRIDGE = Path(__file__).with_name("bridge.py")
_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


class OfficeFailed(Exception):
    """LibreOffice could not read or write this document, or ended over it. A fresh one may do better."""


class OfficeOverLimit(Exception):
    """The document needed more time or memory than one may. A fresh LibreOffice would need as much."""


@dataclass(frozen=True, slots=True)
class Job:
    """One conversion in LibreOffice's words: the filter that reads, the one that writes, and its options."""

    reader: str
    writer: str
    suffix: str
    to: str
    options: Mapping[str, bool | int | str]
    title: str = ""


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """Seconds of processor and of wall clock for one document, and bytes of resident memory."""

    seconds: float = 9.0
    wall_seconds: float = 60.0
    resident: int = 1_000_000_000


DEFAULT = OfficeLimits()


def program() -> Path | None:
    """LibreOffice's program on this machine, the binary itself rather than the script that starts it."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    for place in (named, _MAC, *_WINDOWS):
        if place and Path(place).is_file():
            real = Path(place).resolve()
            binary = real.with_name("soffice.bin")
            return binary if binary.is_file() else real
    return None


@cache
def python_with_uno(office: Path) -> Path | None:
    """A Python that speaks LibreOffice's protocol: LibreOffice's own, or the system's."""
    near = [office.with_name("python.exe"), office.with_name("python"), office.parent.parent / "Resources" / "python"]
    for candidate in (*near, Path("/usr/bin/python3"), Path(shutil.which("python3") or "")):
        if not candidate.is_file():
            continue
        with suppress(OSError, subprocess.TimeoutExpired):
            asked = subprocess.run([candidate, "-I", "-c", "import uno"], capture_output=True, timeout=30, check=False)  # noqa: S603
            if asked.returncode == 0:
                return candidate
    return None


class Office:
    """One LibreOffice with its keeper (`bridge`), its profile and its own temporary folder."""

    def __init__(self, binary: Path) -> None:
        self._scratch = Scratch()
        self._folder = self._scratch.path
        write_profile(self._folder / "profile")
        speaks = python_with_uno(binary)
        self._keeper = subprocess.Popen(  # noqa: S603 (our own script)
            [speaks or sys.executable, "-I", _BRIDGE, binary, self._folder, "warm" if speaks else "cold"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        self._started = time.monotonic()
        self._office = 0
        self._is_ready = False
        self.is_alone = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The keeper's number and LibreOffice's, where it is known."""
        return (self._keeper.pid, *((self._office,) if self._office else ()))

    def convert(self, job: Job, data: bytes, limits: OfficeLimits = DEFAULT) -> bytes:
        """The converted document. Raises OfficeFailed, OfficeOverLimit; after either this one is of no more use."""
        if self._keeper.stdin is None or self._keeper.stdout is None:
            raise OfficeFailed
        self._wait_until_ready()
        done, over = threading.Event(), threading.Event()
        threading.Thread(target=self._watch, args=(done, over, limits), daemon=True).start()
        try:
            _send(self._keeper.stdin, _as_json(job), data)
            head, made = _receive(self._keeper.stdout)
        except (OSError, ValueError, struct.error):
            raise (OfficeOverLimit if over.is_set() else OfficeFailed) from None
        finally:
            done.set()
        if over.is_set():
            raise OfficeOverLimit
        if head.get("done") is not True or not made:
            raise OfficeFailed
        return made

    def _wait_until_ready(self) -> None:
        if self._is_ready or self._keeper.stdout is None:
            return
        late = threading.Timer(_START_SECONDS, self._keeper.kill)
        late.daemon = True
        late.start()
        try:
            head, _ = _receive(self._keeper.stdout)
        except (OSError, ValueError, struct.error):
            raise OfficeFailed from None
        finally:
            late.cancel()
        pid = head.get("pid")
        self._office = pid if isinstance(pid, int) else 0
        self.is_alone = head.get("alone") is True
        self._is_ready = head.get("ready") is True

    def _watch(self, done: threading.Event, over: threading.Event, limits: OfficeLimits) -> None:
        began, used = time.monotonic(), self._used()[0]
        while not done.wait(_WATCH_SECONDS):
            seconds, resident = self._used()
            if (
                time.monotonic() - began > limits.wall_seconds
                or seconds - used > limits.seconds
                or resident > limits.resident
            ):
                over.set()
                self._kill()
                return

    def _used(self) -> tuple[float, int]:
        """Seconds of processor and bytes of memory of LibreOffice, all its processes together."""
        seconds, resident = 0.0, 0
        with suppress(psutil.Error):
            for process in psutil.Process(self._keeper.pid).children(recursive=True):
                with suppress(psutil.Error):
                    times = process.cpu_times()
                    seconds += times.user + times.system
                    resident += process.memory_info().rss
        return seconds, resident

    def is_alive(self) -> bool:
        """Whether its keeper runs, and LibreOffice with it."""
        return self._keeper.poll() is None and (not self._office or psutil.pid_exists(self._office))

    def _kill(self) -> None:
        family: list[psutil.Process] = []
        with suppress(psutil.Error):
            keeper = psutil.Process(self._keeper.pid)
            family = [*keeper.children(recursive=True), keeper]
        for process in family:
            with suppress(psutil.Error):
                process.kill()

    def close(self) -> None:
        """End LibreOffice and its keeper, and leave nothing of theirs on the disk."""
        self._kill()
        self._keeper.kill()
        self._keeper.wait()
        for pipe in (self._keeper.stdin, self._keeper.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        if self._office:
            with suppress(psutil.Error):
                psutil.Process(self._office).wait(5)
        self._scratch.close()


class Offices:
    """The LibreOffices of this process: at most two at once, ended when nobody needed them for five minutes."""

    def __init__(self, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        self._idle: list[Office] = []
        self._lock = threading.Lock()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._owner = os.getpid()
        self._idle_seconds = idle_seconds
        self._timer: threading.Timer | None = None
        sweep()
        atexit.register(self.close)

    def convert(self, binary: Path, job: Job, data: bytes, limits: OfficeLimits = DEFAULT) -> bytes:
        """One conversion; where LibreOffice fails, once more in a fresh one. Raises OfficeFailed, OfficeOverLimit."""
        with self._turn:
            try:
                return self._once(self._take(binary), job, data, limits)
            except OfficeFailed:
                return self._once(Office(binary), job, data, limits)

    def warm(self, binary: Path) -> None:
        """Start one now, in its own time."""
        with self._lock:
            self._forget_a_parents()
            if not self._idle:
                self._idle.append(Office(binary))
                self._rest()

    def _once(self, office: Office, job: Job, data: bytes, limits: OfficeLimits) -> bytes:
        try:
            made = office.convert(job, data, limits)
        except BaseException:
            office.close()
            raise
        with self._lock:
            self._idle.append(office)
            self._rest()
        return made

    def _take(self, binary: Path) -> Office:
        with self._lock:
            self._forget_a_parents()
            if self._timer is not None:
                self._timer.cancel()
            while self._idle:
                office = self._idle.pop()
                if office.is_alive():
                    return office
                office.close()
        return Office(binary)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle_seconds, self.close)
        self._timer.daemon = True
        self._timer.start()

    def _forget_a_parents(self) -> None:
        if self._owner != os.getpid():  # a fork: what our parent started is not ours to use or end
            self._idle, self._owner, self._timer = [], os.getpid(), None

    def close(self) -> None:
        """End those that wait."""
        with self._lock:
            offices, self._idle = self._idle, []
            is_ours = self._owner == os.getpid()
        for office in offices if is_ours else ():
            office.close()


def _as_json(job: Job) -> dict[str, object]:
    return {
        "reader": job.reader,
        "writer": job.writer,
        "suffix": job.suffix,
        "to": job.to,
        "options": dict(job.options),
        "title": job.title,
    }


def _send(stream: IO[bytes], head: Mapping[str, object], data: bytes) -> None:
    text = json.dumps(head).encode()
    stream.write(struct.pack(">IQ", len(text), len(data)) + text + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[Mapping[str, object], bytes]:
    length, size = struct.unpack(">IQ", stream.read(12))
    if length > 10_000 or size > _LARGEST_ANSWER:
        raise ValueError("an answer of no size")
    head = json.loads(stream.read(length))
    data = stream.read(size)
    if not isinstance(head, dict) or len(data) != size:
        raise ValueError("an answer of no shape")
    return head, data
