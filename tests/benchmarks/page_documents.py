"""What the Document screen waits for: python -m tests.benchmarks.page_documents

Medians of the wall clock in milliseconds, without a browser: made for the first time, and the same plan and form again.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from generator import library
from generator.app.made import Made
from generator.blank_file import inspect
from generator.exchange.plan_file import read_plan
from generator.form_pages import form_pages

EXAMPLE = Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml"


def main() -> None:
    plan, work = read_plan(EXAMPLE), Made()
    print(f"{'':58} {'wall ms':>8}")
    for form_id in ("one-page-plan-pdf", "individualized-plan"):
        form = library.find(form_id)

        def again(form: library.Form = form) -> None:
            document = work.documents[work.key(plan, form, "en", final=False)]
            if document.pdf is not None:
                work.picture(document.pdf, 0)

        work.make(plan, form, "en", final=False)
        print(
            f"{f'{form_id}: made and proven':58} {_median(lambda f=form: work.make(plan, f, 'en', final=False), 5):8.0f}"
        )
        again()
        print(f"{f'{form_id}: the same again, first page':58} {_median(again, 20):8.0f}")
    data = library.find("one-page-plan-pdf").read()
    seen = inspect(data)
    print(f"{'the blanks of a PDF form found on its pages':58} {_median(lambda: form_pages(data, seen), 5):8.0f}")


def _median(run: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent)


if __name__ == "__main__":
    main()
