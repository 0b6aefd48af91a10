"""Patient: who the plan is for, how to reach them, who pays, the plan's own dates, the agency."""

import streamlit as st

from generator.app.parts.chosen import form_field
from generator.app.parts.entries import add_button, remove_button
from generator.app.parts.fields import below, field, row
from generator.app.session import Draft
from generator.app.words import say
from generator.plan.coverage import Coverage


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    st.subheader(say("who", language))
    row(draft, "patient.name.first", "patient.name.middle", "patient.name.last", widths=(2, 1, 2))
    row(draft, "patient.dob", "patient.record_number", "patient.pronouns")
    st.subheader(say("dates", language))
    row(draft, "plan.type", "plan.plan_date", "plan.admission_date")
    row(draft, "plan.program", "plan.level_of_care", "legal.status")
    form_field(draft)
    st.subheader(say("contact", language))
    row(
        draft,
        "patient.address.line1",
        "patient.address.city",
        "patient.address.state",
        "patient.address.zip",
        widths=(3, 2, 1, 1.2),
    )
    row(draft, "patient.phone", "patient.emergency_contact.name", "patient.emergency_contact.phone")
    st.subheader(say("pays", language))
    below(draft, "coverage")
    for i in range(len(draft.plan.coverage)):
        with st.container(border=True):
            row(draft, f"coverage[{i}].payer", f"coverage[{i}].member_id", f"coverage[{i}].group_no", widths=(2, 1, 1))
            remove_button(draft, "coverage", i)
    add_button(draft, "add_insurance", "coverage", Coverage)
    with st.expander(say("agency", language)):
        field(draft, "agency.name")
        row(
            draft,
            "agency.address.line1",
            "agency.address.city",
            "agency.address.state",
            "agency.address.zip",
            widths=(3, 2, 1, 1.2),
        )
        row(draft, "agency.phone", "agency.fax", "agency.npi")
