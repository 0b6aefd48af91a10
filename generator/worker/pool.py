"""Workers kept warm: started once, used one call at a time, ended and replaced after any failure."""

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import psutil

from generator.errors import FileTooLarge, GeneratorError, MachineLacks, WorkerStopped
from generator.scratch import Scratch, sweep
from generator.worker.answers import is_answer_of
from generator.worker.wire import WireBroken, receive, send

_KEPT = 2
_WATCH_SECONDS = 0.02
_SLOW_WATCH_SECONDS = 0.1
_IDLE_LOOKS = 50
_MOST_WALL = 10
_RETIRE_ABOVE = 400_000_000
_RETIRE_AFTER = 500
_SHORT_SECONDS, _LOOK_AFTER = 0.1, 20
_OUR_START = "from generator.worker.child import main; main(fenced={fenced})"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use: bytes of memory (address space, and resident), seconds of processor, bytes of a file given.

    `wall_seconds` are those in which it does nothing. On a crowded machine a worker may have to wait for a processor far
    longer than that, and then it is no fault of the file: ten times as many are the end of it in any case.
    """

    memory: int = 1_000_000_000
    resident: int = 900_000_000
    seconds: float = 9.0
    wall_seconds: float = 60.0
    file_bytes: int = 25_000_000


DEFAULT = Limits()


def call(task: str, *args: object, limits: Limits = DEFAULT) -> object:
    """Run a named task (see `tasks`) in a worker and give back its answer.

    Arguments and answers are what `wire` can carry. Raises the task's own GeneratorError; FileTooLarge for a file over
    the limit; WorkerStopped where the worker needed too much, ended, lied, or met something that it could not name; MachineLacks
    where a library that the task needs cannot be loaded.
    """
    return _pool().call(task, args, limits)


def warm() -> None:
    """Start a worker now, so that the first person does not wait for it."""
    _pool().warm()


class Worker:
    """One process, its pipes and its own temporary folder. `start` is the program text that it runs."""

    def __init__(self, start: str) -> None:
        self._folder = Scratch()
        keep = ("SYSTEMROOT", "PATH", "LANG", "LC_ALL", "HOME")
        environment = {key: os.environ[key] for key in keep if key in os.environ}
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder.path))
        # One thread each in number libraries: threads would eat the address space that a task may use.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
        self._process = subprocess.Popen(  # noqa: S603 (this program itself)
            [sys.executable, "-I", "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.path,
            env=environment,
        )
        self._seen = psutil.Process(self._process.pid)
        self._calls = 0
        self._may_have_grown = False
        threading.Thread(target=self._tidy_up, daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, task: str, args: Sequence[object], limits: Limits) -> tuple[str, object]:
        """Send one task and wait for its answer, watched. Raises WireBroken where none came."""
        if self._process.stdin is None or self._process.stdout is None:
            raise WireBroken("no pipes")
        self._calls += 1
        began = time.monotonic()
        watched = _Watched(self, limits)
        _watcher().begin(watched)
        try:
            send(self._process.stdin, (task, limits.memory, limits.seconds, *args))
            answer = receive(self._process.stdout)
        finally:
            _watcher().end(watched)
        # Asking for its memory costs as much as a short call, and in a short call not much is taken.
        self._may_have_grown = time.monotonic() - began > _SHORT_SECONDS or self._calls % _LOOK_AFTER == 0
        if not (type(answer) is tuple and len(answer) == 2 and isinstance(answer[0], str)):
            raise WireBroken("an answer of no shape")
        return answer

    def kill(self) -> None:
        """End the process now; whoever waits for its answer is told that it is gone."""
        self._process.kill()

    def _tidy_up(self) -> None:
        """Take the folder away as soon as the process has ended, whoever ended it."""
        self._process.wait()
        self._folder.close()

    def resident_bytes(self) -> int:
        """Memory that it holds now. Raises psutil.Error where it is gone."""
        return int(self._seen.memory_info().rss)

    def processor_seconds(self) -> float:
        """What it has used since it began. Raises psutil.Error where it is gone."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def is_wanting_a_processor(self) -> bool:
        """Whether it works, or would if it had a processor or its memory. Raises psutil.Error where it is gone."""
        return sys.platform == "linux" and self._seen.status() in (psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP)

    def is_fit(self) -> bool:
        """Whether it lives, and has not grown or worked so much that a fresh one is better."""
        if self._process.poll() is not None or self._calls >= _RETIRE_AFTER:
            return False
        try:
            return not self._may_have_grown or self.resident_bytes() < _RETIRE_ABOVE
        except psutil.Error:
            return False

    def close(self) -> None:
        """End the process and take its folder away."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._folder.close()


class _Watched:
    """One call under way: its worker, its limits, when it began."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        self.worker, self.limits = worker, limits
        self._began = time.monotonic()
        self._used_before: float | None = None
        self._next = self._looked = self._idle = 0.0

    def look(self, now: float) -> None:
        """End the worker where it took too long or too much: the only guard where the system has no limits."""
        past = now - self._began
        if past < self._next:
            return
        self._next = past + (_SLOW_WATCH_SECONDS if _has_own_limits() and past > 1 else _WATCH_SECONDS)
        try:
            used = self.worker.processor_seconds()
            if self._used_before is None:  # the first look: a call that ended before it has used nothing to speak of
                self._used_before = used
            self._idle += 0.0 if self.worker.is_wanting_a_processor() else past - self._looked
            self._looked = past
            if (
                self._idle > self.limits.wall_seconds
                or past > _MOST_WALL * self.limits.wall_seconds
                or self.worker.resident_bytes() > self.limits.resident
                or used - self._used_before > self.limits.seconds
            ):
                self.worker.kill()
        except (psutil.Error, OSError):
            return


