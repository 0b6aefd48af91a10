"""The agency's own forms: kept with the map that a person confirmed, found again by the content of the blank.

A form lies in the shape of a shipped one under the agency's folder. What is removed can be had back. A file that is
refused leaves nothing behind.
"""

import hashlib
import re
import shutil
import tempfile
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import library
from generator.blank_file import inspect, read_blank
from generator.blanks.tasks import Seen
from generator.errors import BlankNotReadable, FormUnknown, MapNotValid, OutputNotWritable
from generator.files import home, write_whole
from generator.library import Form
from generator.mapping.accept import Accept, accepted, toml_text
from generator.mapping.editions import Carried, carried_map, carry
from generator.mapping.field_map import read_field_map
from generator.mapping.phrases import words
from generator.mapping.suggest import suggest
from generator.mapping.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a form when it is added. `by` is who confirmed the map."""

    title: str = ""
    source: str = ""
    edition: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A form that was added: how many places its map fills, how many are left to confirm, and, of a new edition, its table."""

    form: Form
    filled: int
    open: int
    table: tuple[Carried, ...] = ()


def add_form(
    path: Path, about: About, *, fields: Mapping[str, object] | None = None, accept: Accept = "confident"
) -> Added:
    """Keep a form with its map: `fields` as confirmed, else what is accepted of the suggested one.

    Raises the errors of reading and of maps; then nothing is kept.
    """
    return keep_form(path.name, read_blank(path), about, fields=fields, accept=accept)


def keep_form(
    name: str,
    data: bytes,
    about: About,
    *,
    fields: Mapping[str, object] | None = None,
    accept: Accept = "confident",
) -> Added:
    """The same for a file's content, such as one that was uploaded; `name` is the file's own."""
    path = Path(Path(name).name)
    seen = inspect(data)
    _refuse_unfillable(path, seen)
    suggestions = suggest(seen.slots, library.aliases())
    table = dict(fields) if fields is not None else _fields(accepted(suggestions, accept))
    _check(table, seen, path.name)
    form = _keep(path, data, seen, table, about)
    if fields is not None:
        _learn(suggestions, table)
    said = sum(not _is_empty(entry) for entry in table.values())
    waiting = sum(1 for one in suggestions if one.path and _is_empty(table.get(one.slot, {"empty": ""})))
    return Added(form, said, waiting if fields is None else 0)


def suggestions_for(path: Path) -> tuple[Suggestion, ...]:
    """What a form's places seem to ask for, the agency's own words included."""
    return suggest(inspect(read_blank(path)).slots, library.aliases())


def add_edition(form_id: str, path: Path, about: About) -> Added:
    """Keep a new edition in the place of an own form, with the map carried to it. What is new or not certain stays empty."""
    old = library.find(form_id)
    if not old.map:
        raise MapNotValid(
            f"The form {form_id} has no field map that could be carried. Add the new file with: planscribe forms add"
        )
    data = read_blank(path)
    seen = inspect(data)
    _refuse_unfillable(path, seen)
    table = carry(inspect(old.read()).slots, seen.slots)
    fields = carried_map(_fields(old.map), table)
    for one in table:
        if one.fate in ("new", "check"):
            fields[one.new] = {
                "empty": "new in this edition, to be confirmed" if one.fate == "new" else f"to be confirmed: {one.why}"
            }
    _check(fields, seen, path.name)
    about = About(about.title or old.title, about.source or old.source, about.edition, about.by, about.on)
    form = _keep(path, data, seen, fields, about, form_id=old.id)
    return Added(
        form, sum(not _is_empty(e) for e in fields.values()), sum(one.fate in ("new", "check") for one in table), table
    )


def remove_form(form_id: str) -> Path:
    """Take an own form out of the library; its files are put aside. Raises FormUnknown for one that is not the agency's own."""
    folder = home() / "forms" / form_id
    if not re.fullmatch(r"[\w.-]+", form_id) or not folder.is_dir():
        raise FormUnknown(f'There is no form "{form_id}" of your own. Only own forms can be removed: planscribe forms')
    aside = home() / "removed"
    target = _free(aside, form_id)
    _move(folder, target)
    return target


