"""A plan file checked: findings of the rules, and notes on what was not understood."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.exchange.plan_file import read_plan
from generator.finding import Finding, Note, Severity
from generator.plan.notes import notes
from generator.rules import Context, check


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


def check_file(path: Path, *, as_of: date | None = None, language: str | None = None) -> Checked:
    """Read a plan and check it, as of today or another day. Raises PlanNotReadable."""
    plan = read_plan(path)
    spoken = language or ("es" if (plan.plan.language or "").lower().startswith("es") else "en")
    return Checked(check(plan, Context(as_of=as_of or date.today(), language=spoken)), notes(plan))
