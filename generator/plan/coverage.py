"""Who pays, what was authorised, and who sent the person here."""

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.day import Day
from generator.plan.types.number import Number
from generator.plan.types.text import Text


class Subscriber(Part):
    """Whose insurance it is."""

    name: Text | None = say("Subscriber's name", "Nombre del titular", mark=ID, also=("insured", "policy holder"))
    relationship: Text | None = say("Relationship to the subscriber", "Relación con el titular", eg="self", mark=PLAIN)
    dob: Day | None = say("Subscriber's date of birth", "Fecha de nacimiento del titular", mark=ID)


class Authorization(Part):
    """What the payer allowed (X12 278)."""

    number: Text | None = say("Authorization number", "Número de autorización", eg="AUTH-77120", mark=ID)
    service: Text | None = say("Authorized service", "Servicio autorizado", eg="outpatient psychotherapy")
    units: Number | None = say("Authorized units", "Unidades autorizadas", eg=24, mark=PLAIN)
    from_: Day | None = say("Authorized from", "Autorizado desde", eg="2026-11-03", alias="from")
    to: Day | None = say("Authorized to", "Autorizado hasta", eg="2027-02-01")
    status: Text | None = say("Authorization status", "Estado de la autorización", eg="approved", mark=PLAIN)


class Coverage(Part):
    """One insurance, or self-pay."""

    order: Text | None = say("Order", "Orden", eg="primary", mark=PLAIN)
    payer: Text | None = say(
        "Payer", "Aseguradora", "Insurance, or self-pay", eg="Sample Health Plan", also=("insurance company",)
    )
    plan_type: Text | None = say("Type of plan", "Tipo de plan", eg="commercial PPO", mark=PLAIN)
    member_id: Text | None = say(
        "Member ID", "Número de miembro", eg="ESH000111222", mark=ID, also=("policy number", "subscriber id")
    )
    group_no: Text | None = say("Group number", "Número de grupo", eg="G-5550", mark=ID)
    subscriber: Subscriber = say("Subscriber", "Titular", mark=ID, of=Subscriber)
    effective_from: Day | None = say("Coverage from", "Cobertura desde", eg="2026-01-01")
    effective_to: Day | None = say("Coverage to", "Cobertura hasta")
    copay: Number | None = say("Copay", "Copago", "In dollars", eg=20, mark=PLAIN)
    authorization: Authorization = say("Authorization", "Autorización", of=Authorization)


class Referral(Part):
    """Who sent the person, when and why."""

    source: Text | None = say("Referral source", "Fuente de la referencia", eg="primary care", also=("referred by",))
    referrer: Text | None = say("Referred by", "Referido por", eg="Dr. A. Sample", mark=ID)
    date: Day | None = say("Referral date", "Fecha de la referencia", eg="2026-10-15")
    reason: Text | None = say("Reason for referral", "Motivo de la referencia")
