"""The nouns between a blank and a plan: slot, fill, outcome. Nothing here knows a file format or a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from generator.finding import Finding

Row: TypeAlias = Mapping[str, "Value"]
Value: TypeAlias = str | bool | Sequence[Row]
Rect: TypeAlias = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points, origin at the page's lower left."""


class SlotKind(StrEnum):
    """What a slot takes."""

    TEXT = "text"
    MULTILINE = "multiline"
    CHECK = "check"  # one box; takes a bool, or the name of its on-state
    RADIO = "radio"  # one of `choices`
    CHOICE = "choice"  # a drop-down or list; one of `choices`, or any text when `is_editable`
    DATE = "date"
    SIGNATURE = "signature"
    ROWS = "rows"  # a table or loop; takes a sequence of rows
    RICH = "rich"


class Status(StrEnum):
    """How a slot ended."""

    FILLED = "filled"
    SHRUNK = "shrunk"
    CONTINUED = "continued"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `export` is what the file stores, `label` what a person reads."""

    export: str
    label: str


@dataclass(frozen=True, slots=True)
class Region:
    """Where a slot stands in a file without pages: part, path of the paragraph, characters `start` to `end` in it.

    A tab or line break counts as one character, so does a legacy check box or list; text boxes count as none.
    """

    part: str
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """What is printed around a slot: the words that a person would take for its caption, and those further off.

    `section` is the heading over it, `column` and `row` the heads of its place in a table. Each is ""
    where there is none.
    """

    left: str = ""
    above: str = ""
    below: str = ""
    right: str = ""
    inside: str = ""
    section: str = ""
    column: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a blank that takes a value.

    `id` is unique in its blank (a PDF field's fully qualified name; a template's dotted name).
    `page` counts from 0; `where` says the place in words for files without fixed pages
    (`body, table 2, row 3, cell 2`). `max_length` counts characters (UTF-16 units, as PDF's MaxLen does).
    `capacity` is about how many characters the slot shows at its own size, None where it grows.
    """

    id: str
    label: str = ""
    kind: SlotKind = SlotKind.TEXT
    page: int | None = None
    rect: Rect | None = None
    where: str = ""
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()
    tooltip: str = ""
    format: str = ""  # what the form's own script asks for: "date:mm/dd/yyyy", "number:2", "phone", "ssn", "zip"
    capacity: int | None = None
    value: str = ""  # what the blank already holds
    is_required: bool = False
    is_read_only: bool = False
    is_hidden: bool = False
    is_comb: bool = False
    is_editable: bool = False
    group: str = ""  # slots that repeat share a group: "problems[]"; empty where there is none
    index: int | None = None  # the place in the group, from 0
    columns: tuple[str, ...] = ()  # of a slot of rows: the keys that its rows take
    question: str = ""  # what a box or choice answers
    shape: str = ""  # what is printed there, such as underscores, glyph, sdt-text
    regions: tuple[Region, ...] = ()
    near: Near = field(default_factory=Near)


@dataclass(frozen=True, slots=True)
class Fill:
    """A slot with what goes in."""

    slot: str
    value: Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one slot ended. `rest` is the text that is not in the slot (the whole text or its end), in order; `value` what was
    written where the form works it out itself.

    `places` are the paragraphs that hold it in a filled Word file: part, and number among all paragraphs there from 1.
    """

    slot: str
    status: Status
    why: str = ""
    size_pt: float | None = None
    rest: str = ""
    value: str = ""
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled file and how each slot that was given a value ended."""

    data: bytes
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...] = field(default=())


class Blank(Protocol):
    """An empty form: its slots, and a way to fill them. One file of `generator/blanks` per kind."""

    @property
    def kind(self) -> str:
        """`pdf-fields`, `pdf-flat`, `word-tags`, `word-controls`, `word-plain`."""

    @property
    def pages(self) -> int | None:
        """How many pages, None where the file has none of its own (Word)."""

    @property
    def slots(self) -> Sequence[Slot]:
        """All slots, in reading order."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What a person should know about this file before it is filled."""

    def fill(self, fills: Sequence[Fill]) -> Filled:
        """Write `fills`; every other slot stays as it is. The blank itself is not changed."""
