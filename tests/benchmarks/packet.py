"""Five forms from one plan as one PDF, as one ZIP, and one after the other without joining; the aim: 3 seconds.

Usage: python -m tests.benchmarks.packet   (workers and the converter are warm; the best and the middle of five runs)
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.packet import make_packet

PLAN = Path(__file__).resolve().parents[1] / "examples" / "01_alcohol_outpatient.yaml"
NAMES = ("intake-face-sheet", "one-page-plan", "treatment-contract", "safety-plan", "release-of-information")
RUNS = 5


def main() -> None:
    """Print the table."""
    plan, options = read_plan(PLAN), Options(as_of=date(2026, 11, 22))
    pdf = [library.find(f"{name}-pdf") for name in NAMES]
    word = [library.find(name) for name in NAMES]
    rows: list[tuple[str, Callable[[], object]]] = [
        ("five PDF forms, one after the other", lambda: [make_document(plan, form, options) for form in pdf]),
        ("five PDF forms, one PDF", lambda: make_packet(plan, pdf, options)),
        ("five PDF forms, one ZIP", lambda: make_packet(plan, pdf, options, kind="zip")),
        ("five Word forms, one ZIP", lambda: make_packet(plan, word, options, kind="zip")),
        ("five Word forms, one PDF", lambda: make_packet(plan, word, options)),
        ("two Word and three PDF forms, one PDF", lambda: make_packet(plan, [*word[:2], *pdf[2:]], options)),
    ]
    print(f"{'':40} {'best s':>7} {'middle s':>9}")
    for name, run in rows:
        run()
        taken = []
        for _ in range(RUNS):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
        print(f"{name:40} {min(taken):7.2f} {statistics.median(taken):9.2f}")


if __name__ == "__main__":
    main()
