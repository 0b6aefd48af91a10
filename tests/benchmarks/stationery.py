"""How long the whole set takes for one brand and language: every Word template and every fillable PDF.

Usage: python -m tests.benchmarks.stationery   (the aim: 10 seconds for all of them)
"""

import time

from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD
from generator.stationery.new_form import new_form


def main() -> None:
    """Print seconds for each form, and their sums."""
    brand = Brand(name="Juniper Fork Counseling", colour="7A1F3D", paper="a4")
    sums = {"word": 0.0, "pdf": 0.0}
    print(f"{'form':26}{'word':>8}{'pdf':>8}   seconds")
    for form_id in STANDARD:
        taken = {}
        for kind in sums:
            start = time.perf_counter()
            new_form(brand, form_id, kind=kind)
            taken[kind] = time.perf_counter() - start
            sums[kind] += taken[kind]
        print(f"{form_id:26}{taken['word']:8.2f}{taken['pdf']:8.2f}")
    print(f"{'all':26}{sums['word']:8.2f}{sums['pdf']:8.2f}   together {sum(sums.values()):.2f}")


if __name__ == "__main__":
    main()
