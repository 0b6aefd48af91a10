"""No temporary folder outlives its owner: a worker killed, its parent killed, and the next start; others' are left alone."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from generator import scratch
from generator.scratch import Scratch, sweep
from generator.worker.pool import Pool, Worker

START = "from generator.worker.child import main; main(fenced=True)"
# A program that starts a worker, puts something into the worker's folder, says where, and waits to be killed.
PARENT = """
from generator.worker.pool import Worker
import sys
worker = Worker({start!r})
(worker._folder.path / "answers.txt").write_text("CANARY")
print(worker._folder.path, worker.pid, flush=True)
sys.stdin.read()
"""
PATIENT_CHILD = "import time; time.sleep(600)"


def until(is_so, seconds=20.0):
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def test_the_folder_of_a_killed_worker_goes_at_once_though_nobody_asks_for_another():
    worker = Worker(START)
    folder = worker._folder.path
    (folder / "answers.txt").write_text("CANARY")
    assert folder.stat().st_mode & 0o077 == 0
    os.kill(worker.pid, signal.SIGKILL)
    assert until(lambda: not folder.exists())
    worker.close()


@pytest.mark.parametrize("start", [START, PATIENT_CHILD], ids=["our worker", "a worker that hangs"])
def test_after_the_parent_is_killed_nothing_is_left_once_planscribe_starts_again(start):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(start=start)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    folder, pid = parent.stdout.readline().rsplit(" ", 1)
    folder = Path(folder)
    assert (folder / "answers.txt").read_text() == "CANARY"
    parent.kill()
    parent.wait()
    Pool().close()  # the next start
    assert not folder.exists()
    if start == PATIENT_CHILD:
        os.kill(int(pid), signal.SIGKILL)


def test_our_worker_takes_its_folder_along_when_its_parent_is_killed_and_nothing_starts_again():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(start=START)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    folder = Path(parent.stdout.readline().rsplit(" ", 1)[0])
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    assert until(lambda: not folder.exists())


def test_a_sweep_leaves_what_lives_what_is_a_link_and_what_is_not_ours_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(scratch, "_memory_folder", lambda: None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    living, precious = Scratch(), tmp_path / "precious"
    precious.mkdir()
    (precious / "note").write_text("mine")
    (tmp_path / f"planscribe-{gone.pid}-link").symlink_to(precious)
    for name in ("planscribe-abc", f"planscribe-{os.getpid()}-new", "planscribe", f"other-{gone.pid}-x"):
        (tmp_path / name).mkdir()
    stale = [tmp_path / f"planscribe-{gone.pid}-x1", tmp_path / f"planscribe-office-{gone.pid}-y2"]
    for folder in stale:
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "answers").write_text("CANARY")
    (stale[0] / ".held").touch()
    # a number given again: the folder is old, its owner's number lives, and nobody holds it
    again = tmp_path / f"planscribe-{os.getpid()}-z3"
    again.mkdir()
    (again / ".held").touch()
    os.utime(again, (1, 1))
    before = {one.name for one in tmp_path.iterdir()}
    sweep()
    assert before - {one.name for one in tmp_path.iterdir()} == {*(one.name for one in stale), again.name}
    assert (precious / "note").read_text() == "mine" and living.path.is_dir()
    living.close()
    assert not living.path.exists()


def test_a_fork_takes_nothing_of_its_parents_away():
    mine = Scratch()
    child = os.fork()
    if child == 0:
        mine.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert mine.path.is_dir()
    mine.close()