def restore_form(form_id: str) -> Form:
    """Put the form back that was removed last under this id. Raises FormUnknown where there is none."""
    aside = sorted((home() / "removed").glob(f"{form_id}*"), key=lambda p: p.stat().st_mtime)
    found = [path for path in aside if re.fullmatch(re.escape(form_id) + r"(\.\d+)?", path.name)]
    if not found:
        raise FormUnknown(f'No form "{form_id}" was removed, so none can be put back.')
    target = home() / "forms" / form_id
    if target.exists():
        raise OutputNotWritable(f'There is a form "{form_id}" again; remove that one first.')
    _move(found[-1], target)
    return library.find(form_id)


def read_map(path: Path) -> dict[str, object]:
    """The fields of a map file. Raises MapNotValid."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise MapNotValid(f"The field map {path} cannot be read. Check the name.") from None
    except tomllib.TOMLDecodeError as error:
        raise MapNotValid(f"The field map {path.name} is not TOML: {error}.") from None
    return _fields(data)


def _fields(data: Mapping[str, object]) -> dict[str, object]:
    fields = data.get("fields", {})
    return dict(fields) if isinstance(fields, Mapping) else {}


def _refuse_unfillable(path: Path, seen: Seen) -> None:
    if not seen.slots:
        raise BlankNotReadable(f"{path.name} has no place for an answer, so it cannot be a form.")


def _check(fields: Mapping[str, object], seen: Seen, name: str) -> None:
    read_field_map({"fields": dict(fields)}, form=name)
    known = {slot.id for slot in seen.slots}
    stray = [slot for slot in fields if slot not in known]
    if stray:
        raise MapNotValid(
            f'The field map names the slot "{stray[0]}", which {name} does not have. Is it the map of another form?'
        )


def _keep(path: Path, data: bytes, seen: Seen, fields: Mapping[str, object], about: About, form_id: str = "") -> Form:
    title = about.title or path.stem.replace("_", " ").replace("-", " ")
    form_id = form_id or _id_of(about.title or path.stem)
    suffix = ".pdf" if b"%PDF-" in data[:1024] else path.suffix.lower()
    text = toml_text(
        {
            "title": title,
            "kind": seen.kind,
            "edition": about.edition,
            "source": about.source,
            "sha256": hashlib.sha256(data).hexdigest(),
            "confirmed_by": about.by,
            "confirmed_on": (about.on or date.today()).isoformat(),
            "fields": dict(fields),
        }
    )
    forms = home() / "forms"
    try:
        forms.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=forms))
    except OSError:
        raise OutputNotWritable(
            "The folder of your own forms cannot be written. Choose another with PLANSCRIBE_HOME."
        ) from None
    try:
        write_whole(fresh / f"form{suffix}", data)
        write_whole(fresh / "form.toml", text.encode())
        target = forms / form_id
        if target.exists():
            _move(target, _free(home() / "removed", form_id))
        fresh.replace(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return library.find(form_id)


def _learn(suggestions: Sequence[Suggestion], fields: Mapping[str, object]) -> None:
    """A caption that a person gave another value than was suggested becomes the agency's own word for that value."""
    learnt = library.aliases()
    known = dict(learnt)
    for one in suggestions:
        entry = fields.get(one.slot)
        if not isinstance(entry, str):
            continue
        path = re.sub(r"\[\d+\]", "[0]", entry.split("|")[0].strip())
        told = words(one.label)
        if (
            re.fullmatch(r"[\w.\[\]]+", path)
            and told
            and len(one.label) <= 80
            and (one.label != one.slot or " " in one.label)
            and path != re.sub(r"\[\d+\]", "[0]", one.path)
        ):
            learnt[one.label] = path
    if learnt != known:
        write_whole(home() / "aliases.toml", toml_text({"aliases": learnt}).encode())


def _is_empty(entry: object) -> bool:
    return isinstance(entry, Mapping) and "empty" in entry


def _id_of(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60] or "form"


def _free(folder: Path, name: str) -> Path:
    n, target = 2, folder / name
    while target.exists():
        n, target = n + 1, folder / f"{name}.{n}"
    return target


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        target.touch()
    except OSError:
        raise OutputNotWritable(
            "The folder of your own forms cannot be written. Choose another with PLANSCRIBE_HOME."
        ) from None
