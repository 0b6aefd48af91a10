"""Many plans at once: one bad plan stops none, a stop leaves whole files, a second run makes only the rest."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import docx
import pytest

from generator.batch import run_batch
from generator.batch.journal import NAME
from generator.batch.report import Row, as_csv
from generator.errors import ClusterNotReached, FormUnknown
from generator.exchange.plan_source import plan_sources
from generator.library import find
from generator.make import Options

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
WHEN = Options(as_of=date(2026, 11, 22))
COMMAND = [sys.executable, "-m", "generator", "batch"]


def folder_of(tmp_path: Path, count: int) -> Path:
    """Plan files: copies of two small good examples in turn."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for n in range(count):
        shutil.copy(EXAMPLES / ("05_couple_informal.yaml", "07_quick_one_off.yaml")[n % 2], folder / f"{n:04}.yaml")
    return folder


def test_a_bad_plan_is_told_in_the_report_and_stops_no_other(tmp_path):
    folder = folder_of(tmp_path, 3)
    (folder / "0001.yaml").write_text("patient: [", encoding="utf-8")
    out = tmp_path / "out"
    made = run_batch(plan_sources(folder), [find("one-page-plan")], out, options=WHEN, workers=2)
    assert [(row.place, bool(row.file)) for row in made.rows] == [
        ("0000.yaml", True), ("0001.yaml", False), ("0002.yaml", True)
    ]  # fmt: skip
    assert made.rows[1].status == "failed" and made.rows[1].why.startswith("0001.yaml cannot be read")
    lines = list(csv.DictReader(io.StringIO((out / "report.csv").read_text(encoding="utf-8-sig"))))
    assert [line["status"] for line in lines] == [row.status for row in made.rows]
    assert json.loads((out / "report.json").read_text())["totals"] == made.totals
    for row in made.rows:
        if row.file:
            assert docx.Document(out / row.file).tables
            assert row.answers == row.visible > 0


def test_a_second_run_makes_only_what_is_not_there_or_was_changed(tmp_path):
    folder, out, form = folder_of(tmp_path, 3), tmp_path / "out", [find("one-page-plan")]
    first = run_batch(plan_sources(folder), form, out, options=WHEN, workers=1)
    before = {row.file: (out / row.file).stat().st_mtime_ns for row in first.rows}
    (out / first.rows[0].file).unlink()
    (out / first.rows[1].file).write_bytes(b"spoilt")
    with (out / NAME).open("a") as journal:
        journal.write('{"key": "cut off by a st')
    again = run_batch(plan_sources(folder), form, out, options=WHEN, workers=1)
    assert again.rows == first.rows
    after = {row.file: (out / row.file).stat().st_mtime_ns for row in again.rows}
    assert [before[row.file] == after[row.file] for row in first.rows] == [False, False, True]


def test_no_form_and_a_cluster_that_is_not_there_are_told(tmp_path):
    with pytest.raises(FormUnknown):
        run_batch([], [], tmp_path / "out")
    with pytest.raises(ClusterNotReached):
        run_batch([], [find("one-page-plan")], tmp_path / "out", cluster="tcp://127.0.0.1:9")


def test_no_cell_of_the_report_is_a_formula():
    row = Row.failed("=cmd()", "+form", "@SUM(A1)")
    cells = next(iter(csv.reader(io.StringIO(as_csv([row]).decode("utf-8-sig").split("\r\n", 1)[1]))))
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_a_stop_leaves_whole_files_only_and_the_next_run_goes_on(tmp_path):
    folder, out = folder_of(tmp_path, 150), tmp_path / "out"
    command = [*COMMAND, folder, "one-page-plan", "-o", out, "--workers", "2", "--as-of", "2026-11-22"]
    running = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while len(list(out.glob("*.docx"))) < 3 and time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=120)
    made = sorted(out.glob("*.docx"))
    assert running.returncode == 1, errors
    assert b"Stopped" in errors and b"Traceback" not in errors
    assert 3 <= len(made) < 150
    for file in made:
        docx.Document(file)
    assert not list(out.glob(".planscribe-*[!l]"))
    done = subprocess.run([str(part) for part in (*command, "--json")], capture_output=True, timeout=300)
    assert len(json.loads(done.stdout)["documents"]) == 150
    assert len(list(out.glob("*.docx"))) == 150
    assert all(file.stat().st_mtime_ns for file in made)


def test_a_process_that_is_killed_loses_nothing(tmp_path):
    folder, out = folder_of(tmp_path, 8), tmp_path / "out"
    killed: list[int] = []

    def kill_one(_: Row) -> None:
        if not killed:
            import multiprocessing

            child = multiprocessing.active_children()[0]
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)

    made = run_batch(plan_sources(folder), [find("one-page-plan")], out, options=WHEN, workers=2, seen=kill_one)
    assert killed
    assert len(made.rows) == 8 and all(row.file for row in made.rows)


def test_a_sheet_of_500_rows_with_25_bad_ones_gives_475_plans_and_25_plain_reasons(tmp_path):
    sheet = tmp_path / "clients.csv"
    lines = ["First name,Last name,Date of birth,Record number,Problem 1"]
    for n in range(500):
        born = "31/31/1990" if n % 20 == 7 else f"{1 + n % 12}/{1 + n % 28}/19{50 + n % 50}"
        lines.append(f"Ana{n},Cruz,{born},JF-{n},Low mood")
    sheet.write_text("\n".join(lines), encoding="utf-8")
    found = list(plan_sources(sheet))
    bad = [source for source in found if source.reason]
    assert (len(found), len(bad)) == (500, 25)
    assert bad[0].reason.startswith("Row 9, column C (Date of birth)")
    assert not [source for source in bad if "Cruz" in source.reason or "1990" in source.reason]


@pytest.mark.slow
def test_500_rows_give_475_documents(tmp_path):
    test_a_sheet_of_500_rows_with_25_bad_ones_gives_475_plans_and_25_plain_reasons(tmp_path)
    made = run_batch(plan_sources(tmp_path / "clients.csv"), [find("one-page-plan")], tmp_path / "out", options=WHEN)
    assert made.totals["failed"] == 25
    assert len(list((tmp_path / "out").glob("*.docx"))) == 475


@pytest.mark.slow
def test_a_cluster_of_three_of_which_one_is_killed_loses_nothing(tmp_path):
    from distributed import LocalCluster

    folder, out = folder_of(tmp_path, 30), tmp_path / "out"
    with LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        pids = [worker.process.pid for worker in cluster.workers.values()]
        killed: list[int] = []

        def kill_one(_: Row) -> None:
            if not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        made = run_batch(
            plan_sources(folder), [find("one-page-plan")], out, options=WHEN, workers=3,
            cluster=cluster.scheduler_address, seen=kill_one,
        )  # fmt: skip
    assert killed
    assert len(made.rows) == 30 and all(row.file for row in made.rows)
    assert len(list(out.glob("*.docx"))) == 30
