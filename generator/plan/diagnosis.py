"""Diagnoses, as ICD-10-CM codes with the agency's own words."""

from typing import Annotated, Literal

from generator.plan.base import PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.partial_date import PartialDate
from generator.plan.types.text import Text

Rank = Annotated[Literal["primary", "secondary"], Tidy]
Certainty = Annotated[Literal["confirmed", "provisional", "rule_out", "by_history"], Tidy]


class Diagnosis(Part):
    """One diagnosis."""

    icd10cm: Text | None = say(
        "ICD-10-CM code", "Código CIE-10-CM", eg="F10.20", also=("icd", "dx code", "diagnosis code")
    )
    description: Text | None = say("Diagnosis", "Diagnóstico", eg="Alcohol dependence, uncomplicated", also=("dx",))
    rank: Rank | None = say("Rank", "Orden", eg="primary", mark=PLAIN)
    specifier: Text | None = say("Specifier", "Especificador", eg="severe")
    onset: PartialDate | Text | None = say("Onset", "Inicio", eg="2021-03")
    duration: Text | None = say("Duration", "Duración", "How long the person has had it", eg="5 years")
    certainty: Certainty | None = say("Certainty", "Certeza", eg="confirmed")
    diagnosed_by: Text | None = say(
        "Diagnosed by", "Diagnosticado por", "The id of a person under staff", eg="st3", mark=PLAIN
    )
    diagnosed_on: Day | None = say("Diagnosed on", "Fecha del diagnóstico", eg="2026-10-27")
    basis: Text | None = say("Basis", "Base", eg="Clinical interview, AUDIT 24")
    recheck_on: Day | None = say("Check again on", "Volver a revisar el")
