"""Words of a plan and the codes of FHIR's own value sets that mean the same. What is not here has no such code."""

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
NPI = "http://hl7.org/fhir/sid/us-npi"
SSN = "http://hl7.org/fhir/sid/us-ssn"
EIN = "urn:oid:2.16.840.1.113883.4.4"
PERTAINS = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
PLAN_ITEMS = "urn:planscribe:treatment-plan"
"""The questionnaire whose link ids are paths of a plan file."""
IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
COVERAGE_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"
COPAY_TYPE = "http://terminology.hl7.org/CodeSystem/coverage-copay-type"
CONTACT_ROLE = "http://terminology.hl7.org/CodeSystem/v2-0131"
GUARDIAN_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
CPT, HCPCS = "http://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.285"
SERVICE_SYSTEMS = {"CPT": CPT, "HCPCS": HCPCS}

GENDER = {"male": "male", "female": "female", "other": "other", "unknown": "unknown"}
CERTAINTY = {"confirmed": "confirmed", "provisional": "provisional", "rule_out": "differential"}
PROBLEM_STATUS = {"active": "active", "resolved": "resolved"}
GOAL_STATUS = {
    "not_started": ("accepted", ""),
    "active": ("active", ""),
    "met": ("completed", "achieved"),
    "partly_met": ("active", "improving"),
    "not_met": ("active", "not-achieved"),
    "dropped": ("cancelled", ""),
}
"""A goal's status as FHIR's lifecycle status and achievement."""
COVERAGE_ORDER = {"primary": 1, "secondary": 2, "tertiary": 3}
PERIODS = {
    "day": (1, "d"),
    "week": (1, "wk"),
    "2 weeks": (2, "wk"),
    "month": (1, "mo"),
    "year": (1, "a"),
    "quarter": (3, "mo"),
}
UNITS = {"days": "d", "weeks": "wk", "months": "mo", "years": "a"}


def word_of(codes: dict[str, str], code: object) -> str:
    """The plan's word for a code; "" where it has none."""
    return next((word for word, one in codes.items() if one == code), "")
