"""The plan's way through time: reviews, and discharge."""

from datetime import date
from typing import Annotated, Literal

from generator.plan.base import PLAIN, Part, say
from generator.plan.goals import Duration
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.number import Number, WholeNumber
from generator.plan.types.text import Text


class Discharge(Part):
    """How both will know that treatment is done, and what comes after."""

    criteria: list[Text] = say(
        "Discharge criteria",
        "Criterios de alta",
        of=list,
        also="criteria for discharge, criteria for completion, criteria for termination, discharge readiness, transition discharge criteria, completion criteria, how will we know when treatment is complete, discharge criteria plan, criteria for discharge from treatment, discharge will be considered when, ready for discharge when, treatment will end when",
    )
    projected_length: Duration = say(
        "Expected length",
        "Duración prevista",
        of=Duration,
        also="length of stay, estimated length of treatment, expected length of treatment, projected length of stay, anticipated length of treatment, estimated duration of treatment, estimated length of stay, anticipated length of service, duracion prevista",
    )
    anticipated_date: Day | None = say(
        "Expected discharge date",
        "Fecha prevista de alta",
        eg="2027-05-03",
        also="anticipated discharge date, projected discharge date, estimated discharge date, planned discharge date, estimated date of discharge, anticipated date of discharge, projected completion date, alta prevista, tentative discharge date, estimated completion date, target discharge date",
    )
    transition_plan: Text | None = say(
        "Transition plan",
        "Plan de transición",
        also="discharge plan, transition discharge plan, plan for discharge, aftercare step down, plan for discharge transition, step down plan, transition, plan de transicion, plan de alta",
    )
    aftercare: list[Text] = say(
        "Aftercare",
        "Seguimiento",
        of=list,
        also="aftercare plan, continuing care plan, aftercare recommendations, follow up plan, continuing care, plan de seguimiento",
    )
    discussed_with_patient_on: Day | None = say(
        "Discussed on", "Conversado el", eg="2026-11-03", also="discharge discussed on"
    )


class ObjectiveUpdate(Part):
    """What a review found for one objective."""

    objective: Text | None = say("Objective number", "Número de objetivo", eg="G1.O1", mark=PLAIN)
    value: Number | Text | None = say(
        "Value at the review",
        "Valor en la revisión",
        eg=13,
        also="value now, current level, value at review, current score, status now, now",
    )
    decision: Text | None = say("Decision", "Decisión", eg="continue", also="continue revise or met, outcome of review")


ChangeKind = Annotated[Literal["added", "changed", "dropped"], Tidy]


class Change(Part):
    """One thing that is not as it was in the plan before. `field` is its place in a plan (`problems[].title`)."""

    kind: ChangeKind | None = say("Added, changed or dropped", "Añadido, cambiado o retirado", eg="changed")
    field: Text | None = say("Changed field", "Campo cambiado", eg="problems[].goals[].target_date", mark=PLAIN)
    entry: Text | None = say("Changed entry", "Entrada cambiada", "Its number, or its name", eg="1.2", mark=PLAIN)
    before: Text | None = say("As it was", "Como era")
    after: Text | None = say("As it is now", "Como es ahora")


class Review(Part):
    """One review that took place."""

    date: Day | None = say(
        "Review date",
        "Fecha de la revisión",
        eg="2026-11-16",
        also="date of this review, date reviewed, fecha de la revision, fecha de revision",
    )
    type: Text | None = say(
        "Kind of review",
        "Tipo de revisión",
        eg="90-day",
        mark=PLAIN,
        also="type of review, review type, tipo de revision",
    )
    participants: list[Text] = say(
        "Took part",
        "Participaron",
        of=list,
        also="participants, individuals included in planning, individuals included in treatment planning, individuals involved in planning, people involved in plan, planning participants, team members present, persons present, participantes en la planificación, present at review, participants in review, review attended by, participantes",
    )
    objective_updates: list[ObjectiveUpdate] = say("Objectives", "Objetivos", of=list)
    summary: Text | None = say(
        "Review summary",
        "Resumen de la revisión",
        also="summary of progress, progress summary, summary of progress since the last review, progress since last review, resumen de progreso, clinical progress",
    )
    next_review: Day | None = say("Next review", "Próxima revisión")
    changes: list[Change] = say("Changes since the plan before", "Cambios desde el plan anterior", of=list)


class Reviews(Part):
    """When the plan is looked at again, and what earlier reviews found."""

    interval_days: WholeNumber | None = say(
        "Days between reviews",
        "Días entre revisiones",
        eg=90,
        mark=PLAIN,
        also="review interval, review frequency, frequency of review",
    )
    next_due: Day | None = say(
        "Next review due",
        "Próxima revisión",
        eg="2027-02-01",
        also="review date, review due, next review, next plan review, next review date, next plan review due, date of next review, plan review date, treatment plan review date, review due date, next review on, date of review, reviewed on or before, proxima revision, proxima revision del plan, fecha de revision, treatment plan due date, update due, plan update due, next treatment plan due",
    )
    basis: Text | None = say("Why then", "Base", mark=PLAIN)
    history: list[Review] = say("Earlier reviews", "Revisiones anteriores", of=list)

    @property
    def last(self) -> Review | None:
        """The latest review; the last of the list where one of them has no date."""
        held = [one for one in self.history if one.is_entry]
        if not held or any(one.date is None for one in held):
            return held[-1] if held else None
        return max(enumerate(held), key=lambda pair: (pair[1].date or date.min, pair[0]))[1]
