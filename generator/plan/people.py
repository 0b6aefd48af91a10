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
        "Staff name", "Nombre del personal", eg="Renata Oyelaran", mark=PLAIN, also="clinician name, therapist"
    )
    credential: Text | None = say(
        "Credential",
        "Credencial",
        eg="LCSW",
        mark=PLAIN,
        also="title, license, credentials, therapist s credential, license type, licensure, degree",
    )
    role: Text | None = say("Role", "Función", eg="primary counselor", mark=PLAIN, also="position, job title, puesto")
    npi: Text | None = say(
        "NPI",
        "NPI",
        eg="1234567893",
        mark=PLAIN,
        also="provider npi, individual npi, rendering npi, npi number, rendering provider npi, national provider identifier",
    )
    license_no: Text | None = say(
        "License number",
        "Número de licencia",
        mark=PLAIN,
        also="license no, license, numero de licencia, provider license number, state license number",
    )
    supervisor: Text | None = say("Supervisor", "Supervisor", "The id of a person under staff", mark=PLAIN)


class Responsibilities(Part):
    """Who will do what."""

    patient: list[Text] = say(
        "What the person will do",
        "Lo que hará la persona",
        of=list,
        also="client responsibilities, the client will, client will, my responsibilities, what i will do, how the youth will help, responsabilidades del cliente, client responsibility, patient will, patient responsibilities, responsabilidades del paciente",
    )
    therapist: list[Text] = say(
        "What the therapist will do",
        "Lo que hará el terapeuta",
        of=list,
        also="therapist responsibilities, the program will, therapist will, the therapist will, counselor will, therapist responsibility, provider responsibilities, responsabilidades del terapeuta, clinician will",
    )
    family: list[Text] = say(
        "What the family will do",
        "Lo que hará la familia",
        of=list,
        also="family responsibilities, how the family will help, family will, responsabilidades de la familia, family role",
    )
    agency: list[Text] = say(
        "What the agency will do", "Lo que hará la agencia", of=list, also="agency responsibilities, agency will"
    )


class Participation(Part):
    """How the person took part, and their copy."""

    level: Text | None = say(
        "How far they took part",
        "Nivel de participación",
        eg="full",
        also="level of participation, participation level, client participation, nivel de participacion",
    )
    statement: Text | None = say(
        "How they took part",
        "Cómo participó",
        also="client comments, what the client thinks of the plan, client s response to plan, comments of client, client statement, what client thinks of the plan so far, patient comments",
    )
    family_participation: Text | None = say(
        "How the family took part",
        "Cómo participó la familia",
        also="family participation, family involvement, participacion de la familia",
    )
    agreement: Agreement | None = say(
        "Agreement", "Acuerdo", eg="agree", also="agree with the plan, i agree, agree with this plan, estoy de acuerdo"
    )
    refusal_reason: Text | None = say(
        "Reason for not taking part or agreeing",
        "Motivo de no participar o no acordar",
        also="reason for refusal, reason client did not sign, reason for not signing, motivo de rechazo, if refused reason",
    )
    copy_offered: Flag | None = say(
        "Copy offered", "Copia ofrecida", also="offered a copy, copy of plan offered, copy offered to client"
    )
    copy_given_on: Day | None = say(
        "Copy given on",
        "Copia entregada el",
        eg="2026-11-03",
        also="copy given, date copy given, copy provided on, copy of plan given, copia entregada",
    )
    copy_language: Text | None = say("Language of the copy", "Idioma de la copia", eg="en", mark=PLAIN)
    read_aloud: Flag | None = say(
        "Read aloud", "Leído en voz alta", also="read to me, it was read to me, leido en voz alta"
    )


class Signature(Part):
    """One signature, given or missing with a reason."""

    role: SignerRole | None = say("Signs as", "Firma como", eg="patient", mark=PLAIN)
    name: Text | None = say(
        "Signer's name",
        "Nombre de quien firma",
        mark=ID,
        also="printed name, print name, name printed, nombre en letra de molde, nombre impreso, type or print name",
    )
    credential: Text | None = say("Signer's credential", "Credencial de quien firma", mark=PLAIN)
    relationship: Text | None = say("Signer's relationship", "Parentesco de quien firma")
    signed_on: Day | None = say("Signed on", "Fecha de la firma", eg="2026-11-03", also="signature date, date signed")
    method: Text | None = say("How signed", "Cómo se firmó", eg="ink", mark=PLAIN)
    required: Flag | None = say("Required", "Obligatoria", mark=PLAIN)
    reason_missing: Text | None = say("Why it is missing", "Por qué falta")
    of_text: Text | None = say(
        "Fingerprint of the text that was signed",
        "Huella del texto que se firmó",
        "Written by the signature pad; see generator.plan.signed_text",
        mark=PLAIN,
    )
