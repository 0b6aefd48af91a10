"""Search the packed list by words: candidates by the rarest words first, then the best text of each by both sides' words."""

import heapq
import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from generator.codes.packed import Packed, Record
from generator.codes.words import words_of
from generator.plan.types import icd10cm

_CODE_BEGINNING = re.compile(r"[A-Za-z](?:\d[0-9A-Za-z]?|[A-Za-z]\d)(?:\.?[0-9A-Za-z]{0,4})")
_CANDIDATES = 48
"""Records whose texts are read for one query."""
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")
"""Another name in square brackets, and words in round ones that change nothing (guidelines I.A.7)."""
_READ = 12_000
"""Entries of word lists that add candidates; the lists of commoner words then only choose among those found."""
_WEIGHED = 2_000
"""Candidates that are put in order, where very many are equal."""
_SAYS_LITTLE = frozenset("unspecified uncomplicated nos without complications complication".split())
"""Words that a text may have without being further from what was asked: the code to take when nothing more is known."""
_CHAPTER_BONUS = {"F": 0.06, "Z": 0.02, "R": 0.02}
_BILLABLE_BONUS = 0.03


@dataclass(frozen=True, slots=True)
class Found:
    """A record, the text of it that matched, and how well, 0 to 1."""

    record: Record
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the query: the words of the list it may stand for, each with how sure that is, and its weight."""

    options: dict[str, float]
    weight: float


def search(packed: Packed, query: str, limit: int) -> list[Found]:
    """See `CodeList.search`. An empty query, or one of which no word is known, has no answer."""
    typed = query.strip()[:200]
    if _CODE_BEGINNING.fullmatch(typed):
        by_code = packed.starting_with(icd10cm.normalise(typed).rstrip("."), limit)
        if by_code:
            return [Found(record, record.title, 1.0) for record in by_code]
    asked = [one for word in _everyday(typed) if (one := _asked(packed, word)) is not None]
    if not asked or limit < 1:
        return []
    found = [_best_text(packed, record, asked) for _, record in packed.records(_candidates(packed, asked))]
    found += _codes_of_headings(packed, found)
    found.sort(key=lambda one: (-one.score, len(one.record.title), one.record.code))
    return found[:limit]


def _codes_of_headings(packed: Packed, found: list[Found]) -> list[Found]:
    """For the best headings the code below that says no more than they do, so that an answer can be billed.

    "Social anxiety disorder" is a term of the heading F40.1; the code for it is F40.10.
    """
    have = {one.record.code for one in found}
    added = []
    for one in heapq.nlargest(4, (one for one in found if not one.record.billable), key=lambda one: one.score):
        below = [record for record in packed.starting_with(one.record.code, 60) if record.billable]
        record = min(below, key=lambda record: _says_more(record, one.record), default=None)
        if record is not None and record.code not in have:
            added.append(Found(record, one.matched, min(1.0, one.score + _BILLABLE_BONUS)))
    return added


def _says_more(record: Record, heading: Record) -> tuple[int, int]:
    """How many words a code has beyond its heading; among equals one that says "unspecified" goes first."""
    said = set(words_of(heading.title))
    more = [word for word in words_of(record.title) if word not in said]
    is_plain = any(word in _SAYS_LITTLE for word in more)
    return sum(word not in _SAYS_LITTLE for word in more), 0 if is_plain else 1


def _everyday(typed: str) -> list[str]:
    """The query's words, everyday names and abbreviations turned into those of the list."""
    words = words_of(typed)[:12]
    known, out, i = everyday_words(), list[str](), 0
    while i < len(words):
        for size in (4, 3, 2, 1):
            meant = known.get(" ".join(words[i : i + size]))
            if meant is not None and i + size <= len(words):
                out += meant.split()
                i += size
                break
        else:
            out.append(words[i])
            i += 1
    return list(dict.fromkeys(out))


@cache
def everyday_words() -> dict[str, str]:
    """Everyday names, abbreviations and Spanish words, with the words of the list they stand for."""
    source = resources.files("generator") / "data" / "codes" / "words.yaml"
    listed = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {" ".join(words_of(str(said))): " ".join(words_of(str(meant))) for said, meant in listed.items()}


def _asked(packed: Packed, word: str) -> _Asked | None:
    options = _options(packed, word)
    if not options:
        return None
    frequency = sum(_frequency(packed, option) for option in options)
    return _Asked(options, _weight(packed, frequency))


