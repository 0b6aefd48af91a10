"""A plan file checked: findings of the rules, and notes on what was not understood."""

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from generator.agency import Agency, read_agency, read_rule_pack, spoken
from generator.blank_file import find_form, read_blank
from generator.errors import GeneratorError, PlanNotReadable
from generator.exchange.plan_file import read_plan
from generator.finding import Finding, Note, Severity
from generator.form_seen import form_seen
from generator.plan import Plan
from generator.plan.notes import notes
from generator.proof.finished import Finished
from generator.rules import check
from generator.rules.context import DocumentSeen
from generator.rules.others import other_plans
from generator.worker import call


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one plan found."""

    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def sentence(self) -> str:
        """The result in one line."""
        if not self.findings:
            return "Nothing to mend: no rule is broken."
        counts = Counter(finding.severity for finding in self.findings)
        words = (("errors", Severity.ERROR), ("warnings", Severity.WARNING), ("pieces of advice", Severity.ADVICE))
        return ", ".join(f"{counts[severity]} {word}" for word, severity in words) + "."

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe check --json`."""
        counts = Counter(str(finding.severity) for finding in self.findings)
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": [note.as_dict() for note in self.notes],
            "summary": {
                "errors": counts["error"],
                "warnings": counts["warning"],
                "advice": counts["advice"],
                "notes": len(self.notes),
            },
        }


def check_file(
    path: Path,
    *,
    as_of: date | None = None,
    language: str | None = None,
    others: Path | None = None,
    form: str | None = None,
    document: Path | None = None,
    packs: Sequence[Path] = (),
) -> Checked:
    """Read a plan and check it, as of today or another day.

    `others` is a folder of the agency's other plans, `form` an id of the library or a file, `document` a finished
    PDF or Word file of this plan, `packs` rule packs beside those in the agency's folder. Raises PlanNotReadable,
    FormUnknown, BlankNotReadable, PackNotValid, ProfileNotValid.
    """
    plan = read_plan(path)
    agency = read_agency()
    agency = replace(agency, packs=(*agency.packs, *(read_rule_pack(pack) for pack in packs)))
    saved, unread = _saved_plans(others, path) if others is not None else ([], [])
    context = agency.context(
        as_of=as_of or date.today(),
        language=spoken(plan, language),
        others=other_plans(plan, saved),
        form=form_seen(find_form(form)) if form else None,
        document=_finished(document) if document is not None else None,
    )
    known = _profile_note(plan, agency)
    return Checked(check(plan, context), (*notes(plan), *known, *unread))


def _profile_note(plan: Plan, agency: Agency) -> tuple[Note, ...]:
    program = (plan.plan.program or "").strip()
    if not program or program in agency.profiles:
        return ()
    near = difflib.get_close_matches(program, agency.profiles, n=1, cutoff=0.5)
    hint = f' The nearest known one is "{near[0]}".' if near else ""
    return (
        Note("plan.program", f"There is no such program profile; the plan is checked as generic outpatient.{hint}"),
    )


def _saved_plans(folder: Path, own: Path) -> tuple[list[Plan], list[Note]]:
    """The plans of a folder, this one left out; a note for each file that cannot be read, by number and never by name."""
    if not folder.is_dir():
        raise PlanNotReadable(f"{folder} is no folder. Name the folder with the agency's other plans.")
    found: list[Plan] = []
    unread = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".yaml", ".yml", ".json") or not path.is_file() or path.samefile(own):
            continue
        try:
            found.append(read_plan(path))
        except GeneratorError:
            unread += 1
    said = (
        "One file of the other plans cannot be read; it was"
        if unread == 1
        else f"{unread} files of the other plans cannot be read; they were"
    )
    return found, [Note("--others", f"{said} not compared.")] if unread else []


def _finished(path: Path) -> DocumentSeen:
    seen = cast("Finished", call("read-finished", read_blank(path)))
    return DocumentSeen(seen.pages, seen.is_paged, seen.cut_off)
