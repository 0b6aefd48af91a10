"""Diagnosis: why care is needed, the diagnoses, what the assessment measured, who works on the plan."""

import streamlit as st

from generator.app.parts.code_search import code_search
from generator.app.parts.entries import add_button, remove_button, undo_button
from generator.app.parts.fields import below, field, row
from generator.app.parts.findings import count_mark
from generator.app.parts.live import by_itself
from generator.app.parts.people import staff_field
from generator.app.parts.scores import scores
from generator.app.session import Draft
from generator.app.words import plain, say, short
from generator.plan.diagnosis import Diagnosis
from generator.plan.people import StaffMember


def show(draft: Draft) -> None:
    """The screen; of diagnoses, scores and staff one is open at a time."""
    language = draft.language
    st.subheader(say("why_here", language))
    by_itself(draft, "why", lambda: _why(draft))
    st.subheader(say("diagnoses_title", language))
    below(draft, "diagnoses")
    if not draft.plan.diagnoses:
        st.info(say("no_diagnosis", language))
    code_search(draft)
    _diagnoses(draft)
    st.subheader(say("scores_title", language))
    scores(draft)
    st.subheader(say("staff", language))
    _staff(draft)
    with st.expander(say("history", language), on_change="rerun", key="history") as history:
        if history.open:
            by_itself(draft, "history-fields", lambda: _history(draft))
    undo_button(draft)


def _why(draft: Draft) -> None:
    field(draft, "presenting_problem.description", area=True)
    field(draft, "presenting_problem.patient_words", area=True)
    row(draft, "presenting_problem.onset", "presenting_problem.duration")


def _diagnoses(draft: Draft) -> None:
    diagnoses = draft.plan.diagnoses
    draft.diagnosis = max(0, min(draft.diagnosis, len(diagnoses) - 1))
    for place, one in enumerate(diagnoses):
        here = f"diagnoses[{place}]"
        if place != draft.diagnosis:
            name = f"{one.icd10cm or ''} {one.description or ''}".strip() or say("nothing_yet", draft.language)
            st.button(
                f"{short(name, 80)}{count_mark(draft, here)}", key=f"open:{here}", width="stretch", type="tertiary",
                on_click=_open, args=(draft, place), icon=":material/chevron_right:",
            )  # fmt: skip
            continue
        with st.container(border=True):
            st.markdown(f"**{say('diagnosis_n', draft.language, n=place + 1)}**")
            by_itself(draft, "diagnosis", lambda: _diagnosis(draft, f"diagnoses[{draft.diagnosis}]"))
            remove_button(draft, "diagnoses", place)
    add_button(draft, "add_diagnosis", "diagnoses", Diagnosis, lambda: _open(draft, len(draft.plan.diagnoses) - 1))


def _open(draft: Draft, place: int) -> None:
    draft.diagnosis = place


def _diagnosis(draft: Draft, here: str) -> None:
    row(draft, f"{here}.icd10cm", f"{here}.description", f"{here}.rank", widths=(1, 3, 1))
    row(draft, f"{here}.duration", f"{here}.onset", f"{here}.certainty")
    columns = st.columns(2)
    with columns[0]:
        staff_field(draft, f"{here}.diagnosed_by")
    with columns[1]:
        field(draft, f"{here}.specifier")


def _staff(draft: Draft) -> None:
    staff = draft.plan.staff
    draft.member = max(0, min(draft.member, len(staff) - 1))
    for place, one in enumerate(staff):
        here = f"staff[{place}]"
        if place != draft.member:
            name = ", ".join(word for word in (one.name, one.credential, one.role) if word)
            st.button(
                f"{plain(name) or say('nothing_yet', draft.language)}{count_mark(draft, here)}", key=f"open:{here}",
                width="stretch", type="tertiary", on_click=_open_member, args=(draft, place),
                icon=":material/chevron_right:",
            )  # fmt: skip
            continue
        with st.container(border=True):
            by_itself(draft, "member", lambda: _member(draft, f"staff[{draft.member}]"))
            remove_button(draft, "staff", place)
    add_button(
        draft,
        "add_staff",
        "staff",
        lambda: StaffMember(id=_free_id(draft)),
        lambda: _open_member(draft, len(staff) - 1),
    )


def _open_member(draft: Draft, place: int) -> None:
    draft.member = place


def _member(draft: Draft, here: str) -> None:
    row(draft, f"{here}.name", f"{here}.credential", f"{here}.role", widths=(2, 1, 2))
    row(draft, f"{here}.npi", f"{here}.license_no", f"{here}.id")


def _free_id(draft: Draft) -> str:
    taken = {member.id for member in draft.plan.staff}
    return next(f"st{n}" for n in range(1, len(taken) + 2) if f"st{n}" not in taken)


def _history(draft: Draft) -> None:
    columns = st.columns(2)
    with columns[0]:
        field(draft, "assessment.date")
    with columns[1]:
        staff_field(draft, "assessment.assessor")
    field(draft, "assessment.summary", area=True)
    field(draft, "history.psychosocial", area=True)
    row(draft, "history.mental_health", "history.medical", "history.allergies")
    row(draft, "snap.strengths", "snap.needs")
    row(draft, "snap.abilities", "snap.preferences")
