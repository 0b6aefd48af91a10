"""What this session has made: documents by what they were made from, and pictures of their pages. Nothing is stored."""

import hashlib
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from generator.app.session import kept
from generator.app.under_way import Work
from generator.convert import is_available
from generator.errors import GeneratorError
from generator.exchange.plan_file import plan_as_json
from generator.library import Form
from generator.make import Document, Options, make_document
from generator.packet import Packet, join_documents
from generator.pictures import page_pictures
from generator.plan import Plan
from generator.signing.record import SignatureRecord

_K = TypeVar("_K")
_V = TypeVar("_V")
_W = TypeVar("_W", Document, Packet)
_MOST = 40
_AT_ONCE = 4
_TICK_SECONDS = 0.2
_DPI = 110
Key = tuple[str, str, str, bool, date]
"""Plan, form and blank, language, for signing, day: what a document depends on."""
Waits = Callable[[], None]
"""Called several times a second while something is made."""


@dataclass
class Made:
    """Documents and errors by key, the newest last; `waiting` are the forms still to be made."""

    documents: dict[Key, Document] = field(default_factory=dict)
    errors: dict[Key, GeneratorError] = field(default_factory=dict)
    packets: dict[tuple[Key, ...], Packet] = field(default_factory=dict)
    packet_errors: dict[tuple[Key, ...], GeneratorError] = field(default_factory=dict)
    under_way: dict[object, Work[Document] | Work[Packet]] = field(default_factory=dict)
    pictures: dict[tuple[str, int], bytes | GeneratorError] = field(default_factory=dict)
    blanks: dict[tuple[str, int, int], str] = field(default_factory=dict)
    waiting: list[Form] = field(default_factory=list)
    was_stopped: bool = False
    shown: int = 0

    def stop(self) -> None:
        """Make no more of what waits."""
        self.waiting, self.was_stopped = [], True

    def ask(self, forms: Sequence[Form]) -> None:
        """Let these be made, one after the other."""
        self.waiting, self.was_stopped = list(forms), False

    def key(self, plan: Plan, form: Form, language: str, *, final: bool) -> Key:
        """What a document of this form depends on today."""
        blank = form.in_language(language)
        return (fingerprint(plan), f"{form.id}:{self._hash(blank)}", language, final, date.today())

    def forget(self) -> None:
        """What was made before somebody signed is out of date."""
        self.documents.clear()
        self.packets.clear()
        self.packet_errors.clear()
        self.under_way.clear()

    def make(
        self,
        plan: Plan,
        form: Form,
        language: str,
        *,
        final: bool,
        signatures: tuple[SignatureRecord, ...] = (),
        waits: Waits = lambda: None,
    ) -> None:
        """Make a document, with the signatures given on this screen, and keep it, or keep why there is none.

        `waits` is called while it is made; where it ends the run, nothing is kept, and the work is gone on with next time.
        """
        key = self.key(plan, form, language, final=final)
        self.errors.pop(key, None)
        how = Options(language=language, pdf=is_available(), final=final, signatures=signatures)
        as_it_is = plan.model_copy(deep=True)  # somebody may type on while it is made
        work = self._begun(key, lambda: make_document(as_it_is, form, how))
        try:
            self.documents[key] = self._ended(key, work, waits)
        except GeneratorError as error:
            self.errors[key] = error
        _forget_all_but(self.documents, _MOST)
        _forget_all_but(self.errors, _MOST)

    def join(self, titles: Sequence[str], keys: Sequence[Key], *, waits: Waits) -> None:
        """Make one PDF of documents made before, each under its title, and keep it, or keep why there is none."""
        place, documents = tuple(keys), [self.documents[key] for key in keys]
        work = self._begun(place, lambda: join_documents(documents, titles))
        try:
            self.packets[place] = self._ended(place, work, waits)
        except GeneratorError as error:
            self.packet_errors[place] = error
        _forget_all_but(self.packets, 4)
        _forget_all_but(self.packet_errors, 4)

    def can_join(self, keys: Sequence[Key]) -> bool:
        """Whether these documents can become one PDF: each of them has its own."""
        return len(keys) > 1 and all(self.documents[key].pdf is not None for key in keys)

    def _begun(self, place: object, work: Callable[[], _W]) -> Work[_W]:
        """The work of that place: the one that was left before, or a new one."""
        if place not in self.under_way:
            self.under_way[place] = Work(work)
            _forget_all_but(self.under_way, _AT_ONCE)
        return self.under_way[place]  # type: ignore[return-value]

    def _ended(self, place: object, work: Work[_W], waits: Waits) -> _W:
        while not work.is_done(_TICK_SECONDS):
            waits()
        self.under_way.pop(place, None)
        return work.result()

    def picture(self, pdf: bytes, page: int) -> bytes:
        """A page of a PDF as PNG, drawn once. Raises BlankNotReadable, WorkerStopped.

        One that cannot be drawn is not tried again at every run of the page: it may take the worker's whole time.
        """
        place = (hashlib.sha256(pdf).hexdigest(), page)
        if place not in self.pictures:
            try:
                self.pictures[place] = page_pictures(pdf, dpi=_DPI, pages=[page])[0]
            except GeneratorError as error:
                self.pictures[place] = error
            _forget_all_but(self.pictures, 3 * _MOST)
        found = self.pictures[place]
        if isinstance(found, GeneratorError):
            raise found.with_traceback(None)
        return found

    def _hash(self, form: Form) -> str:
        if form.sha256:
            return form.sha256
        about = form.path.stat()
        place = (str(form.path), about.st_mtime_ns, about.st_size)
        if place not in self.blanks:
            self.blanks[place] = hashlib.sha256(form.read()).hexdigest()
        return self.blanks[place]


def made() -> Made:
    """This session's."""
    return kept(Made)


def fingerprint(plan: Plan) -> str:
    """The same for the same plan, what was typed and could not be read included."""
    return hashlib.sha256(plan_as_json(plan).encode()).hexdigest()


def _forget_all_but(things: MutableMapping[_K, _V], most: int) -> None:
    """Only the newest."""
    while len(things) > most:
        del things[next(iter(things))]
