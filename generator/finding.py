"""A finding is something a person should look at; a note is something that was kept but not understood."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error holds back a final document, a warning and advice do not."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    `where` is the place: a plan path (`problems[0].goals[1].objectives[0].measure.target`), a slot's id, or
    a part of a document. `message` says what is wrong and `mend` what to do; neither repeats identifying data.
    `source` is the citation behind the rule.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    mend: str = ""
    source: str = ""

    def as_dict(self) -> dict[str, str]:
        """The shape of the command's `--json`."""
        return {**asdict(self), "severity": str(self.severity)}


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a file that was kept as it is, but not understood: an unknown key, a value that cannot be read."""

    where: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """The shape of the command's `--json`."""
        return asdict(self)
