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
        "Intervention",
        "Intervención",
        "What the session works on for this person",
        also="service, action, interventions, services and strategies, tasks to complete objectives, tasks, methods, treatment methods, treatment interventions, services provided, clinical interventions, therapist interventions, what interventions will, action steps, strategies, services, therapeutic interventions, staff interventions, treatment strategies, intervencion, intervenciones, servicios, plan of action, treatment modality and intervention, techniques, method, service intervention, tasks for objective",
    )
    modality: Text | None = say(
        "Modality",
        "Modalidad",
        eg="CBT relapse prevention",
        also="type of service, treatment modality, therapy type, type of therapy, approach, service type, model",
    )
    method: Method | None = say(
        "Method",
        "Método",
        eg="individual",
        also="setting, type of session, individual group family, tipo de sesion, modality of treatment, session type, type of contact, task modality, individual or group",
    )
    delivery: Delivery | None = say(
        "Delivery",
        "Forma de atención",
        eg="in_person",
        also="place, place of service, place of session, in person or telehealth, location of services, lugar, forma de atencion, mode of delivery, location of service",
    )
    frequency: Frequency = say(
        "Frequency",
        "Frecuencia",
        of=Frequency,
        also="how often, frequency of service, frequency of sessions, frequency of contact, times per week, session frequency, amount and frequency, freq",
    )
    duration: Duration = say(
        "Duration",
        "Duración",
        of=Duration,
        also="how long, duration of service, length of service, duracion, estimated duration, length of treatment, durante cuanto tiempo",
    )
    session_minutes: Number | None = say(
        "Minutes a session",
        "Minutos por sesión",
        eg=45,
        also="minutes, session length, length of session, minutes per session, minutos, amount, minutos por sesion",
    )
    responsible_staff: Text | None = say(
        "Responsible staff",
        "Personal responsable",
        "The id of a person under staff",
        eg="st1",
        mark=PLAIN,
        also="responsible person, person responsible, staff responsible, who is responsible, responsible party, who will provide, persons responsible, responsable, staff, responsible provider, provided by, by whom, credential of provider, who, service provider, responsible",
    )
    code_system: Text | None = say("Code system", "Sistema de códigos", "CPT or HCPCS", eg="HCPCS", mark=PLAIN)
    code: Text | None = say(
        "Service code",
        "Código del servicio",
        eg="H0004",
        mark=PLAIN,
        also="cpt code, procedure code, cpt, hcpcs, billing code, codigo de servicio, cpt hcpcs",
    )
    status: Text | None = say("Intervention status", "Estado de la intervención", eg="active", also="")
    added_because: Text | None = say("Added because", "Añadida porque")
    added_on: Day | None = say("Added on", "Añadida el")


class ObjectiveMeasure(Part):
    """How both will know an objective is met."""

    what: Text | None = say(
        "What is counted",
        "Qué se cuenta",
        eg="drinking days in the past 30 days",
        also="measure, how measured, how will progress be measured, method of measurement, measurement, indicator, medida",
    )
    instrument: Text | None = say(
        "Counted with",
        "Se cuenta con",
        eg="daily drink log",
        also="instrument, measurement tool, measured with, measured by, source of data, data source, instrumento",
    )
    baseline: Number | Text | None = say(
        "Baseline",
        "Línea base",
        "The number today",
        eg=26,
        also="starting point, where i am now, current baseline, linea base, baseline level, current level of functioning",
    )
    baseline_date: Day | None = say("Baseline date", "Fecha de la línea base", eg="2026-10-27", also="")
    target: Number | Text | None = say(
        "Target",
        "Meta numérica",
        eg=4,
        also="target level, goal level, target value, meta numerica, expected level, desired level, target number",
    )
    unit: Text | None = say("Unit", "Unidad", eg="days per 30 days")
    direction: Direction | None = say("Direction", "Dirección", eg="decrease", mark=PLAIN)


class Progress(Part):
    """One entry of progress."""

    date: Day | None = say("Progress date", "Fecha del progreso", eg="2026-12-03", also="date of progress")
    value: Number | Text | None = say("Progress value", "Valor del progreso", eg=14)
    note: Text | None = say(
        "Progress note",
        "Nota de progreso",
        also="progress, comments, progress toward goal, progress made, progreso, progress update, progress to date, progress comments, status update",
    )


