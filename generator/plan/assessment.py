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
        "In the person's own words", "En palabras de la persona", also=("chief complaint",)
    )
    description: Text | None = say(
        "Presenting problem", "Problema principal", also=("reason for visit", "presenting issue")
    )
    onset: PartialDate | Text | None = say("When it began", "Cuándo empezó", eg="2021-03")
    duration: Text | None = say("How long it has lasted", "Cuánto ha durado", eg="5 years")
    precipitants: Text | None = say("What set it off", "Desencadenantes")
    functional_impact: Text | None = say("What it does to daily life", "Impacto en la vida diaria")


class SubstanceUse(Part):
    """One substance."""

    substance: Text | None = say("Substance", "Sustancia", eg="alcohol")
    route: Text | None = say("Route", "Vía", eg="oral")
    age_first: Number | None = say("Age at first use", "Edad del primer uso", eg=16)
    frequency: Text | None = say("How often", "Frecuencia", eg="6 days/week")
    amount: Text | None = say("How much", "Cantidad", eg="6-8 drinks")
    last_use: PartialDate | Text | None = say("Last use", "Último uso", eg="2026-10-31")
    withdrawal_history: Text | None = say("Withdrawal history", "Historia de abstinencia")


class Medication(Part):
    """One medicine."""

    name: Text | None = say("Medicine", "Medicamento", eg="lisinopril", also=("medication",))
    dose: Text | None = say("Dose", "Dosis", eg="10 mg daily")
    prescriber: Text | None = say("Prescriber", "Quién lo receta", mark=ID)
    purpose: Text | None = say("What it is for", "Para qué es")


class PriorTreatment(Part):
    """One earlier treatment."""

    when: Text | None = say("When", "Cuándo", eg="2009")
    what: Text | None = say("What", "Qué", eg="CBT 16 visits")
    result: Text | None = say("Result", "Resultado", eg="recovered")


class History(Part):
    """History by theme. An empty list, or the word none, means asked and none."""

    psychosocial: Text | None = say("Psychosocial history", "Historia psicosocial", also=("social history",))
    mental_health: Text | None = say("Mental health history", "Historia de salud mental", also=("psychiatric history",))
    substance_use: list[SubstanceUse] | Text = say("Substance use", "Uso de sustancias", of=list)
    medical: Text | None = say("Medical history", "Historia médica")
    medications: list[Medication] | Text | None = say("Medicines", "Medicamentos", also=("current medications",))
    allergies: Text | None = say("Allergies", "Alergias", eg="none known")
    family: Text | None = say("Family history", "Historia familiar")
    trauma: Text | None = say("Trauma history", "Historia de trauma")
    legal: Text | None = say("Legal history", "Historia legal")
    education_work: Text | None = say("School and work", "Educación y trabajo")
    developmental: Text | None = say("Development", "Desarrollo")
    prior_treatment: list[PriorTreatment] | Text | None = say("Treatment in the past", "Tratamiento anterior")


class LevelOfCare(Part):
    """How the level of care was found."""

    instrument: Text | None = say("Level of care: instrument", "Nivel de atención: instrumento", eg="ASAM Criteria")
    edition: Number | Text | None = say("Level of care: edition", "Nivel de atención: edición", eg=4, mark=PLAIN)
    result: Text | None = say("Level of care: result", "Nivel de atención: resultado", eg="1 (outpatient)")
    rationale: Text | None = say("Level of care: reason", "Nivel de atención: motivo")


class Risk(Part):
    """One kind of risk."""

    level: Text | None = say("Risk level", "Nivel de riesgo", eg="low")
    instrument: Text | None = say("Risk: instrument", "Riesgo: instrumento", eg="C-SSRS screener")
    date: Day | None = say("Risk: date", "Riesgo: fecha", eg="2026-10-27")
    score: Number | None = say("Risk: score", "Riesgo: puntaje")
    safety_plan_needed: Flag | None = say("Safety plan needed", "Necesita plan de seguridad")
    naloxone_given: Flag | None = say("Naloxone given", "Naloxona entregada")


class Risks(Part):
    """The four kinds of risk that are asked about."""

    suicide: Risk = say("Suicide risk", "Riesgo de suicidio", of=Risk)
    violence: Risk = say("Violence risk", "Riesgo de violencia", of=Risk)
    withdrawal: Risk = say("Withdrawal risk", "Riesgo de abstinencia", of=Risk)
    overdose: Risk = say("Overdose risk", "Riesgo de sobredosis", of=Risk)


class Assessment(Part):
    """The assessment that the plan rests on."""

    date: Day | None = say("Assessment date", "Fecha de la evaluación", eg="2026-10-27")
    assessor: Text | None = say("Assessed by", "Evaluado por", "The id of a person under staff", eg="st1", mark=PLAIN)
    mental_status: Text | None = say("Mental status", "Estado mental", also=("mse", "mental status exam"))
    level_of_care: LevelOfCare = say("Level of care", "Nivel de atención", of=LevelOfCare)
    risk: Risks = say("Risk", "Riesgo", of=Risks)
    summary: Text | None = say("Summary", "Resumen", also=("clinical summary", "formulation", "case conceptualization"))


class Measure(Part):
    """One score of one instrument on one day."""

    instrument: Text | None = say("Instrument", "Instrumento", eg="PHQ-9", also=("screening tool", "scale"))
    date: Day | None = say("Date of the score", "Fecha del puntaje", eg="2026-10-27")
    score: Number | None = say("Score", "Puntaje", eg=9)
    max: Number | None = say("Highest possible score", "Puntaje máximo", eg=27, mark=PLAIN)
    band: Text | None = say("Severity band", "Nivel de gravedad", eg="mild")
    item9: Number | None = say("Item 9", "Pregunta 9", "The question on thoughts of death, 0-3", eg=0)
    next_due: Day | None = say("Next due", "Próxima vez", eg="2026-12-01")


class Snap(Part):
    """Strengths, needs, abilities and preferences (CARF 2.C)."""

    strengths: list[Text] = say("Strengths", "Fortalezas", "The person's own, not outside supports", of=list)
    needs: list[Text] = say("Needs", "Necesidades", of=list)
    abilities: list[Text] = say("Abilities", "Habilidades", of=list)
    preferences: list[Text] = say("Preferences", "Preferencias", of=list)
