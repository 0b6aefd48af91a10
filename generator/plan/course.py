"""The plan's way through time: reviews, and discharge."""

from generator.plan.base import PLAIN, Part, say
from generator.plan.goals import Duration
from generator.plan.types.day import Day
from generator.plan.types.number import Number, WholeNumber
from generator.plan.types.text import Text


class Discharge(Part):
    """How both will know that treatment is done, and what comes after."""

    criteria: list[Text] = say("Discharge criteria", "Criterios de alta", of=list)
    projected_length: Duration = say("Expected length", "Duración prevista", of=Duration, also=("length of stay",))
    anticipated_date: Day | None = say("Expected discharge date", "Fecha prevista de alta", eg="2027-05-03")
    transition_plan: Text | None = say("Transition plan", "Plan de transición")
    aftercare: list[Text] = say("Aftercare", "Seguimiento", of=list)
    discussed_with_patient_on: Day | None = say("Discussed on", "Conversado el", eg="2026-11-03")


class ObjectiveUpdate(Part):
    """What a review found for one objective."""

    objective: Text | None = say("Objective number", "Número de objetivo", eg="G1.O1", mark=PLAIN)
    value: Number | Text | None = say("Value at the review", "Valor en la revisión", eg=13)
    decision: Text | None = say("Decision", "Decisión", eg="continue")


class Review(Part):
    """One review that took place."""

    date: Day | None = say("Review date", "Fecha de la revisión", eg="2026-11-16")
    type: Text | None = say("Kind of review", "Tipo de revisión", eg="90-day", mark=PLAIN)
    participants: list[Text] = say("Took part", "Participaron", of=list)
    objective_updates: list[ObjectiveUpdate] = say("Objectives", "Objetivos", of=list)
    summary: Text | None = say("Review summary", "Resumen de la revisión")
    next_review: Day | None = say("Next review", "Próxima revisión")


class Reviews(Part):
    """When the plan is looked at again, and what earlier reviews found."""

    interval_days: WholeNumber | None = say("Days between reviews", "Días entre revisiones", eg=90, mark=PLAIN)
    next_due: Day | None = say("Next review due", "Próxima revisión", eg="2027-02-01", also=("review date",))
    basis: Text | None = say("Why then", "Base", mark=PLAIN)
    history: list[Review] = say("Earlier reviews", "Revisiones anteriores", of=list)
