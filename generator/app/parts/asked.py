"""The field that a finding asks for, where its screen has none of its own: a way to write it, at the top."""

import streamlit as st

from generator.app.parts.entries import remove_button
from generator.app.parts.fields import below, field
from generator.app.session import Draft, screen_of
from generator.app.words import say, title
from generator.plan.base import Part
from generator.plan.catalog import FieldWords, by_path, fields
from generator.plan.notes import general
from generator.plan.walk import value_at

_MOST = 12
"""Fields that are offered for one place."""


def asked_for(draft: Draft) -> None:
    """The fields of the place that is sought, unless the screen has drawn one for it."""
    path = draft.sought
    if not path or screen_of(path) != draft.screen or _is_there(draft, path):
        return
    path = _holder_of(draft, path)
    words = by_path().get(general(path).removesuffix("[]") if path.endswith("]") else general(path))
    if words is None:
        return
    with st.container(border=True, key="asked"):
        st.markdown(f"**{say('asked_for', draft.language, name=title(words, draft.language))}**")
        if path.endswith("]") and words.kind == "rows":
            _fields_of(draft, path, words)
        elif words.kind == "rows":
            _rows(draft, path, words)
        elif words.kind == "section":
            below(draft, path)
            _fields_of(draft, path, words)
        else:
            field(draft, path)


def widget_of(draft: Draft, path: str) -> str:
    """The place of the drawn input that a finding's place means; "" where none is drawn. The place itself goes first."""
    if path in draft.widgets_shown:
        return path
    up = path
    while up.endswith("]"):
        up = up.rpartition("[")[0]
        if up in draft.widgets_shown:
            return up
    return next((one for one in sorted(draft.widgets_shown) if one.startswith((f"{path}.", f"{path}["))), "")


def _is_there(draft: Draft, path: str) -> bool:
    words = by_path().get(general(path))
    if words is not None and words.kind == "rows":
        return (value_at(draft.plan, path) == [] and f"add:{path}" in draft.widgets_shown) or bool(
            widget_of(draft, path)
        )
    return bool(widget_of(draft, path))


def _holder_of(draft: Draft, path: str) -> str:
    """The nearest place that the plan has: an item of a list of texts is edited with its list."""
    if path.endswith("]"):
        words = by_path().get(general(path).removesuffix("[]"))
        if words is None or words.kind != "rows":
            return path.rpartition("[")[0]
    return path


def _rows(draft: Draft, path: str, words: FieldWords) -> None:
    entries = value_at(draft.plan, path)
    if not isinstance(entries, list):
        field(draft, path)  # such as "none": these lists may also be a text
        return
    below(draft, path)
    for place, entry in enumerate(entries[-2:], max(0, len(entries) - 2)):
        if isinstance(entry, Part):
            _fields_of(draft, f"{path}[{place}]", words)
            remove_button(draft, path, place)

    def add() -> None:
        draft.add(path, _empty_entry(draft, path))
        draft.goal_of_focus = draft.sought = path

    draft.widgets_shown[f"add:{path}"] = f"asked:add:{path}"
    st.button(say("asked_add", draft.language), key=f"asked:add:{path}", on_click=add)


def _fields_of(draft: Draft, path: str, words: FieldWords) -> None:
    """The plain fields right below a section or an entry, two beside each other."""
    under = f"{words.path}[]." if words.kind == "rows" else f"{words.path}."
    offered = [
        one.path.removeprefix(under)
        for one in fields()
        if one.path.startswith(under)
        and one.kind not in ("rows", "section")
        and one.path.removeprefix(under).count(".") <= 1
        and "[]" not in one.path.removeprefix(under)
    ][:_MOST]
    left, right = st.columns(2)
    for n, key in enumerate(offered):
        with left if n % 2 == 0 else right:
            field(draft, f"{path}.{key}")


def _empty_entry(draft: Draft, path: str) -> Part:
    parent, _, key = path.rpartition(".")
    holder = value_at(draft.plan, parent) if parent else draft.plan
    made = type(holder).model_validate({key: [{}]}) if isinstance(holder, Part) else Part()
    entries = value_at(made, key)
    return entries[0] if isinstance(entries, list) and isinstance(entries[0], Part) else Part()
