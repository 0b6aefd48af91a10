"""A filled document back into a plan: the form it is found, its answers read, and told what could not be.

A fillable PDF gives its fields' values. Files are opened in the worker only.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from generator import library
from generator.blank_file import embedded_map, inspect, read_blank
from generator.blanks.filled_pdf import FilledPdf
from generator.blanks.word_adopt import Loop, Tagged
from generator.blanks.word_tags.align import Laid
from generator.carry import carried_of, plan_inside
from generator.errors import BlankNotReadable, FileTooLarge, FormUnknown, MapNotValid
from generator.exchange.from_paper import plan_from_paper
from generator.exchange.plan_file import write_plan
from generator.library import Form
from generator.mapping.field_map import FieldMap, read_field_map, resolve
from generator.mapping.growing import with_rows
from generator.mapping.paper import as_on_paper
from generator.mapping.reading.gather import Gathered, Shown, Unread, gather, shown_by_map
from generator.mapping.reading.lines import shown_line
from generator.mapping.reading.marks import marked_form, values_of_line
from generator.mapping.reading.note import Note, read_note, rows_shown, with_own_places
from generator.mapping.reading.pattern import squeezed
from generator.plan import Plan
from generator.plan.notes import notes
from generator.proof.finished import Finished
from generator.signing.caption import read_caption, with_signing
from generator.worker import call

_LARGEST = 100_000_000
_SURE = 100
"""Letters of a template found in a document: no other template has as many in the same places."""


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


def read_carried(filled: Path, output: Path, ask: Callable[[], str]) -> Plan:
    """Take out the plan that a PDF carries, and write it; `ask` gives the passphrase, and is asked only where one is needed.

    What was typed into the PDF since is not in it. Raises PlanNotReadable where it carries none, PassphraseWrong.
    """
    carried = carried_of(_bytes_of(filled, "document"))
    plan = plan_inside(carried, ask() if carried.is_locked else "")
    write_plan(plan, output)
    return plan


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
        return _as_signed(_read_pdf(data, name, form, map_text, trust_note), data)
    if data[:4] == b"PK\x03\x04":
        known = _word_form(form, map_text, name)
        if known is not None:
            return _as_signed(_read_word_form(data, known, name), data)
        return _as_signed(_read_tagged_word(data, name, form, trust_note), data)
    raise BlankNotReadable(f"{name} is neither a PDF nor a Word document (.docx). Give the filled document itself.")


def _as_signed(result: ReadBack, data: bytes) -> ReadBack:
    """With how somebody signed on a screen: their mark stands where the form's own words for it stood."""
    texts = cast("tuple[str, ...]", call("signing-captions", data))
    said = [one for one in map(read_caption, texts) if one is not None]
    if not said:
        return result
    entries, earlier = with_signing(result.plan.signatures, said)
    values = {
        f"signatures[{n}].{key}": getattr(entry, key)
        for n, entry in enumerate(entries)
        for key in ("method", "reason_missing")
        if getattr(entry, key)
    }
    open_ = [f"signatures[{n}]: this signature was for an earlier text of the plan" for n in earlier]
    open_ += [
        f"signatures[{n}]: as what this person signed is not printed"
        for n in range(len(result.plan.signatures), len(entries))
    ]
    return replace(
        result,
        plan=result.plan.model_copy(update={"signatures": entries}),
        values={**result.values, **values},
        open=(*result.open, *open_),
    )


def _read_tagged_word(data: bytes, name: str, form_id: str, trust_note: bool) -> ReadBack:
    """A Word document laid over its template; without an id over each of the library, and the one taken that fits."""
    note = read_note(cast("str", call("read-word-note", data)) if trust_note else "")
    noted = [one for form in library.forms() if form.id == note.form for one in (form, *form.others.values())]
    noted = [one for one in noted if note.language in one.languages[:1] and one.kind == "word-tags"]
    if form_id:
        path = Path(form_id)
        found = Form(path.stem, path.stem, "word-tags", path) if path.is_file() else library.find(form_id)
        candidates = [found, *found.others.values()]
    elif noted:
        candidates = noted
    else:
        text = " ".join(cast("Finished", call("read-finished", data)).pages[0].split())
        every = [
            one
            for form in library.forms()
            for one in {form.path: form, **{o.path: o for o in form.others.values()}}.values()
        ]
        every = [one for one in every if one.kind == "word-tags"]
        titled = [one for one in every if one.title in text]
        candidates = [*titled, *(one for one in every if one not in titled)]
    laid, form = _best(data, candidates, is_certain=bool(form_id))
    if laid is None or form is None:
        raise FormUnknown(
            f"Which template {name} was made from cannot be told, or its own words were changed. Name it with --form; "
            "see: planscribe forms"
        )
    language = _language(form, "")
    shown = [shown_line(one.text, one.pieces, one.names, one.where, language) for one in laid.lines if one.text.strip()]
    strange = [Unread(part, part, (), "this part is not what the template prints") for part in laid.differing]
    return _finished(form.id, language, shown, strange, None, {}, note)


