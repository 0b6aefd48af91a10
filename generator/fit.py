"""Whether answers fit the boxes of a form, for a meter beside what is typed: the writer's own decision, nothing is made.

Which box shows an answer is read from the form's field map. Word forms grow with their text and have no boxes. Nothing of
a plan is kept here; of a blank that the library knows by its hash, the fillable file that was made of it is.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import cast

from generator.blank_file import adopt_pdf
from generator.blanks.pdf_fields import Room
from generator.library import Form
from generator.mapping.field_map import Resolution, Resolved, read_field_map, resolve
from generator.mapping.names import FLAT, shown_by
from generator.mapping.paper import as_on_paper
from generator.plan import Plan
from generator.plan.notes import general
from generator.plan.walk import parts, value_at
from generator.slots import Status
from generator.worker import call

_ROW = re.compile(r"(\w+)\[(\d+)\]")
_ORDER = (Status.FILLED, Status.SHRUNK, Status.CONTINUED)


@dataclass(frozen=True, slots=True)
class Fit:
    """How one answer stands on a form, the worst of its boxes.

    `characters` is about how many more would fit, or, where it is CONTINUED,
    how many are too many. With `has_no_row` the form has no row left for the entry, so that all of it goes on a sheet.
    """

    status: Status
    characters: int = 0
    size_pt: float | None = None
    has_no_row: bool = False

    def is_worse_than(self, other: "Fit") -> bool:
        """Whether this is the one to tell of."""
        return self._how_bad() > other._how_bad()

    def _how_bad(self) -> tuple[int, bool, int]:
        is_over = self.status is Status.CONTINUED
        return _ORDER.index(self.status), self.has_no_row, self.characters if is_over else -self.characters


def has_boxes(form: Form) -> bool:
    """Whether the form is one with boxes and a map that says what goes into them."""
    return form.kind.startswith("pdf") and bool(form.map)


def fits(plan: Plan, form: Form, paths: Collection[str], *, language: str, as_of: date) -> dict[str, Fit]:
    """How the answers at these places of the plan fit the form; a place that it does not print is left out.

    An answer is a text or a list of texts. Raises MapNotValid, NameUnknown, and the errors of reading for the blank.
    """
    form = form.in_language(language)
    answers = {path: pieces for path in paths if (pieces := _pieces(plan, path))}
    if not answers or not has_boxes(form):
        return {}
    field_map = read_field_map(form.map, form=form.id)
    resolution = resolve(field_map, as_on_paper(plan, language=language, today=as_of))
    boxes = {path: _boxes(resolution, plan, path, pieces) for path, pieces in answers.items()}
    texts = {one.fill.slot: str(one.fill.value) for found in boxes.values() for one in found}
    rooms = cast("dict[str, Room]", call("pdf-rooms", _blank(form), texts)) if texts else {}
    out: dict[str, Fit] = {}
    for path, found in boxes.items():
        seen = [
            Fit(room.outcome.status, room.characters, room.outcome.size_pt)
            for one in found
            if (room := rooms.get(one.fill.slot)) is not None and room.outcome.status in _ORDER
        ]
        if seen:
            out[path] = reduce(lambda worst, one: one if one.is_worse_than(worst) else worst, seen)
        elif not found and any(_is_in(one.text, answers[path], one.paths, path, plan) for one in resolution.extra):
            out[path] = Fit(Status.CONTINUED, has_no_row=True)
    return out


def _pieces(plan: Plan, path: str) -> tuple[str, ...]:
    """The answer as texts with single spaces, () where there is none."""
    try:
        value = value_at(plan, path)
    except KeyError:
        return ()
    texts = value if isinstance(value, list) else [value]
    return tuple(" ".join(one.split()) for one in texts if isinstance(one, str) and one.strip())


def _boxes(resolution: Resolution, plan: Plan, path: str, pieces: Sequence[str]) -> list[Resolved]:
    """The boxes that show all of an answer."""
    return [
        one
        for one in resolution.fills
        if isinstance(one.fill.value, str) and _is_in(one.fill.value, pieces, (one.path,), path, plan, one.names)
    ]


def _is_in(
    text: str, pieces: Sequence[str], places: Sequence[str], path: str, plan: Plan, names: Sequence[str] = ()
) -> bool:
    """Whether a text of the form holds the answer: it reads its place, for this very entry, and has its words."""
    if general(path) not in _shown(tuple(general(name) for name in names or places)):
        return False
    if any(_is_of_another(place, path, plan) for place in places):
        return False
    squeezed = " ".join(text.split())
    return all(piece in squeezed for piece in pieces)


def _is_of_another(place: str, path: str, plan: Plan) -> bool:
    """Whether a row of the form (`objectives[2].statement`) is for another entry than the one that the path lies in."""
    row = _ROW.match(place)
    if row is None or row[1] == "services":  # only those that go on are listed
        return False
    entry = FLAT.get(f"{row[1]}[]", f"{row[1]}[]")
    if not general(path).startswith(entry):
        return False
    of_kind = [found for found, _ in parts(plan) if general(found) == entry]
    number = int(row[2])
    return number >= len(of_kind) or not f"{path}.".startswith(f"{of_kind[number]}.")


@lru_cache(maxsize=1024)
def _shown(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(path for name in names for path in shown_by(name))


def _blank(form: Form) -> bytes:
    """The form as a fillable file."""
    data = form.read()
    if form.kind != "pdf-flat":
        return data
    return _adopted(data) if form.sha256 else adopt_pdf(data)


@lru_cache(maxsize=8)
def _adopted(blank: bytes) -> bytes:
    return adopt_pdf(blank)
