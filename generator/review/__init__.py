"""From a plan, its next review: what is asked, what was decided, what changed. Files and screens are elsewhere."""

from generator.review.answers import Answers, Decided
from generator.review.asked import Asked, open_objectives
from generator.review.carry import NextReview, next_review, with_changes
from generator.review.compare import Difference, differences
from generator.review.table import table_of

__all__ = [
    "Answers",
    "Asked",
    "Decided",
    "Difference",
    "NextReview",
    "differences",
    "next_review",
    "open_objectives",
    "table_of",
    "with_changes",
]
