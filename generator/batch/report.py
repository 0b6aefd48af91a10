"""The report of a batch: a line a document. It names places, forms, files and rules, and nothing of a plan's own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast

from generator.exchange.sheet_safe import csv_bytes
from generator.make import Document


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one form of one plan.

    `status` is made, draft (errors stand in the plan), blocked (a final one was asked for), unproven (an answer is not
    to be seen) or failed; `answers` were checked and `visible` seen; `rules` are the findings' ids.
    """

    place: str
    form: str
    status: str
    file: str = ""
    answers: int = 0
    visible: int = 0
    shrunk: int = 0
    continued: int = 0
    left: int = 0
    findings: int = 0
    rules: tuple[str, ...] = ()
    why: str = ""

    @classmethod
    def of(cls, place: str, file: str, document: Document) -> "Row":
        """The line of a document that was made."""
        counts = document.summary()
        status = "unproven" if document.proof.faults else "draft" if document.is_draft else "made"
        return cls(
            place,
            document.form,
            status,
            file,
            document.proof.checked,
            document.proof.visible,
            counts["shrunk"],
            counts["continued"],
            counts["left"],
            len(document.findings),
            tuple(dict.fromkeys(finding.rule for finding in document.findings)),
            document.draft_reason,
        )

    @classmethod
    def failed(cls, place: str, form: str, why: str, *, status: str = "failed", rules: Sequence[str] = ()) -> "Row":
        """The line of a document that was not made."""
        return cls(place, form, status, findings=len(rules), rules=tuple(rules), why=why)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Row":
        """A line as the journal keeps it. Raises TypeError for anything else."""
        rules = data.get("rules")
        row = cls(**cast("dict[str, str]", {**data, "rules": tuple(rules if isinstance(rules, list) else ())}))  # type: ignore[arg-type]
        return row

    @property
    def is_made(self) -> bool:
        """Whether there is a document."""
        return bool(self.file)

    def as_dict(self) -> dict[str, object]:
        """Plain data, as in the JSON report."""
        return {**asdict(self), "rules": list(self.rules)}


def totals(rows: Iterable[Row]) -> dict[str, int]:
    """How many documents ended in each way."""
    out = dict.fromkeys(("made", "draft", "blocked", "unproven", "failed"), 0)
    for row in rows:
        out[row.status] = out.get(row.status, 0) + 1
    return out


def as_json(rows: Sequence[Row]) -> bytes:
    """The report for programs."""
    return json.dumps(
        {"documents": [row.as_dict() for row in rows], "totals": totals(rows)}, ensure_ascii=False, indent=1
    ).encode()


def as_csv(rows: Sequence[Row]) -> bytes:
    """The report for a spreadsheet; no cell is a formula."""
    head = list(Row("", "", "").as_dict())
    return csv_bytes([head, *([_cell(value) for value in row.as_dict().values()] for row in rows)])


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
