"""Signatures given on a screen, put on a filled document: which of them are still good, and whose place is whose."""

from collections.abc import Mapping, Sequence
from typing import cast

from generator.blanks.tasks import Seen
from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.plan.signed_text import is_of_now
from generator.signing.caption import caption_for, for_earlier_text
from generator.signing.ink import ink_as_png, ink_from_text
from generator.signing.mark import Mark, Signed, whose
from generator.signing.record import Method, SignatureRecord
from generator.signing.word import marker_for
from generator.slots import Fill, Slot, SlotKind
from generator.worker import call

_ON_A_SCREEN = (Method.DRAWN, Method.TYPED)
_NO_PLACE = {
    "en": (
        "This form has no line that names this signer ({role}); their signature is kept with the plan, and not printed here.",
        "Print it and let them sign by hand, or use a form with a line for them.",
    ),
    "es": (
        "Este formulario no tiene una línea para quien firma ({role}); su firma se guarda con el plan y aquí no se imprime.",
        "Imprímalo para que firme a mano, o use un formulario con una línea para esa persona.",
    ),
}


def marks_of(plan: Plan, records: Sequence[SignatureRecord], language: str) -> tuple[Mark, ...]:
    """What to print for each entry of the plan that one of the records is; of two for one entry, the last.

    Nobody's hand is put under a text that they did not sign: where the plan was changed since, only words are printed.
    """
    out = []
    for place, entry in enumerate(plan.signatures):
        record = next((one for one in reversed(records) if one.is_of(entry)), None)
        if record is None:
            continue
        words = record.caption_in(language)
        is_good = not record.is_signed or is_of_now(plan, record.of_text)
        is_drawn = is_good and record.method is Method.DRAWN
        is_typed = is_good and record.method is Method.TYPED
        out.append(
            Mark(
                place=place,
                role=record.role,
                name=record.name,
                caption=words if is_good else for_earlier_text(words, language),
                said=str(record.method) if record.is_signed else record.reason,
                image=ink_as_png(ink_from_text(record.ink)) if is_drawn else b"",
                typed=record.name if is_typed else "",
            )
        )
    return tuple(out)


def marks_in(plan: Plan, language: str) -> tuple[Mark, ...]:
    """What to print for the entries that were signed on a screen, as the plan alone tells it: for who has no records.

    A typed name is printed again, of a drawn one the words alone. Of an entry for an earlier text that is said, as in
    `marks_of`. Who declined, or could not sign, stands in the forms' own words.
    """
    out = []
    for place, entry in enumerate(plan.signatures):
        if not (entry.of_text and entry.name and entry.signed_on is not None and entry.method in _ON_A_SCREEN):
            continue
        who = f"{entry.name}, {entry.credential}" if entry.credential else entry.name
        words = caption_for(entry.method, who, entry.signed_on.isoformat(), language)
        is_good = is_of_now(plan, entry.of_text)
        out.append(
            Mark(
                place=place,
                role=entry.role or "",
                name=entry.name,
                caption=words if is_good else for_earlier_text(words, language),
                said=entry.method,
                typed=entry.name if is_good and entry.method == Method.TYPED else "",
            )
        )
    return tuple(out)


def sign(document: bytes, marks: Sequence[Mark], asked: Mapping[str, int], *, is_word: bool) -> Signed:
    """The document with the marks in their places. `asked` are the form's own places: slot to number of the signature."""
    if not is_word:
        slots = cast("Seen", call("inspect", document)).slots
        labels = {slot.id: _words_of(slot) for slot in slots}
        return cast("Signed", call("sign-pdf", document, marks, dict(asked), labels))
    first = cast("Signed", call("sign-word", document, marks))
    left = [mark for mark in marks if mark.place not in first.placed]
    if not left:
        return first
    seen = cast("Seen", call("inspect", first.data))
    places = [slot for slot in seen.slots if slot.kind is SlotKind.SIGNATURE and not slot.value]
    given = whose([slot.label for slot in places], left)
    if not given:
        return first
    fills = [Fill(places[n].id, marker_for(mark.place)) for n, mark in given.items()]
    filled = call("fill-word-form", first.data, fills, [], "")
    put = cast("Signed", call("sign-word", getattr(filled, "data", b""), list(given.values())))
    return Signed(put.data, (*first.placed, *put.placed))


def no_place(mark: Mark, language: str) -> Finding:
    """What is said where a form has no place for a signature."""
    message, mend = _NO_PLACE.get(language, _NO_PLACE["en"])
    where = f"signatures[{mark.place}]"
    return Finding("signature-without-place", Severity.WARNING, where, message.format(role=mark.role), mend)


def _words_of(slot: Slot) -> str:
    return " ".join((slot.label, slot.tooltip, slot.near.left, slot.near.below, slot.near.inside))
