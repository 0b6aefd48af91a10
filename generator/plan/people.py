"""Staff, who does what, how the person took part, and who signs."""

from typing import Annotated, Literal

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.text import Text

SignerRole = Annotated[
    Literal[
        "patient", "guardian", "family", "clinician", "supervisor", "physician", "prescriber", "interpreter", "witness"
    ],
    Tidy,
]
Agreement = Annotated[Literal["agree", "partly", "disagree"], Tidy]


class StaffMember(Part):
    """Somebody who works on the plan."""

    id: Text | None = say("Short id", "Identificador", eg="st1", mark=PLAIN)
    name: Text | None = say(
        "Staff name", "Nombre del personal", eg="Renata Oyelaran", mark=PLAIN, also=("clinician name", "therapist")
    )
    credential: Text | None = say("Credential", "Credencial", eg="LCSW", mark=PLAIN, also=("title", "license"))
    role: Text | None = say("Role", "Función", eg="primary counselor", mark=PLAIN)
    npi: Text | None = say("NPI", "NPI", eg="1234567893", mark=PLAIN)
    license_no: Text | None = say("License number", "Número de licencia", mark=PLAIN)
    supervisor: Text | None = say("Supervisor", "Supervisor", "The id of a person under staff", mark=PLAIN)


class Responsibilities(Part):
    """Who will do what."""

    patient: list[Text] = say(
        "What the person will do", "Lo que hará la persona", of=list, also=("client responsibilities",)
    )
    therapist: list[Text] = say("What the therapist will do", "Lo que hará el terapeuta", of=list)
    family: list[Text] = say("What the family will do", "Lo que hará la familia", of=list)
    agency: list[Text] = say("What the agency will do", "Lo que hará la agencia", of=list)


class Participation(Part):
    """How the person took part, and their copy."""

    level: Text | None = say("How far they took part", "Nivel de participación", eg="full")
    statement: Text | None = say("How they took part", "Cómo participó")
    family_participation: Text | None = say("How the family took part", "Cómo participó la familia")
    agreement: Agreement | None = say("Agreement", "Acuerdo", eg="agree")
    refusal_reason: Text | None = say("Reason for not taking part or agreeing", "Motivo de no participar o no acordar")
    copy_offered: Flag | None = say("Copy offered", "Copia ofrecida")
    copy_given_on: Day | None = say("Copy given on", "Copia entregada el", eg="2026-11-03")
    copy_language: Text | None = say("Language of the copy", "Idioma de la copia", eg="en", mark=PLAIN)
    read_aloud: Flag | None = say("Read aloud", "Leído en voz alta")


class Signature(Part):
    """One signature, given or missing with a reason."""

    role: SignerRole | None = say("Signs as", "Firma como", eg="patient", mark=PLAIN)
    name: Text | None = say("Signer's name", "Nombre de quien firma", mark=ID, also=("printed name",))
    credential: Text | None = say("Signer's credential", "Credencial de quien firma", mark=PLAIN)
    relationship: Text | None = say("Signer's relationship", "Parentesco de quien firma")
    signed_on: Day | None = say("Signed on", "Fecha de la firma", eg="2026-11-03", also=("signature date",))
    method: Text | None = say("How signed", "Cómo se firmó", eg="ink", mark=PLAIN)
    required: Flag | None = say("Required", "Obligatoria", mark=PLAIN)
    reason_missing: Text | None = say("Why it is missing", "Por qué falta")
