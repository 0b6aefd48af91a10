"""The doctor's nouns: what a plan has, a trouble with its repair, what a check gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.blanks.word_tags.scan import Place, Tag, Text
from generator.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan offers to templates: all names (lists as `[]`), and which of them are dates, flags, lists, rows.

    `aliases` are other words for a name ("date of birth": patient.dob), `expected` what a template should print: a title, the names of which one is
    enough, whether every template should or only a plan, and the source. A plan is a template that goes down to one of
    `plan_lists`, or whose text matches `plan_title`.
    """

    names: frozenset[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    expected: tuple[tuple[str, tuple[str, ...], bool, str], ...] = ()
    plan_lists: frozenset[str] = frozenset()
    plan_title: str = "(?!)"


@dataclass(frozen=True, slots=True)
class Edit:
    """In one paragraph, `length` characters from `at` become `new`."""

    at: int
    length: int
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair does, in words, and how: edits of paragraphs (by their number in the part), or a change of the tree.

    A change gets the paragraphs of the part; it says whether it could be made.
    """

    does: str
    part: str
    edits: tuple[tuple[int, Edit], ...] = ()
    change: Callable[[list[Text]], bool] | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault: its rule, how much it weighs, where, what is wrong, what to do; and its repair where one is safe."""

    rule: str
    severity: Severity
    place: Place | None
    message: str
    mend: str = ""
    around: str = ""
    source: str = ""
    repair: Repair | None = None

    def finding(self) -> Finding:
        """The trouble as a finding; the words around it are the template's, never a patient's."""
        near = f" Near “{self.around}”." if self.around else ""
        return Finding(
            self.rule,
            self.severity,
            self.place.words if self.place else "the template",
            f"{self.message.rstrip('.')}.{near}",
            self.mend,
            self.source,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked template: what is wrong; the repaired file where one was asked for, what was repaired, and what is left."""

    findings: tuple[Finding, ...]
    repaired: bytes | None = field(default=None, repr=False)
    repairs: tuple[str, ...] = ()
    left: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe template check --json`."""
        out: dict[str, object] = {"findings": [one.as_dict() for one in self.findings]}
        if self.repaired is not None:
            out |= {"repairs": list(self.repairs), "left": [one.as_dict() for one in self.left]}
        return out


@dataclass(frozen=True, slots=True)
class Sheet:
    """A template opened for the doctor: its parts, the trees of those with marks, their paragraphs, and all tags.

    `index` says of every tag which paragraph of its part it stands in.
    """

    parts: dict[str, bytes]
    roots: dict[str, etree._Element]
    texts: dict[str, list[Text]]
    tags: tuple[tuple[Tag, int], ...]
