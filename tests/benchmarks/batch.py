"""How many documents a batch makes: per CPU second, one process and two, beside plain loops over docxtpl and pypdf.

    python -m tests.benchmarks.batch [COUNT]

COUNT plans (24) in a folder. Ours checks each plan by all rules, fills, and proves each document; the loops of docxtpl
and pypdf fill, and do nothing else. CPU seconds count every process that a run started. Memory is the largest of any.
"""

import io
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pypdf
from docxtpl import DocxTemplate

from generator.batch import run_batch
from generator.exchange.plan_file import read_plan
from generator.exchange.plan_source import plan_sources
from generator.library import find
from generator.make import Options
from generator.mapping.paper import as_on_paper

EXAMPLE = Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml"
AS_OF = date(2026, 11, 22)


def main(count: int) -> None:
    """Print the table."""
    print(f"{'':46}{'documents/CPU s':>16}{'documents/s':>13}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "plans"
        folder.mkdir()
        for n in range(count):
            shutil.copy(EXAMPLE, folder / f"{n:05}.yaml")
        for form in ("individualized-plan", "one-page-plan-pdf"):
            for workers in (1, 2):
                out = Path(name) / f"{form}-{workers}"
                _row(f"planscribe, {form}, {workers} at once", count, partial(_ours, folder, form, out, workers))
        _row("docxtpl in a loop (fills only)", count, lambda: _docxtpl(folder))
        _row("pypdf in a loop (fills only)", count, lambda: _pypdf(folder))
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {largest:.0f} MB")


def _row(name: str, count: int, run: Callable[[], None]) -> None:
    wall, cpu = time.perf_counter(), _cpu()
    run()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    print(f"{name:46}{count / cpu:16.1f}{count / wall:13.1f}")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _ours(folder: Path, form: str, out: Path, workers: int) -> None:
    made = run_batch(plan_sources(folder), [find(form)], out, options=Options(as_of=AS_OF), workers=workers)
    assert all(row.file for row in made.rows)


def _docxtpl(folder: Path) -> None:
    template = find("individualized-plan").path
    for source in sorted(folder.iterdir()):
        paper = as_on_paper(read_plan(source), today=AS_OF)
        document = DocxTemplate(template)
        document.render(paper, autoescape=True, jinja_env=_environment())
        document.save(io.BytesIO())


def _environment() -> object:
    """The filters of our templates for docxtpl, which has none of its own."""
    import jinja2

    from generator.filters import FILTERS

    environment = jinja2.Environment(autoescape=True)
    environment.filters.update({one.name: one.call for one in FILTERS})
    return environment


def _pypdf(folder: Path) -> None:
    path = find("one-page-plan-pdf").path
    for source in sorted(folder.iterdir()):
        read_plan(source)
        writer = pypdf.PdfWriter(clone_from=path)
        names = writer.get_form_text_fields()
        for page in writer.pages:
            writer.update_page_form_field_values(page, dict.fromkeys(names, "an answer of some words"))
        writer.write(io.BytesIO())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)
