"""Running a batch: jobs out to processes, documents back, each written whole; the same on a cluster."""

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast
from weakref import WeakSet

from generator.batch.job import Job, Made, prepare, run_job
from generator.batch.journal import Journal
from generator.batch.report import Row, as_csv, as_json, totals
from generator.errors import ClusterNotReached, FormUnknown, NoCluster, OutputNotWritable
from generator.exchange.plan_source import Source
from generator.files import write_whole
from generator.library import Form
from generator.make import Options

_TRIES = 3
_JOBS_A_PROCESS = 500  # then a fresh process takes over, so that memory stays flat
_AHEAD = 3  # jobs waiting for each worker; more plans are not read yet


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of all documents, in the order of the plans; `is_stopped` where a person stopped it."""

    rows: tuple[Row, ...]
    is_stopped: bool = False

    @property
    def totals(self) -> dict[str, int]:
        """How many documents ended in each way."""
        return totals(self.rows)

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe batch --json`."""
        return {"documents": [row.as_dict() for row in self.rows], "totals": self.totals, "stopped": self.is_stopped}


def run_batch(
    sources: Iterable[Source],
    forms: Sequence[Form],
    folder: Path,
    *,
    options: Options | None = None,
    workers: int = 0,
    cluster: str = "",
    seen: Callable[[Row], None] = lambda row: None,
) -> Batch:
    """Make every form of every plan into `folder`, with report.csv and report.json.

    `workers` 0 is one a core; `cluster` is the address of a Dask scheduler whose workers have planscribe and see the same
    forms. What an earlier run made, from the same plan, form and options, is not made again. `seen` is told each line.
    A KeyboardInterrupt ends it: what is written stays, whole, and the report says what there is.
    Raises FormUnknown for no form, OutputNotWritable, NoCluster and ClusterNotReached.
    """
    if not forms:
        raise FormUnknown("A batch needs at least one form. See those there are with: planscribe forms")
    options = replace(options or Options(), second_viewer=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OutputNotWritable(f"The folder {folder} cannot be made or written. Choose another with -o.") from None
    journal = Journal(folder)
    run = _Run(journal, folder, _marks(forms, options), seen)
    is_stopped = False
    workers = workers or os.cpu_count() or 1
    with _executors(workers, cluster) as make:
        try:
            run.all(sources, tuple(forms), options, make, workers * _AHEAD)
        except KeyboardInterrupt:
            is_stopped = True
        finally:
            journal.close()
    rows = run.rows()
    write_whole(folder / "report.json", as_json(rows))
    write_whole(folder / "report.csv", as_csv(rows))
    return Batch(rows, is_stopped)


class _Run:
    """One batch under way."""

    def __init__(self, journal: Journal, folder: Path, marks: dict[str, str], seen: Callable[[Row], None]) -> None:
        self._journal, self._folder, self._marks, self._seen = journal, folder, marks, seen
        self._places = {form_id: place for place, form_id in enumerate(marks)}
        self._rows: dict[tuple[int, int], Row] = {}

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows[place] for place in sorted(self._rows))

    def all(
        self, sources: Iterable[Source], forms: tuple[Form, ...], options: Options, make: "_Executors", ahead: int
    ) -> None:
        waiting: dict[Future[tuple[Made, ...]], tuple[int, Job, int]] = {}
        for number, source in enumerate(sources):
            job = self._to_do(number, source, forms, options)
            if job is not None:
                waiting[make.submit(job)] = (number, job, 1)
            while len(waiting) >= ahead:
                self._collect(waiting, make)
        while waiting:
            self._collect(waiting, make)

    def _to_do(self, number: int, source: Source, forms: tuple[Form, ...], options: Options) -> Job | None:
        """The job that is left of a plan: none for a bad one, or one whose documents are all there."""
        left = []
        for form in forms:
            if source.reason:
                self._keep(number, form, Row.failed(source.place, form.id, source.reason))
            elif (row := self._journal.done(self._key(source, form))) is not None:
                self._keep(number, form, row)
            else:
                left.append(form)
        return Job(source, tuple(left), options) if left else None

    def _collect(self, waiting: dict[Future[tuple[Made, ...]], tuple[int, Job, int]], make: "_Executors") -> None:
        ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in ended:
            number, job, tries = waiting.pop(future)
            try:
                made = future.result()
            except Exception as error:  # noqa: BLE001 (a job raises nothing itself: its process died, here or on a cluster)
                # The process died, with all that were waiting in it: those are given out again, a killer not for ever.
                make.renew(error)
                if tries < _TRIES:
                    waiting[make.submit(job)] = (number, job, tries + 1)
                else:
                    why = "The process that made it ended each time. Try this plan alone, with: planscribe fill"
                    self._take(number, job, tuple(Made(Row.failed(job.source.place, f.id, why)) for f in job.forms))
            else:
                self._take(number, job, made)

    def _take(self, number: int, job: Job, made: tuple[Made, ...]) -> None:
        for form, one in zip(job.forms, made, strict=True):
            for name, data in one.files:
                write_whole(self._folder / name, data)
            if one.row.is_made:
                self._journal.note(self._key(job.source, form), one.row, one.files)
            self._keep(number, form, one.row)

    def _keep(self, number: int, form: Form, row: Row) -> None:
        self._rows[number, self._places[form.id]] = row
        self._seen(row)

    def _key(self, source: Source, form: Form) -> str:
        return hashlib.sha256(
            b"\x1f".join((source.stem.encode(), source.payload, self._marks[form.id].encode()))
        ).hexdigest()


def _marks(forms: Sequence[Form], options: Options) -> dict[str, str]:
    """What of each form and of the options decides what its documents look like."""
    said = json.dumps(asdict(options), default=str, sort_keys=True)
    return {
        form.id: hashlib.sha256(
            b"\x1f".join(
                (said.encode(), *(one.read() for one in (form, *form.others.values())), json.dumps(form.map, default=str).encode())
            )
        ).hexdigest()
        for form in forms
    }  # fmt: skip


class _Executors:
    """Where jobs go: this machine's processes, or a cluster; renewed when it broke."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make, self._now = make, make()
        self._given: WeakSet[Future[tuple[Made, ...]]] = WeakSet()

    def submit(self, job: Job) -> Future[tuple[Made, ...]]:
        """Give out a job."""
        try:
            future = self._now.submit(run_job, job)
        except BrokenExecutor as error:
            self.renew(error)
            future = self._now.submit(run_job, job)
        self._given.add(future)
        return future

    def renew(self, error: BaseException) -> None:
        """After a broken pool, a new one; a pool that is well stays."""
        if isinstance(error, BrokenExecutor) and getattr(self._now, "_broken", True):
            self._now.shutdown(wait=False)
            self._now = self._make()

    def __enter__(self) -> "_Executors":
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._given:
            future.cancel()
        self._now.shutdown(wait=True)


def _executors(workers: int, cluster: str) -> _Executors:
    return _Executors(lambda: _of_cluster(cluster)) if cluster else _Executors(lambda: _of_here(workers))


def _of_here(workers: int) -> Executor:
    return ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=prepare,
        max_tasks_per_child=_JOBS_A_PROCESS,
    )


def _of_cluster(address: str) -> Executor:
    """Dask hands a dead worker's jobs to another by itself."""
    try:
        import distributed
    except ImportError:
        raise NoCluster("This machine has no Dask. Install planscribe with its extra: planscribe[cluster]") from None
    try:
        client = cast("Any", distributed).Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise ClusterNotReached(f"No cluster answers at {address}. Check the address (tcp://host:port).") from None
    return cast("Executor", client.get_executor(retries=_TRIES, pure=False))
