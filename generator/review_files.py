"""A plan file in, its next review out: the decisions to fill in, the next plan, and the changes between two plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.agency import read_agency, spoken
from generator.errors import FindingsBlock, OutputNotWritable, ReviewNotPossible
from generator.exchange.plan_file import read_plan, write_plan
from generator.files import write_whole
from generator.finding import Finding, Severity
from generator.mapping.changes import change_said, value_said
from generator.plan import Plan
from generator.review import Answers, Asked, Difference, next_review, open_objectives, table_of, with_changes
from generator.review.decisions import decisions_text, read_decisions
from generator.rules.clock import review_clock

_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class ReviewFiles:
    """What a run wrote and found. `decisions` is the file to fill in, None where one was given."""

    path: Path
    decisions: Path | None
    next_review: date | None
    objectives: tuple[Asked, ...]
    changes: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    language: str

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe review --json`."""
        return {
            "path": str(self.path),
            "decisions": str(self.decisions) if self.decisions else None,
            "next_review": self.next_review,
            "objectives": [one.as_dict() for one in self.objectives],
            "changes": changes_as_data(self.changes, self.language),
            "findings": [one.as_dict() for one in self.findings],
        }


def review_file(
    path: Path, output: Path, *, decisions: Path | None = None, as_of: date | None = None, language: str | None = None
) -> ReviewFiles:
    """Carry a plan file forward to its next review.

    Without decisions the next plan has none made, and a file to make them in is written beside it. The plan itself is
    never written to; a next plan that somebody has changed since is not either. Raises ReviewNotPossible,
    PlanNotReadable, OutputNotWritable, and FindingsBlock where a new intervention has braces to fill in.
    """
    plan = read_plan(path)
    tongue = spoken(plan, language)
    answers = _read(decisions) if decisions is not None else Answers()
    day = answers.day or as_of or date.today()
    context = read_agency().context(as_of=day, language=tongue)
    if output.exists():
        _refuse_losing(plan, path, output)
    made = next_review(plan, answers, context)
    errors = [one for one in made.findings if one.severity is Severity.ERROR]
    if errors:
        raise FindingsBlock(f"{output} was not written: a new intervention still has a place to fill in.", errors)
    asked = open_objectives(plan, context)
    to_fill_in = None
    if decisions is None:
        to_fill_in = output.with_name(f"{output.stem}.decisions.yaml")
        if to_fill_in.exists():
            raise OutputNotWritable(
                f"{to_fill_in} is there already. Use it with --decisions, or choose another name with -o."
            )
        due = review_clock(plan, context).next_review
        write_whole(to_fill_in, decisions_text(plan, asked, due, day, tongue).encode())
    write_plan(made.plan, output)
    return ReviewFiles(output, to_fill_in, made.plan.reviews.next_due, asked, made.changes, made.findings, tongue)


def changes_between(
    before: Path, after: Path, *, language: str | None = None, record: bool = False
) -> tuple[tuple[Difference, ...], str]:
    """What changed between two plan files, and the language to say it in; `record` writes it into the later one's last review."""
    earlier, later = read_plan(before), read_plan(after)
    changes = table_of(earlier, later)
    if record:
        write_plan(with_changes(earlier, later).plan, after)
    return changes, spoken(later, language)


def changes_as_data(changes: Sequence[Difference], language: str) -> list[dict[str, object]]:
    """Each change as data and in words."""
    return [
        {
            "kind": one.kind,
            "field": one.field,
            "where": one.where,
            "what": change_said(one.field, one.entry, language),
            "before": value_said(one.field, one.before, language),
            "after": value_said(one.field, one.after, language),
        }
        for one in changes
    ]


def _read(path: Path) -> Answers:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReviewNotPossible(
                f"{path.name} is larger than {_LARGEST // 1_000_000} MB; decisions are far smaller."
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ReviewNotPossible(f"There is no file {path}, or it is not text in UTF-8. Check the name.") from None
    return read_decisions(text, path.name)


def _refuse_losing(plan: Plan, path: Path, output: Path) -> None:
    """Only a next plan as this command writes it, before any decision, is written over."""
    if output.samefile(path):
        raise OutputNotWritable(f"{output} is the plan itself. Every version is kept: choose another name with -o.")
    there = read_plan(output)
    last = there.reviews.last
    if last is not None and last.date is not None and not any(one.decision for one in last.objective_updates):
        context = read_agency().context(as_of=last.date, language=spoken(plan, None))
        try:
            if next_review(plan, Answers(), context).plan.as_data() == there.as_data():
                return
        except ReviewNotPossible:
            pass
    raise OutputNotWritable(
        f"{output} is there already, and it is more than this plan carried forward. Choose another name with -o."
    )
