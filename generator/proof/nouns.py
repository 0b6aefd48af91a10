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
    """How many answers were looked for, and those that were not found.

    `seen_by`: where more than one family of viewers was asked, how many answers each shows. An answer counts as visible
    where all show it.
    """

    checked: int
    faults: tuple[Fault, ...]
    pages: int | None = None
    seen_by: tuple[tuple[str, int], ...] = ()

    @property
    def visible(self) -> int:
        """How many answers are there to be seen."""
        return self.checked - len({fault.slot for fault in self.faults})

    def sentence(self, language: str = "en") -> str:
        """`47 of 47 answers visible`, with the viewers that were asked: `(PDFium and Poppler)`, or `(PDFium 47, Poppler 46)`."""
        said = _SENTENCES.get(language, _SENTENCES["en"]).format(visible=self.visible, checked=self.checked)
        return f"{said} ({self._viewers(language)})" if self.seen_by else said

    def _viewers(self, language: str) -> str:
        if len({visible for _, visible in self.seen_by}) == 1:
            return (" y " if language == "es" else " and ").join(name for name, _ in self.seen_by)
        return ", ".join(f"{name} {visible}" for name, visible in self.seen_by)
