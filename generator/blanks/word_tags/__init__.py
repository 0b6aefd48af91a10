"""Tagged Word templates: docxtpl's dialect, read, checked and filled. Forms without tags are `word_plain`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from generator.blanks.word_tags.names import NameUse
from generator.blanks.word_tags.render import Compiled, compiled, printable, render
from generator.errors import NameUnknown
from generator.finding import Finding, Severity
from generator.ooxml import write_package
from generator.slots import Fill, Filled, Outcome, Slot, SlotKind, Status, Value

__all__ = ["NameUse", "WordTags", "open_word_tags"]


@dataclass(frozen=True, slots=True)
class WordTags:
    """A tagged template as a blank: one slot for each name it reads from the top (`patient.name.full`, `problems`)."""

    template: Compiled
    kind: str = "word-tags"
    pages: int | None = None

    @property
    def slots(self) -> Sequence[Slot]:
        """Names up to their first list, in order of use; a list is a slot of rows."""
        found: dict[str, Slot] = {}
        for use in self.template.names:
            name, is_list, _ = use.path.partition("[]")
            if name not in found or is_list:
                kind = SlotKind.ROWS if is_list else SlotKind.TEXT
                found[name] = Slot(name, label=name, kind=kind, where=use.where)
        return tuple(found.values())

    @property
    def names(self) -> tuple[NameUse, ...]:
        """Every name the template reads, with its place."""
        return self.template.names

    @property
    def findings(self) -> Sequence[Finding]:
        """Links to other files that were taken out."""
        if not self.template.outside_links:
            return ()
        message = f"{self.template.outside_links} links to other files or pictures elsewhere were taken out."
        return (
            Finding(
                "outside-links", Severity.WARNING, "the template", message, "Put the pictures into the template itself."
            ),
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
        for slot in self.slots:
            _nest(context, slot.id, [] if slot.kind is SlotKind.ROWS else "")
        for fill in fills:
            _nest(context, fill.slot, fill.value)
        data = write_package(render(self.template, context))
        return Filled(data, tuple(_outcome(fill) for fill in fills))


def open_word_tags(data: bytes) -> WordTags:
    """The template in a Word file. Raises the errors of reading, syntax and safety, each saying the place."""
    return WordTags(compiled(data))


def _outcome(fill: Fill) -> Outcome:
    if fill.value in ("", [], ()):
        return Outcome(fill.slot, Status.LEFT, "the plan has nothing for it")
    if isinstance(fill.value, str) and printable(fill.value) != fill.value:
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
