"""Inputs bound to places of the plan: the model's value in before drawing, what was typed back through the model's gate."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from generator.app.parts.findings import beside
from generator.app.parts.meter import place_for
from generator.app.session import Draft
from generator.app.words import choice_name, help_of, say, title
from generator.plan.base import Part
from generator.plan.catalog import FieldWords, by_path
from generator.plan.notes import general
from generator.plan.types.day import read_typed_day
from generator.plan.walk import value_at


def field(draft: Draft, path: str, *, area: bool = False, label: str = "") -> None:
    """The input for one place of the plan, of the kind its field asks for, with what is wrong there below it."""
    words = by_path()[general(path)]
    name = label or title(words, draft.language)
    help_text = help_of(words, draft.language)
    if words.kind == "choice":
        _choice(draft, path, words, name, help_text)
    elif words.kind == "flag":
        _flag(draft, path, name, help_text)
    elif words.kind == "list":
        _lines(draft, path, name, help_text)
    else:
        _text(draft, path, words, name, help_text, area=area)
    if area or words.kind == "list":
        place_for(path)
    below(draft, path)


def row(draft: Draft, *paths: str, widths: Sequence[float] | None = None, labels: Sequence[str] = ()) -> None:
    """Fields side by side; Tab goes across."""
    columns = st.columns(list(widths) if widths else len(paths))
    for i, (column, path) in enumerate(zip(columns, paths, strict=True)):
        with column:
            field(draft, path, label=labels[i] if labels else "")


def below(draft: Draft, path: str) -> None:
    """What could not be read there, and the findings that mean this very place."""
    part, key = _holder(draft, path)
    words = by_path()[general(path)]
    unread = part is not None and any(name == key or name.startswith(f"{key}[") for name in part.unread)
    if unread and words.kind == "date":
        st.error(say("date_wrong", draft.language))
        return
    if unread:
        wanted = say("wanted_number" if words.kind == "number" else "wanted_other", draft.language)
        st.error(say("not_read", draft.language, wanted=wanted))
    beside(draft, path)


def _text(draft: Draft, path: str, words: FieldWords, name: str, help_text: str | None, *, area: bool) -> None:
    value = _shown(draft, path, words)
    widget = draft.widget(path, value)

    def changed() -> None:
        given = widget.now
        text = str(given or "")
        day = read_typed_day(text) if words.kind == "date" else None
        widget.store(day.isoformat() if day else text, lambda: _shown(draft, path, words), given)

    if area:
        drawn = st.text_area(name, value, key=widget.key, on_change=changed, help=help_text, height=90)
    else:
        hint = say("date_hint", draft.language) if words.kind == "date" else None
        drawn = st.text_input(name, value, key=widget.key, on_change=changed, help=help_text, placeholder=hint)
    widget.settle(drawn, value, changed)


def _choice(draft: Draft, path: str, words: FieldWords, name: str, help_text: str | None) -> None:
    value = value_at(draft.plan, path)
    chosen = value if value in words.choices else None
    # What the browser holds is the choice's words, so another language is another widget.
    widget = draft.widget(path, (chosen, draft.language))

    def changed() -> None:
        given = widget.now
        widget.store(given, lambda: (value_at(draft.plan, path), draft.language), given)

    drawn = st.selectbox(
        name, words.choices, key=widget.key, on_change=changed, help=help_text, placeholder=say("choose", draft.language),
        format_func=lambda word: choice_name(word, draft.language),
        index=list(words.choices).index(chosen) if chosen is not None else None,
    )  # fmt: skip
    widget.settle(drawn, chosen, changed)


def _flag(draft: Draft, path: str, name: str, help_text: str | None) -> None:
    ticked = bool(value_at(draft.plan, path))
    widget = draft.widget(path, ticked)

    def changed() -> None:
        given = widget.now
        widget.store(given, lambda: bool(value_at(draft.plan, path)), given)

    widget.settle(st.checkbox(name, ticked, key=widget.key, on_change=changed, help=help_text), ticked, changed)


def _lines(draft: Draft, path: str, name: str, help_text: str | None) -> None:
    shown = _shown_lines(draft, path)
    widget = draft.widget(path, shown)

    def changed() -> None:
        given = widget.now
        lines = [line.strip() for line in str(given or "").splitlines() if line.strip()]
        widget.store(lines, lambda: _shown_lines(draft, path), given)

    label = f"{name} ({say('one_a_line', draft.language).lower()})"
    widget.settle(
        st.text_area(label, shown, key=widget.key, on_change=changed, help=help_text, height=90), shown, changed
    )


def _shown_lines(draft: Draft, path: str) -> str:
    value = value_at(draft.plan, path)
    return "\n".join(str(item) for item in value) if isinstance(value, list) else ""


def _shown(draft: Draft, path: str, words: FieldWords) -> str:
    """What stands in the input: the value as people here write it, or what was typed and could not be read."""
    part, key = _holder(draft, path)
    if part is not None and key in part.unread:
        return str(part.unread[key])
    value = value_at(draft.plan, path)
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, date):
        return f"{value.month}/{value.day}/{value.year}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _holder(draft: Draft, path: str) -> tuple[Part | None, str]:
    parent, _, key = path.rpartition(".")
    part = value_at(draft.plan, parent) if parent else draft.plan
    return (part if isinstance(part, Part) else None), key
