"""A treatment plan: every section of it, in the order of a file."""

from generator.plan.assessment import Assessment, History, Measure, PresentingProblem, Snap
from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.confidentiality import Confidentiality, Consent
from generator.plan.contract import Accommodation, Barrier, BlendedCare, Contract
from generator.plan.course import Discharge, Reviews
from generator.plan.coverage import Coverage, Referral
from generator.plan.diagnosis import Diagnosis
from generator.plan.goals import Problem
from generator.plan.header import Agency, PlanHead
from generator.plan.patient import Legal, Patient
from generator.plan.people import Participation, Responsibilities, Signature, StaffMember
from generator.plan.safety import Coordination, SafetyPlan
from generator.plan.types.text import Text

SCHEMA = "treatment-plan/1"


class Plan(Part):
    """A treatment plan. Every section is there, if only blank; nearly everything is optional."""

    schema_: Text | None = say("Shape of this file", "Forma de este archivo", eg=SCHEMA, mark=PLAIN, alias="schema")
    plan: PlanHead = say("Plan", "Plan", of=PlanHead, mark=PLAIN)
    agency: Agency = say("Agency", "Agencia", of=Agency, mark=PLAIN)
    patient: Patient = say("Patient", "Paciente", of=Patient, mark=ID)
    legal: Legal = say("Legal", "Situación legal", of=Legal)
    coverage: list[Coverage] = say("Insurance", "Seguro", of=list)
    referral: Referral = say("Referral", "Referencia", of=Referral)
    presenting_problem: PresentingProblem = say("Presenting problem", "Problema principal", of=PresentingProblem)
    history: History = say("History", "Historia", of=History)
    assessment: Assessment = say("Assessment", "Evaluación", of=Assessment)
    measures: list[Measure] = say("Scores", "Puntajes", of=list)
    snap: Snap = say(
        "Strengths, needs, abilities, preferences", "Fortalezas, necesidades, habilidades, preferencias", of=Snap
    )
    diagnoses: list[Diagnosis] = say("Diagnoses", "Diagnósticos", of=list)
    problems: list[Problem] = say("Problems", "Problemas", of=list)
    staff: list[StaffMember] = say("Staff", "Personal", of=list, mark=PLAIN)
    responsibilities: Responsibilities = say("Responsibilities", "Responsabilidades", of=Responsibilities)
    contract: Contract = say("Treatment contract", "Contrato de tratamiento", of=Contract)
    blended_care: BlendedCare = say("Blended care", "Atención combinada", of=BlendedCare)
    accommodations: list[Accommodation] = say("Accommodations", "Adaptaciones", of=list)
    barriers: list[Barrier] | Text = say(
        "Barriers", "Barreras", of=list, also="barriers to treatment, obstacles to treatment, barreras al tratamiento"
    )
    safety_plan: SafetyPlan = say("Safety plan", "Plan de seguridad", of=SafetyPlan)
    coordination: list[Coordination] = say("Coordination of care", "Coordinación de la atención", of=list)
    discharge: Discharge = say("Discharge", "Alta", of=Discharge)
    reviews: Reviews = say("Reviews", "Revisiones", of=Reviews)
    participation: Participation = say("Participation", "Participación", of=Participation)
    signatures: list[Signature] = say("Signatures", "Firmas", of=list)
    confidentiality: Confidentiality = say("Confidentiality", "Confidencialidad", of=Confidentiality)
    consents: list[Consent] = say("Releases of information", "Autorizaciones de información", of=list)
    other_patient_names: list[Text] = say(
        "Names of other patients",
        "Nombres de otros pacientes",
        "For tests of the checker; never written",
        of=list,
        mark=ID,
        alias="_other_patient_names",
    )
