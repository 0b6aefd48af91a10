"""A filled document back into a plan: the form it is found, its answers read, and told what could not be.

A fillable PDF gives its fields' values. Files are opened in the worker only.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from generator import library
from generator.blanks.filled_pdf import FilledPdf
from generator.errors import BlankNotReadable, FileTooLarge, FormUnknown, MapNotValid
from generator.exchange.from_paper import plan_from_paper
from generator.exchange.plan_file import write_plan
from generator.library import Form
from generator.make import embedded_map, inspect, read_blank
from generator.mapping.field_map import FieldMap, read_field_map, resolve
from generator.mapping.paper import as_on_paper
from generator.mapping.reading.gather import Gathered, Shown, Unread, gather, shown_by_map
from generator.mapping.reading.note import Note, read_note, rows_shown, with_own_places
from generator.plan import Plan
from generator.plan.notes import notes
from generator.worker import call

_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A plan read from a filled document.

    `form` is the form it was taken for. `values` are the places on paper that were read; `unread` what was not, with
    why; `parted` the labels of texts that were parted at their commas, to be looked at; `open` what the form does not say
    of the plan's order; `differs` slots that this plan would print otherwise.
    """

    plan: Plan
    form: str
    language: str
    values: Mapping[str, object]
    unread: tuple[Unread, ...]
    parted: tuple[str, ...]
    open: tuple[str, ...]
    differs: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe read --json`."""
        return {
            "form": self.form,
            "language": self.language,
            "read": len(self.values),
            "unread": [
                {"slot": one.slot, "label": one.label, "paths": list(one.places), "why": one.why} for one in self.unread
            ],
            "parted": list(self.parted),
            "open": list(self.open),
            "differs": list(self.differs),
        }


def read_file(
    filled: Path, output: Path, *, form: str = "", map_file: Path | None = None, trust_note: bool = True
) -> ReadBack:
    """Read a filled document and write the plan. Raises what `read_document` and `write_plan` raise."""
    data = _bytes_of(filled, "document")
    map_text = ""
    if map_file is not None:
        try:
            map_text = _bytes_of(map_file, "field map").decode("utf-8")
        except UnicodeDecodeError:
            raise MapNotValid(f"The field map {map_file.name} is not text in UTF-8.") from None
    result = read_document(data, name=filled.name, form=form, map_text=map_text, trust_note=trust_note)
    write_plan(result.plan, output)
    return result


def _bytes_of(path: Path, what: str) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(
                f"{path.name} is larger than {_LARGEST // 1_000_000} MB. No filled form is; check the file."
            )
        return path.read_bytes()
    except OSError:
        raise BlankNotReadable(f"There is no {what} {path}, or it cannot be read. Check the name.") from None


def read_document(
    data: bytes, *, name: str = "This file", form: str = "", map_text: str = "", trust_note: bool = True
) -> ReadBack:
    """Read a filled document. `form` is an id of the library, "" to find it by what the document carries.

    Raises FormUnknown where the form cannot be told, and the errors of reading for the file itself.
    """
    if b"%PDF-" in data[:1024]:
        return _read_pdf(data, name, form, map_text, trust_note)
    raise BlankNotReadable(f"{name} is not a filled PDF form. Give the filled document itself.")


def _read_pdf(data: bytes, name: str, form_id: str, map_text: str, trust_note: bool) -> ReadBack:
    filled = cast("FilledPdf", call("read-filled-pdf", data))
    note = read_note(filled.composed if trust_note else "")
    form = _pdf_form(data, filled, note, name, form_id, map_text)
    language = _language(form, filled.language)
    field_map = read_field_map(form.map, form=form.id)
    shown, unread = shown_by_map(field_map, filled.values, language, filled.labels)
    more = rows_shown(field_map, [(one.slot, one.text) for one in filled.continued], language)
    placed = {one.slot for one in more}
    unread += [
        Unread(one.slot, one.label, (), "what this added text belongs to cannot be told")
        for one in filled.continued
        if one.slot not in placed
    ]
    return _finished(form.id, language, [*shown, *more], unread, field_map, filled.values, note)


def _finished(
    form: str,
    language: str,
    shown: list[Shown],
    unread: Iterable[Unread],
    field_map: FieldMap | None,
    printed: Mapping[str, str],
    note: Note,
) -> ReadBack:
    gathered = with_own_places(gather(shown, language, note.composed), note)
    built = plan_from_paper(gathered.values)
    plan = Plan.model_validate(built.data)
    strange = [Unread(note.where, note.where, (), note.message) for note in notes(plan)]
    labels = {one.slot: one.label or one.slot for one in shown}
    differs = _differs(plan, field_map, printed, language, gathered) if field_map is not None else ()
    return ReadBack(
        plan,
        form,
        language,
        gathered.values,
        (*unread, *gathered.unread, *strange),
        tuple(labels[slot] for slot in gathered.parted),
        built.open,
        tuple(labels.get(slot, slot) for slot in differs),
    )


def _differs(
    plan: Plan, field_map: FieldMap, printed: Mapping[str, str], language: str, gathered: Gathered
) -> tuple[str, ...]:
    """Slots that the plan, printed again, would fill otherwise; those already told as unread are left out."""
    again = {one.fill.slot: one.fill.value for one in resolve(field_map, as_on_paper(plan, language=language)).fills}
    told = {one.slot for one in gathered.unread}
    out = []
    for slot, text in printed.items():
        value = again.get(slot)
        if slot not in told and isinstance(value, str) and value.split() != text.split():
            out.append(slot)
    return tuple(out)


def _language(form: Form, said: str) -> str:
    if form.languages == ("es",) or (len(form.languages) > 1 and said.lower().startswith("es")):
        return "es"
    return "en"


def _pdf_form(data: bytes, filled: FilledPdf, note: Note, name: str, form_id: str, map_text: str) -> Form:
    """The form of a filled PDF: as named, as its own field map says, or the one of the library with the same fields."""
    carried = _tables(map_text or embedded_map(data), name)
    if form_id and Path(form_id).is_file():
        path = Path(form_id)
        read_blank(path)
        return Form(id=path.stem, title=path.stem, kind="pdf-fields", path=path, map=carried)
    if form_id:
        return library.find(form_id).in_language("es" if filled.language.lower().startswith("es") else "en")
    own = [one for each in library.forms() for one in {each.id: each, **each.others}.values() if one.map]
    if not carried:
        noted = [one for one in own if one.id == note.form and note.language in one.languages[:1]]
        if noted:
            return noted[0]
    if carried:
        known = next((one for one in own if dict(one.map) == carried), None)
        return known or Form(name, filled.title or name, "pdf-fields", Path(name), map=carried)
    spoken = filled.language.lower()[:2]
    same = [one for one in own if one.kind == "pdf-fields" and _fields_of(one) == filled.labels.keys()]
    same = [one for one in same if spoken in one.languages[:1]] or same
    if len(same) == 1:
        return same[0]
    raise FormUnknown(f"Which form {name} is cannot be told. Name it with --form; see: planscribe forms")


def _fields_of(form: Form) -> set[str]:
    return {slot.id for slot in inspect(form.read()).slots}


def _tables(text: str, name: str) -> dict[str, object]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise MapNotValid(f"The field map of {name} is not TOML.") from None
    return {key: data[key] for key in ("fields", "rows") if key in data}
