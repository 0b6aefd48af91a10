"""What a field map holds for a slot that takes a value: an expression, a piece of one, or the table of a box."""

from generator.mapping.checks import tick
from generator.mapping.evidence import Evidence
from generator.mapping.vocabulary import Concept
from generator.slots import Slot, SlotKind


def entry_of(concept: Concept, path: str, evidence: Evidence) -> str | dict[str, object] | None:
    """What a map holds for a slot; None where it is a box or a list whose choices are no words of the plan."""
    if evidence.is_check:
        return tick(concept, evidence, path)
    if evidence.slot.kind is SlotKind.CHOICE and (listed := tick(concept, evidence, path)) is not None:
        return listed
    return _piece(concept, path, evidence) or shown_as(concept, path, evidence.slot)


_DATE_PIECES = {"month": "mm", "mes": "mm", "day": "dd", "dia": "dd", "year": "yyyy", "ano": "yyyy"}
_PHONE_PIECES = {"area": "[1:4]", "first": "[6:9]", "prefix": "[6:9]", "second": "[10:14]", "last": "[10:14]"}


def _piece(concept: Concept, path: str, evidence: Evidence) -> str:
    """The expression for a blank that takes one piece of a date or telephone number, "" where it takes the whole."""
    told = {t for said in evidence.said if said.source in ("name", "label") for t in said.tokens}
    if concept.kind == "date":
        pieces = [shape for word, shape in _DATE_PIECES.items() if word in told]
        if len(pieces) == 1:
            short = pieces[0] == "yyyy" and (evidence.slot.max_length or 4) < 4
            return f'{path} | date("{"yy" if short else pieces[0]}")'
    if path.endswith("phone"):
        cuts = [cut for word, cut in _PHONE_PIECES.items() if word in told]
        if len(cuts) == 1:
            return f"({path} | phone){cuts[0]}"
    return ""


def shown_as(concept: Concept, path: str, slot: Slot | None = None) -> str:
    """The expression that prints the value at a path as its concept is printed; the bare path for one item of a list."""
    if slot is not None and slot.format.startswith("date:"):
        return path  # the blank says its own shape; the fill follows it
    if concept.kind == "list" and path.endswith("]"):
        return path  # one item of it
    if path.rpartition(".")[2] != concept.path.rpartition(".")[2]:
        return path
    return concept.shown.replace(concept.path, path, 1) if concept.shown.startswith(concept.path) else path
