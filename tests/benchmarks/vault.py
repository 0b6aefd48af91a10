"""What keeping costs: unlocking (real argon2id), saving one field, beside a plain file written and flushed.

Usage: python -m tests.benchmarks.vault
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from generator.exchange.plan_file import parse_plan
from generator.files import write_whole
from generator.store import Vault

PASSPHRASE = "seven quiet herons wade"


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    folder = Path(os.environ.get("BENCH_FOLDER") or tempfile.mkdtemp())
    path = folder / "vault.db"
    example = resources.files("generator") / "data" / "example_plan.yaml"
    data = parse_plan(example.read_bytes(), name="example").as_data()
    vault, _ = Vault.create(PASSPHRASE, path)
    drafts = [vault.drafts.create(data) for _ in range(200)]
    draft = drafts[0]
    revision = [1]

    def save(n: int) -> None:
        saved = vault.drafts.save(draft.id, {"problems[0].title": f"text {n}"}, revision[0])
        revision[0] = saved.revision

    text = json.dumps(data, default=str).encode()
    saves = [timed(lambda n=n: save(n)) for n in range(200)]  # type: ignore[misc]
    plain = [timed(lambda: write_whole(folder / "plain", text)) for _ in range(200)]
    loads = [timed(lambda: vault.drafts.load(draft.id)) for _ in range(50)]
    lists = [timed(vault.drafts.cards) for _ in range(20)]
    verify = timed(vault.verify)
    vault.lock()

    def unlock() -> None:
        Vault.unlock(PASSPHRASE, path).lock()

    unlocks = [timed(unlock) for _ in range(5)]
    if hasattr(os, "getloadavg"):
        print(f"{os.getloadavg()[0]:.1f} at work on {os.cpu_count()} cores")
    for name, times, bar in (
        ("save one field", saves, "10"),
        ("plain file, fsync, rename (rival)", plain, ""),
        ("load a draft", loads, ""),
        ("list 200 drafts", lists, ""),
        ("verify every row", [verify], ""),
        ("unlock and lock", unlocks, "1500"),
    ):
        ordered = sorted(times)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        print(f"{name:36} median {statistics.median(times):8.2f} ms   p95 {p95:8.2f} ms   bar {bar}")


if __name__ == "__main__":
    main()
