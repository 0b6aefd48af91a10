"""A brand file and a form's id in, a template or fillable form in a file out."""

from dataclasses import replace
from pathlib import Path

from generator.errors import OutputNotWritable
from generator.files import write_whole
from generator.stationery.brand import read_brand
from generator.stationery.definition import read_own
from generator.stationery.new_form import NewForm, new_form

_KINDS = {".docx": "word", ".pdf": "pdf"}


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
    made = new_form(brand, own.id if own else form_id, language=language, kind=kind, large=large, own=own)
    write_whole(output, made.data)
    return replace(made, findings=(*findings, *made.findings))
