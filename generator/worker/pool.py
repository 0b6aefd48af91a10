"""Workers kept warm: started once, used one call at a time, ended and replaced after any failure."""

import atexit
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache

import psutil

from generator.errors import FileTooLarge, GeneratorError, WorkerStopped
from generator.worker.wire import WireBroken, receive, send

_KEPT = 2
_WATCH_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use: bytes of memory, seconds of processor and of wall clock, bytes of a file given."""

    memory: int = 1_400_000_000
    resident: int = 1_073_741_824
    seconds: float = 10.0
    wall_seconds: float = 30.0
    file_bytes: int = 25_000_000


DEFAULT = Limits()


def call(task: str, *args: object, limits: Limits = DEFAULT) -> object:
    """Run a named task (see `tasks`) in a worker and give back its answer.

    Raises the task's own GeneratorError; FileTooLarge for a file over the limit; WorkerStopped where the worker needed
    too much, ended, or met something that it could not name.
    """
    for arg in args:
        if isinstance(arg, bytes) and len(arg) > limits.file_bytes:
            raise FileTooLarge(
                f"This file is larger than {limits.file_bytes // 1_000_000} MB. Forms are far smaller; check the file."
            )
    return _pool().call(task, args, limits)


def warm() -> None:
    """Start a worker now, so that the first person does not wait for it."""
    _pool().warm()


class _Worker:
    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="planscribe-", ignore_cleanup_errors=True)
        keep = ("SYSTEMROOT", "PATH", "LANG", "LC_ALL", "HOME")
        environment = {key: os.environ[key] for key in keep if key in os.environ}
        environment |= {"TMPDIR": self._folder.name, "TEMP": self._folder.name, "TMP": self._folder.name}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", "from generator.worker.child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=environment,
        )

    def ask(self, task: str, args: tuple[object, ...], limits: Limits) -> tuple[str, object]:
        if self._process.stdin is None or self._process.stdout is None:
            raise WireBroken("no pipes")
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done, limits), daemon=True)
        send(self._process.stdin, (task, args, limits.memory, limits.seconds))
        watch.start()
        try:
            answer = receive(self._process.stdout, trusted=False)
        finally:
            done.set()
        if not (isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[0], str)):
            raise WireBroken("an answer of no shape")
        return answer

    def _watch(self, done: threading.Event, limits: Limits) -> None:
        """End the worker when it takes too long or too much; the only guard where the system has no limits."""
        waited = 0.0
        while not done.wait(_WATCH_SECONDS):
            waited += _WATCH_SECONDS
            try:
                resident = psutil.Process(self._process.pid).memory_info().rss
            except psutil.Error:
                return
            if waited > limits.wall_seconds or resident > limits.resident:
                self._process.kill()
                return

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._folder.cleanup()


class _Pool:
    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()
        atexit.register(self.close)

    def call(self, task: str, args: tuple[object, ...], limits: Limits) -> object:
        worker = self._take()
        try:
            kind, answer = worker.ask(task, args, limits)
        except WireBroken:
            worker.close()
            raise WorkerStopped(
                "This file took more time or memory than a form may, or ended the reader. It was not used. Get the form again, or use another copy."
            ) from None
        except BaseException:
            worker.close()
            raise
        if kind == "done":
            self._give_back(worker)
            return answer
        worker.close()
        if kind == "error" and isinstance(answer, GeneratorError):
            raise answer
        if kind == "stopped":
            raise WorkerStopped(f"This file was not used: {answer}. Get the form again, or use another copy.")
        raise WorkerStopped(f"This file could not be worked with ({answer}). Get the form again, or use another copy.")

    def warm(self) -> None:
        with self._lock:
            if not self._idle:
                self._idle.append(_Worker())

    def _take(self) -> _Worker:
        with self._lock:
            if self._owner != os.getpid():
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.close()
        return _Worker()

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append(worker)
                return
        worker.close()

    def close(self) -> None:
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.close()


@cache
def _pool() -> _Pool:
    return _Pool()
