"""What hostile PDFs and a very large form cost: how each ends, seconds, and for the large form CPU and peak memory.

Usage: python -m tests.benchmarks.pdf_hard [ATTACKS]
ATTACKS is a folder of PDFs, such as the yardstick's make_attacks.py makes. Each is inspected and filled in the worker; the
bar is one typed error or a good result within 10 s and 1 GiB. The large form has 700 fields; the bar is 500 ms.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

from generator.errors import GeneratorError
from generator.make_pdf import SheetWords, fill_pdf_fields
from generator.slots import Fill
from generator.worker import call
from tests.making import Form

FIELDS = 700


def main(attacks: str = "") -> int:
    """Print both tables."""
    for path in sorted(Path(attacks).glob("*.pdf")) if attacks else ():
        data = path.read_bytes()
        for task, more in (("inspect", ()), ("fill-pdf", ([Fill("a", "Alex Morgan")], SheetWords()))):
            began = time.perf_counter()
            try:
                call(task, data, *more)
                ended = "done"
            except GeneratorError as error:
                ended = type(error).__name__
            print(f"| {path.name} | {task} | {ended} | {time.perf_counter() - began:.2f} s |")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"| largest worker | | | {peak:.0f} MB |")
    form = Form()
    for n in range(FIELDS):
        left, low = 20 + (n % 10) * 58, 20 + (n // 10) * 10.8
        form.text(f"field{n}", rect=(left, low, left + 56, low + 10))
    blank, values = form.bytes(), {f"field{n}": f"Alex Morgan {n}" for n in range(FIELDS)}
    times = []
    for _ in range(5):
        began = time.process_time()
        _, status = fill_pdf_fields(blank, values)
        times.append((time.process_time() - began) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = ", ".join(f"{list(status.values()).count(word)} {word}" for word in sorted(set(status.values())))
    print(f"| {FIELDS} fields | {words} | {statistics.median(times):.0f} ms CPU, median of 5 | {peak:.0f} MB |")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
