"""Several forms from one plan in one go: what they need together, one PDF of all of them, or one ZIP.

Each document is proven by itself; a joined PDF is proven again against its documents. Files are `fill_files`'s.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal, cast

from generator.agency import read_agency, spoken
from generator.blank_file import find_form
from generator.blanks.pdf_merge import prefix_of
from generator.errors import BlankNotReadable, FormUnknown
from generator.exchange.bundle import as_zip
from generator.finding import Finding
from generator.form_seen import form_seen
from generator.library import Form
from generator.make import Document, Options, PlanAtHand
from generator.plan import Plan
from generator.plan.base import Part, is_blank
from generator.plan.catalog import by_path
from generator.plan.walk import join
from generator.proof import Proof
from generator.rules import check
from generator.worker import call

_AT_ONCE = 2
_TITLE = {"en": "Packet", "es": "Paquete de documentos"}


@dataclass(frozen=True, slots=True)
class Packet:
    """The documents of a packet, and the packet itself: a PDF, or a ZIP of their files.

    `proof` is that of a joined PDF: every page and field of each document is in it. For a ZIP it is that of the documents
    taken together.
    """

    kind: Literal["pdf", "zip"]
    documents: tuple[Document, ...]
    data: bytes = field(repr=False)
    proof: Proof

    @property
    def pages(self) -> int | None:
        """The pages of a joined PDF."""
        return self.proof.pages if self.kind == "pdf" else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all documents, each once."""
        return tuple(dict.fromkeys(one for document in self.documents for one in document.findings))

    @property
    def is_proven(self) -> bool:
        """Whether every answer of every document is to be seen, in the packet too."""
        return not self.proof.faults and not any(document.proof.faults for document in self.documents)


