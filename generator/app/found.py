"""Findings by their place, so that a screen of many fields need not go through all of them for each."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from generator.finding import Finding


class Found:
    """The findings of one check."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.of = findings
        self._at: dict[str, list[Finding]] = defaultdict(list)
        self._below: Counter[str] = Counter()
        for finding in findings:
            where = finding.where
            self._at[where].append(finding)
            if where.endswith("]"):
                self._at[where.rpartition("[")[0]].append(finding)
            self._below.update({where[:end] for end in range(1, len(where)) if where[end] in ".["} | {where})

    def at(self, path: str) -> tuple[Finding, ...]:
        """Those that mean this very place, or an item of the list that stands there."""
        return tuple(self._at.get(path, ()))

    def below(self, path: str) -> int:
        """How many mean this place or one in it."""
        return self._below[path]
