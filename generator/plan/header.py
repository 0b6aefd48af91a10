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

    line1: Text | None = say(
        "Street address",
        "Dirección",
        eg="12 Example Road",
        mark=ID,
        also="address, street, home address, residential address, residence address, mailing address, street number, street number and name, address line 1, current address, present physical address, physical address, street address where you are currently living, address 1, direccion, calle, residence, number and street, household street address, addr",
    )
    line2: Text | None = say(
        "Apartment, suite",
        "Apartamento",
        eg="Apt 1",
        mark=ID,
        also="apt, apartment, suite, apartment number, apartment or suite number, apt number, floor, lot, address line 2, address 2, apt lot, apt ste flr number, apt unit",
    )
    city: Text | None = say(
        "City", "Ciudad", eg="Albany", mark=ID, also="town, city or town, city town, municipality, city village"
    )
    state: Text | None = say("State", "Estado", "Two letters", eg="NY", mark=PLAIN, also="state province")
    zip: Text | None = say(
        "ZIP code",
        "Código postal",
        eg="12207",
        mark=ID,
        also="zip, postal code, zipcode, codigo postal, zip postal code, zip 4",
    )


class PlanHead(Part):
    """The plan's own data."""

    id: Text | None = say("Plan number", "Número del plan", eg="TP-0001", mark=PLAIN, also="plan id, numero de plan")
    type: PlanType | None = say(
        "Kind of plan",
        "Tipo de plan",
        "An informal plan needs less: no diagnosis, no insurance",
        eg="formal",
        mark=PLAIN,
        also="type of plan, plan type, initial plan, plan update",
    )
    program: Text | None = say(
        "Program",
        "Programa",
        "Which review rules apply; blank is generic outpatient",
        eg="mh_outpatient",
        mark=PLAIN,
        also="program name, service program, treatment program",
    )
    jurisdiction: Text | None = say("State whose rules apply", "Estado cuyas reglas se aplican", eg="NY", mark=PLAIN)
    level_of_care: Text | None = say(
        "Level of care",
        "Nivel de atención",
        eg="ASAM 1",
        also="loc, current level of care, level of care after this review, nivel de atencion, nivel de cuidado, asam level",
    )
    admission_date: Day | None = say(
        "Admission date",
        "Fecha de admisión",
        eg="2026-10-20",
        also="date of admission, intake date, start of care, admit date, admitted, first appointment, date of intake, enrollment date, date of enrollment, fecha de ingreso, fecha de admision, start of treatment, date opened, treatment start date, date admitted, start of services, service start date, inicio de servicios",
    )
    plan_date: Day | None = say(
        "Plan date",
        "Fecha del plan",
        eg="2026-11-03",
        also="date of plan, treatment plan date, date developed, date of this plan, date completed, date, date prepared, prepared on, plan developed on, date of service plan, isp date, service plan date, fecha, today s date, date of treatment plan, initial plan date, date written, current date, form date",
    )
    effective_from: Day | None = say(
        "Effective from",
        "Vigente desde",
        eg="2026-11-03",
        also="plan start date, effective date, start date, plan in force since, from, begin date, plan effective date, plan period from, valid from, start date of plan, plan begins, inicio del plan",
    )
    effective_to: Day | None = say(
        "Effective to",
        "Vigente hasta",
        eg="2027-02-01",
        also="plan end date, expiration, end date, to, plan expires, plan period to, valid until, through, expiration date of plan, plan ends, fin del plan, end date of plan",
    )
    version: WholeNumber | None = say(
        "Version", "Versión", "One more for each signed change", eg=1, mark=PLAIN, also="plan version, revision number"
    )
    language: Text | None = say("Language of the plan", "Idioma del plan", "en or es", eg="en", mark=PLAIN)
    prepared_by: Text | None = say(
        "Prepared by",
        "Preparado por",
        "The id of a person under staff",
        eg="st1",
        mark=PLAIN,
        also="author, completed by, plan written by, form completed by, plan developed by, developed by, intake worker, examiner, worker, clinician, therapist, counselor, primary counselor, primary therapist, provider, practitioner, case manager, case worker, treating provider, rendering provider, attending provider, assigned clinician, my clinician, my therapist, consejero, consejera, terapeuta, profesional, clinica responsable, elaborado por, service coordinator, care coordinator, psychologist, social worker, evaluator, interviewer, treatment provider, primary clinician, staff, staff member",
    )


class Agency(Part):
    """The agency, as its letterhead names it."""

    name: Text | None = say(
        "Agency name",
        "Nombre de la agencia",
        eg="Juniper Fork Counseling",
        mark=PLAIN,
        also="provider name, facility, provider organization, agency, facility name, organization, organization name, name of organization, program name, clinic, clinic name, institution, name of institution, name of facility, name of agency, treatment center, billing provider name, practice name, center name, provider agency, agencia, clinica, centro, company name",
    )
    address: Address = say("Agency address", "Dirección de la agencia", mark=PLAIN, of=Address)
    phone: Text | None = say(
        "Agency phone",
        "Teléfono de la agencia",
        eg="518-555-0140",
        mark=PLAIN,
        also="office phone, clinic phone, facility phone, phone, office telephone, telefono de la agencia",
    )
    fax: Text | None = say(
        "Agency fax",
        "Fax de la agencia",
        eg="518-555-0141",
        mark=PLAIN,
        also="fax, office fax, fax number, facility fax",
    )
    email: Text | None = say(
        "Agency email", "Correo de la agencia", eg="office@example.org", mark=PLAIN, also="office email"
    )
    web: Text | None = say(
        "Agency website", "Sitio web de la agencia", eg="example.org", mark=PLAIN, also="website, web site"
    )
    npi: Text | None = say(
        "Agency NPI", "NPI de la agencia", eg="1234567893", mark=PLAIN, also="group npi, facility npi, billing npi, npi"
    )
    ein: Text | None = say(
        "Agency EIN",
        "EIN de la agencia",
        eg="12-3456789",
        mark=PLAIN,
        also="tax id, ein, tax identification number, federal tax id, tax id number, fein, federal tax id number, tin",
    )
    license_no: Text | None = say(
        "Agency license number",
        "Número de licencia",
        eg="SAMPLE-0001",
        mark=PLAIN,
        also="facility license number, agency license",
    )
    after_hours_phone: Text | None = say(
        "After-hours phone",
        "Teléfono fuera de horario",
        eg="518-555-0149",
        mark=PLAIN,
        also="after hours phone, after hours number, after hours line, crisis line, after hours, emergency after hours, linea de crisis, 24 hour crisis line",
    )
    part2_program: Flag | None = say(
        "Part 2 program", "Programa de la Parte 2", "Federally assisted substance use program (42 CFR 2.11)", mark=PLAIN
    )
