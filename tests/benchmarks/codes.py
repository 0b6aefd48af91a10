"""How large, how quick and how right the packed list of codes is, beside simple-icd-10-cm. Run: python -m tests.benchmarks.codes

Each figure is the best of several runs, searches in this process's own time, so that a busy machine does not speak for
the code.
"""

import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from importlib import resources

from tests.codes.queries import QUERIES

_OURS = "import time; a = time.perf_counter(); from generator.codes import code_list; b = time.perf_counter(); code_list(); c = time.perf_counter(); print(b - a, c - b)"
_RIVAL = "import time, warnings; warnings.simplefilter('ignore'); a = time.perf_counter(); import simple_icd_10_cm as icd; icd.is_valid_item('F32.1'); print(time.perf_counter() - a)"


def main() -> None:
    """Print the table."""
    from generator.codes import code_list

    data = (resources.files("generator") / "data" / "codes" / "icd10cm.bin").read_bytes()
    print(f"file {len(data) / 1e6:.2f} MB, in a wheel {len(zlib.compress(data, 9)) / 1e6:.2f} MB (bar 5)")
    imports, loads = zip(*(map(float, _run(_OURS).split()) for _ in range(5)), strict=True)
    rival = min(float(_run(_RIVAL)) for _ in range(3))
    print(
        f"load {min(loads) * 1e3:.1f} ms (bar 50), import {min(imports) * 1e3:.0f} ms; simple-icd-10-cm {rival * 1e3:.0f} ms"
    )
    codes = code_list()
    times, right, among = [], 0, 0
    for query, wanted in QUERIES:
        times.append((_best(lambda query=query: codes.search(query)), query))
        found = [hit.code.code for hit in codes.search(query)]
        right += found[:1] == [wanted]
        among += wanted in found[:3]
    times.sort()
    worst, slowest = times[-1]
    print(f"search median {times[len(times) // 2][0] * 1e3:.1f} ms, worst {worst * 1e3:.1f} ms ({slowest!r}) (bar 10)")
    print(f"first answer right {right} of {len(QUERIES)}, among the first three {among}")
    print(
        f"find one code {_best(lambda: codes.find('H54.2X11')) * 1e6:.0f} us; Excludes1 of a pair {_best(lambda: codes.note_between('F32.1', 'F33.1')) * 1e6:.0f} us"
    )


def _best(function: Callable[[], object], runs: int = 7) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        function()
        best = min(best, time.process_time() - start)
    return best


def _run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
