"""A filled PDF as its answers: the values of its fields, and the texts that its added sheets continue.

Nothing here knows what a treatment plan is. Runs in the worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from generator.blanks.pdf_fields import has_fields, open_pdf, open_pdf_fields
from generator.blanks.pdf_fields.fields import text_of
from generator.sheet_mark import Continued, composed_note, take_sheets_off
from generator.slots import Slot, SlotKind


@dataclass(frozen=True, slots=True)
class FilledPdf:
    """What a filled PDF form holds: the text of each field (a button's on-state, "" for off), and what is continued.

    Of a flattened form (`is_flat`) there are no values; `continued` are then all texts of its sheets. `composed` is the note of how its answers are put together, "" where it carries none; `title` and `language` (such as en-US) are what the document says of itself; `labels` are the fields' captions.
    """

    values: Mapping[str, str]
    labels: Mapping[str, str]
    continued: tuple[Continued, ...]
    title: str
    language: str
    composed: str
    is_flat: bool = False


def read_filled_pdf(data: bytes) -> FilledPdf:
    """The answers of a filled PDF form; one without fields (flattened) gives what it tells beside its pages.

    Raises what `open_pdf_fields` raises.
    """
    slots = open_pdf_fields(data).slots if has_fields(data) else ()
    with open_pdf(data) as pdf:
        continued = take_sheets_off(pdf)
        composed = composed_note(pdf)
        is_form = "/AcroForm" in pdf.Root
        title, language = title_of(pdf), text_of(pdf.Root.get("/Lang"))
    values = {slot.id: _value(slot) for slot in slots}
    # What is left of a flattened form: widgets that showed nothing, without a form that they belong to.
    is_flat = not is_form and not any(values.values())
    values |= {one.slot: one.text for one in continued if one.slot in values}
    return FilledPdf(
        {name: text for name, text in values.items() if text},
        {slot.id: slot.label for slot in slots},
        continued if is_flat else tuple(one for one in continued if one.slot not in values),
        title,
        language,
        composed,
        is_flat=is_flat,
    )


def title_of(pdf: pikepdf.Pdf) -> str:
    """The title in the document's information; "" where there is none."""
    try:
        return text_of(pdf.docinfo.get("/Title"))
    except (pikepdf.PdfError, ValueError, TypeError):
        return ""


def _value(slot: Slot) -> str:
    if slot.kind in (SlotKind.CHECK, SlotKind.RADIO):
        return "" if slot.value in ("", "Off", "/Off") else slot.value.removeprefix("/")
    return slot.value
