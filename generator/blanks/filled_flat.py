"""A filled PDF that has no fields any more: the text that stands where the form's fields were.

Letters aslant (a watermark) are not taken. Line ends cannot be told from the ends of wrapped lines: every text comes as
one line with single spaces. Runs in the worker.
"""

from collections.abc import Mapping, Sequence

from generator.blanks.pdf_page import Word, read_pages
from generator.slots import Slot, SlotKind

_MARKS = frozenset("xX4vV✓✔✗✘☑☒●■\u2022")


def read_flat_text(data: bytes, slots: Sequence[Slot]) -> Mapping[str, str]:
    """The text inside each slot's rectangle (`page` and `rect` as in the form); a ticked box gives its on-state.

    Raises BlankNotReadable or BlankIsEncrypted.
    """
    by_page: dict[int, list[Slot]] = {}
    for slot in slots:
        if slot.page is not None and slot.rect is not None and not slot.is_hidden:
            by_page.setdefault(slot.page, []).append(slot)
    out: dict[str, str] = {}
    for page in read_pages(data, graphics=False):
        for slot in by_page.get(page.number, []):
            x0, y0, x1, y1 = page.shown(slot.rect or (0.0, 0.0, 0.0, 0.0))
            inside = [
                word
                for word in page.words
                if x0 - 1 <= (word.rect[0] + word.rect[2]) / 2 <= x1 + 1
                and y0 - 1 <= (word.rect[1] + word.rect[3]) / 2 <= y1 + 1
            ]
            text = _value(slot, inside)
            if text:
                out[slot.id] = text
    return out


def _value(slot: Slot, words: Sequence[Word]) -> str:
    lines = _lines(words)
    if slot.kind in (SlotKind.CHECK, SlotKind.RADIO):
        is_ticked = any(set(word.text) <= _MARKS for word in words)
        return (slot.choices[0].export if slot.choices else "Yes") if is_ticked and len(slot.choices) < 2 else ""
    return "".join(lines).replace(" ", "") if slot.is_comb else " ".join(lines)


def _lines(words: Sequence[Word]) -> list[str]:
    """The words line by line, from the top; each line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: -(one.rect[1] + one.rect[3])):
        middle = (word.rect[1] + word.rect[3]) / 2
        if lines and lines[-1][0].rect[1] <= middle <= lines[-1][0].rect[3]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [" ".join(word.text for word in sorted(line, key=lambda one: one.rect[0])) for line in lines]