@dataclass(frozen=True, slots=True)
class Need:
    """A value that some of the forms print and the plan does not have yet.

    `path` is where it goes (a list that is empty stands for all of its entries), `forms` are the ids of those that print
    it, `rules` the rules that want it (none: it is printed where there is one).
    """

    path: str
    title: str
    forms: tuple[str, ...]
    rules: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The shape of `planscribe packet --needs --json`."""
        return {"path": self.path, "title": self.title, "forms": list(self.forms), "rules": list(self.rules)}


def make_packet(
    plan: Plan, forms: Sequence[Form | str], options: Options | None = None, *, kind: Literal["pdf", "zip"] = "pdf"
) -> Packet:
    """Fill every form (or id of one) and join them, in their order: one PDF with bookmarks and numbered pages, or one ZIP.

    In a PDF the fields of each form get a prefix of their own (form1., form2. ...), so that equal names stay different
    answers; Word documents are made PDFs first. Raises what `make_document` raises, FormUnknown for no form at all, and
    NoConverter where a Word document cannot be made a PDF.
    """
    if not forms:
        raise FormUnknown("A packet needs at least one form. See those there are with: planscribe forms")
    options = options or Options()
    wanted = replace(options, pdf=True) if kind == "pdf" else options
    # Two at once: there are two warm workers, and what is done here is small beside what is done there.
    found = [find_form(form) if isinstance(form, str) else form for form in forms]
    at_hand = PlanAtHand(plan, wanted)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as threads:
        documents = tuple(threads.map(at_hand.document, found))
    if kind == "zip":
        checked = sum(document.proof.checked for document in documents)
        faults = tuple(fault for document in documents for fault in document.proof.faults)
        return Packet(kind, documents, as_zip(_files(documents)), Proof(checked, faults))
    titles = [form.in_language(document.language).title for form, document in zip(found, documents, strict=True)]
    return join_documents(documents, titles)


def join_documents(documents: Sequence[Document], titles: Sequence[str]) -> Packet:
    """Finished documents as one PDF, each under its title. Every one of them has a PDF (`Options.pdf`).

    Raises BlankNotReadable for one without, and what joining raises (FileTooLarge, FormUnsupported).
    """
    if not documents or not all(document.pdf for document in documents):
        raise BlankNotReadable("A document without a PDF cannot go into a packet. Make it with its PDF first.")
    parts = [(title, document.pdf or b"") for title, document in zip(titles, documents, strict=True)]
    language = documents[0].language
    joined = call("merge-pdfs", parts, _TITLE.get(language, _TITLE["en"]), "es-US" if language == "es" else "en-US")
    data = cast("bytes", call("number-pages", joined))
    given = [(prefix_of(place), part) for place, (_, part) in enumerate(parts)]
    return Packet("pdf", tuple(documents), data, cast("Proof", call("prove-packet", data, given)))


def needs(plan: Plan, forms: Sequence[Form], language: str = "", as_of: date | None = None) -> tuple[Need, ...]:
    """What these forms print and the plan does not have: each value once, those that a rule wants first."""
    tongue = spoken(plan, language or None)
    printed: dict[str, list[str]] = {}
    for form in forms:
        for path in form_seen(form.in_language(tongue)).paths:
            printed.setdefault(path, []).append(form.id)
    found: dict[str, tuple[str, list[str]]] = {}
    for field_path, ids in printed.items():
        if field_path in by_path() and not field_path.endswith(".id") and field_path != "schema":
            for path, general in _blank_places(plan, field_path.split("."), "", ""):
                found.setdefault(path, (general, []))[1].extend(ids)
    wanted: dict[str, list[str]] = {}
    for finding in check(plan, read_agency().context(as_of=as_of or date.today(), language=tongue)):
        wanted.setdefault(finding.where or "", []).append(finding.rule)
    order = {path: place for place, path in enumerate(by_path())}
    out = [
        Need(path, _title(general, tongue), tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(wanted.get(path, ()))))
        for path, (general, ids) in found.items()
    ]
    return tuple(sorted(out, key=lambda need: (not need.rules, order.get(found[need.path][0], 0), need.path)))


def file_names(documents: Sequence[Document]) -> list[str]:
    """File names by form, never by patient; a second one of a name gets a number."""
    out: list[str] = []
    for document in documents:
        name, n = document.file_name, 2
        while name in out:
            stem = Path(document.file_name)
            name, n = f"{stem.stem}-{n}{stem.suffix}", n + 1
        out.append(name)
    return out


def document_as_dict(document: Document, path: Path | str) -> dict[str, object]:
    """One document in the shape of `planscribe fill --json`."""
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


def _files(documents: Sequence[Document]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for document, name in zip(documents, file_names(documents), strict=True):
        files[name] = document.data
        if document.pdf is not None and not name.endswith(".pdf"):
            beside = f"{Path(name).stem}.pdf"
            files[beside if beside not in files else f"{Path(name).stem}-word.pdf"] = document.pdf
    return files


def _blank_places(part: Part, steps: Sequence[str], at: str, general: str) -> Iterator[tuple[str, str]]:
    """Where a field is blank, with its general path; an empty list stands for all that is below it."""
    key = steps[0].removesuffix("[]")
    name = next((name for name, info in type(part).model_fields.items() if key in (info.alias, name)), None)
    if name is None:
        return
    value, here, field_path = getattr(part, name), join(at, key), join(general, steps[0])
    if isinstance(value, Part) and len(steps) > 1:
        yield from _blank_places(value, steps[1:], here, field_path)
    elif isinstance(value, list) and len(steps) > 1:
        entries = [(i, one) for i, one in enumerate(value) if isinstance(one, Part) and one.is_entry]
        for i, one in entries:
            yield from _blank_places(one, steps[1:], f"{here}[{i}]", field_path)
        if not entries:
            yield here, field_path.removesuffix("[]")
    elif not isinstance(value, Part) and is_blank(value):
        yield here, field_path


def _title(general: str, language: str) -> str:
    words = by_path().get(general)
    if words is None:
        return general
    return words.title_es if language == "es" and words.title_es else words.title
