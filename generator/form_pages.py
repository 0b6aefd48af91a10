"""A form's pages with the places of its slots, for a person who looks over what each will get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from generator.blank_file import adopt_pdf
from generator.blanks.page_places import Share, mark_of
from generator.blanks.tasks import Seen
from generator.convert import is_available, word_to_pdf
from generator.errors import GeneratorError, NoConverter
from generator.files import write_whole
from generator.old_files import as_word_or_pdf
from generator.slots import Fill, Filled, Rect, Slot, SlotKind
from generator.worker import call

_TEXTS = (SlotKind.TEXT, SlotKind.MULTILINE, SlotKind.DATE, SlotKind.RICH)


@dataclass(frozen=True, slots=True)
class FormPages:
    """The pages as a PDF, and each slot's place on them by its id; a slot that cannot be found on a picture has none.

    `is_marked` where the pages of a Word form show each blank's number in the blank itself.
    """

    pdf: bytes = field(repr=False)
    pages: int
    places: Mapping[str, Share]
    is_marked: bool = False


def form_pages(data: bytes, seen: Seen) -> FormPages:
    """The pages of a form that was inspected. A slot's number is its place in `seen.slots`, from 1.

    Raises NoConverter where a Word form cannot be drawn on this machine, and the errors of reading.
    """
    if seen.kind.startswith("pdf"):
        pdf = adopt_pdf(data) if seen.kind == "pdf-flat" else data
        standing = [(slot.id, slot.page, slot.rect) for slot in seen.slots if slot.page is not None and slot.rect]
        rects: list[tuple[int, Rect]] = [(page, rect) for _, page, rect in standing]
        found = cast("tuple[Share, ...]", call("field-places", pdf, rects))
        places = {name: share for (name, _, _), share in zip(standing, found, strict=False)}
        return FormPages(pdf, seen.pages or 1, places)
    if not is_available():
        raise NoConverter("The picture of a Word form needs LibreOffice, which is not on this computer.")
    word = as_word_or_pdf(data)
    marked = _with_marks(word, seen.slots)
    pdf = word_to_pdf(marked).data
    by_number = cast("dict[int, Share]", call("marked-places", pdf))
    ids = [slot.id for slot in seen.slots]
    named = {ids[number - 1]: share for number, share in by_number.items() if 0 < number <= len(ids)}
    return FormPages(pdf, cast("int", call("count-pages", pdf)), named, is_marked=True)


def numbered_pictures(pages: FormPages, slots: Sequence[Slot], *, dpi: int = 110) -> tuple[bytes, ...]:
    """A PNG of every page with the number of every slot at its place, counted as in `slots` from 1.

    In a Word form the numbers stand in the blanks themselves already.
    """
    numbers = {slot.id: n for n, slot in enumerate(slots, 1)}
    places = [] if pages.is_marked else [(numbers[name], *share) for name, share in pages.places.items()]
    return cast("tuple[bytes, ...]", call("numbered-pages", pages.pdf, dpi, places))


def write_pictures(data: bytes, seen: Seen, output: Path) -> list[Path]:
    """The numbered pictures of a form as files: `output`, or one for every page with its number before the ending.

    Raises NoConverter, OutputNotWritable, and the errors of reading.
    """
    pictures = numbered_pictures(form_pages(data, seen), seen.slots)
    alone = len(pictures) == 1
    paths = [output if alone else output.with_stem(f"{output.stem}-{n}") for n in range(1, len(pictures) + 1)]
    for path, png in zip(paths, pictures, strict=True):
        write_whole(path, png)
    return paths


def _with_marks(word: bytes, slots: tuple[Slot, ...]) -> bytes:
    """The form with each blank's number written into the blank; as it is where that cannot be done."""
    fills = [
        Fill(slot.id, mark_of(n))
        for n, slot in enumerate(slots, 1)
        if slot.kind in _TEXTS and not slot.is_comb and not slot.is_read_only
    ]
    try:
        return cast("Filled", call("fill-word-form", word, fills, [], "")).data
    except GeneratorError:
        return word
