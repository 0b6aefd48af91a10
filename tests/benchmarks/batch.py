"""How many documents are made in a CPU second, through the API and as a batch, beside plain loops of docxtpl and pypdf.

    python -m tests.benchmarks.batch [COUNT] [--only api|batch] [--long N]

COUNT (96) plans for each row. Ours checks each plan by all rules, fills, and proves each document; the loops of docxtpl
and pypdf fill, and do nothing else. CPU seconds are those of every process that takes part, readers too, once all are
warm: what stands for the whole run of a program is told apart. `--long N` makes N Word documents as one batch and prints
the memory of its largest process at the first, a middle and the last document.
"""

import argparse
import io
import json
import secrets
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pypdf
from docxtpl import DocxTemplate

from generator.batch import run_batch
from generator.batch.job import make_documents
from generator.batch.report import Row
from generator.exchange.plan_file import plan_as_json, read_plan
from generator.exchange.plan_source import plan_sources
from generator.library import find
from generator.make import Options
from generator.mapping.paper import as_on_paper
from generator.plan import Plan

EXAMPLE = Path(__file__).parents[1] / "examples" / "01_alcohol_outpatient.yaml"
AS_OF = date(2026, 11, 22)
WORD, LONG_WORD, PDF = "one-page-plan", "individualized-plan", "one-page-plan-pdf"


def ten_problems() -> Plan:
    """The first example with its problems told again and again until there are ten."""
    data = read_plan(EXAMPLE).as_data()
    told = data["problems"]
    assert isinstance(told, list)
    return Plan.model_validate({**data, "problems": (told * 10)[:10]})


def plans(count: int, *, problems: int, is_new: bool = False) -> Iterator[Plan]:
    """Plans of `count` persons; 4 or 10 problems each. `is_new`: no objective was in any plan before."""
    text = plan_as_json(ten_problems() if problems == 10 else read_plan(EXAMPLE))
    for n in range(count):
        data = json.loads(text)
        data["patient"]["name"]["last"] = f"Person{n}"
        if is_new:
            for objective in (o for p in data["problems"] for g in p["goals"] for o in g["objectives"]):
                objective["statement"] += f" ({secrets.token_hex(4)})"
        yield Plan.model_validate(data)


