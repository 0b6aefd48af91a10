"""A brand file and a form's id in, a template or fillable form in a file out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from generator.errors import OutputNotWritable
from generator.files import write_whole
from generator.stationery.brand import Brand, read_brand
from generator.stationery.definition import STANDARD, Definition, read_own
from generator.stationery.new_form import NewForm, new_form

Kind = Literal["word", "pdf"]
_KINDS: dict[str, Kind] = {".docx": "word", ".pdf": "pdf"}
_ENDINGS = {kind: ending for ending, kind in _KINDS.items()}


def write_new_template(brand_file: Path, form_id: str, output: Path, *, language: str, large: bool = False) -> NewForm:
    """Make a form on a letterhead and write it. `form_id` is a standard form's, or the name of a definition file (.yaml);
    the ending of `output` says which kind.

    Raises OutputNotWritable for another ending, and the errors of `read_brand` and `new_form`.
    """
    kind = _KINDS.get(output.suffix.lower())
    if kind is None:
        raise OutputNotWritable(f"{output.name} ends in neither .docx (Word) nor .pdf (fillable form). Name it so.")
    brand, findings = read_brand(brand_file)
    own = read_own(Path(form_id)) if Path(form_id).suffix.lower() in (".yaml", ".yml") else None
    made = make_template(brand, own.id if own else form_id, kind=kind, language=language, large=large, own=own)
    write_whole(output, made.data)
    return replace(made, findings=(*findings, *made.findings))


def make_template(
    brand: Brand, form_id: str, *, kind: Kind, language: str, large: bool = False, own: Definition | None = None
) -> NewForm:
    """One form on a letterhead, in memory: what the command writes and the page shows. Raises the errors of `new_form`."""
    return new_form(brand, form_id, language=language, kind=kind, large=large, own=own)


def make_set(brand: Brand, *, language: str, kinds: Sequence[Kind] = ("word", "pdf")) -> Iterator[tuple[str, NewForm]]:
    """The whole standard set, one file after the other: its name and the form."""
    for form_id in STANDARD:
        for kind in kinds:
            yield f"{form_id}{_ENDINGS[kind]}", make_template(brand, form_id, kind=kind, language=language)
