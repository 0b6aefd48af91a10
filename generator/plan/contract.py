"""What both sides agree to: the treatment contract, blended care, accommodations, barriers."""

from typing import Annotated, Literal

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.number import Number, WholeNumber
from generator.plan.types.text import Text

Determination = Annotated[Literal["granted", "alternative", "denied", "pending"], Tidy]


class Fees(Part):
    """What care costs, in dollars."""

    copay: Number | None = say(
        "Copay a visit", "Copago por visita", eg=20, mark=PLAIN, also="copay, co payment, copayment amount, copago"
    )
    self_pay_rate: Number | None = say(
        "Self-pay rate",
        "Tarifa particular",
        eg=120,
        mark=PLAIN,
        also="self pay rate, self pay fee, private pay rate, session fee, fee per session, fee, rate",
    )
    missed_visit_fee: Number | None = say(
        "Missed-visit fee",
        "Cargo por cita perdida",
        eg=25,
        mark=PLAIN,
        also="missed visit fee, no show fee, missed appointment fee, late cancellation fee",
    )
    sliding_scale: Flag | None = say("Sliding scale", "Tarifa según ingresos", mark=PLAIN, also="sliding fee")
    good_faith_estimate_given_on: Day | None = say(
        "Cost estimate given on", "Estimado de costos entregado el", mark=PLAIN
    )


class CrisisPlan(Part):
    """What to do in a crisis."""

    call_988: Flag | None = say("Call or text 988", "Llamar o escribir al 988", mark=PLAIN)
    agency_after_hours: Text | None = say(
        "After-hours line",
        "Línea fuera de horario",
        eg="518-555-0149",
        mark=PLAIN,
        also="after hours phone, after hours number, after hours line, after hours, crisis phone, agency crisis line, 24 hour line",
    )
    emergency: Text | None = say(
        "In an emergency",
        "En una emergencia",
        eg="911 or the nearest emergency room",
        mark=PLAIN,
        also="in case of crisis, what to do in a crisis, crisis plan, plan de crisis",
    )
    trusted_person: Text | None = say(
        "A person I trust",
        "Una persona de confianza",
        mark=ID,
        also="trusted person, person i trust, trusted person and phone, persona de confianza, support person",
    )


class Telehealth(Part):
    """Consent to visits by video or phone."""

    consented_on: Day | None = say(
        "Telehealth consent on",
        "Consentimiento de telesalud el",
        eg="2026-09-28",
        also="telehealth consent date, consent to telehealth on",
    )
    platform: Text | None = say(
        "Platform", "Plataforma", eg="agency video room", mark=PLAIN, also="telehealth platform, video platform"
    )
    backup_phone: Text | None = say(
        "Backup phone",
        "Teléfono de respaldo",
        eg="518-555-0121",
        mark=ID,
        also="telehealth backup phone, phone if disconnected, phone if connection fails",
    )
    location_each_visit: Flag | None = say("Location asked at each visit", "Se pregunta el lugar en cada visita")
    emergency_contact_confirmed: Flag | None = say("Emergency contact confirmed", "Contacto de emergencia confirmado")
    limits_explained: Flag | None = say("Limits explained", "Límites explicados")


class Contract(Part):
    """The treatment contract."""

    goals_summary: Text | None = say(
        "Goals in short",
        "Metas en resumen",
        "The contract sums up the goals",
        also="summary of goals, goals summary, what we will work on, resumen de metas",
    )
    attendance: Text | None = say("Attendance", "Asistencia", also="attendance policy, attendance agreement")
    cancellation_notice_hours: WholeNumber | None = say(
        "Hours of notice to cancel",
        "Horas de aviso para cancelar",
        eg=24,
        mark=PLAIN,
        also="cancellation notice, hours notice, hours of notice, cancellation notice hours, hours notice to cancel, horas de aviso, cancel at least, please cancel at least",
    )
    fees: Fees = say("Fees", "Costos", of=Fees, mark=PLAIN)
    confidentiality_limits: list[Text] = say(
        "When we must share",
        "Cuándo debemos compartir",
        of=list,
        also="limits of confidentiality, confidentiality limits, exceptions to confidentiality, limites de la confidencialidad",
    )
    crisis_plan: CrisisPlan = say("Crisis plan", "Plan de crisis", of=CrisisPlan)
    termination: Text | None = say(
        "Ending treatment",
        "Fin del tratamiento",
        also="termination, how treatment ends, termination of treatment, terminacion",
    )
    grievance: Text | None = say(
        "Complaints", "Quejas", also="grievance, grievances, complaint procedure, grievance procedure"
    )
    consent_statement: Text | None = say("Consent", "Consentimiento")
    telehealth: Telehealth = say("Telehealth", "Telesalud", of=Telehealth)
    rules_and_rights_received_on: Day | None = say(
        "Rules and rights received on",
        "Reglas y derechos recibidos el",
        eg="2026-10-20",
        also="rights and rules received on, client rights received on, rights received, client rights given on",
    )
    other_terms: list[Text] = say(
        "Other terms", "Otros términos", of=list, also="additional terms, otros terminos, other agreements"
    )


class BlendedCare(Part):
    """Care partly in person, partly online."""

    in_person_share: Text | None = say("In person", "En persona")
    online_share: Text | None = say("Online", "En línea")
    tools: list[Text] = say("Tools", "Herramientas", of=list)
    between_session_contact: Text | None = say(
        "Contact between sessions", "Contacto entre sesiones", also="between session contact"
    )
    fallback: Text | None = say(
        "If the connection fails",
        "Si falla la conexión",
        eg="Phone visit",
        also="if connection fails, backup plan for telehealth",
    )


class Accommodation(Part):
    """A request for a change to the usual procedure, and what was decided (ADA, section 504)."""

    need: Text | None = say(
        "Need",
        "Necesidad",
        also="accommodation requested, accommodations, accommodation, accommodation needed, requested accommodation, adaptaciones, adaptaciones acordadas, special accommodations, special needs, accommodations needed",
    )
    basis: Text | None = say("Basis", "Base")
    requested_by: Text | None = say("Requested by", "Solicitado por", also="")
    requested_on: Day | None = say(
        "Requested on", "Solicitado el", eg="2026-11-02", also="date requested, request date"
    )
    determination: Determination | None = say(
        "Decision", "Decisión", eg="granted", also="determination, accommodation decision"
    )
    determination_reason: Text | None = say("Reason for the decision", "Motivo de la decisión")
    change_to_usual_procedure: Text | None = say(
        "What changes",
        "Qué cambia",
        also="change to usual procedure, what will change, accommodation provided, modification",
    )
    responsible_staff: Text | None = say("Responsible staff", "Personal responsable", eg="st1", mark=PLAIN)
    start_date: Day | None = say("Starts on", "Empieza el")
    review_on: Day | None = say("Review on", "Revisar el")


class Barrier(Part):
    """What could get in the way, and what will be done about it."""

    barrier: Text | None = say("Barrier", "Barrera", eg="No car", also="barriers, barreras, obstacle, obstacles")
    plan: Text | None = say(
        "Plan for it",
        "Plan para superarla",
        also="plan to overcome barrier, how addressed, plan for barrier, how the barrier will be addressed",
    )
