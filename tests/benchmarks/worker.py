"""What the wall costs: one call to a warm worker, beside the same work in this process. Run: python tests/benchmarks/worker.py"""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator.blanks.tasks import inspect
from generator.worker.finish import count_pages
from generator.worker.pool import Pool
from generator.worker.wire import receive, send
from tests.worker.attacks import page

_ROUNDS = 200
_BAR = 5


def both(here: Callable[[], object], there: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Medians of two works done in turn, and of what the second takes longer than the first, in milliseconds."""
    pairs = [(once(here), once(there)) for _ in range(rounds)]
    a, b = zip(*pairs, strict=True)
    return statistics.median(a), statistics.median(b), statistics.median(y - x for x, y in pairs)


def once(work: Callable[[], object]) -> float:
    """Wall-clock milliseconds of one round."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def median_ms(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The median wall-clock time of one round, in milliseconds."""
    return statistics.median(once(work) for _ in range(rounds))


def main() -> None:
    """Print the table: work, in this process, in a worker, the difference."""
    root = Path(__file__).resolve().parents[2]
    blank = next(iter(sorted((root / "forms").glob("*/form.pdf")))).read_bytes()
    small = page()
    pool = Pool()
    pool.call("count-pages", (small,))
    pool.call("inspect", (blank,))
    frame = io.BytesIO()
    send(frame, inspect(blank))
    rows: list[tuple[str, Callable[[], object], Callable[[], object], int]] = [
        ("count the pages of a small PDF", lambda: count_pages(small), lambda: pool.call("count-pages", (small,)), 200),
        ("inspect a fillable form", lambda: inspect(blank), lambda: pool.call("inspect", (blank,)), 40),
    ]
    busy = f"{os.getloadavg()[0]:.1f} at work on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    print(f"{'':34}{'here':>9}{'worker':>9}{'the wall':>10}   ms, medians, in turn; {busy}")
    for name, here, there, rounds in rows:
        a, b, wall = both(here, there, rounds)
        print(f"{name:34}{a:9.2f}{b:9.2f}{wall:10.2f}   bar {_BAR}")
    data = frame.getvalue()
    print(
        f"{'read an answer of ' + format(len(data), ',') + ' bytes':34}{median_ms(lambda: receive(io.BytesIO(data)), 40):9.2f}"
    )
    began = time.perf_counter()
    fresh = Pool()
    fresh.call("count-pages", (small,))
    print(f"{'a cold start':34}{'':9}{(time.perf_counter() - began) * 1000:9.0f}")
    fresh.close()
    pool.close()


if __name__ == "__main__":
    main()
