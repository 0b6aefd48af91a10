"""From a plan, its next review: what is asked, what was decided, what changed. Files and screens are elsewhere."""

from generator.review.asked import Asked, open_objectives
from generator.review.carry import Answers, Decided, NextReview, next_review, table_of, with_changes
from generator.review.compare import Difference, differences

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
