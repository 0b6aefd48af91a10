"""The fit meter: beside a long answer, whether the box of the chosen form holds it, in one plain sentence.

The sentence comes last in a run: the field is on the screen before the form is asked. What is kept between runs are the
counts, by a number of the plan's state, never a text.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import streamlit as st

from generator.app.parts.chosen import chosen, titled
from generator.app.session import Draft, kept
from generator.app.words import plain, say
from generator.errors import GeneratorError
from generator.fit import Fit, fits, has_boxes
from generator.library import Form
from generator.slots import Status

_ROOMY = 200
"""Characters of room from which nothing is said of how many there are."""


class _Place(Protocol):
    def caption(self, body: str) -> object: ...


@dataclass
class _Meter:
    """The places that this run drew, and what is known of the plan's present state."""

    places: dict[str, _Place] = field(default_factory=dict)
    state: object = None
    found: dict[str, tuple[str, Fit] | None] = field(default_factory=dict)


def place_for(path: str) -> None:
    """Right below a field: where its sentence will stand, if a form is chosen."""
    if chosen().form:
        kept(_Meter).places[path] = st.empty()


def forget_places() -> None:
    """At the beginning of a run: nothing is drawn yet."""
    kept(_Meter).places.clear()


def show_meters(draft: Draft) -> None:
    """At the end of what is drawn: the sentences of all fields that were drawn."""
    meter = kept(_Meter)
    if not meter.places:
        return
    forms = [form for form in chosen().forms() if has_boxes(form)]
    spoken = chosen().spoken(draft)
    state = (id(draft.plan), draft.version, tuple((form.id, form.sha256) for form in forms), spoken, date.today())
    if meter.state != state:
        meter.state, meter.found = state, {}
    asked = [path for path in meter.places if path not in meter.found]
    if asked and forms:
        meter.found |= dict.fromkeys(asked) | _measured(draft, forms, asked, spoken)
    for path, place in meter.places.items():
        found = meter.found.get(path)
        if found is not None:
            place.caption(_sentence(*found, draft.language))
    meter.places.clear()


def _measured(draft: Draft, forms: list[Form], paths: list[str], spoken: str) -> dict[str, tuple[str, Fit] | None]:
    """For each answer the form that holds it worst. A form that cannot be read is told where it is made, not here."""
    out: dict[str, tuple[str, Fit] | None] = {}
    for form in forms:
        try:
            found = fits(draft.plan, form, paths, language=spoken, as_of=date.today())
        except GeneratorError:
            continue
        for path, fit in found.items():
            before = out.get(path)
            if before is None or fit.is_worse_than(before[1]):
                out[path] = (titled(form, draft.language), fit)
    return out


def _sentence(form: str, fit: Fit, language: str) -> str:
    said = {"form": plain(form), "n": _about(fit.characters)}
    if fit.has_no_row:
        return f":material/warning: {say('meter_no_row', language, form=said['form'])}"
    if fit.status is Status.CONTINUED:
        return f":material/warning: {say('meter_over', language, **said)}"
    word = "meter_small" if fit.status is Status.SHRUNK else "meter_fits"
    room = "" if fit.characters >= _ROOMY else f" {say('meter_room', language, n=said['n'])}"
    return f":material/check: {say(word, language, form=said['form'])}{room}"


def _about(count: int) -> int:
    """A count as people say it: tens, below ten the number itself."""
    return count if count < 10 else round(count, -1)
