"""Why the person is here, their history, the assessment, scores, and what they bring with them."""

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.number import Number
from generator.plan.types.partial_date import PartialDate
from generator.plan.types.text import Text


class PresentingProblem(Part):
    """Why the person is here."""

    patient_words: Text | None = say(
        "In the person's own words",
        "En palabras de la persona",
        also="chief complaint, in your own words why are you here, in client s own words, reason for visit in client s words, client s statement of the problem, what brings you here, what brings you in, presenting problem in the client own words, presenting problem in client words, problem in client words, reason for coming in client words",
    )
    description: Text | None = say(
        "Presenting problem",
        "Problema principal",
        also="reason for visit, presenting issue, presenting concerns, reason for seeking services, reason for seeking treatment, reason for seeking peer support, reason for treatment, reason for admission, current symptoms, presenting complaint, reason for services, reason for seeking help, history of presenting problem, reason for seeking, reason for coming, motivo de la consulta",
    )
    onset: PartialDate | Text | None = say(
        "When it began",
        "Cuándo empezó",
        eg="2021-03",
        also="when did the problem begin, problem began, when did it start, inicio del problema",
    )
    duration: Text | None = say(
        "How long it has lasted",
        "Cuánto ha durado",
        eg="5 years",
        also="how long has this been a problem, duration of problem, length of problem",
    )
    precipitants: Text | None = say(
        "What set it off", "Desencadenantes", also="precipitating events, precipitating factors, triggers, precipitants"
    )
    functional_impact: Text | None = say(
        "What it does to daily life",
        "Impacto en la vida diaria",
        also="functional impact, impact on daily life, effect on functioning, functional impairments, impact on functioning",
    )


class SubstanceUse(Part):
    """One substance."""

    substance: Text | None = say(
        "Substance",
        "Sustancia",
        eg="alcohol",
        also="substance used, drug of choice, substances used, type of substance, droga",
    )
    route: Text | None = say(
        "Route", "Vía", eg="oral", also="route of use, route of administration, via, method of use"
    )
    age_first: Number | None = say(
        "Age at first use",
        "Edad del primer uso",
        eg=16,
        also="age first used, age of first use, first use, age of onset of use",
    )
    frequency: Text | None = say(
        "How often", "Frecuencia", eg="6 days/week", also="frequency, frequency of use, frecuencia de uso"
    )
    amount: Text | None = say(
        "How much", "Cantidad", eg="6-8 drinks", also="amount, amount used, quantity, typical amount"
    )
    last_use: PartialDate | Text | None = say(
        "Last use", "Último uso", eg="2026-10-31", also="last used, date of last use, date last used, ultimo uso"
    )
    withdrawal_history: Text | None = say("Withdrawal history", "Historia de abstinencia", also="history of withdrawal")


class Medication(Part):
    """One medicine."""

    name: Text | None = say(
        "Medicine",
        "Medicamento",
        eg="lisinopril",
        also="medication, medication name, name of medication, drug name, drug, medications, current medications, prescription, name of drug, nombre del medicamento, what i take, prescription medication, what, name, nombre",
    )
    dose: Text | None = say(
        "Dose",
        "Dosis",
        eg="10 mg daily",
        also="dosage, strength, dose and frequency, how i take it, how, directions, dosage frequency, medication dose",
    )
    prescriber: Text | None = say(
        "Prescriber",
        "Quién lo receta",
        mark=ID,
        also="prescribed by, prescribing doctor, prescribing physician, recetado por, quien lo receta, prescribing provider, doctor prescribing",
    )
    purpose: Text | None = say(
        "What it is for",
        "Para qué es",
        also="what for, purpose, reason, reason for taking, indication, para que, reason prescribed, for what, why, why i take it, proposito, reason for medication",
    )


class PriorTreatment(Part):
    """One earlier treatment."""

    when: Text | None = say("When", "Cuándo", eg="2009", also="dates of treatment, year")
    what: Text | None = say(
        "What",
        "Qué",
        eg="CBT 16 visits",
        also="where what treatment, previous treatment, type of treatment, prior treatment provider",
    )
    result: Text | None = say("Result", "Resultado", eg="recovered", also="outcome, response to treatment")


class History(Part):
    """History by theme. An empty list, or the word none, means asked and none."""

    psychosocial: Text | None = say(
        "Psychosocial history",
        "Historia psicosocial",
        also="social history, family and living situation, psychosocial, relevant history, psychosocial summary, social",
    )
    mental_health: Text | None = say(
        "Mental health history",
        "Historia de salud mental",
        also="psychiatric history, past psychiatric history, counseling or treatment in the past, previous counseling, past mental health treatment, previous mental health treatment, psychiatric hospitalizations, antecedentes psiquiatricos",
    )
    substance_use: list[SubstanceUse] | Text = say(
        "Substance use",
        "Uso de sustancias",
        of=list,
        also="substance use history, substances used frequency and last use, substance abuse history, alcohol and drug use, drug and alcohol history, alcohol drug use, substance abuse, antecedentes de consumo",
    )
    medical: Text | None = say(
        "Medical history",
        "Historia médica",
        also="health medical, medical conditions, health conditions, medical problems, past medical history, current medical conditions, health history, historia medica, condiciones medicas, physical health, medical concerns, health, antecedentes medicos, medical",
    )
    medications: list[Medication] | Text | None = say(
        "Medicines",
        "Medicamentos",
        also="current medications, medications, medications list, list of medications, list current medications, medicamentos actuales, medications and dosage",
    )
    allergies: Text | None = say(
        "Allergies",
        "Alergias",
        eg="none known",
        also="known allergies, known allergies and reactions, drug allergies, allergies and reactions, medication allergies, allergic to",
    )
    family: Text | None = say(
        "Family history",
        "Historia familiar",
        also="family psychiatric history, family medical history, antecedentes familiares",
    )
    trauma: Text | None = say(
        "Trauma history",
        "Historia de trauma",
        also="history of trauma, abuse history, trauma, trauma abuse history, history of abuse",
    )
    legal: Text | None = say(
        "Legal history",
        "Historia legal",
        also="arrests, legal problems, criminal history, legal issues, legal involvement, antecedentes legales, legal",
    )
    education_work: Text | None = say(
        "School and work",
        "Educación y trabajo",
        also="work and education, work and school history, vocational educational, employment history, educational history, education and employment, vocational history, educacion y trabajo, work history",
    )
    developmental: Text | None = say(
        "Development", "Desarrollo", also="developmental history, developmental milestones, historia del desarrollo"
    )
    prior_treatment: list[PriorTreatment] | Text | None = say(
        "Treatment in the past",
        "Tratamiento anterior",
        also="prior treatment, previous treatment, past treatment, treatment history, prior services",
    )


