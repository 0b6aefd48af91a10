"""The plan proper: problem, goal, objective, intervention."""

from typing import Annotated, Literal

from generator.plan.base import PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.number import Number, WholeNumber
from generator.plan.types.text import Text

ProblemStatus = Annotated[Literal["active", "deferred", "referred", "resolved"], Tidy]
Term = Annotated[Literal["long", "short"], Tidy]
ObjectiveStatus = Annotated[
    Literal["not_started", "active", "met", "partly_met", "not_met", "extended", "dropped"], Tidy
]
Direction = Annotated[Literal["increase", "decrease", "maintain"], Tidy]
Method = Annotated[Literal["individual", "group", "family", "couple", "collateral"], Tidy]
Delivery = Annotated[Literal["in_person", "telehealth", "blended"], Tidy]


class Frequency(Part):
    """How often: `count` times per `per`."""

    count: Number | None = say("Times", "Veces", eg=1)
    per: Text | None = say("Per", "Por", eg="week")


class Duration(Part):
    """For how long."""

    n: Number | None = say("Number", "Número", eg=12)
    unit: Text | None = say("Unit", "Unidad", eg="weeks")


class Intervention(Part):
    """What the staff will do toward an objective."""

    id: Text | None = say("Intervention number", "Número de intervención", eg="G1.O1.I1", mark=PLAIN)
    description: Text | None = say(
        "Intervention", "Intervención", "What the session works on for this person", also=("service", "action")
    )
    modality: Text | None = say("Modality", "Modalidad", eg="CBT relapse prevention", also=("type of service",))
    method: Method | None = say("Method", "Método", eg="individual", also=("setting",))
    delivery: Delivery | None = say("Delivery", "Forma de atención", eg="in_person")
    frequency: Frequency = say("Frequency", "Frecuencia", of=Frequency, also=("how often",))
    duration: Duration = say("Duration", "Duración", of=Duration, also=("how long",))
    session_minutes: Number | None = say("Minutes a session", "Minutos por sesión", eg=45)
    responsible_staff: Text | None = say(
        "Responsible staff",
        "Personal responsable",
        "The id of a person under staff",
        eg="st1",
        mark=PLAIN,
        also=("responsible person",),
    )
    code_system: Text | None = say("Code system", "Sistema de códigos", "CPT or HCPCS", eg="HCPCS", mark=PLAIN)
    code: Text | None = say("Service code", "Código del servicio", eg="H0004", mark=PLAIN)
    status: Text | None = say("Intervention status", "Estado de la intervención", eg="active")
    added_because: Text | None = say("Added because", "Añadida porque")
    added_on: Day | None = say("Added on", "Añadida el")


class ObjectiveMeasure(Part):
    """How both will know an objective is met."""

    what: Text | None = say("What is counted", "Qué se cuenta", eg="drinking days in the past 30 days")
    instrument: Text | None = say("Counted with", "Se cuenta con", eg="daily drink log")
    baseline: Number | Text | None = say("Baseline", "Línea base", "The number today", eg=26)
    baseline_date: Day | None = say("Baseline date", "Fecha de la línea base", eg="2026-10-27")
    target: Number | Text | None = say("Target", "Meta numérica", eg=4)
    unit: Text | None = say("Unit", "Unidad", eg="days per 30 days")
    direction: Direction | None = say("Direction", "Dirección", eg="decrease", mark=PLAIN)


class Progress(Part):
    """One entry of progress."""

    date: Day | None = say("Progress date", "Fecha del progreso", eg="2026-12-03")
    value: Number | Text | None = say("Progress value", "Valor del progreso", eg=14)
    note: Text | None = say("Progress note", "Nota de progreso")


class Objective(Part):
    """A measurable step of the person toward a goal."""

    id: Text | None = say("Objective number", "Número de objetivo", eg="G1.O1", mark=PLAIN)
    statement: Text | None = say(
        "Objective", "Objetivo", "What the person will do, how often, by when", also=("short-term goal",)
    )
    measure: ObjectiveMeasure = say("Measure", "Medida", of=ObjectiveMeasure)
    start_date: Day | None = say("Start date", "Fecha de inicio", eg="2026-11-03")
    target_date: Day | None = say("Target date", "Fecha meta", eg="2027-01-05", also=("due date", "completion date"))
    status: ObjectiveStatus | None = say("Status", "Estado", eg="active")
    status_date: Day | None = say("Status date", "Fecha del estado")
    progress: list[Progress] = say("Progress", "Progreso", of=list)
    interventions: list[Intervention] = say("Interventions", "Intervenciones", of=list)


class Goal(Part):
    """What the person wants to reach."""

    id: Text | None = say("Goal number", "Número de meta", eg="G1", mark=PLAIN)
    term: Term | None = say("Term", "Plazo", eg="long", mark=PLAIN)
    statement: Text | None = say("Goal", "Meta", also=("long-term goal", "treatment goal"))
    patient_words: Text | None = say("Goal in the person's words", "Meta en palabras de la persona")
    strengths_used: list[Text] = say("Strengths used", "Fortalezas que se usan", of=list)
    target_date: Day | None = say("Goal target date", "Fecha de la meta", eg="2027-05-03")
    status: ObjectiveStatus | None = say("Goal status", "Estado de la meta", eg="active")
    discharge_criterion: Text | None = say(
        "Discharge criterion", "Criterio de alta", eg="No drinking for 90 days in a row"
    )
    objectives: list[Objective] = say("Objectives", "Objetivos", of=list)


class Problem(Part):
    """A problem, described in behaviour."""

    id: Text | None = say("Problem number", "Número de problema", eg="P1", mark=PLAIN)
    title: Text | None = say("Problem", "Problema", eg="Alcohol use", also=("problem area", "need"))
    as_evidenced_by: Text | None = say(
        "As evidenced by", "Evidenciado por", also=("symptoms", "behavioral description")
    )
    diagnosis_refs: list[Text] = say(
        "Linked diagnoses", "Diagnósticos vinculados", "ICD-10-CM codes of the plan", of=list
    )
    asam_dimension: Text | None = say("ASAM dimension", "Dimensión ASAM", "1 to 6", eg="1")
    priority: WholeNumber | None = say("Priority", "Prioridad", eg=1, mark=PLAIN)
    status: ProblemStatus | None = say("Problem status", "Estado del problema", eg="active")
    deferral_reason: Text | None = say("Reason for deferral or referral", "Motivo del aplazamiento o la referencia")
    identified_by: Text | None = say("Identified by", "Identificado por", eg="patient", mark=PLAIN)
    identified_on: Day | None = say("Identified on", "Identificado el", eg="2026-10-27")
    not_clinical: Flag | None = say("Not a clinical problem", "No es un problema clínico", mark=PLAIN)
    goals: list[Goal] = say("Goals", "Metas", of=list)
