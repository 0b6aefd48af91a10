"""What a worker cannot do, whoever has taken it over; and the watchdog alone, as on a system without such fences."""

import os
import sys
import time
from pathlib import Path

import psutil
import pytest

from generator.errors import BlankNotReadable, FileTooLarge, RefusedForSafety, WorkerStopped
from generator.worker import pool as worker_pool
from generator.worker.pool import Limits, Pool
from tests.worker.attacks import word

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the fences are Linux's; elsewhere the watchdog stands alone"
)

# A worker with tasks of its own: what code in a hostile file would try.
TAKEN_OVER = """
import sys, types
from generator.worker import tasks, child
evil = types.ModuleType("evil"); sys.modules["evil"] = evil
exec({code!r}, evil.__dict__)
tasks.TASKS["count-pages"] = "evil:do"
tasks.TASKS["flatten"] = "evil:say"
child.main(fenced={fenced})
"""
SAY = "def say(data: bytes) -> bytes: return b'well'\n"


def taken_over(code, *, fenced=True):
    return Pool(start=TAKEN_OVER.format(code=SAY + code, fenced=fenced))


def attempt(code):
    """What `code` (an expression) gives when a worker runs it: the name of the error, or "done"."""
    body = f"""
import os, socket, subprocess, ctypes, threading
def do(data):
    try:
        {code}
    except BaseException as error:
        return 1 if isinstance(error, PermissionError) else 2
    return 0
"""
    pool = taken_over(body)
    try:
        return ("done", "refused", "failed")[pool.call("count-pages", (b"",))]
    finally:
        pool.close()


@linux
@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "subprocess.run(['true'])",
        "os.system('true') and (_ for _ in ()).throw(PermissionError)",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 9)",
    ],
)
def test_no_sockets_no_programs_no_processes_no_killing(code):
    assert attempt(code) == "refused"


@linux
@pytest.mark.parametrize("code", ["threading.Thread(target=print).start()", "open(os.devnull).close()"])
def test_what_readers_need_still_goes(code):
    assert attempt(code) == "done"


@linux
def test_a_worker_lives_in_a_network_namespace_of_its_own_where_the_system_gives_one():
    code = """
import os
def do(data): return int(os.stat("/proc/self/ns/net").st_ino)
"""
    pool = taken_over(code)
    try:
        inside = pool.call("count-pages", (b"",))
    finally:
        pool.close()
    if os.system("unshare -rn true 2>/dev/null"):
        pytest.skip("this system gives no network namespaces")
    assert inside != Path("/proc/self/ns/net").stat().st_ino


HUNGRY = """
def do(data):
    kept = []
    while True: kept.append(bytearray(8 << 20))
"""
BUSY = """
def do(data):
    while True: pass
"""
IDLE = """
import time
def do(data): time.sleep(60)
"""
DEAD = """
import os
def do(data): os.abort()
"""
LIMITS = Limits(resident=400_000_000, seconds=1.0, wall_seconds=3.0)


@pytest.mark.parametrize("fenced", [True, False], ids=["fences", "the watchdog alone"])
@pytest.mark.parametrize("code", [HUNGRY, BUSY, IDLE, DEAD], ids=["hungry", "busy", "idle", "dead"])
def test_a_worker_that_goes_wrong_is_ended_and_the_next_call_is_served(code, fenced):
    pool = taken_over(code, fenced=fenced)
    began = time.monotonic()
    try:
        pool.call("flatten", (b"",))
        broken = pool._idle[0].pid
        with pytest.raises(WorkerStopped):
            pool.call("count-pages", (b"",), LIMITS)
        assert time.monotonic() - began < 30
        assert not psutil.pid_exists(broken)
        assert pool.call("flatten", (b"",)) == b"well"
        assert pool._idle[0].pid != broken
    finally:
        pool.close()


SLOW = """
import time
def do(data):
    end = time.process_time() + 1.5
    while time.process_time() < end: pass
    return 7
"""


@linux
def test_a_worker_that_only_waits_for_a_processor_is_not_ended_by_the_clock_on_the_wall(monkeypatch):
    monkeypatch.setattr(worker_pool, "_MOST_WALL", 1000)
    pool = taken_over(SLOW)
    try:
        assert pool.call("count-pages", (b"",), Limits(seconds=9.0, wall_seconds=0.75)) == 7
    finally:
        pool.close()


def test_the_watchdog_alone_keeps_memory_under_the_limit():
    """It looks every 20 ms, so what is eaten between two looks must fit under the promise of 1 GiB."""
    pool = taken_over(HUNGRY, fenced=False)
    peak = 0
    try:
        worker = pool._take()
        pool._give_back(worker)
        seen = psutil.Process(worker.pid)

        import threading

        done = threading.Event()

        def look():
            nonlocal peak
            while not done.wait(0.001):
                try:
                    peak = max(peak, seen.memory_info().rss)
                except psutil.Error:
                    return

        thread = threading.Thread(target=look)
        thread.start()
        with pytest.raises(WorkerStopped):
            pool.call("count-pages", (b"",), Limits(resident=700_000_000))
        done.set()
        thread.join()
    finally:
        pool.close()
    assert 300_000_000 < peak < 1 << 30


def test_every_failure_ends_the_worker_and_a_good_answer_keeps_it():
    pool = Pool()
    try:
        with pytest.raises(BlankNotReadable):
            pool.call("inspect", (b"nothing",))
        first = pool._idle[0].pid
        with pytest.raises(BlankNotReadable):
            pool.call("inspect", (b"nothing",))
        second = pool._idle[0].pid
        assert first != second
        assert pool.call("without-links", (word(),)).startswith(b"PK")
        assert pool._idle[0].pid == second
    finally:
        pool.close()


def test_a_file_too_large_does_not_reach_a_worker():
    pool = Pool(start="raise SystemExit")
    with pytest.raises(FileTooLarge):
        pool.call("inspect", (b"%PDF-" + bytes(25_000_000),))
    pool.close()


def test_every_zip_is_checked_whatever_the_task():
    bad = word(more={"word\\..\\evil": b""})
    pool = Pool()
    try:
        for task, args in (("prove-word", (bad, [])), ("stamp", (bad, "en")), ("flatten", (bad,))):
            with pytest.raises(RefusedForSafety):
                pool.call(task, args)
    finally:
        pool.close()


PARENT = """
import sys, threading
from generator.worker.pool import Pool
pool = Pool(start={start!r})
pool.call("flatten", (b"",))
print(pool._idle[0].pid, flush=True)
pool.call("count-pages", (b"",))
"""


def test_a_worker_in_the_middle_of_a_task_ends_with_its_parent():
    import subprocess

    start = TAKEN_OVER.format(code=SAY + IDLE, fenced=True)
    parent = subprocess.Popen([sys.executable, "-c", PARENT.format(start=start)], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "a worker outlived its parent"
        time.sleep(0.1)


def test_many_threads_share_the_workers():
    from concurrent.futures import ThreadPoolExecutor

    pool = Pool()
    data = word(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>")
    try:
        with ThreadPoolExecutor(4) as threads:
            made = list(threads.map(lambda _: pool.call("without-links", (data,)), range(24)))
        assert len(set(made)) == 1
        assert len(pool._idle) <= 2
    finally:
        pool.close()
