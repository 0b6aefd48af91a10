"""Inputs that choose among what the plan has already: its staff, its diagnoses."""

import streamlit as st

from generator.app.parts.fields import below
from generator.app.session import Draft
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

    widget = draft.widget(path, value)

    def changed() -> None:
        given = widget.now
        typed = " ".join(str(given or "").split())
        chosen = _id_of(draft, typed) if typed and typed not in options else typed
        widget.store(chosen, lambda: value_at(draft.plan, path), given)

    drawn = st.selectbox(
        title(words, draft.language), options, key=widget.key, on_change=changed, accept_new_options=True,
        format_func=lambda one: _named(members.get(one), one), help=help_of(words, draft.language),
        placeholder=say("staff_choose", draft.language), index=options.index(str(value)) if value else None,
    )  # fmt: skip
    widget.settle(drawn, value, changed)
    below(draft, path)


def diagnoses_field(draft: Draft, path: str) -> None:
    """Which of the plan's diagnoses a problem comes from."""
    words = by_path()[general(path)]
    chosen = _codes(draft, path)
    names = {one.icd10cm: one.description or "" for one in draft.plan.diagnoses if one.icd10cm}
    widget = draft.widget(path, tuple(chosen))

    def changed() -> None:
        given = widget.now
        # A choice made before a description was changed comes with its old words: the code is what they begin with.
        codes = (
            [str(one) if one in options else str(one).partition(" ")[0] for one in given]
            if isinstance(given, list)
            else []
        )
        widget.store(codes, lambda: tuple(_codes(draft, path)), given)

    options = [*names, *(code for code in chosen if code not in names)]
    drawn = st.multiselect(
        title(words, draft.language), options, chosen, key=widget.key, on_change=changed,
        format_func=lambda code: f"{code} {names.get(code, '')}".strip(),
        help=help_of(words, draft.language), placeholder=say("choose", draft.language),
    )  # fmt: skip
    widget.settle(drawn, chosen, changed)
    below(draft, path)


def _codes(draft: Draft, path: str) -> list[str]:
    value = value_at(draft.plan, path)
    return [str(one) for one in value] if isinstance(value, list) else []


def _id_of(draft: Draft, name: str) -> str:
    """The short id of the member of this name, with a credential behind it or without; a new member where there is none."""
    said = (name.casefold(), name.partition(",")[0].strip().casefold())
    for member in draft.plan.staff:
        if member.id and (member.name or "").casefold() in said:
            return member.id
    taken = {member.id for member in draft.plan.staff}
    new = next(f"st{n}" for n in range(1, len(taken) + 2) if f"st{n}" not in taken)
    draft.add("staff", StaffMember(id=new, name=name))
    return new


def _named(member: StaffMember | None, otherwise: str) -> str:
    said = ", ".join(word for word in (member.name, member.credential) if word) if member else ""
    return said or otherwise