def _options(packed: Packed, word: str) -> dict[str, float]:
    """The word itself with its plural or singular; else words that begin so; else the nearest by typing mistakes."""
    words = packed.words
    forms = {word: 1.0, f"{word}s": 0.97, word.removesuffix("s"): 0.97}
    forms |= (
        {f"{word[:-1]}ies": 0.97} if word.endswith("y") else {f"{word[:-3]}y": 0.97} if word.endswith("ies") else {}
    )
    same = {form: sure for form, sure in forms.items() if _place(words, form) >= 0}
    if same:
        return same
    start = bisect_left(words, word)
    begun = [option for option in words[start : start + 400] if option.startswith(word)] if len(word) >= 3 else []
    if begun:
        best = heapq.nlargest(12, begun, key=lambda option: _frequency(packed, option))
        return {option: 0.9 if len(option) - len(word) < 5 else 0.8 for option in best}
    allowed = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 6 else 2 if len(word) < 11 else 3
    if not allowed:
        return {}
    # Most mistakes are one letter, and one letter is soon looked for; the dearer search is for what it does not find.
    near = _alike(packed, word, 1) or (_alike(packed, word, allowed) if allowed > 1 else [])
    if not near:
        return {}
    ranked = sorted(near, key=lambda one: (one[1] + (one[0][0] != word[0]) * 0.5, -_frequency(packed, one[0])))
    best_distance = ranked[0][1]
    return {option: 1 - 0.12 * distance for option, distance, _ in ranked[:4] if distance == best_distance}


def _alike(packed: Packed, word: str, mistakes: int) -> list[tuple[str, int, int]]:
    """Words of the list that are at most so many typing mistakes away, each with how many."""
    sizes = range(len(word) - mistakes, len(word) + mistakes + 1)
    alike = [near for size in sizes for near in packed.words_of_length(size)]
    return process.extract(word, alike, scorer=OSA.distance, score_cutoff=mistakes, limit=8)


def _candidates(packed: Packed, asked: list[_Asked]) -> list[int]:
    """The numbers of the records that have most of the weight, few-worded titles and behavioural chapters first."""
    scores: dict[int, float] = {}
    spent = 0
    for one in sorted(asked, key=lambda one: -one.weight):
        frequency = sum(_frequency(packed, option) for option in one.options)
        adds = not scores or spent + frequency <= _READ
        spent += frequency
        for option, sure in one.options.items():
            numbers = packed.numbers_of(_place(packed.words, option))
            gain = one.weight * sure
            if not scores:
                scores = dict.fromkeys(numbers, gain)
            elif adds:
                for number in numbers:
                    scores[number] = scores.get(number, 0.0) + gain
            else:
                for number in frozenset(scores).intersection(numbers):
                    scores[number] += gain
    least = 0.6 * max(scores.values())
    likely = [number for number, score in scores.items() if score >= least]
    if len(likely) > _WEIGHED:
        highest = max(scores.values())
        likely = [number for number in likely if scores[number] == highest][:_WEIGHED]
    lengths = packed.lengths
    return heapq.nlargest(_CANDIDATES, likely, key=lambda number: (scores[number] - 0.08 * lengths[number], -number))


def _best_text(packed: Packed, record: Record, asked: list[_Asked]) -> Found:
    """How well the best of the record's texts answers: the share of the query it has, and the share of it that was asked."""
    total = sum(one.weight for one in asked)
    best, matched = 0.0, record.title
    for text in (record.title, *record.terms):
        words = words_of(_ASIDE.sub(" ", text)) or words_of(text)
        has = got = 0.0
        seen: set[str] = set()
        for one in asked:
            sure, word = max(((one.options[word], word) for word in words if word in one.options), default=(0.0, ""))
            has += one.weight * sure
            if word and word not in seen:
                seen.add(word)
                got += _weight(packed, _frequency(packed, word)) * sure
        whole = sum(
            _weight(packed, _frequency(packed, word)) * (0.15 if word in _SAYS_LITTLE and word not in seen else 1.0)
            for word in dict.fromkeys(words)
        )
        score = 0.72 * has / total + 0.28 * min(1.0, got / (whole or 1.0)) - 0.03 * text.startswith("Other")
        if score > best:
            best, matched = score, text
    bonus = _CHAPTER_BONUS.get(record.code[0], 0.0) + (_BILLABLE_BONUS if record.billable else 0.0)
    return Found(record, matched, min(1.0, best * (1 - 0.09) + bonus))


def _place(words: list[str], word: str) -> int:
    place = bisect_left(words, word)
    return place if place < len(words) and words[place] == word else -1


def _frequency(packed: Packed, word: str) -> int:
    place = _place(packed.words, word)
    return packed.frequencies[place] if place >= 0 else 0


def _weight(packed: Packed, frequency: int) -> float:
    """Rare words weigh more (inverse document frequency)."""
    return math.log(1 + packed.count / (1 + frequency))
