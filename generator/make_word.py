"""A Word document made whole in one call to a worker: filled, marked, proven. PDF forms are `make_pdf`.

The proof reads the finished bytes again, with none of the code that wrote them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.blanks.tasks import fill_word_tags
from generator.finding import Finding
from generator.marks import Marks, marked
from generator.proof import Expected, Proof
from generator.proof.word import prove_printed, prove_word
from generator.slots import Fill, Value


@dataclass(frozen=True, slots=True)
class MadeWord:
    """The finished document, the slots that its template left out of it, the proof of all others, and what else to know."""

    data: bytes = field(repr=False)
    absent: tuple[str, ...]
    proof: Proof
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FinishedWord:
    """A finished document and its proof."""

    data: bytes = field(repr=False)
    proof: Proof


def make_word(template: bytes, values: Mapping[str, Value], printed: Mapping[str, str], marks: Marks) -> MadeWord:
    """A tagged template rendered, marked and proven.

    `values` are its slots' values by name, plain data; `printed` the texts that it shows where no condition hides them,
    by the names that the report gives them.
    """
    filled = fill_word_tags(template, [Fill(name, value) for name, value in values.items()])
    document = marked(filled.data, marks)
    absent, proof = prove_printed(filled.data, document, [Expected(slot, text) for slot, text in printed.items()])
    return MadeWord(document, absent, proof, filled.findings)


def finish_word(filled: bytes, marks: Marks, expected: Sequence[Expected]) -> FinishedWord:
    """A filled form without tags, marked and proven."""
    document = marked(filled, marks)
    return FinishedWord(document, prove_word(document, expected))
