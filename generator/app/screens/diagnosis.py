"""Diagnosis: why care is needed, what the assessment found, the diagnoses and who made them."""

import streamlit as st

from generator.app.parts.entries import add_button, remove_button
from generator.app.parts.fields import below, field, row
from generator.app.session import Draft
from generator.app.words import say
from generator.plan.diagnosis import Diagnosis
from generator.plan.people import StaffMember


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    st.subheader(say("why_here", language))
    field(draft, "presenting_problem.description", area=True)
    field(draft, "presenting_problem.patient_words", area=True)
    row(draft, "presenting_problem.onset", "presenting_problem.duration")
    st.subheader(say("steps_diagnosis", language))
    below(draft, "diagnoses")
    if not draft.plan.diagnoses:
        st.info(say("no_diagnosis", language))
    for i in range(len(draft.plan.diagnoses)):
        here = f"diagnoses[{i}]"
        with st.container(border=True):
            st.markdown(f"**{say('diagnosis_n', language, n=i + 1)}**")
            row(draft, f"{here}.icd10cm", f"{here}.description", f"{here}.rank", widths=(1, 3, 1))
            row(draft, f"{here}.duration", f"{here}.onset", f"{here}.certainty", f"{here}.diagnosed_by")
            remove_button(draft, "diagnoses", i)
    add_button(draft, "add_diagnosis", "diagnoses", Diagnosis)
    st.subheader(say("staff", language))
    for i in range(len(draft.plan.staff)):
        row(
            draft,
            f"staff[{i}].id",
            f"staff[{i}].name",
            f"staff[{i}].credential",
            f"staff[{i}].role",
            widths=(1, 2, 1, 2),
        )
    add_button(draft, "add_staff", "staff", lambda: StaffMember(id=f"st{len(draft.plan.staff) + 1}"))
    with st.expander(say("history", language)):
        row(draft, "assessment.date", "assessment.assessor")
        field(draft, "assessment.summary", area=True)
        field(draft, "history.psychosocial", area=True)
        row(draft, "history.mental_health", "history.medical", "history.allergies")
        row(draft, "snap.strengths", "snap.needs")
        row(draft, "snap.abilities", "snap.preferences")
