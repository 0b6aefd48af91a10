"""Scores of instruments, each with its severity band as soon as the number is there."""

import streamlit as st

from generator.app.parts.entries import add_button, remove_button
from generator.app.parts.fields import below, field, row
from generator.app.parts.live import by_itself
from generator.app.session import Draft
from generator.app.words import plain, say, title
from generator.plan.assessment import Measure
from generator.plan.catalog import by_path
from generator.plan.walk import value_at
from generator.rules.scores import instrument, instruments


def scores(draft: Draft) -> None:
    """The plan's scores, one open at a time."""
    measures = draft.plan.measures
    draft.measure = max(0, min(draft.measure, len(measures) - 1))
    below(draft, "measures")
    for place in range(len(measures)):
        if place == draft.measure:
            with st.container(border=True):
                by_itself(draft, "measure", lambda: _score(draft, draft.measure))
                remove_button(draft, "measures", place)
        else:
            st.button(
                _line(draft, place), key=f"open:measures[{place}]", width="stretch", type="tertiary",
                on_click=_open, args=(draft, place), icon=":material/chevron_right:",
            )  # fmt: skip
    add_button(draft, "add_score", "measures", Measure, lambda: _open(draft, len(draft.plan.measures) - 1))


def _open(draft: Draft, place: int) -> None:
    draft.measure = place


def _score(draft: Draft, place: int) -> None:
    here = f"measures[{place}]"
    columns = st.columns((2, 1, 1.3, 1.3))
    with columns[0]:
        _instrument(draft, here, draft.plan.measures[place])
    for column, key in zip(columns[1:], ("score", "date", "next_due"), strict=True):
        with column:
            field(draft, f"{here}.{key}")
    known = instrument(draft.plan.measures[place].instrument or "")
    if known is not None and known.name == "PHQ-9":
        row(draft, f"{here}.item9", f"{here}.band")
    else:
        field(draft, f"{here}.band")
    said = _band(draft, draft.plan.measures[place])
    if said:
        st.caption(said)


def _instrument(draft: Draft, here: str, measure: Measure) -> None:
    path = f"{here}.instrument"
    value = measure.instrument
    options = [*instruments(), *([value] if value and value not in instruments() else [])]
    widget = draft.widget(path, value)

    def changed() -> None:
        given = widget.now
        found = instrument(str(given or ""))
        widget.store(given, lambda: value_at(draft.plan, path), given)
        draft.put(f"{here}.max", found.high if found else None)

    drawn = st.selectbox(
        title(by_path()["measures[].instrument"], draft.language), options, key=widget.key, on_change=changed,
        index=options.index(value) if value else None, accept_new_options=True,
        placeholder=say("choose", draft.language),
    )  # fmt: skip
    widget.settle(drawn, value, changed)
    below(draft, path)


def _band(draft: Draft, measure: Measure) -> str:
    """What the number says, in words: the instrument's range, and the band where it has bands."""
    known = instrument(measure.instrument or "")
    if known is None or measure.score is None:
        return ""
    if not known.has(measure.score):
        return say("score_range", draft.language, low=known.low, high=known.high)
    band = known.band_of(measure.score)
    if band is None:
        return ""
    name = band.name_es if draft.language == "es" else band.name
    return say("score_band", draft.language, score=f"{measure.score:g}", high=known.high, band=name)


def _line(draft: Draft, place: int) -> str:
    measure = draft.plan.measures[place]
    name = measure.instrument or say("nothing_yet", draft.language)
    return plain(f"{name}: {measure.score:g}" if measure.score is not None else name)
