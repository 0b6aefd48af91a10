"""What a bare header means in a list of people: it is theirs, where a form's caption could be anybody's."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from generator.mapping.phrases import split_joined, words
from generator.mapping.vocabulary import known_words

LASTS = frozenset(
    map(
        words,
        (
            "last name",
            "last",
            "apellido",
            "apellidos",
            "surname",
            "family name",
            "patient last name",
            "lname",
            "primer apellido",
        ),
    )
)
FIRSTS = frozenset(
    map(
        words,
        ("first name", "first", "given name", "nombre", "nombres", "patient first name", "fname", "primer nombre"),
    )
)
TOWNS = frozenset(map(words, ("city", "ciudad", "zip", "zip code", "codigo postal", "town", "municipio")))
ORDINALS = {
    "primary": 1, "principal": 1, "first": 1, "primaria": 1, "secondary": 2, "second": 2, "secundario": 2, "secundaria": 2,
    "tertiary": 3, "third": 3, "terciario": 3,
}  # fmt: skip
TREE = "problems[].goals[].objectives[]"
DOING = f"{TREE}.interventions[]"
STATEMENTS = ("problems[].title", "problems[].goals[].statement", f"{TREE}.statement", f"{DOING}.description")
# What a bare header means in a list of people: it is theirs, where a form's caption could be anybody's.
_BARE: Mapping[str, str] = {
    "patient.name.full": "name, patient name, patient, full name, nombre, nombre completo, paciente, nombre del paciente, nombre y apellidos, client s name, member name, participant name",
    "patient.name.last_first": "last first, name last first, last name first name, apellidos y nombre, apellido nombre",
    "patient.name.first": "first, first name, patient first name, given name, nombres, primer nombre, nombre del cliente de pila, fname",
    "patient.name.last": "last, last name, patient last name, surname, family name, apellido, apellidos, primer apellido, lname",
    "patient.name.middle": "middle, middle name, middle initial, mi, segundo nombre, inicial",
    "patient.dob": "dob, birth date, date of birth, birthdate, birthday, fecha de nacimiento, fecha nac, f nacimiento, nacimiento, patient dob",
    "patient.record_number": "id, patient id, client id, mrn, chart, chart number, record, record number, medical record number, expediente, "
    "numero de expediente, patient number, account number, case number, unique id, numero de paciente, client number",
    "patient.phone": "phone, phone number, cell, cell phone, mobile, mobile phone, home phone, primary phone, telephone, telefono, celular, telefono celular, numero de telefono, patient phone",
    "patient.email": "email, e mail, mail, correo, correo electronico, email address, patient email",
    "patient.address.line1": "address, street, street address, address 1, address line 1, home address, mailing address, direccion, domicilio, calle, patient address",
    "patient.address.line2": "address 2, address line 2, apt, unit, suite, apartment, direccion 2, apartamento",
    "patient.address.city": "city, town, ciudad, municipio",
    "patient.address.state": "state, st, estado, state code",
    "patient.address.zip": "zip, zip code, postal code, codigo postal, zipcode",
    "patient.sex": "sex, gender, sexo, genero, patient gender, birth sex",
    "patient.language.preferred": "language, preferred language, primary language, idioma, idioma preferido",
    "plan.id": "plan id, plan number, numero de plan, treatment plan id",
    "plan.plan_date": "date, plan date, fecha, fecha del plan, date of plan, treatment plan date",
    "plan.admission_date": "admission, admit date, intake date, intake, start of care, enrollment date, fecha de admision, fecha de ingreso",
    "plan.program": "program, programa",
    "plan.prepared_by_staff.full": "therapist, clinician, provider, counselor, staff, case manager, prepared by, author, assigned clinician, primary clinician, primary therapist, "
    "terapeuta, consejero, consejera, profesional, preparado por, therapist name, clinician name, provider name, counselor name",
    "plan.prepared_by_staff.credential": "credential, license type, credencial, clinician credential, therapist credential, provider credential",
    "plan.supervisor_staff.full": "supervisor, clinical supervisor, supervisora, supervisor name",
    "agency.name": "agency, clinic, facility, practice, organization, agencia, clinica, agency name, facility name, clinic name, location name",
    "agency.npi": "agency npi, facility npi, group npi, billing npi",
    "agency.phone": "agency phone, clinic phone, facility phone, office phone",
    "plan.prepared_by_staff.npi": "npi, provider npi, rendering npi, clinician npi",
    "coverage[].payer": "payer, payor, insurance, insurer, insurance company, insurance name, health plan, carrier, primary insurance, secondary insurance, seguro, aseguradora, compania de seguro",
    "coverage[].member_id": "member id, policy, policy number, policy id, subscriber id, insurance id, medicaid id, medicaid number, medicare id, member number, "
    "numero de poliza, numero de miembro, poliza, insurance member id, primary insurance id, secondary insurance id",
    "coverage[].group_no": "group, group number, group id, grupo, numero de grupo, insurance group",
    "coverage[].authorization.number": "authorization, authorization number, auth, auth number, prior authorization, numero de autorizacion",
    "diagnoses[].line": "diagnosis, dx, primary diagnosis, primary dx, principal diagnosis, secondary diagnosis, diagnostico, diagnostico principal, diagnostico primario, diagnostico secundario, secondary dx, tertiary diagnosis",
    "diagnoses[].icd10cm": "diagnosis code, dx code, icd 10, icd10, icd 10 cm, icd 10 code, icd code, icd, icd 10 cm code, primary diagnosis code, secondary diagnosis code, "
    "codigo de diagnostico, codigo cie 10, cie 10, cie 10 mc, primary dx code, secondary dx code, codigo diagnostico, dx icd 10, diagnosis icd 10",
    "diagnoses[].description": "diagnosis description, dx description, diagnosis name, dx name, descripcion del diagnostico, primary diagnosis description, secondary diagnosis description, nombre del diagnostico",
    "problems[].title": "problem, problem title, problem name, problem area, need, issue, problema, problem statement, area de problema",
    "problems[].as_evidenced_by": "as evidenced by, evidence, problem description, evidenciado por, symptoms, problem as evidenced by",
    "problems[].goals[].statement": "goal, goal statement, goal text, goal description, meta, long term goal, treatment goal, problem goal, meta del tratamiento",
    "problems[].goals[].target_date": "goal target date, goal date, goal due date, fecha de la meta, problem goal target date",
    f"{TREE}.statement": "objective, objective statement, objective text, objective description, objetivo, short term goal, goal objective, problem objective, problem goal objective",
    f"{TREE}.target_date": "target date, objective target date, objective due date, due date, objective date, fecha meta, fecha objetivo, fecha limite, fecha del objetivo, goal objective target date, problem goal objective target date",
    f"{TREE}.measure.what": "measure, measured by, indicator, objective measure, medida",
    f"{TREE}.measure.baseline": "baseline, objective baseline, linea base",
    f"{TREE}.measure.target": "target, target value, objective target, goal objective target, valor meta",
    f"{TREE}.measure.unit": "unit of measure, measure unit, objective unit, unidad",
    f"{DOING}.description": "intervention, intervention description, intervention text, service, intervencion, servicio, goal intervention, objective intervention, problem goal objective intervention, problem intervention",
    f"{DOING}.frequency.text": "frequency, how often, frecuencia, intervention frequency, service frequency, session frequency",
    f"{DOING}.duration.text": "duration, how long, duracion, intervention duration, length of treatment",
    f"{DOING}.session_minutes": "session minutes, minutes, minutes per session, session length, minutos, minutos por sesion",
    f"{DOING}.method": "method, session type, individual group family, metodo",
    "history.medications_text": "medication, medicine, current medication, medication list, medicamento, medicine list",
    "history.allergies": "allergy, allergies, alergia, alergias",
    "presenting_problem.description": "presenting problem, reason for treatment, chief complaint, presenting issue, problema principal, motivo de consulta",
    "snap.strengths": "strength, client strength, fortaleza, patient strength",
    "snap.needs": "needs, patient need, necesidades",
    "snap.abilities": "ability, abilities, habilidades",
    "snap.preferences": "preference, preferences, preferencias",
    "discharge.criteria": "discharge criteria, criterios de alta, criteria for discharge",
    "reviews.next_due": "next review, review date, next review date, review due, proxima revision, fecha de revision",
    "legal.guardian.name": "guardian, guardian name, parent, parent name, legal guardian, tutor, tutora, nombre del tutor, parent guardian",
    "patient.emergency_contact.name": "emergency contact, emergency contact name, contacto de emergencia, emergency name",
    "patient.emergency_contact.phone": "emergency phone, emergency contact phone, telefono de emergencia, emergency contact number",
}  # fmt: skip


@cache
def bare() -> dict[tuple[str, ...], str]:
    """What each bare header means: its words → place, lists as `[]`."""
    return {words(one.strip()): path for path, text in _BARE.items() for one in text.split(",") if one.strip()}


def phrase_of(caption: str) -> tuple[str, ...]:
    """The words of a caption, those written as one (`birthdate`) taken apart."""
    known = known_words()
    return tuple(part for word in words(caption) for part in split_joined(word, known))


def without_ordinal(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """The words without primary, second and the like."""
    return tuple(word for word in phrase if word not in ORDINALS)


def folded(text: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
