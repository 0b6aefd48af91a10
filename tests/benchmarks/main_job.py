"""How long the main job takes: python tests/benchmarks/main_job.py

Medians of the wall clock in milliseconds. Nothing is asserted; a warm worker makes the documents, as it does behind
the page.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.rules import Context, check

EXAMPLE = Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml"
AS_OF = date(2026, 11, 22)


def main() -> None:
    plan = read_plan(EXAMPLE)
    word, pdf = library.find("individualized-plan"), library.find("one-page-plan-pdf")
    rows: list[tuple[str, int, Callable[[], object]]] = [
        ("a plan loaded (640 lines of YAML)", 20, lambda: read_plan(EXAMPLE)),
        ("a plan checked", 20, lambda: check(plan, Context(as_of=AS_OF))),
        ("a Word document made and proven", 15, lambda: make_document(plan, word, Options(as_of=AS_OF))),
        ("a PDF form made and proven", 15, lambda: make_document(plan, pdf, Options(as_of=AS_OF))),
        ("planscribe --help, a new process", 7, _help),
    ]
    print(f"{'':40} {'wall ms':>8}")
    for name, times, run in rows:
        run()
        print(f"{name:40} {_median(run, times):8.1f}")


def _median(run: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def _help() -> None:
    subprocess.run([sys.executable, "-m", "generator", "--help"], capture_output=True, check=True)


if __name__ == "__main__":
    main()
