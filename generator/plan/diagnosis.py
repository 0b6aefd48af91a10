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
        "ICD-10-CM code",
        "Código CIE-10-CM",
        eg="F10.20",
        also="icd, dx code, diagnosis code, icd 10, icd 10 code, icd10, icd 10 cm code, icd code, dsm code, diagnostic code, diagnosis codes, code, codigo cie 10, codigo, codigo de diagnostico, dsm 5 code, cie 10, icd 10 cm",
    )
    description: Text | None = say(
        "Diagnosis",
        "Diagnóstico",
        eg="Alcohol dependence, uncomplicated",
        also="dx, diagnoses, dsm diagnosis, dsm 5 diagnosis, dsm v diagnoses, primary diagnosis, diagnosis description, diagnostic impression, current diagnosis, mental health diagnosis, diagnostico, diagnosticos, descripcion del diagnostico, dsm 5 diagnoses, diagnosis name, description, clinical diagnosis, behavioral health diagnosis, psychiatric diagnosis, axis i, disorder, condition, descripcion",
    )
    rank: Rank | None = say(
        "Rank",
        "Orden",
        eg="primary",
        mark=PLAIN,
        also="primary or secondary, primary secondary, order, principal secundario",
    )
    specifier: Text | None = say("Specifier", "Especificador", eg="severe", also="severity, severity specifier")
    onset: PartialDate | Text | None = say(
        "Onset",
        "Inicio",
        eg="2021-03",
        also="date of onset, onset date, date of current illness, current illness date, cur ill, date of current illness injury pregnancy, fecha de inicio de sintomas, symptom onset, onset of illness",
    )
    duration: Text | None = say(
        "Duration",
        "Duración",
        "How long the person has had it",
        eg="5 years",
        also="duration of illness, how long has the client had it, tiempo con el problema, length of time with condition, duration of symptoms",
    )
    certainty: Certainty | None = say(
        "Certainty",
        "Certeza",
        eg="confirmed",
        also="diagnosis status, status, confirmed provisional or rule out, provisional or confirmed",
    )
    diagnosed_by: Text | None = say(
        "Diagnosed by",
        "Diagnosticado por",
        "The id of a person under staff",
        eg="st3",
        mark=PLAIN,
        also="diagnosis made by, diagnosis given by, diagnosing clinician, diagnosing practitioner, made by, given by",
    )
    diagnosed_on: Day | None = say(
        "Diagnosed on",
        "Fecha del diagnóstico",
        eg="2026-10-27",
        also="date of diagnosis, diagnosis date, diagnosis given on, date diagnosed, fecha del diagnostico, given on, diagnosis made on, diagnosis made by on",
    )
    basis: Text | None = say(
        "Basis",
        "Base",
        eg="Clinical interview, AUDIT 24",
        also="basis for diagnosis, basis of diagnosis, diagnostic criteria met",
    )
    recheck_on: Day | None = say("Check again on", "Volver a revisar el")
