"""When two texts are the same, or nearly."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import process
from rapidfuzz.distance import Indel

_OTHER = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """Lower case, every run of other characters than letters and digits one space, ends trimmed."""
    return _OTHER.sub(" ", text.lower()).strip()


def likeness(one: str, two: str) -> float:
    """difflib's ratio of two texts, 0 to 1; the better of both orders, as the ratio depends on the order."""
    return max(
        SequenceMatcher(None, one, two, autojunk=False).ratio(), SequenceMatcher(None, two, one, autojunk=False).ratio()
    )


def nearest_of(text: str, others: Sequence[str], at_least: float) -> float | None:
    """How alike the most alike of `others` is, where that is `at_least`; None where none is.

    rapidfuzz's Indel similarity is never less than difflib's ratio (a longest common subsequence is no shorter than
    the sum of matching blocks), so it may sort out what is too far before the slow ratio is asked.
    """
    near = process.extract(text, others, scorer=Indel.normalized_similarity, score_cutoff=at_least, limit=20)
    best = max((likeness(text, other) for other, _, _ in near), default=0.0)
    return best if best >= at_least else None
