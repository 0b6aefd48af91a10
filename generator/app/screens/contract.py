"""Contract: what both sides agree to, how the plan was made, when it is looked at again, who signs."""

import streamlit as st

from generator.app.parts.fields import below, field, row
from generator.app.parts.signing import lines
from generator.app.session import Draft
from generator.app.words import say


def show(draft: Draft) -> None:
    """The screen."""
    language = draft.language
    st.subheader(say("contract", language))
    field(draft, "contract.goals_summary", area=True)
    row(draft, "responsibilities.patient", "responsibilities.therapist")
    field(draft, "contract.attendance", area=True)
    row(draft, "contract.cancellation_notice_hours", "contract.fees.copay", "contract.fees.missed_visit_fee")
    below(draft, "contract.fees")
    field(draft, "contract.confidentiality_limits")
    row(
        draft,
        "contract.crisis_plan.call_988",
        "contract.crisis_plan.emergency",
        "contract.crisis_plan.agency_after_hours",
    )
    below(draft, "contract.crisis_plan")
    field(draft, "contract.termination", area=True)
    row(draft, "contract.consent_statement", "contract.rules_and_rights_received_on", widths=(3, 1))
    st.subheader(say("review_after", language))
    row(draft, "reviews.next_due", "discharge.anticipated_date", "discharge.discussed_with_patient_on")
    field(draft, "discharge.criteria")
    field(draft, "discharge.transition_plan", area=True)
    st.subheader(say("how_made", language))
    field(draft, "participation.statement", area=True)
    row(draft, "participation.agreement", "participation.copy_given_on", "participation.copy_offered")
    st.subheader(say("signatures", language))
    below(draft, "signatures")
    lines(draft)