class Objective(Part):
    """A measurable step of the person toward a goal."""

    id: Text | None = say("Objective number", "Número de objetivo", eg="G1.O1", mark=PLAIN)
    statement: Text | None = say(
        "Objective",
        "Objetivo",
        "What the person will do, how often, by when",
        also="short-term goal, short term goal, objectives, measurable objective, treatment objective, tx objectives, short term objective, sto, objetivos, what i will do, objective statement, measurable objectives, goal objective, objective description, stg, steps toward goal",
    )
    measure: ObjectiveMeasure = say("Measure", "Medida", of=ObjectiveMeasure)
    start_date: Day | None = say(
        "Start date",
        "Fecha de inicio",
        eg="2026-11-03",
        also="objective start date, date started, date opened, date initiated, date established",
    )
    target_date: Day | None = say(
        "Target date",
        "Fecha meta",
        eg="2027-01-05",
        also="due date, objective target date, target date for attainment, target completion date, expected completion date, projected completion date, estimated completion date, anticipated completion date, to be achieved by, by when, fecha limite, fecha objetivo, expected achievement date, anticipated date of completion, target",
    )
    status: ObjectiveStatus | None = say(
        "Status", "Estado", eg="active", also="objective status, outcome, progress code, current status"
    )
    status_date: Day | None = say(
        "Status date",
        "Fecha del estado",
        also="date of status",
    )
    progress: list[Progress] = say("Progress", "Progreso", of=list)
    interventions: list[Intervention] = say("Interventions", "Intervenciones", of=list)


class Goal(Part):
    """What the person wants to reach."""

    id: Text | None = say("Goal number", "Número de meta", eg="G1", mark=PLAIN)
    term: Term | None = say("Term", "Plazo", eg="long", mark=PLAIN)
    statement: Text | None = say(
        "Goal",
        "Meta",
        also="long-term goal, treatment goal, long term goal, goals, goal statement, overall goal, recovery goal, metas, meta del tratamiento, ltg, life goal, desired outcome, desired result, statement of goal, goal description, long range goal, personal goal, service goal",
    )
    patient_words: Text | None = say(
        "Goal in the person's words",
        "Meta en palabras de la persona",
        also="goal in client s words, in client s own words, goal in participant s own words, in the client s own words, in clients own words, in patient s own words, goal in my own words, client quote, en palabras del cliente, what i want to achieve, en sus propias palabras, goal in the client s own words, in youth s own words, client words, in client words, in own words, statement of goal in own words, statement of overall goal in own words, goal in own words, words of client, palabras del cliente, statement of overall goal, client statement of overall goal or need",
    )
    strengths_used: list[Text] = say(
        "Strengths used",
        "Fortalezas que se usan",
        of=list,
        also="strengths to be used, strengths supporting this goal, strengths to use, strengths for this goal, strengths that will help",
    )
    target_date: Day | None = say(
        "Goal target date",
        "Fecha de la meta",
        eg="2027-05-03",
        also="target date, goal completion date, fecha limite de la meta, projected date, date to be achieved, goal date, fecha limite",
    )
    status: ObjectiveStatus | None = say("Goal status", "Estado de la meta", eg="active", also="status, progress code")
    discharge_criterion: Text | None = say(
        "Discharge criterion",
        "Criterio de alta",
        eg="No drinking for 90 days in a row",
        also="completion criterion for goal",
    )
    objectives: list[Objective] = say("Objectives", "Objetivos", of=list)


class Problem(Part):
    """A problem, described in behaviour."""

    id: Text | None = say("Problem number", "Número de problema", eg="P1", mark=PLAIN)
    title: Text | None = say(
        "Problem",
        "Problema",
        eg="Alcohol use",
        also="problem area, need, problems, presenting problem number, need area, identified problem, focus of treatment, problem statement, problem need, problemas, area of need, need addressed, problem name, priority problem, treatment issue, concern, issue, problem list",
    )
    as_evidenced_by: Text | None = say(
        "As evidenced by",
        "Evidenciado por",
        also="symptoms, behavioral description, aeb, evidenced by, brief description of issues, description of problem, problem description, como se evidencia, behavioral definition, manifested by, as manifested by, behaviorally defined, description of issues, specific symptoms, presenting behaviors, functional impairment, definition of problem, problem definition",
    )
    diagnosis_refs: list[Text] = say(
        "Linked diagnoses", "Diagnósticos vinculados", "ICD-10-CM codes of the plan", of=list
    )
    asam_dimension: Text | None = say("ASAM dimension", "Dimensión ASAM", "1 to 6", eg="1", also="dimension")
    priority: WholeNumber | None = say("Priority", "Prioridad", eg=1, mark=PLAIN, also="priority level")
    status: ProblemStatus | None = say("Problem status", "Estado del problema", eg="active", also="")
    deferral_reason: Text | None = say(
        "Reason for deferral or referral",
        "Motivo del aplazamiento o la referencia",
        also="reason for deferral, deferral reason, reason deferred",
    )
    identified_by: Text | None = say("Identified by", "Identificado por", eg="patient", mark=PLAIN)
    identified_on: Day | None = say(
        "Identified on",
        "Identificado el",
        eg="2026-10-27",
        also="date identified, problem identified on, date problem identified",
    )
    not_clinical: Flag | None = say("Not a clinical problem", "No es un problema clínico", mark=PLAIN)
    goals: list[Goal] = say("Goals", "Metas", of=list)
