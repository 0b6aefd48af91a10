"""One plan and its forms, made in a process of its own: what crosses between processes is here."""

import gc
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.agency import read_agency
from generator.batch.report import Row
from generator.errors import FindingsBlock, GeneratorError
from generator.exchange.plan_file import parse_plan
from generator.exchange.plan_source import Source
from generator.library import Form
from generator.make import Document, Options, PlanAtHand
from generator.mapping.names import known_names
from generator.plan import Plan
from generator.rules import check
from generator.worker import warm


@dataclass(frozen=True, slots=True)
class Job:
    """What one process is given."""

    source: Source
    forms: tuple[Form, ...]
    options: Options


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one plan in one form: its line of the report, and the files to write (name, bytes)."""

    row: Row
    files: tuple[tuple[str, bytes], ...] = field(repr=False, default=())


def prepare() -> None:
    """Said once in each process: a stop is the first process's to give, readers are warmed, and rules and tables are read.

    What is there then is looked through by no collection of garbage any more. No plan has been seen, so nothing of one stays.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    check(Plan())
    known_names()
    gc.collect()
    gc.freeze()


def run_job(job: Job) -> tuple[Made, ...]:
    """Make every document of one plan. A plan or form that cannot be made says so in its line, and raises nothing."""
    source = job.source
    try:
        plan = parse_plan(source.payload, name=source.place + ("" if "." in source.place else source.suffix))
    except GeneratorError as error:
        return tuple(Made(Row.failed(source.place, form.id, str(error))) for form in job.forms)
    at_hand = PlanAtHand(plan, job.options)
    return tuple(_made(source, at_hand, form) for form in job.forms)


def make_documents(
    plans: Iterable[Plan], forms: Sequence[Form | str], options: Options | None = None
) -> Iterator[Document]:
    """Every form of every plan, one after the other: all forms of the first plan, then those of the second.

    The agency's settings are read once, before the first.
    Raises what `make_document` raises, at the document it is about.
    """
    agency = read_agency()
    for plan in plans:
        at_hand = PlanAtHand(plan, replace(options or Options(), second_viewer=False), agency)
        for form in forms:
            yield at_hand.document(form)


def _made(source: Source, at_hand: PlanAtHand, form: Form) -> Made:
    try:
        document = at_hand.document(form)
    except FindingsBlock as error:
        rules = tuple(dict.fromkeys(finding.rule for finding in error.findings))
        return Made(Row.failed(source.place, form.id, str(error), status="blocked", rules=rules))
    except GeneratorError as error:
        return Made(Row.failed(source.place, form.id, str(error)))
    except Exception as error:  # noqa: BLE001 (one bad document never stops the others; its text may name a person)
        why = f"This document could not be made: a fault of planscribe ({type(error).__name__}). Please report it."
        return Made(Row.failed(source.place, form.id, why))
    stem, _, suffix = document.file_name.rpartition(".")
    name = f"{source.stem}_{stem}.{suffix}"
    files = [(name, document.data)]
    if document.pdf is not None and document.pdf is not document.data:
        files.append((f"{source.stem}_{stem}.pdf", document.pdf))
    return Made(Row.of(source.place, name, document), tuple(files))
