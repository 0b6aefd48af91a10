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

    copay: Number | None = say("Copay a visit", "Copago por visita", eg=20, mark=PLAIN)
    self_pay_rate: Number | None = say("Self-pay rate", "Tarifa particular", eg=120, mark=PLAIN)
    missed_visit_fee: Number | None = say("Missed-visit fee", "Cargo por cita perdida", eg=25, mark=PLAIN)
    sliding_scale: Flag | None = say("Sliding scale", "Tarifa según ingresos", mark=PLAIN)
    good_faith_estimate_given_on: Day | None = say(
        "Cost estimate given on", "Estimado de costos entregado el", mark=PLAIN
    )


class CrisisPlan(Part):
    """What to do in a crisis."""

    call_988: Flag | None = say("Call or text 988", "Llamar o escribir al 988", mark=PLAIN)
    agency_after_hours: Text | None = say("After-hours line", "Línea fuera de horario", eg="518-555-0149", mark=PLAIN)
    emergency: Text | None = say(
        "In an emergency", "En una emergencia", eg="911 or the nearest emergency room", mark=PLAIN
    )
    trusted_person: Text | None = say("A person I trust", "Una persona de confianza", mark=ID)


class Telehealth(Part):
    """Consent to visits by video or phone."""

    consented_on: Day | None = say("Telehealth consent on", "Consentimiento de telesalud el", eg="2026-09-28")
    platform: Text | None = say("Platform", "Plataforma", eg="agency video room", mark=PLAIN)
    backup_phone: Text | None = say("Backup phone", "Teléfono de respaldo", eg="518-555-0121", mark=ID)
    location_each_visit: Flag | None = say("Location asked at each visit", "Se pregunta el lugar en cada visita")
    emergency_contact_confirmed: Flag | None = say("Emergency contact confirmed", "Contacto de emergencia confirmado")
    limits_explained: Flag | None = say("Limits explained", "Límites explicados")


class Contract(Part):
    """The treatment contract."""

    goals_summary: Text | None = say("Goals in short", "Metas en resumen", "The contract sums up the goals")
    attendance: Text | None = say("Attendance", "Asistencia")
    cancellation_notice_hours: WholeNumber | None = say(
        "Hours of notice to cancel", "Horas de aviso para cancelar", eg=24, mark=PLAIN
    )
    fees: Fees = say("Fees", "Costos", of=Fees, mark=PLAIN)
    confidentiality_limits: list[Text] = say("When we must share", "Cuándo debemos compartir", of=list)
    crisis_plan: CrisisPlan = say("Crisis plan", "Plan de crisis", of=CrisisPlan)
    termination: Text | None = say("Ending treatment", "Fin del tratamiento")
    grievance: Text | None = say("Complaints", "Quejas")
    consent_statement: Text | None = say("Consent", "Consentimiento")
    telehealth: Telehealth = say("Telehealth", "Telesalud", of=Telehealth)
    rules_and_rights_received_on: Day | None = say(
        "Rules and rights received on", "Reglas y derechos recibidos el", eg="2026-10-20"
    )
    other_terms: list[Text] = say("Other terms", "Otros términos", of=list)


class BlendedCare(Part):
    """Care partly in person, partly online."""

    in_person_share: Text | None = say("In person", "En persona")
    online_share: Text | None = say("Online", "En línea")
    tools: list[Text] = say("Tools", "Herramientas", of=list)
    between_session_contact: Text | None = say("Contact between sessions", "Contacto entre sesiones")
    fallback: Text | None = say("If the connection fails", "Si falla la conexión", eg="Phone visit")


class Accommodation(Part):
    """A request for a change to the usual procedure, and what was decided (ADA, section 504)."""

    need: Text | None = say("Need", "Necesidad", also=("accommodation requested",))
    basis: Text | None = say("Basis", "Base")
    requested_by: Text | None = say("Requested by", "Solicitado por")
    requested_on: Day | None = say("Requested on", "Solicitado el", eg="2026-11-02")
    determination: Determination | None = say("Decision", "Decisión", eg="granted")
    determination_reason: Text | None = say("Reason for the decision", "Motivo de la decisión")
    change_to_usual_procedure: Text | None = say("What changes", "Qué cambia")
    responsible_staff: Text | None = say("Responsible staff", "Personal responsable", eg="st1", mark=PLAIN)
    start_date: Day | None = say("Starts on", "Empieza el")
    review_on: Day | None = say("Review on", "Revisar el")


class Barrier(Part):
    """What could get in the way, and what will be done about it."""

    barrier: Text | None = say("Barrier", "Barrera", eg="No car")
    plan: Text | None = say("Plan for it", "Plan para superarla")
