"""The file that holds a release of ICD-10-CM: small on disk, read in a few milliseconds, opened piece by piece.

    4 bytes     length of the head, little-endian
    head        zlib of JSON: release, number of records, first codes of the blocks, size of each piece
    pieces      each zlib: the words, the places of each word's list, the lengths of the records' texts,
                then the lists (for each word the numbers of the records that have it), then the blocks of records

Records are numbered in file order: behavioural chapters first, so that a low number is a likely answer.
"""

import json
import sys
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from typing import Any

BLOCK = 64
"""Records in a block; one block is unpacked to read one record."""


@dataclass(frozen=True, slots=True)
class Record:
    """A code or a heading as packed. `terms` are its inclusion terms, `excludes1` its own notes, parents' not among them."""

    code: str
    title: str
    billable: bool
    terms: tuple[str, ...] = ()
    excludes1: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the list, and the days it is in force (the fiscal year runs from 1 October to 30 September)."""

    name: str
    fiscal_year: int
    first_day: date
    last_day: date
    source: str = ""


class Packed:
    """An opened file. Holds bytes and an index of words, no query and no answer."""

    def __init__(self, data: bytes) -> None:
        self._unpacked: dict[int, list[list[Any]]] | None = None
        head_size = int.from_bytes(data[:4], "little")
        head = json.loads(zlib.decompress(data[4 : 4 + head_size]))
        self.release = Release(
            **{
                **head["release"],
                **{key: date.fromisoformat(head["release"][key]) for key in ("first_day", "last_day")},
            }
        )
        self.count: int = head["count"]
        self._data = data
        at = 4 + head_size
        pieces = []
        for size in head["pieces"]:
            pieces.append(zlib.decompress(data[at : at + size]))
            at += size
        self.words: list[str] = pieces[0].decode().split()
        """Every word of the titles and terms, sorted."""
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self._by_length[len(word)].append(word)
        self.lengths = pieces[2]
        """For each record the number of words of its title, at most 255."""
        self.frequencies = _numbers(pieces[3])
        """For each word the number of records that have it."""
        self._lists = array("I", [0]) + array("I", accumulate(_numbers(pieces[1])))
        self._lists_at = at
        self._firsts: dict[str, tuple[list[str], int]] = {}
        self._blocks_at = at + self._lists[-1]
        self._blocks = list(accumulate(head["blocks"], initial=0))
        for number, first in enumerate(head["firsts"]):
            firsts, _ = self._firsts.setdefault(first[0], ([], number))
            firsts.append(first)

    def words_of_length(self, length: int) -> Sequence[str]:
        """The words that have this many letters."""
        return self._by_length.get(length, ())

    def numbers_of(self, word: int) -> Sequence[int]:
        """The numbers of the records that have the word at this place of `words`, rising."""
        start, end = self._lists_at + self._lists[word], self._lists_at + self._lists[word + 1]
        return array("I", accumulate(_numbers(zlib.decompress(self._data[start:end]))))

    def records(self, numbers: Iterable[int]) -> Iterator[tuple[int, Record]]:
        """The records of these numbers, each block unpacked once; with their numbers, in rising order."""
        for block, group in groupby(sorted(numbers), key=lambda number: number // BLOCK):
            lines = self._lines(block)
            for number in group:
                yield number, _record(lines[number % BLOCK])

    def for_one_check(self) -> "Packed":
        """The same list, which keeps the blocks that it unpacks as long as it lives."""
        other = copy(self)
        other._unpacked = {}
        return other

    def _lines(self, number: int) -> list[list[Any]]:
        if self._unpacked is not None and number in self._unpacked:
            return self._unpacked[number]
        start, end = (self._blocks_at + self._blocks[number + step] for step in (0, 1))
        lines: list[list[Any]] = json.loads(zlib.decompress(self._data[start:end]))
        if self._unpacked is not None:
            self._unpacked[number] = lines
        return lines

    def number_of(self, code: str) -> int | None:
        """The number of the record of exactly this code."""
        number, lines = self._place(code)
        return next((number + step for step, line in enumerate(lines) if line[0] == code), None)

    def starting_with(self, prefix: str, limit: int) -> list[Record]:
        """The first records whose code begins so, in the order of codes."""
        number, lines = self._place(prefix)
        if not lines:
            return []
        found: list[Record] = []
        blocks = range(number // BLOCK, len(self._blocks) - 1)
        for block in blocks:
            lines = self._lines(block)
            found += [_record(line) for line in lines if line[0].startswith(prefix)]
            if len(found) >= limit or lines[-1][0][: len(prefix)] > prefix:
                break
        return found[:limit]

    def _place(self, code: str) -> tuple[int, list[list[Any]]]:
        firsts, first_block = self._firsts.get(code[:1], ([], 0))
        if not firsts:
            return 0, []
        block = first_block + max(0, bisect_right(firsts, code) - 1)
        return block * BLOCK, self._lines(block)


def pack(release: Release, records: Sequence[Record], words_of: Callable[[str], list[str]]) -> bytes:
    """The file's bytes. Records come in groups of one letter, each sorted by code; a block never spans two letters."""
    padded = _padded(records)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(padded):
        if record is not None:
            for word in dict.fromkeys(word for text in (record.title, *record.terms) for word in words_of(text)):
                numbers[word].append(number)
    words = sorted(numbers)
    lists = [_packed_numbers(_steps(numbers[word])) for word in words]
    lengths = bytes(min(255, len(words_of(record.title))) if record else 255 for record in padded)
    pieces = [
        zlib.compress("\n".join(words).encode(), 9),
        _packed_numbers([len(one) for one in lists]),
        zlib.compress(lengths, 9),
        _packed_numbers([len(numbers[word]) for word in words]),
    ]
    groups = [[record for record in padded[i : i + BLOCK] if record is not None] for i in range(0, len(padded), BLOCK)]
    blocks = [
        zlib.compress(
            json.dumps(
                [(one.code, one.title, int(one.billable), one.terms, one.excludes1) for one in group],
                ensure_ascii=False,
                separators=(",", ":"),
            ).encode(),
            9,
        )
        for group in groups
    ]
    head = {
        "release": {
            "name": release.name,
            "fiscal_year": release.fiscal_year,
            "first_day": release.first_day.isoformat(),
            "last_day": release.last_day.isoformat(),
            "source": release.source,
        },
        "count": len(records),
        "firsts": [group[0].code for group in groups],
        "pieces": [len(piece) for piece in pieces],
        "blocks": [len(block) for block in blocks],
    }
    packed_head = zlib.compress(json.dumps(head).encode(), 9)
    return b"".join([len(packed_head).to_bytes(4, "little"), packed_head, *pieces, *lists, *blocks])


def _record(line: list[Any]) -> Record:
    code, title, billable, terms, notes = line
    return Record(code, title, bool(billable), tuple(terms), tuple(notes))


def _padded(records: Sequence[Record]) -> list[Record | None]:
    """The records, with gaps where a block ends early because the next letter begins."""
    padded: list[Record | None] = []
    letter = ""
    for record in records:
        if letter and record.code[0] != letter:
            padded += [None] * (-len(padded) % BLOCK)
        letter = record.code[0]
        padded.append(record)
    return padded


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _packed_numbers(numbers: Sequence[int]) -> bytes:
    values = array("I", numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return zlib.compress(values.tobytes(), 9)


def _numbers(data: bytes) -> "array[int]":
    values = array("I")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