class _Watcher:
    """One thread that looks at every call under way. A thread for each call would cost more than most calls."""

    def __init__(self) -> None:
        self._calls: set[_Watched] = set()
        self._changed = threading.Condition()
        self._is_resting = True
        self._thread: threading.Thread | None = None

    def begin(self, call: _Watched) -> None:
        """Look at this call from now on."""
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True)
                self._thread.start()
            self._calls.add(call)
            if self._is_resting:
                self._changed.notify()

    def end(self, call: _Watched) -> None:
        """The call is over."""
        with self._changed:
            self._calls.discard(call)

    def _watch(self) -> None:
        idle = 0
        while True:
            with self._changed:
                # Waking a thread costs as much as a short call, so it rests only when calls have not come for a while.
                idle = 0 if self._calls else idle + 1
                self._is_resting = idle > _IDLE_LOOKS
                while self._is_resting:
                    self._changed.wait()
                    self._is_resting = not self._calls
            time.sleep(_WATCH_SECONDS)
            with self._changed:
                # A call that ends while it is looked at waits for that, so that no other call's worker is ended.
                now = time.monotonic()
                for call in self._calls:
                    call.look(now)


@cache
def _watcher() -> _Watcher:
    return _Watcher()


if hasattr(os, "register_at_fork"):  # the thread stays behind with the parent, maybe with its lock held
    os.register_at_fork(after_in_child=_watcher.cache_clear)


class Pool:
    """Workers of one process. `start` and `fenced` are for tests: another program, or the watchdog alone."""

    def __init__(self, *, fenced: bool = True, start: str = "") -> None:
        self._start = start or _OUR_START.format(fenced=fenced)
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()
        sweep()
        atexit.register(self.close)

    def call(self, task: str, args: Sequence[object], limits: Limits = DEFAULT) -> object:
        """See `call` of this module."""
        for arg in args:
            if isinstance(arg, bytes) and len(arg) > limits.file_bytes:
                raise FileTooLarge(
                    f"This file is larger than {limits.file_bytes // 1_000_000} MB. Forms are far smaller; check the file."
                )
        worker = self._take()
        try:
            kind, answer = worker.ask(task, args, limits)
        except WireBroken as broken:
            self._replace(worker)
            raise WorkerStopped(
                "This file took more time or memory than a form may, or ended the reader. It was not used. "
                "Get the form again, or use another copy."
            ) from broken
        except BaseException:
            worker.close()
            raise
        if kind == "done" and is_answer_of(task, answer):
            self._give_back(worker)
            return answer
        self._replace(worker)
        if kind == "error" and isinstance(answer, GeneratorError):
            raise answer
        if kind == "unloadable" and isinstance(answer, str) and answer.isidentifier() and len(answer) < 100:
            raise MachineLacks(
                f"A part of planscribe cannot be loaded on this machine ({answer}, for the task {task}). "
                "The file is not at fault. Install planscribe again."
            )
        why = answer if kind in ("stopped", "fault") and isinstance(answer, str) and len(answer) < 100 else "no answer"
        raise WorkerStopped(f"This file was not used ({why}). Get the form again, or use another copy.")

    def warm(self) -> None:
        """Have one worker waiting."""
        with self._lock:
            if self._owner == os.getpid() and not self._idle:
                self._idle.append(Worker(self._start))

    def _take(self) -> Worker:
        with self._lock:
            if self._owner != os.getpid():  # a fork: the parent's workers are not ours
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.is_fit():
                    return worker
                worker.close()
        return Worker(self._start)

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if len(self._idle) < _KEPT and worker.is_fit():
                self._idle.append(worker)
                return
        worker.close()

    def _replace(self, worker: Worker) -> None:
        """End a worker that failed, and start the next at once: it imports while the person reads the message."""
        worker.close()
        self.warm()

    def close(self) -> None:
        """End all that wait."""
        with self._lock:
            workers, self._idle = self._idle, []
            is_ours = self._owner == os.getpid()
        for worker in workers if is_ours else ():
            worker.close()


@cache
def _has_own_limits() -> bool:
    return sys.platform == "linux"


@cache
def _pool() -> Pool:
    return Pool()
