"""Who pays, what was authorised, and who sent the person here."""

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.day import Day
from generator.plan.types.number import Number
from generator.plan.types.text import Text


class Subscriber(Part):
    """Whose insurance it is."""

    name: Text | None = say(
        "Subscriber's name",
        "Nombre del titular",
        mark=ID,
        also="insured, policy holder, subscriber name, insured name, policyholder, name of insured, policy holder name, subscriber, name of policy holder, cardholder, titular, insured s name, name",
    )
    relationship: Text | None = say(
        "Relationship to the subscriber",
        "Relación con el titular",
        eg="self",
        mark=PLAIN,
        also="relationship to subscriber, patient relationship to insured, relationship to insured, relation to subscriber, relation to insured, relationship to policy holder, parentesco con el titular, relationship",
    )
    dob: Day | None = say(
        "Subscriber's date of birth",
        "Fecha de nacimiento del titular",
        mark=ID,
        also="subscriber date of birth, insured date of birth, insured s date of birth, policy holder date of birth",
    )


class Authorization(Part):
    """What the payer allowed (X12 278)."""

    number: Text | None = say(
        "Authorization number",
        "Número de autorización",
        eg="AUTH-77120",
        mark=ID,
        also="prior authorization number, auth number, authorization, auth no, numero de autorizacion",
    )
    service: Text | None = say(
        "Authorized service", "Servicio autorizado", eg="outpatient psychotherapy", also="service authorized"
    )
    units: Number | None = say(
        "Authorized units",
        "Unidades autorizadas",
        eg=24,
        mark=PLAIN,
        also="units authorized, units, number of sessions authorized, visits authorized",
    )
    from_: Day | None = say(
        "Authorized from",
        "Autorizado desde",
        eg="2026-11-03",
        alias="from",
        also="authorization from, authorization start, auth start date, authorization start date, authorization begins, authorization number from",
    )
    to: Day | None = say(
        "Authorized to",
        "Autorizado hasta",
        eg="2027-02-01",
        also="authorization to, authorization end, auth end date, authorization end date, authorization expires, authorization number to",
    )
    status: Text | None = say("Authorization status", "Estado de la autorización", eg="approved", mark=PLAIN, also="")


class Coverage(Part):
    """One insurance, or self-pay."""

    order: Text | None = say("Order", "Orden", eg="primary", mark=PLAIN)
    payer: Text | None = say(
        "Payer",
        "Aseguradora",
        "Insurance, or self-pay",
        eg="Sample Health Plan",
        also="insurance company, insurance, insurer, health plan, primary insurance, insurance carrier, insurance name, carrier, insurance provider, name of insurance company, primary insurance company, health insurance, insurance company name, seguro, seguro medico, compania de seguros, payor, funding source, third party payer, nombre del seguro, managed care plan, company, compania, seguro secundario, seguro principal, secondary insurance, secondary insurance company",
    )
    plan_type: Text | None = say(
        "Type of plan",
        "Tipo de plan",
        eg="commercial PPO",
        mark=PLAIN,
        also="type of insurance, insurance plan name, plan name, insurance plan, insurance plan name or program name, type of coverage, insurance type, tipo de seguro, coverage type",
    )
    member_id: Text | None = say(
        "Member ID",
        "Número de miembro",
        eg="ESH000111222",
        mark=ID,
        also="policy number, subscriber id, medicaid number, medicaid, medicaid id, medicaid id number, medicare number, insurance id, insurance id number, member number, id number, insured id number, insured s id number, policy id, policy no, recipient id, medicaid recipient id, numero de miembro, numero de poliza, n de afiliado, numero de afiliado, poliza, insurance policy number, hin, phn, health card number, health insurance number, beneficiary id, cin, member no",
    )
    group_no: Text | None = say(
        "Group number",
        "Número de grupo",
        eg="G-5550",
        mark=ID,
        also="group no, group, group id, insurance group, policy group number, policy group, numero de grupo, grupo, group policy number, policy group or feca number, insured policy, insured policy group, insured policy group or feca number",
    )
    subscriber: Subscriber = say("Subscriber", "Titular", mark=ID, of=Subscriber)
    effective_from: Day | None = say(
        "Coverage from",
        "Cobertura desde",
        eg="2026-01-01",
        also="coverage effective date, coverage start, insurance effective date, policy effective date",
    )
    effective_to: Day | None = say(
        "Coverage to", "Cobertura hasta", also="coverage end, coverage expires, policy expiration date"
    )
    copay: Number | None = say(
        "Copay", "Copago", "In dollars", eg=20, mark=PLAIN, also="co pay, copayment, co payment, copay amount"
    )
    authorization: Authorization = say("Authorization", "Autorización", of=Authorization)


class Referral(Part):
    """Who sent the person, when and why."""

    source: Text | None = say(
        "Referral source",
        "Fuente de la referencia",
        eg="primary care",
        also="source of referral, source, fuente de referencia, how did you hear about us",
    )
    referrer: Text | None = say(
        "Referred by",
        "Referido por",
        eg="Dr. A. Sample",
        mark=ID,
        also="referring provider, referring physician, referring party, name of referring provider, referral name, referrer",
    )
    date: Day | None = say(
        "Referral date",
        "Fecha de la referencia",
        eg="2026-10-15",
        also="date of referral, date referred, fecha de referencia",
    )
    reason: Text | None = say(
        "Reason for referral",
        "Motivo de la referencia",
        also="referral reason, motivo de referencia, purpose of referral",
    )
