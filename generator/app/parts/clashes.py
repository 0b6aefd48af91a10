"""Fields that somebody changed in another window meanwhile: both values, and the choice between them."""

from collections.abc import Mapping

import streamlit as st

from generator.app.session import Draft
from generator.app.words import say, title
from generator.plan.catalog import by_path
from generator.plan.notes import general
from generator.store import GONE, Conflict


def clashes(draft: Draft) -> None:
    """Both values of every such field; theirs stands in the plan until a person chooses."""
    if draft.kept is None or not draft.kept.clashes:
        return
    language = draft.language
    with st.container(border=True, key="clashes"):
        st.markdown(f"**{say('clash_title', language)}**")
        st.markdown(say("clash_help", language))
        for i, clash in enumerate(draft.kept.clashes):
            st.markdown(f"**{_name(clash.path, language)}**")
            mine, theirs = st.columns(2)
            with mine:
                st.caption(say("clash_mine", language))
                _value(clash.mine, language)
                st.button(
                    say("clash_keep_mine", language), key=f"clash:mine:{i}", on_click=_choose, args=(draft, clash, True),
                    disabled=not draft.can_choose_mine(clash),
                )  # fmt: skip
            with theirs:
                st.caption(say("clash_theirs", language, time=_time(clash)))
                _value(clash.theirs, language)
                st.button(
                    say("clash_keep_theirs", language), key=f"clash:theirs:{i}", on_click=_choose,
                    args=(draft, clash, False),
                )  # fmt: skip


def _choose(draft: Draft, clash: Conflict, mine: bool) -> None:
    draft.choose(clash, mine=mine)


def _value(value: object, language: str) -> None:
    text = "\n".join(_lines(value))
    st.code(text or say("clash_empty", language), language=None, wrap_lines=True)


def _lines(value: object) -> list[str]:
    """A value as a person reads it: texts as they are, entries of a list one below the other."""
    if value is None or value is GONE or value == "":
        return []
    if isinstance(value, Mapping):
        return [line for one in value.values() for line in _lines(one)]
    if isinstance(value, list):
        return [f"- {line}" for one in value for line in _lines(one)]
    return [str(value)]


def _name(path: str, language: str) -> str:
    """A place of the plan in words: `Problems 1 › Goals 2 › Goal`."""
    names, place = [], ""
    for step in path.split("."):
        place = f"{place}.{step}" if place else step
        found = by_path().get(general(place).removesuffix("[]"))
        number = step.partition("[")[2].removesuffix("]")
        if found is not None:
            names.append(f"{title(found, language)} {int(number) + 1}" if number else title(found, language))
    return " › ".join(names) or path


def _time(clash: Conflict) -> str:
    return clash.at[11:16]
