"""Patient: who the plan is for, how to reach them, who pays, the plan's own dates, the agency."""

from functools import partial

import streamlit as st

from generator.app.parts.entries import add_button, remove_button
from generator.app.parts.fields import below, field, row
from generator.app.parts.live import by_itself
from generator.app.session import Draft
from generator.app.words import say
from generator.plan.coverage import Coverage


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    st.subheader(say("who", language))
    by_itself(draft, "who", lambda: _who(draft))
    st.subheader(say("dates", language))
    by_itself(draft, "dates", lambda: _dates(draft))
    st.subheader(say("contact", language))
    by_itself(draft, "contact", lambda: _contact(draft))
    st.subheader(say("pays", language))
    below(draft, "coverage")
    for i in range(len(draft.plan.coverage)):
        with st.container(border=True):
            by_itself(draft, f"coverage-{i}", partial(_coverage, draft, i))
            remove_button(draft, "coverage", i)
    add_button(draft, "add_insurance", "coverage", Coverage)
    with st.expander(say("agency", language)):
        by_itself(draft, "agency", lambda: _agency(draft))


def _who(draft: Draft) -> None:
    row(draft, "patient.name.first", "patient.name.middle", "patient.name.last", widths=(2, 1, 2))
    row(draft, "patient.dob", "patient.record_number", "patient.pronouns")


def _dates(draft: Draft) -> None:
    row(draft, "plan.type", "plan.plan_date", "plan.admission_date")
    row(draft, "plan.program", "plan.level_of_care", "legal.status")


def _contact(draft: Draft) -> None:
    _address(draft, "patient.address")
    row(draft, "patient.phone", "patient.emergency_contact.name", "patient.emergency_contact.phone")


def _coverage(draft: Draft, place: int) -> None:
    here = f"coverage[{place}]"
    row(draft, f"{here}.payer", f"{here}.member_id", f"{here}.group_no", widths=(2, 1, 1))


def _agency(draft: Draft) -> None:
    field(draft, "agency.name")
    _address(draft, "agency.address")
    row(draft, "agency.phone", "agency.fax", "agency.npi")


def _address(draft: Draft, here: str) -> None:
    row(draft, f"{here}.line1", f"{here}.city", f"{here}.state", f"{here}.zip", widths=(3, 2, 1, 1.2))
