"""A plan file and forms in, documents in a folder out: whole files, or none."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator import library
from generator.blank_file import embedded_map, inspect, read_blank
from generator.carry import with_plan
from generator.errors import MapNotValid, OutputNotWritable
from generator.exchange.plan_file import read_plan
from generator.files import write_whole
from generator.finding import Finding, Note
from generator.library import Form
from generator.make import Document, Options, PlanAtHand
from generator.mapping.accept import Accept, accepted
from generator.mapping.suggest import suggest
from generator.packet import Need, Packet, document_as_dict, file_names, make_packet, needs
from generator.plan import Plan
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
            "documents": [
                document_as_dict(document, path) for document, path in zip(self.documents, self.paths, strict=True)
            ],
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": [note.as_dict() for note in self.notes],
        }


@dataclass(frozen=True, slots=True)
class Carry:
    """That each PDF carries the plan itself: locked with a passphrase, or without one readable by anyone."""

    passphrase: str = field(default="", repr=False)


def fill_files(
    plan_path: Path,
    forms: Sequence[str],
    output: Path,
    *,
    map_file: Path | None,
    options: Options,
    accept: Accept = "none",
    carry: Carry | None = None,
) -> FilledFiles:
    """Fill every form and write the documents; all are made before the first is written.

    A form is an id of the library or a file. `accept` says how much of a suggested map is used where a file has none. `output` is a folder, or a file's name where there is one form. With `carry`
    each PDF carries the plan itself; raises OutputNotWritable where a document would have none to carry it.
    """
    plan = read_plan(plan_path)
    chosen = [_form(name, map_file, accept) for name in forms]
    _refuse_unwritable(output)
    at_hand = PlanAtHand(plan, options)
    if carry is not None and not options.pdf and any(form.kind.startswith("word") for form in chosen):
        raise OutputNotWritable("Only a PDF can carry the plan. Ask for a PDF of each Word document too, with --pdf.")
    documents = tuple(at_hand.document(form) for form in chosen)
    if carry is not None:
        documents = tuple(_carrying(document, plan, carry) for document in documents)
    is_file = len(documents) == 1 and output.suffix.lower() in (".docx", ".pdf")
    paths = []
    for document, name in zip(documents, file_names(documents), strict=True):
        path = output if is_file else output / name
        write_whole(path, document.data)
        paths.append(path)
        if document.pdf is not None and path.suffix.lower() != ".pdf":
            write_whole(path.with_suffix(".pdf"), document.pdf)
    findings = tuple(dict.fromkeys(finding for document in documents for finding in document.findings))
    return FilledFiles(documents, tuple(paths), findings, notes(plan))


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A packet, where it was written, and what of the plan was not understood."""

    packet: Packet
    path: Path
    notes: tuple[Note, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe packet --json`."""
        names = file_names(self.packet.documents)
        return {
            "path": str(self.path),
            "kind": self.packet.kind,
            "pages": self.packet.pages,
            "proof": {"checked": self.packet.proof.checked, "visible": self.packet.proof.visible},
            "proven": self.packet.is_proven,
            "documents": [
                document_as_dict(document, name) for document, name in zip(self.packet.documents, names, strict=True)
            ],
            "findings": [finding.as_dict() for finding in self.packet.findings],
            "notes": [note.as_dict() for note in self.notes],
        }


def packet_file(
    plan_path: Path, forms: Sequence[str], output: Path, *, options: Options, accept: Accept = "none"
) -> PacketFile:
    """Fill every form and write them as one file: a PDF, or a ZIP where the name ends so. It is whole, or not there."""
    kinds: dict[str, Literal["pdf", "zip"]] = {".pdf": "pdf", ".zip": "zip"}
    kind = kinds.get(output.suffix.lower())
    if kind is None:
        raise OutputNotWritable(f"A packet is one .pdf or one .zip; {output.name} is neither. Name it so with -o.")
    plan = read_plan(plan_path)
    chosen = [_form(name, None, accept) for name in forms]
    _refuse_unwritable(output.parent)
    packet = make_packet(plan, chosen, options, kind=kind)
    write_whole(output, packet.data)
    return PacketFile(packet, output, notes(plan))


def packet_needs(
    plan_path: Path, forms: Sequence[str], *, language: str = "", as_of: date | None = None
) -> tuple[Need, ...]:
    """What these forms print and the plan file does not have yet."""
    plan = read_plan(plan_path)
    return needs(plan, [_form(name, None, "none") for name in forms], language, as_of)


def _carrying(document: Document, plan: Plan, carry: Carry) -> Document:
    if document.pdf is None:
        raise OutputNotWritable(f"{document.form} has no PDF that could carry the plan.")
    pdf = with_plan(document.pdf, plan, carry.passphrase)
    return replace(document, pdf=pdf, data=pdf if document.data is document.pdf else document.data)


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
