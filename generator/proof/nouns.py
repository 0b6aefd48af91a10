"""What is proven, and what the proof found."""

from dataclasses import dataclass

_SENTENCES = {"en": "{visible} of {checked} answers visible", "es": "{visible} de {checked} respuestas visibles"}


@dataclass(frozen=True, slots=True)
class Expected:
    """An answer that must be seen: `slot` is its field's name (or a name for the report), `value` its text or on-state.

    `is_button` for check boxes and radio buttons; `is_continued` where the text stands on an added page. `places` are
    the paragraphs of a Word file that must show it together (part, number from 1); `is_ringed` where it is a printed
    choice that must be marked.
    """

    slot: str
    value: str
    is_button: bool = False
    is_continued: bool = False
    is_ringed: bool = False
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that is not seen as it should be, and why."""

    slot: str
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How many answers were looked for, and those that were not found."""

    checked: int
    faults: tuple[Fault, ...]
    pages: int | None = None

    @property
    def visible(self) -> int:
        """How many answers are there to be seen."""
        return self.checked - len({fault.slot for fault in self.faults})

    def sentence(self, language: str = "en") -> str:
        """`47 of 47 answers visible`."""
        return _SENTENCES.get(language, _SENTENCES["en"]).format(visible=self.visible, checked=self.checked)
