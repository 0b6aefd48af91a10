"""The worker's own side: fences first, then one task after the other until the parent goes."""

import gc
import importlib
import os
import select
import sys
from collections.abc import Iterator
from typing import IO

from generator.errors import BlankNotReadable, GeneratorError
from generator.worker.fence import cut_off, end_with_parent, limit
from generator.worker.precheck import refuse_unsafe
from generator.worker.tasks import TASKS
from generator.worker.wire import WireBroken, receive, send

# What these libraries raise on reading means that the file is not as its standard says; any other error is ours.
_READERS = frozenset(
    ("PIL", "binascii", "csv", "docx", "lxml", "openpyxl", "pikepdf", "pypdf", "pypdfium2", "struct", "zipfile", "zlib")
)


def main(*, fenced: bool = True) -> None:
    """Serve tasks on standard input and output. Not `fenced`: as on a system that has no limits."""
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb")
    # Libraries that print must not speak into the answers, nor say anything of a patient elsewhere.
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if fenced:
        cut_off()
    end_with_parent()
    imports = _imports()
    while not _is_waiting(requests):
        if not next(imports, ""):
            # All is imported and no file was seen yet: what is there stays, and no collection of garbage looks through it.
            gc.collect()
            gc.freeze()
            break
    while True:
        while not _is_waiting(requests) and next(imports, ""):
            continue
        try:
            request = receive(requests, checked=False)
        except WireBroken:
            return
        if not isinstance(request, tuple):
            return
        task, memory, seconds, *args = request
        if fenced:
            limit(memory, seconds)
        try:
            send(answers, _run(task, args))
        except MemoryError:
            send(answers, ("stopped", "it needed too much memory"))
        except TypeError as error:
            send(answers, ("fault", str(error)))
        except WireBroken:
            return


def _run(task: str, args: list[object]) -> tuple[str, object]:
    """The answer to one request: its kind, and the result, the error, or the name of an error's class."""
    place, _, name = TASKS.get(task, "").partition(":")
    if not place:
        return ("fault", "no such task")
    try:
        module = importlib.import_module(place)
    except MemoryError:
        return ("stopped", "it needed too much memory")
    except Exception as error:  # noqa: BLE001 (whatever a half installed library raises; only the kind goes out)
        return ("unloadable", type(error).__name__)
    try:
        for arg in args:
            if isinstance(arg, bytes):
                refuse_unsafe(arg)
        return ("done", getattr(module, name)(*args))
    except GeneratorError as error:
        return ("error", error)
    except MemoryError:
        return ("stopped", "it needed too much memory")
    except RecursionError:
        return ("stopped", "it is nested too deeply")
    except Exception as error:  # noqa: BLE001 (a hostile file may raise anything; only the kind goes out)
        if isinstance(error, UnicodeDecodeError) or _is_of_a_reader(error):
            return (
                "error",
                BlankNotReadable("This file is damaged and cannot be read whole. Get it again, or save a copy."),
            )
        return ("fault", type(error).__name__)


def _is_of_a_reader(error: Exception) -> bool:
    """Whether a library that reads documents raised it: an error of its own, or any other in the midst of its code."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    raised_in = str(last.tb_frame.f_globals.get("__name__", "")) if last is not None else ""
    return any(name.partition(".")[0] in _READERS for name in (type(error).__module__, raised_in))


def _imports() -> Iterator[str]:
    """Import what the tasks need, one module a step, so that a request that comes meanwhile waits for one at most."""
    for module in dict.fromkeys(place.partition(":")[0] for place in TASKS.values()):
        try:
            importlib.import_module(module)
        except Exception:  # noqa: BLE001, S112 (its tasks answer `unloadable`)
            continue
        yield module


def _is_waiting(stream: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True  # pipes cannot be asked there; modules are imported when they are needed
    return bool(select.select([stream], [], [], 0)[0])
