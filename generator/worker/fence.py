"""What the worker's process takes away from itself before it reads a foreign file. It knows no file format.

Linux: a network namespace with nothing in it, a system-call filter (no sockets, no programs, no new processes, no looking
into other processes), limits of address space, processor time and file size. Elsewhere, and where a system forbids one
of these, the parent's watchdog is the guard (`pool`). Each step stands alone: what one system refuses, the next still does.
See user_namespaces(7), seccomp(2), setrlimit(2).
"""

import atexit
import ctypes
import os
import platform
import shutil
import struct
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from generator.scratch import PREFIX

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVS, _SECCOMP, _FILTER_MODE = 38, 22, 2
_LOAD, _EQUAL, _ANY_BIT, _RETURN, _AT_LEAST = 0x20, 0x15, 0x45, 0x06, 0x35
_ALLOW, _KILL, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026  # EPERM, ENOSYS
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_CLONE_THREAD = 0x10000
_X32 = 0x40000000

# socket bind listen connect execve execveat ptrace process_vm_readv process_vm_writev kill tkill mount umount2 unshare
# setns bpf keyctl add_key request_key perf_event_open userfaultfd io_uring_setup, and fork vfork where there are such
_FORBIDDEN = {
    "x86_64": (41, 49, 50, 42, 59, 322, 101, 310, 311, 62, 200, 165, 166, 272, 308, 321, 250, 248, 249, 298, 323, 425, 57, 58),
    "aarch64": (198, 200, 201, 203, 221, 281, 117, 270, 271, 129, 130, 40, 39, 97, 268, 280, 219, 217, 218, 241, 282, 425),
}  # fmt: skip
_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_LARGEST_FILE = 200_000_000


def cut_off() -> None:
    """No network, no programs, no other processes. For good; called once, before any thread is started."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NET) != 0:
        libc.unshare(_NEW_USER | _NEW_NET)
    _filter_calls(libc)


def limit(memory: int, seconds: float) -> None:
    """Address space, processor time from now on, file size, no core files. Only where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, max(1, int(time.process_time() + seconds))),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        try:
            resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
        except (ValueError, OSError):
            continue


def end_with_parent() -> None:
    """End this process soon after its parent ends, even in the middle of a task, and leave nothing in its folder."""
    # PR_SET_PDEATHSIG would fire when the *thread* that started us ends, and a page's threads come and go.
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        _tidy_up()
        os._exit(1)

    atexit.register(_tidy_up)
    threading.Thread(target=watch, daemon=True).start()


def _tidy_up() -> None:
    """Nobody is there any more to take this process's folder away."""
    folder = Path(os.environ.get("TMPDIR", ""))
    if folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def _filter_calls(libc: ctypes.CDLL) -> None:
    machine = platform.machine()
    if machine not in _FORBIDDEN:
        return

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    steps = b"".join(_steps(machine))
    kept = ctypes.create_string_buffer(steps, len(steps))
    program = Program(len(steps) // 8, ctypes.addressof(kept))
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        libc.prctl(_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def _steps(machine: str) -> Iterator[bytes]:
    """The filter's program, instruction by instruction; jumps count the instructions that they pass over."""
    yield _step(_LOAD, k=_ARCH_AT)
    yield _step(_EQUAL, yes=1, k=_ARCH[machine])
    yield _step(_RETURN, k=_KILL)
    yield _step(_LOAD, k=_NUMBER_AT)
    if machine == "x86_64":
        yield _step(_AT_LEAST, no=1, k=_X32)
        yield _step(_RETURN, k=_KILL)
    for number in _FORBIDDEN[machine]:
        yield _step(_EQUAL, no=1, k=number)
        yield _step(_RETURN, k=_REFUSE)
    # clone3 keeps its flags in memory, where no filter sees them; told that there is none, libc falls back to clone.
    yield _step(_EQUAL, no=1, k=_CLONE3)
    yield _step(_RETURN, k=_UNKNOWN)
    yield _step(_EQUAL, no=3, k=_CLONE[machine])
    yield _step(_LOAD, k=_FIRST_ARGUMENT_AT)
    yield _step(_ANY_BIT, yes=1, k=_CLONE_THREAD)
    yield _step(_RETURN, k=_REFUSE)
    yield _step(_RETURN, k=_ALLOW)


def _step(code: int, yes: int = 0, no: int = 0, k: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, k)
