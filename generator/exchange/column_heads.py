"""A column's header taken apart: "Goal 2.1 Target Date" is a caption, and numbers behind the names of levels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.exchange.column_words import ORDINALS, bare, folded
from generator.mapping.phrases import words

LEVELS = ("problem", "goal", "objective", "intervention")
LEVEL_WORDS = {
    "problem": "problem", "problema": "problem", "prob": "problem", "need": "problem", "p": "problem",
    "goal": "goal", "meta": "goal", "g": "goal", "objective": "objective", "objetivo": "objective", "obj": "objective",
    "o": "objective", "intervention": "intervention", "intervencion": "intervention", "interv": "intervention", "i": "intervention",
}  # fmt: skip
_NUMBERED = re.compile(r"([a-z]+)[\s_#.\-]*(\d+(?:[.\-]\d+)*)")
_IN_NAMES = re.compile(
    r"icd[\s\-_]*10(?:[\s\-_]*cm)?|cie[\s\-_]*10(?:[\s\-_]*mc)?|dsm[\s\-_]*(?:5|iv)|phq[\s\-_]*[29]|gad[\s\-_]*7|pcl[\s\-_]*5"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A header taken apart: its caption without numbers, the numbers that stand behind names of levels, and the last one."""

    key: str
    caption: str
    levels: Mapping[str, tuple[int, ...]]
    number: tuple[int, ...]
    path: str = ""

    @classmethod
    def of(cls, key: str) -> "Head":
        """The parts of a column's key; one that is a place of a plan already is that place."""
        if re.fullmatch(r"[a-z_0-9]+(\[\d*\])?(\.[a-z_0-9]+(\[\d*\])?)*", key) and ("." in key or "[" in key):
            return cls(key, key, {}, (), key.replace("[]", "[0]"))
        again = re.search(r" \((\d+)\)$", key)
        plain = folded(key[: again.start()] if again else key)
        if words(plain) in bare():  # "Address 2" is not the second of a list
            return cls(key, plain, {}, (int(again[1]),) if again else _ordinal_in(plain))
        plain = re.sub(r"([a-z])([A-Z])", r"\1 \2", key[: again.start()] if again else key)
        plain = folded(plain.replace("_", " "))
        kept = _IN_NAMES.sub(
            lambda found: re.sub(r"\d+", lambda n: "@" * int(n[0]) if int(n[0]) < 20 else n[0], found[0]), plain
        )
        levels: dict[str, tuple[int, ...]] = {}
        number: tuple[int, ...] = ()
        for word, digits in _NUMBERED.findall(kept):
            numbers = tuple(int(n) for n in re.split(r"[.\-]", digits) if n)
            if word in LEVEL_WORDS:
                levels[LEVEL_WORDS[word]] = numbers
            number = numbers
        if not number:
            alone = re.match(r"\s*#?(\d{1,2})(?:st|nd|rd|th|[.)])?\s", kept) or re.search(r"[@\s](\d{1,2})\s*$", kept)
            number = (int(alone[1]),) if alone else ()
        caption = re.sub(r"[#\s]*\d+(?:[.\-]\d+)*(?:st|nd|rd|th)?", " ", kept)
        caption = re.sub(r"@+", lambda run: str(len(run[0])), caption)
        caption = re.sub(r"(?<=\w)[.\-](?=\s|$)|[:()\[\]/]", " ", caption)
        if not number:
            number = (int(again[1]),) if again else _ordinal_in(caption)
        return cls(key, " ".join(caption.split()), levels, number)


def _ordinal_in(caption: str) -> tuple[int, ...]:
    said = next((ORDINALS[word] for word in caption.split() if word in ORDINALS), 0)
    return (said,) if said > 1 else ()