def through_api(count: int) -> None:
    """The table of single documents, plans in hand."""
    print(f"{'through the API, plans in hand':52}{'documents/CPU s':>16}{'documents/s':>13}")
    for form, problems in ((WORD, 4), (WORD, 10), (LONG_WORD, 4), (LONG_WORD, 10), (PDF, 4)):
        some = count if form != PDF else max(count // 3, 8)
        _row(f"planscribe, {form}, {problems} problems", _ours(some, form, problems))
        if form == WORD and problems == 10:
            _row("  the same, each objective new", _ours(some, form, problems, is_new=True))
        if form != PDF:
            _row(f"  docxtpl in a loop, {form} (fills only)", _docxtpl(max(some // 8, 3), form, problems))
    _row("  pypdf in a loop (fills only)", _pypdf(max(count // 8, 3)))


def as_batch(count: int) -> None:
    """The table of whole batches from a .jsonl: reading the plan and writing the document are in it."""
    print(f"{'as a batch, from .jsonl to files':52}{'documents/CPU s':>16}{'documents/s':>13}")
    with tempfile.TemporaryDirectory() as name:
        for form in (WORD, PDF):
            some = count if form != PDF else max(count // 2, 16)
            source = _written(Path(name) / f"{form}.jsonl", some)
            speeds = []
            for workers in (1, 2):
                out = Path(name) / f"{form}-{workers}"
                speeds.append(_row(f"planscribe, {form}, {workers} at once", _batch(source, form, out, workers)))
            print(f"{'  two at once beside one':52}{'':16}{speeds[1] / speeds[0]:12.2f}x")


def long_run(count: int) -> None:
    """Memory over many documents."""
    sizes: list[tuple[int, float]] = []
    marks = {1, 500, count // 2, count}
    made = 0

    def seen(_: Row) -> None:
        nonlocal made
        made += 1
        if made in marks or made % 2_000 == 0:
            workers = psutil.Process().children(recursive=True)
            largest = max((one.memory_info().rss for one in workers), default=0) / 1e6
            sizes.append((made, largest))
            print(f"{made:8} documents: largest worker {largest:5.0f} MB, own {_own_mb():5.0f} MB", flush=True)

    with tempfile.TemporaryDirectory() as name:
        source = _written(Path(name) / "plans.jsonl", count)
        began = time.perf_counter()
        run_batch(plan_sources(source), [find(WORD)], Path(name) / "out", options=Options(as_of=AS_OF), seen=seen)
        print(
            f"{count / (time.perf_counter() - began):.1f} documents/s; largest worker {max(mb for _, mb in sizes):.0f} MB"
        )


def _own_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def _written(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for plan in plans(count, problems=4):
            file.write(json.dumps(json.loads(plan_as_json(plan)), ensure_ascii=False) + "\n")
    return path


class Clock:
    """Counts from the moment that all is warm."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """From now on."""
        self._wall, self._cpu = time.perf_counter(), cpu_seconds()

    def used(self) -> tuple[float, float]:
        """Seconds since the start: of processors, and of the wall clock."""
        return cpu_seconds() - self._cpu, time.perf_counter() - self._wall


def cpu_seconds() -> float:
    """Seconds of processor of this process and of all below it, living and ended."""
    own = psutil.Process()
    total = 0.0
    for one in (own, *own.children(recursive=True)):
        try:
            used = one.cpu_times()
        except psutil.Error:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def _row(name: str, measured: tuple[int, float, float]) -> float:
    """Print documents a CPU second and a second; the latter comes back."""
    count, cpu, wall = measured
    print(f"{name:52}{count / cpu:16.1f}{count / wall:13.1f}", flush=True)
    return count / wall


def _ours(count: int, form: str, problems: int, *, is_new: bool = False) -> tuple[int, float, float]:
    found = [find(form)]
    options = Options(as_of=AS_OF)
    for document in make_documents(plans(3, problems=problems), found, options):
        assert not document.proof.faults
    ready = list(plans(count, problems=problems, is_new=is_new))
    clock = Clock()
    for document in make_documents(ready, found, options):
        assert not document.proof.faults
    return (count, *clock.used())


def _batch(source: Path, form: str, out: Path, workers: int) -> tuple[int, float, float]:
    """Counted from the row at which every process is at work, to the last."""
    rows = 0
    warm = 8 * workers
    clock = Clock()
    measured = (0.0, 0.0)
    whole = Clock()

    def seen(row: Row) -> None:
        nonlocal rows, measured
        assert row.file, row.why
        rows += 1
        if rows == warm:
            clock.start()
        elif rows > warm:
            measured = clock.used()

    run_batch(plan_sources(source), [find(form)], out, options=Options(as_of=AS_OF), workers=workers, seen=seen)
    cpu, wall = whole.used()
    print(f"  ({rows} documents, starting and ending included: {cpu:.1f} CPU s, {wall:.1f} s)")
    return (rows - warm, *measured)


def _docxtpl(count: int, form: str, problems: int) -> tuple[int, float, float]:
    template = find(form).path
    ready = list(plans(count, problems=problems))
    clock = Clock()
    for plan in ready:
        document = DocxTemplate(template)
        document.render(as_on_paper(plan, today=AS_OF), autoescape=True, jinja_env=_environment())
        document.save(io.BytesIO())
    return (count, *clock.used())


def _environment() -> object:
    """The filters of our templates for docxtpl, which has none of its own."""
    import jinja2

    from generator.filters import FILTERS

    environment = jinja2.Environment(autoescape=True)
    environment.filters.update({one.name: one.call for one in FILTERS})
    return environment


def _pypdf(count: int) -> tuple[int, float, float]:
    path = find(PDF).path
    clock = Clock()
    for _ in range(count):
        writer = pypdf.PdfWriter(clone_from=path)
        names = writer.get_form_text_fields()
        for page in writer.pages:
            writer.update_page_form_field_values(page, dict.fromkeys(names, "an answer of some words"))
        writer.write(io.BytesIO())
    return (count, *clock.used())


def main() -> None:
    """Read the arguments and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    asked.add_argument("count", nargs="?", type=int, default=96)
    asked.add_argument("--only", choices=("api", "batch"), default="")
    asked.add_argument("--long", type=int, default=0)
    given = asked.parse_args()
    if given.long:
        long_run(given.long)
        return
    if given.only != "batch":
        through_api(given.count)
    if given.only != "api":
        as_batch(given.count)


if __name__ == "__main__":
    main()