class LevelOfCare(Part):
    """How the level of care was found."""

    instrument: Text | None = say("Level of care: instrument", "Nivel de atención: instrumento", eg="ASAM Criteria")
    edition: Number | Text | None = say("Level of care: edition", "Nivel de atención: edición", eg=4, mark=PLAIN)
    result: Text | None = say("Level of care: result", "Nivel de atención: resultado", eg="1 (outpatient)")
    rationale: Text | None = say(
        "Level of care: reason",
        "Nivel de atención: motivo",
        also="rationale for level of care, level of care rationale, justification for level of care",
    )


class Risk(Part):
    """One kind of risk."""

    level: Text | None = say("Risk level", "Nivel de riesgo", eg="low", also="level of risk, risk")
    instrument: Text | None = say("Risk: instrument", "Riesgo: instrumento", eg="C-SSRS screener")
    date: Day | None = say("Risk: date", "Riesgo: fecha", eg="2026-10-27")
    score: Number | None = say("Risk: score", "Riesgo: puntaje")
    safety_plan_needed: Flag | None = say(
        "Safety plan needed", "Necesita plan de seguridad", also="safety plan made, safety plan completed, safety plan"
    )
    naloxone_given: Flag | None = say("Naloxone given", "Naloxona entregada")


class Risks(Part):
    """The four kinds of risk that are asked about."""

    suicide: Risk = say("Suicide risk", "Riesgo de suicidio", of=Risk)
    violence: Risk = say("Violence risk", "Riesgo de violencia", of=Risk)
    withdrawal: Risk = say("Withdrawal risk", "Riesgo de abstinencia", of=Risk)
    overdose: Risk = say("Overdose risk", "Riesgo de sobredosis", of=Risk)


class Assessment(Part):
    """The assessment that the plan rests on."""

    date: Day | None = say(
        "Assessment date",
        "Fecha de la evaluación",
        eg="2026-10-27",
        also="date of assessment, date of evaluation, evaluation date, date of last assessment, fecha de la evaluacion, date of diagnostic assessment, date of comprehensive assessment, fecha de evaluacion, last assessment date",
    )
    assessor: Text | None = say(
        "Assessed by",
        "Evaluado por",
        "The id of a person under staff",
        eg="st1",
        mark=PLAIN,
        also="assessor, evaluated by",
    )
    mental_status: Text | None = say(
        "Mental status", "Estado mental", also="mse, mental status exam, mental status examination"
    )
    level_of_care: LevelOfCare = say("Level of care", "Nivel de atención", of=LevelOfCare)
    risk: Risks = say("Risk", "Riesgo", of=Risks)
    summary: Text | None = say(
        "Summary",
        "Resumen",
        also="clinical summary, formulation, case conceptualization, diagnostic summary, integrated summary, interpretive summary, assessment summary, clinical formulation, resumen clinico, narrative summary, case formulation",
    )


class Measure(Part):
    """One score of one instrument on one day."""

    instrument: Text | None = say(
        "Instrument",
        "Instrumento",
        eg="PHQ-9",
        also="screening tool, scale, measure, assessment tool, outcome measure, test, escala, tool",
    )
    date: Day | None = say(
        "Date of the score",
        "Fecha del puntaje",
        eg="2026-10-27",
        also="date given, date administered, measure date, test date, date of score, date, fecha",
    )
    score: Number | None = say("Score", "Puntaje", eg=9, also="result, total score, raw score")
    max: Number | None = say("Highest possible score", "Puntaje máximo", eg=27, mark=PLAIN)
    band: Text | None = say(
        "Severity band",
        "Nivel de gravedad",
        eg="mild",
        also="severity, band, range, interpretation, severity level, gravedad",
    )
    item9: Number | None = say("Item 9", "Pregunta 9", "The question on thoughts of death, 0-3", eg=0)
    next_due: Day | None = say("Next due", "Próxima vez", eg="2026-12-01")


class Snap(Part):
    """Strengths, needs, abilities and preferences (CARF 2.C)."""

    strengths: list[Text] = say(
        "Strengths",
        "Fortalezas",
        "The person's own, not outside supports",
        of=list,
        also="critical strengths, what are the consumer s critical strengths, client strengths, patient strengths, personal strengths, strengths and resources, strengths and abilities, assets, strengths assets, individual strengths, strengths resources",
    )
    needs: list[Text] = say(
        "Needs", "Necesidades", of=list, also="client needs, identified needs, areas of need, needs identified"
    )
    abilities: list[Text] = say(
        "Abilities", "Habilidades", of=list, also="skills, skills and abilities, abilities and interests"
    )
    preferences: list[Text] = say(
        "Preferences", "Preferencias", of=list, also="client preferences, treatment preferences, preferred services"
    )
