"""What the plan is: its kind, programme, dates, and the agency that writes it."""

from typing import Annotated, Literal

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.number import WholeNumber
from generator.plan.types.text import Text

PlanType = Annotated[Literal["formal", "informal", "update", "discharge"], Tidy]


class Address(Part):
    """A postal address in the United States."""

    line1: Text | None = say("Street address", "Dirección", eg="12 Example Road", mark=ID, also=("address", "street"))
    line2: Text | None = say("Apartment, suite", "Apartamento", eg="Apt 1", mark=ID, also=("apt", "unit"))
    city: Text | None = say("City", "Ciudad", eg="Albany", mark=ID, also=("town",))
    state: Text | None = say("State", "Estado", "Two letters", eg="NY", mark=PLAIN)
    zip: Text | None = say("ZIP code", "Código postal", eg="12207", mark=ID, also=("zip", "postal code"))


class PlanHead(Part):
    """The plan's own data."""

    id: Text | None = say("Plan number", "Número del plan", eg="TP-0001", mark=PLAIN)
    type: PlanType | None = say(
        "Kind of plan",
        "Tipo de plan",
        "An informal plan needs less: no diagnosis, no insurance",
        eg="formal",
        mark=PLAIN,
    )
    program: Text | None = say(
        "Program", "Programa", "Which review rules apply; blank is generic outpatient", eg="mh_outpatient", mark=PLAIN
    )
    jurisdiction: Text | None = say("State whose rules apply", "Estado cuyas reglas se aplican", eg="NY", mark=PLAIN)
    level_of_care: Text | None = say("Level of care", "Nivel de atención", eg="ASAM 1", also=("loc",))
    admission_date: Day | None = say(
        "Admission date",
        "Fecha de admisión",
        eg="2026-10-20",
        also=("date of admission", "intake date", "start of care"),
    )
    plan_date: Day | None = say(
        "Plan date", "Fecha del plan", eg="2026-11-03", also=("date of plan", "treatment plan date", "date developed")
    )
    effective_from: Day | None = say("Effective from", "Vigente desde", eg="2026-11-03", also=("plan start date",))
    effective_to: Day | None = say(
        "Effective to", "Vigente hasta", eg="2027-02-01", also=("plan end date", "expiration")
    )
    version: WholeNumber | None = say("Version", "Versión", "One more for each signed change", eg=1, mark=PLAIN)
    language: Text | None = say("Language of the plan", "Idioma del plan", "en or es", eg="en", mark=PLAIN)
    prepared_by: Text | None = say(
        "Prepared by", "Preparado por", "The id of a person under staff", eg="st1", mark=PLAIN, also=("author",)
    )


class Agency(Part):
    """The agency, as its letterhead names it."""

    name: Text | None = say(
        "Agency name",
        "Nombre de la agencia",
        eg="Juniper Fork Counseling",
        mark=PLAIN,
        also=("provider name", "facility"),
    )
    address: Address = say("Agency address", "Dirección de la agencia", mark=PLAIN, of=Address)
    phone: Text | None = say("Agency phone", "Teléfono de la agencia", eg="518-555-0140", mark=PLAIN)
    fax: Text | None = say("Agency fax", "Fax de la agencia", eg="518-555-0141", mark=PLAIN)
    email: Text | None = say("Agency email", "Correo de la agencia", eg="office@example.org", mark=PLAIN)
    web: Text | None = say("Agency website", "Sitio web de la agencia", eg="example.org", mark=PLAIN)
    npi: Text | None = say("Agency NPI", "NPI de la agencia", eg="1234567893", mark=PLAIN, also=("group npi",))
    ein: Text | None = say("Agency EIN", "EIN de la agencia", eg="12-3456789", mark=PLAIN, also=("tax id",))
    license_no: Text | None = say("Agency license number", "Número de licencia", eg="SAMPLE-0001", mark=PLAIN)
    after_hours_phone: Text | None = say(
        "After-hours phone", "Teléfono fuera de horario", eg="518-555-0149", mark=PLAIN
    )
    part2_program: Flag | None = say(
        "Part 2 program", "Programa de la Parte 2", "Federally assisted substance use program (42 CFR 2.11)", mark=PLAIN
    )
