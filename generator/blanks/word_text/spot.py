"""A spot: one place of a form that takes a value, with what a person sees around it, before it becomes a slot."""

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.blanks.word_text.layout import Row, TextLine
from generator.blanks.word_text.line import Element, WordField
from generator.slots import Choice, SlotKind


class Span(NamedTuple):
    """Characters of one line, from `start` to `end`."""

    line: TextLine
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Spot:
    """One place that takes a value.

    `shape` says what is printed there (`underscores`, `date`, `glyph`, `sdt-text`, ...) and so how it is written.
    `spans` are its places: the lines of one answer, the boxes of a comb. `twins` are copies of it, as in the fallback
    of a text box. `own` are the words of its label
    that stand at the place itself, `key` is its name inside a row of its group.
    """

    shape: str
    kind: SlotKind
    spans: list[Span]
    word_field: WordField | None = None
    sdt: Element | None = None
    twins: "list[Spot]" = field(default_factory=list)
    id: str = ""
    name: str = ""
    label: str = ""
    own: str = ""
    question: str = ""
    section: str = ""
    column: str = ""
    row_head: str = ""
    before: str = ""
    after: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    format: str = ""
    max_length: int | None = None
    capacity: int | None = None
    value: str = ""
    is_read_only: bool = False
    is_editable: bool = False
    group: str = ""
    index: int | None = None
    key: str = ""
    row: Row | None = None

    @property
    def line(self) -> TextLine:
        """The line of its first place."""
        return self.spans[0].line

    @property
    def start(self) -> int:
        """Where it begins in its first line."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where it ends in its first line."""
        return self.spans[0].end