def _word_form(form_id: str, map_text: str, name: str) -> Form | None:
    """The Word form without tags that is named; None where a template is, or nothing."""
    if not form_id:
        return None
    path = Path(form_id)
    if not path.is_file():
        found = library.find(form_id)
        return found if found.kind.startswith("word-") and found.kind != "word-tags" else None
    if not map_text and path.with_suffix(".toml").is_file():
        map_text = _bytes_of(path.with_suffix(".toml"), "field map").decode("utf-8", "replace")
    tables = _tables(map_text, name)
    return Form(path.stem, path.stem, "word-plain", path, map=tables) if tables else None


def _read_word_form(data: bytes, form: Form, name: str) -> ReadBack:
    """A filled Word form without tags: laid over its empty file with a mark in each place that the map fills."""
    blank = form.read()
    field_map = read_field_map(with_rows(form.map), form=form.id)
    slots = [slot.id for slot in inspect(blank).slots]
    marks = marked_form(field_map, slots)
    loops = [Loop(one.head, one.cells, one.others) for one in marks.loops]
    template = cast("Tagged", call("write-tags", blank, marks.tags, loops)).data
    laid, empty = (cast("Laid", call("lay-over", template, file, True)) for file in (data, blank))
    if "word/document.xml" in laid.differing:
        raise FormUnknown(f"{name} was not made from the form {form.id}, or the form's own words were changed.")
    before = {one.where: one.text for one in empty.lines}
    values: dict[str, str] = {}
    why = "texts that had no place and stand after the form's last paragraph are not read"
    unread: list[Unread] = [Unread("added", "after the last paragraph", (), why)] if laid.has_added else []
    for one in laid.lines:
        if one.text == before.get(one.where):
            continue  # as it is on the empty form
        found = values_of_line(one.text, one.pieces, one.names, marks)
        if found is None:
            unread.append(Unread(one.where, one.where, (), "what of this line is an answer cannot be told"))
        else:
            values |= found
    shown, more = shown_by_map(field_map, values, _language(form, ""), {})
    return _finished(form.id, _language(form, ""), shown, [*unread, *more], field_map, values, Note())


def _best(data: bytes, candidates: Iterable[Form], *, is_certain: bool) -> tuple[Laid | None, Form | None]:
    """The template that fits the document whole and shows most of its own words there."""
    best: tuple[Laid | None, Form | None] = (None, None)
    for form in candidates:
        laid = cast("Laid", call("lay-over", form.read(), data))
        if "word/document.xml" in laid.differing:
            continue
        if best[0] is None or (len(laid.differing), -laid.anchors) < (len(best[0].differing), -best[0].anchors):
            best = (laid, form)
        if not is_certain and not laid.differing and laid.anchors > _SURE:
            break
    return best


def _read_pdf(data: bytes, name: str, form_id: str, map_text: str, trust_note: bool) -> ReadBack:
    filled = cast("FilledPdf", call("read-filled-pdf", data))
    note = read_note(filled.composed if trust_note else "")
    form = _pdf_form(data, filled, note, name, form_id, map_text)
    language = _language(form, filled.language)
    field_map = read_field_map(form.map, form=form.id)
    if filled.is_flat:
        filled = _from_pages(data, filled, form)
    shown, unread = shown_by_map(field_map, filled.values, language, filled.labels)
    if filled.is_flat:
        whole = {one.slot for one in filled.continued}
        shown = [
            one if one.slot in whole else replace(one, pattern=squeezed(one.pattern), is_squeezed=True) for one in shown
        ]
    known = filled.labels.keys()
    added = [one for one in filled.continued if one.slot not in known]
    more = rows_shown(field_map, [(one.slot, one.text) for one in added], language)
    placed = {one.slot for one in more}
    unread += [
        Unread(one.slot, one.label, (), "what this added text belongs to cannot be told")
        for one in added
        if one.slot not in placed
    ]
    return _finished(form.id, language, [*shown, *more], unread, field_map, filled.values, note)


def _from_pages(data: bytes, filled: FilledPdf, form: Form) -> FilledPdf:
    """A PDF without fields: its texts by the places of the form's fields; those on added sheets as they were written."""
    if not form.path.is_file():
        raise FormUnknown("A PDF without fields is read by the places of its form. Name the empty form with --form.")
    slots = inspect(form.read()).slots
    values = dict(cast("Mapping[str, str]", call("read-flat-text", data, slots)))
    known = {slot.id for slot in slots}
    values |= {one.slot: one.text for one in filled.continued if one.slot in known}
    return replace(filled, values=values, labels={slot.id: slot.label for slot in slots})


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
    if filled.is_flat:
        same = [one for one in own if one.title == filled.title]
    else:
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
