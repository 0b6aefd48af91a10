"""The worker's own side: limits first, then one task after the other until the parent goes."""

import ctypes
import importlib
import os
import sys
import time

from generator.errors import GeneratorError
from generator.worker.tasks import TASKS
from generator.worker.wire import WireBroken, receive, send

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def main() -> None:
    """Serve tasks on standard input and output."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Libraries that print must not speak into the answers, nor say anything of a patient elsewhere.
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    _cut_off_network()
    while True:
        try:
            request = receive(requests, trusted=True)
        except WireBroken:
            return
        if not isinstance(request, tuple):
            return
        task, args, memory, seconds = request
        _limit(memory, seconds)
        send(answers, _run(task, args))


def _run(task: str, args: tuple[object, ...]) -> tuple[str, object]:
    try:
        module, _, name = TASKS[task].partition(":")
        return ("done", getattr(importlib.import_module(module), name)(*args))
    except GeneratorError as error:
        return ("error", error)
    except MemoryError:
        return ("stopped", "it needed too much memory")
    except RecursionError:
        return ("stopped", "it is nested too deeply")
    except Exception as error:  # noqa: BLE001 (a hostile file may raise anything; only the kind goes out)
        return ("fault", type(error).__name__)


def _limit(memory: int, seconds: float) -> None:
    """Address space, processor time from now on, file size, no core files. Only where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    used = int(time.process_time())
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, used + int(seconds) + 1),
        (resource.RLIMIT_FSIZE, 300_000_000),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        try:
            resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
        except (ValueError, OSError):
            continue


def _cut_off_network() -> None:
    """A network namespace of its own, with nothing in it, where the system lets a process have one."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET) != 0:
        libc.unshare(_NEW_USER | _NEW_NET)


if __name__ == "__main__":
    main()
