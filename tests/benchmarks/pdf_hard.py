"""What hostile PDFs cost: how each ends, and in how many seconds.

Usage: python -m tests.benchmarks.pdf_hard ATTACKS
ATTACKS is a folder of PDFs, such as the yardstick's make_attacks.py makes. Each is inspected and filled in the worker; the
bar is one typed error or a good result within 10 s and 1 GiB. A very large form is measured by `pdf_fill`.
"""

import resource
import sys
import time
from pathlib import Path

from generator.errors import GeneratorError
from generator.make_pdf import SheetWords
from generator.slots import Fill
from generator.worker import call


def main(attacks: str) -> int:
    """Print the table, and the largest worker."""
    for path in sorted(Path(attacks).glob("*.pdf")):
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
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
