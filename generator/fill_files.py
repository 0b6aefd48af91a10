"""A plan file and forms in, documents in a folder out: whole files, or none."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import library
from generator.errors import MapNotValid, OutputNotWritable
from generator.exchange.plan_file import read_plan
from generator.files import write_whole
from generator.finding import Finding, Note
from generator.library import Form
from generator.make import Document, Options, embedded_map, inspect, make_document, read_blank
from generator.mapping.accept import Accept, accepted
from generator.mapping.suggest import suggest
from generator.plan.notes import notes


@dataclass(frozen=True, slots=True)
class FilledFiles:
    """The documents of one run, where each was written, and what of the plan was not understood."""

    documents: tuple[Document, ...]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe fill --json`."""
        return {
            "documents": [_as_dict(document, path) for document, path in zip(self.documents, self.paths, strict=True)],
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": [note.as_dict() for note in self.notes],
        }


def fill_files(
    plan_path: Path,
    forms: Sequence[str],
    output: Path,
    *,
    map_file: Path | None,
    options: Options,
    accept: Accept = "none",
) -> FilledFiles:
    """Fill every form and write the documents; all are made before the first is written.

    A form is an id of the library or a file. `accept` says how much of a suggested map is used where a file has none. `output` is a folder, or a file's name where there is one form.
    """
    plan = read_plan(plan_path)
    chosen = [_form(name, map_file, accept) for name in forms]
    _refuse_unwritable(output)
    documents = tuple(make_document(plan, form, options) for form in chosen)
    is_file = len(documents) == 1 and output.suffix.lower() in (".docx", ".pdf")
    paths = []
    for document, name in zip(documents, _names(documents), strict=True):
        path = output if is_file else output / name
        write_whole(path, document.data)
        paths.append(path)
        if document.pdf is not None and path.suffix.lower() != ".pdf":
            write_whole(path.with_suffix(".pdf"), document.pdf)
    findings = tuple(dict.fromkeys(finding for document in documents for finding in document.findings))
    return FilledFiles(documents, tuple(paths), findings, notes(plan))


def _names(documents: Sequence[Document]) -> list[str]:
    """File names by form, never by patient; a second one of a name gets a number."""
    out: list[str] = []
    for document in documents:
        name, n = document.file_name, 2
        while name in out:
            stem = Path(document.file_name)
            name, n = f"{stem.stem}-{n}{stem.suffix}", n + 1
        out.append(name)
    return out


def _form(name: str, map_file: Path | None, accept: Accept) -> Form:
    path = Path(name)
    if not path.suffix and not path.exists():
        return library.find(name)
    if not path.is_file():
        return library.find(name)
    data = read_blank(path)
    seen = inspect(data)
    kept = library.find_file(hashlib.sha256(data).hexdigest())
    if kept is not None and map_file is None and kept.map:
        return kept
    found = _map(map_file, path, data)
    if not found and seen.kind != "word-tags":
        found = accepted(suggest(seen.slots, library.aliases()), accept)
    return Form(id=path.stem, title=path.stem, kind=seen.kind, path=path, map=found)


def _map(map_file: Path | None, form: Path, blank: bytes) -> dict[str, object]:
    """The field map named, the one beside the form's file, or the one that the form carries."""
    beside = form.with_suffix(".toml")
    path = map_file or (beside if beside.is_file() else None)
    try:
        text = path.read_text(encoding="utf-8") if path else embedded_map(blank)
    except (OSError, UnicodeDecodeError):
        raise MapNotValid(f"The field map {path} cannot be read. Check the name.") from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapNotValid(f"The field map of {form.name} is not TOML: {error}.") from None
    return {key: data[key] for key in ("fields", "rows") if key in data}


def _refuse_unwritable(output: Path) -> None:
    """Say at once that a place cannot be written, before work is done for it."""
    folder = output.parent if output.suffix.lower() in (".docx", ".pdf") else output
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".planscribe-probe"
        probe.touch()
        probe.unlink()
    except OSError:
        raise OutputNotWritable(f"{folder} cannot be written. Choose another place with -o.") from None


def _as_dict(document: Document, path: Path) -> dict[str, object]:
    return {
        "form": document.form,
        "path": str(path),
        "pages": document.pages,
        "summary": document.summary(),
        "draft": document.is_draft,
        "proof": document.proof_sentence,
        "slots": [
            {
                "id": slot.id,
                "label": slot.label,
                "path": slot.path,
                "value": slot.value,
                "status": slot.status,
                "why": slot.why,
                "size_pt": slot.size_pt,
                "proved": slot.proved,
            }
            for slot in document.slots
        ],
        "unplaced": list(document.unplaced),
    }
