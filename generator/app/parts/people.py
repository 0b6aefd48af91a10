"""Inputs that choose among what the plan has already: its staff, its diagnoses."""

import streamlit as st

from generator.app.parts.fields import below
from generator.app.session import Draft, bind
from generator.app.words import help_of, say, title
from generator.plan.catalog import by_path
from generator.plan.notes import general
from generator.plan.people import StaffMember
from generator.plan.walk import value_at


def staff_field(draft: Draft, path: str) -> None:
    """Who of the plan's staff; a name that is typed becomes a new member of it."""
    words = by_path()[general(path)]
    value = value_at(draft.plan, path)
    members = {member.id: member for member in draft.plan.staff if member.id}
    options = [*members, *([str(value)] if value and value not in members else [])]

    def store(chosen: object) -> None:
        typed = " ".join(str(chosen or "").split())
        draft.put(path, _id_of(draft, typed) if typed and typed not in options else typed)

    draft.mounted.add(path)
    key = f"w:{path}"
    st.selectbox(
        title(words, draft.language), options, key=key, on_change=bind(key, value, store), accept_new_options=True,
        format_func=lambda one: _named(members.get(one), one), help=help_of(words, draft.language),
        placeholder=say("staff_choose", draft.language), index=None,
    )  # fmt: skip
    below(draft, path)


def diagnoses_field(draft: Draft, path: str) -> None:
    """Which of the plan's diagnoses a problem comes from."""
    words = by_path()[general(path)]
    value = value_at(draft.plan, path)
    chosen = [str(one) for one in value] if isinstance(value, list) else []
    names = {one.icd10cm: one.description or "" for one in draft.plan.diagnoses if one.icd10cm}
    draft.mounted.add(path)
    key = f"w:{path}"
    st.multiselect(
        title(words, draft.language), [*names, *(code for code in chosen if code not in names)], key=key,
        on_change=bind(key, chosen, lambda codes: draft.put(path, codes)),
        format_func=lambda code: f"{code} {names.get(code, '')}".strip(), help=help_of(words, draft.language),
        placeholder=say("choose", draft.language),
    )  # fmt: skip
    below(draft, path)


def _id_of(draft: Draft, name: str) -> str:
    """The short id of the member of this name; a new member where there is none."""
    for member in draft.plan.staff:
        if member.id and (member.name or "").casefold() == name.casefold():
            return member.id
    taken = {member.id for member in draft.plan.staff}
    new = next(f"st{n}" for n in range(1, len(taken) + 2) if f"st{n}" not in taken)
    draft.add("staff", StaffMember(id=new, name=name))
    return new


def _named(member: StaffMember | None, otherwise: str) -> str:
    said = ", ".join(word for word in (member.name, member.credential) if word) if member else ""
    return said or otherwise
