"""Tagged Word templates: docxtpl's dialect, read, checked and filled. Forms without tags are `word_plain`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from generator.blanks.word_tags.names import NameUse
from generator.blanks.word_tags.render import Compiled, Filters, compiled, is_data, render
from generator.blanks.word_tags.rich import RichValue, holds_rich, render_rich
from generator.blanks.word_tags.values import printable
from generator.errors import NameUnknown
from generator.finding import Finding, Severity
from generator.ooxml_clean import TAKEN
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status, Value

__all__ = ["NameUse", "RichValue", "WordTags", "open_word_tags"]


@dataclass(frozen=True, slots=True)
class WordTags:
    """A tagged template as a blank: one slot for each name it reads from the top (`patient.name.full`, `problems`)."""

    template: Compiled
    kind: str = "word-tags"
    pages: int | None = None

    @property
    def slots(self) -> Sequence[Slot]:
        """Names up to their first list, in order of use; a list is a slot of rows."""
        return self.template.slots

    @property
    def names(self) -> tuple[NameUse, ...]:
        """Every name the template reads, with its place."""
        return self.template.names

    @property
    def findings(self) -> Sequence[Finding]:
        """What was taken out because it acts when the file is opened."""
        return tuple(
            Finding(rule, Severity.WARNING, "the template", f"{count} {TAKEN[rule][0]} were taken out.", TAKEN[rule][1])
            for rule, count in self.template.taken.items()
        )

    def refuse_unknown_names(self, known: Collection[str]) -> None:
        """Raise NameUnknown at the first name that is not in `known`, with its place and the nearest known name."""
        for use in self.template.names:
            if use.path not in known:
                near = process.extractOne(use.path, sorted(known))
                hint = f" Did you mean {near[0]}?" if near else ""
                raise NameUnknown(f'In {use.where}, near “{use.around}”: a plan has no "{use.path}".{hint}')

    def fill(self, fills: Sequence[Fill]) -> Filled:
        """Render with the fills nested by their dots; a slot that is given nothing prints nothing."""
        context: dict[str, object] = {}
        given = {fill.slot for fill in fills}
        for slot in self.template.slots:
            if slot.id not in given:
                _nest(context, slot.id, [] if slot.kind is SlotKind.ROWS else "")
        for fill in fills:
            _nest(context, fill.slot, fill.value)
        return Filled(self.render(context), tuple(_outcome(fill) for fill in fills))

    def render(self, context: Mapping[str, object]) -> bytes:
        """The document for a context of plain data and of rich values: pictures, rich text, sub-documents."""
        if not is_data(context) and holds_rich(context):
            return render_rich(self.template, context)
        return render(self.template, context)


def open_word_tags(data: bytes, *, filters: Filters | None = None) -> WordTags:
    """The template in a Word file. Raises the errors of reading, syntax and safety, each saying the place.

    `filters` are a program's own filters by name; templates that use others than these and ours are refused.
    """
    return WordTags(compiled(data, filters))


def _outcome(fill: Fill) -> Outcome:
    if fill.value in ("", [], ()):
        return Outcome(fill.slot, Status.LEFT, "the plan has nothing for it")
    if isinstance(fill.value, str) and not fill.value.isprintable() and printable(fill.value) != fill.value:
        return Outcome(fill.slot, Status.FILLED, "characters that no document can hold were left out")
    return Outcome(fill.slot, Status.FILLED)


def _nest(context: dict[str, object], name: str, value: Value) -> None:
    *parents, last = name.split(".")
    for parent in parents:
        inner = context.setdefault(parent, {})
        if not isinstance(inner, dict):
            return
        context = inner
    if not isinstance(context.get(last), dict) or value not in ("", []):
        context[last] = value
