"""What was said at a review: for each objective its value and decision, and what holds for the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decided:
    """What a review found for one objective, by its id or number.

    `decision` is continue, met, partly, not met, extended or dropped, in English or Spanish. `interventions` are new
    ones, as texts or as mappings of their fields; what one does not say is taken from the objective's first.
    `statement`, `target` and `target_date` are new ones, where they change.
    """

    objective: str
    value: str = ""
    decision: str = ""
    note: str = ""
    interventions: Sequence[str | Mapping[str, object]] = ()
    statement: str = ""
    target: str = ""
    target_date: date | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said at a review. `day` None is the day of the context; `next_review` None the programme's.

    `goals` are the numbers or ids of goals that are decided too, each with its decision.

    `statement` is how the person took part, in their words; `agreement` is agree, partly or disagree.
    """

    objectives: Sequence[Decided] = ()
    goals: Sequence[tuple[str, str]] = ()
    day: date | None = None
    participants: Sequence[str] = ()
    summary: str = ""
    statement: str = ""
    agreement: str = ""
    next_review: date | None = None
