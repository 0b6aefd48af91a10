"""What a worker does with a blank: inspect it, read a template's names, fill it, flatten it."""

import io
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace

import pikepdf

from generator.blanks.pdf_adopt import adopt
from generator.blanks.pdf_fields import has_fields, open_pdf_fields
from generator.blanks.pdf_flat import find_places
from generator.blanks.surroundings import with_surroundings
from generator.blanks.word_added import with_added_texts
from generator.blanks.word_form import WordForm, open_word_form
from generator.blanks.word_tags import NameUse, WordTags, open_word_tags
from generator.blanks.word_tags.doctor import Checked, PlanWords
from generator.blanks.word_tags.doctor import check_template as doctor
from generator.errors import BlankNotReadable
from generator.finding import Finding
from generator.slots import Fill, Filled, Slot

EMBEDDED_MAP = "planscribe-field-map.toml"
"""The name under which a form carries its own field map (an attached file, ISO 32000-2, 7.11.4)."""
_LARGEST_MAP = 500_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a blank is: its kind, pages, slots, and what a person should know about it."""

    kind: str
    pages: int | None
    slots: tuple[Slot, ...]
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe inspect --json`."""
        return {
            "kind": self.kind,
            "pages": self.pages,
            "slots": [
                {
                    "id": slot.id,
                    "label": slot.label,
                    "kind": str(slot.kind),
                    "page": slot.page,
                    "rect": [round(v, 2) for v in slot.rect] if slot.rect else None,
                    "where": slot.where,
                    "max_length": slot.max_length,
                    "choices": [{"export": choice.export, "label": choice.label} for choice in slot.choices],
                    "tooltip": slot.tooltip,
                    "format": slot.format,
                    "capacity": slot.capacity,
                    "required": slot.is_required,
                    "read_only": slot.is_read_only,
                    "hidden": slot.is_hidden,
                    "comb": slot.is_comb,
                    "group": slot.group,
                    "index": slot.index,
                    "columns": list(slot.columns),
                    "section": slot.near.section,
                    "row": slot.near.row,
                    "column": slot.near.column,
                    "question": slot.question,
                    "before": slot.near.left,
                    "after": slot.near.right,
                    "shape": slot.shape,
                    "value": slot.value,
                    "regions": [asdict(region) for region in slot.regions],
                }
                for slot in self.slots
            ],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def inspect(data: bytes) -> Seen:
    """Open a blank by what is in it, not by its name. Raises BlankNotReadable where it is neither PDF nor Word."""
    if b"%PDF-" in data[:1024]:
        if not has_fields(data):
            return _inspect_flat(data)
        pdf = open_pdf_fields(data)
        return Seen(pdf.kind, pdf.pages, with_surroundings(data, pdf.slots), pdf.findings)
    if data[:4] == b"PK\x03\x04":
        word = open_word(data)
        return Seen(word.kind, None, tuple(word.slots), tuple(word.findings))
    raise BlankNotReadable(
        "This file is neither a PDF nor a Word document (.docx), or it is damaged. Get the form again."
    )


def open_word(data: bytes) -> WordTags | WordForm:
    """A tagged template where the file holds a tag, else a form without tags."""
    tagged = open_word_tags(data)
    return tagged if tagged.names else open_word_form(data)


def _inspect_flat(data: bytes) -> Seen:
    """A PDF without fields, seen as the fillable one that `adopt` makes of it."""
    found = find_places(data)
    made = open_pdf_fields(adopt(data))
    slots = tuple(replace(slot, near=place.near) for slot, place in zip(made.slots, found.places, strict=True))
    return Seen("pdf-flat", found.pages, slots, found.findings)


def template_names(data: bytes, known: Collection[str]) -> tuple[NameUse, ...]:
    """Every name a template reads. Raises NameUnknown at the first that is not known, with its place."""
    template = open_word_tags(data)
    template.refuse_unknown_names(known)
    return template.names


def fill_word_tags(data: bytes, fills: Sequence[Fill]) -> Filled:
    """A tagged template rendered."""
    return open_word_tags(data).fill(fills)


def embedded_map(data: bytes) -> str:
    """The field map attached to a PDF form of ours; "" where there is none."""
    if b"%PDF-" not in data[:1024]:
        return ""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            attached = pdf.attachments.get(EMBEDDED_MAP)
            raw = attached.get_file().read_bytes() if attached is not None else b""
            return raw.decode("utf-8") if len(raw) < _LARGEST_MAP else ""
    except (pikepdf.PdfError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        return ""


def check_template(data: bytes, words: PlanWords, fix: bool) -> Checked:
    """The faults of a tagged template; with `fix` its repaired file too."""
    return doctor(data, words, fix=fix)


def fill_word_form(data: bytes, fills: Sequence[Fill], more: Sequence[tuple[str, str]], heading: str) -> Filled:
    """A form without tags filled; `more` are titles and texts that it has no place for, put after its last paragraph."""
    filled = open_word_form(data).fill(fills)
    return replace(filled, data=with_added_texts(filled.data, more, heading)) if more else filled


def flatten(data: bytes) -> bytes:
    """A PDF whose fields are part of its pages; nobody can change them (ISO 32000-2, 12.7.2: the form is gone)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.flatten_annotations("print")
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        for page in pdf.pages:
            # A field that was never drawn is left behind by qpdf, and a viewer would still let people type there.
            left = page.obj.get("/Annots")
            if isinstance(left, pikepdf.Array):
                page.obj.Annots = pikepdf.Array([one for one in left if one.get("/Subtype") != pikepdf.Name.Widget])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
