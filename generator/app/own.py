"""A form of the agency's own while it is looked over: the file, what each blank gets, and what was decided. Not stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from generator import library
from generator.app.parts.plan_values import Entry, entry_of, options_for
from generator.blank_file import inspect
from generator.blanks.tasks import Seen
from generator.convert import is_available
from generator.errors import BlankNotReadable, FileTooLarge, GeneratorError
from generator.exchange.plan_file import parse_plan
from generator.form_pages import FormPages, form_pages
from generator.library import Form
from generator.make import Document, Options, make_document
from generator.mapping.suggest import suggest
from generator.mapping.suggestion import Suggestion
from generator.own_forms import About, Added, keep_form

LARGEST = 25 * 1024 * 1024
"""Bytes of an uploaded file."""


@dataclass
class OwnForm:
    """`chosen` is the place in the slots of the blank that is open; `answers` are options (see `plan_values`) by slot."""

    name: str = ""
    data: bytes = b""
    seen: Seen | None = None
    suggestions: tuple[Suggestion, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    pages: FormPages | None = None
    no_picture: GeneratorError | None = None
    error: GeneratorError | None = None
    upload: str = ""
    chosen: int = 0
    page: int = 0
    confirmed: set[str] = field(default_factory=set)
    tried: Document | None = None
    added: Added | None = None
    about: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, data: bytes) -> None:
        """Begin with a file; what is wrong with it is kept in `error`."""
        vars(self).update(vars(OwnForm()))
        self.name, self.data = name, data
        try:
            if not data:
                raise BlankNotReadable(f"{name} is empty. Get the form again and try with that.")
            if len(data) > LARGEST:
                raise FileTooLarge(f"{name} has more than 25 MB. Save a smaller copy and try with that.")
            self.seen = inspect(data)
            if self.seen.kind == "word-tags":
                return
            if not self.seen.slots:
                raise BlankNotReadable(f"{name} has no place for an answer, so it cannot be a form.")
            self.suggestions = suggest(self.seen.slots, library.aliases())
            for slot, one in zip(self.seen.slots, self.suggestions, strict=True):
                self.answers[slot.id] = options_for(slot, one)[0] if one.path else ""
            self.about = {"title": re.sub(r"[_-]+", " ", Path(name).stem).strip()}
        except GeneratorError as error:
            self.error, self.seen = error, None
            return
        try:
            self.pages = form_pages(data, self.seen)
        except GeneratorError as error:
            self.no_picture = error

    def choose(self, place: int) -> None:
        """Open a blank, and the page that it stands on."""
        if self.seen is not None and 0 <= place < len(self.seen.slots):
            self.chosen = place
            share = self.pages.places.get(self.seen.slots[place].id) if self.pages is not None else None
            self.page = share[0] if share is not None else self.page

    def answer(self, slot_id: str, option: str) -> None:
        """A person says what a blank gets."""
        self.answers[slot_id] = option
        self.confirmed.add(slot_id)
        self.tried = None

    def state(self, place: int) -> str:
        """sure, ask or empty."""
        one = self.suggestions[place]
        if not self.answers.get(one.slot):
            return "empty"
        return "sure" if one.slot in self.confirmed or one.is_sure else "ask"

    def next_to_ask(self) -> int | None:
        """The place of the next blank that waits for a person, after the open one; None where none waits."""
        count = len(self.suggestions)
        order = [(self.chosen + n) % count for n in range(1, count + 1)]
        return next((place for place in order if self.state(place) == "ask"), None)

    def table(self, *, with_guesses: bool) -> Mapping[str, Entry]:
        """The field map's table. Without guesses a blank that waits for a person stays empty, and says so."""
        out: dict[str, Entry] = {}
        for n, (slot, one) in enumerate(
            zip(self.seen.slots if self.seen is not None else (), self.suggestions, strict=True)
        ):
            if self.state(n) == "ask" and not with_guesses:
                out[slot.id] = {"empty": "not sure enough to fill without a person"}
            else:
                out[slot.id] = entry_of(self.answers.get(slot.id, ""), self.seen.slots if self.seen else (), slot, one)
        return out

    def as_form(self) -> Form:
        """A form of it that is in no library yet."""
        suffix = ".pdf" if b"%PDF-" in self.data[:1024] else ".docx"
        kind = self.seen.kind if self.seen is not None else ""
        table = {"fields": self.table(with_guesses=True)} if self.suggestions else {}
        return Form(id="try", title=self.name, kind=kind, path=Path(f"try{suffix}"), map=table, data=self.data)

    def try_out(self, language: str) -> None:
        """Fill it with the example plan. Raises the errors of making a document."""
        plan = parse_plan(
            (resources.files("generator") / "data" / "example_plan.yaml").read_bytes(), name="example_plan.yaml"
        )
        self.tried = make_document(plan, self.as_form(), Options(language=language, pdf=is_available()))

    def keep(self) -> None:
        """Put it into the library. Raises the errors of reading and of maps; then nothing is kept."""
        said = self.about.get
        about = About(said("title", ""), said("source", ""), said("edition", ""), said("by", ""))
        self.added = keep_form(
            self.name, self.data, about, fields=self.table(with_guesses=False) if self.suggestions else {}
        )
