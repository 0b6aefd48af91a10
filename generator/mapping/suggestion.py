"""What a slot of an unknown form seems to ask for: the nouns of a suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass

SURE = 0.86
LIKELY = 0.45


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that a slot could take. `shown` is its expression in a field map, `confidence` 0 to 1."""

    path: str
    shown: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a slot seems to ask for. `path` is "" where it is to stay empty; `why` says so in words.

    `entry` is what a field map would hold for it: an expression, or the table of a check box or choice.
    """

    slot: str
    label: str
    path: str
    confidence: float
    why: str
    entry: str | Mapping[str, object]
    candidates: tuple[Candidate, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it may be filled without a person's yes, where that was asked for."""
        return self.confidence >= SURE

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe map --json`."""
        return {
            "id": self.slot,
            "label": self.label,
            "path": self.path,
            "confidence": round(self.confidence, 3),
            "sure": self.is_sure,
            "why": self.why,
            "candidates": [{"path": c.path, "confidence": round(c.confidence, 3)} for c in self.candidates],
        }
