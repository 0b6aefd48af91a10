"""The person the plan is for, how to reach them, and who acts for them in law."""

from typing import Annotated, Literal

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.header import Address
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.text import Text

LegalStatus = Annotated[Literal["voluntary", "involuntary", "court_ordered", "probation", "parole", "other"], Tidy]


class Name(Part):
    """A person's name, in parts."""

    first: Text | None = say("First name", "Nombre", eg="Darnell", mark=ID, also=("given name",))
    middle: Text | None = say("Middle name", "Segundo nombre", mark=ID, also=("middle initial", "mi"))
    last: Text | None = say("Last name", "Apellido", eg="Whitcombe", mark=ID, also=("family name", "surname"))
    suffix: Text | None = say("Suffix", "Sufijo", eg="Jr.", mark=ID)
    preferred: Text | None = say("Preferred name", "Nombre preferido", mark=ID, also=("goes by", "nickname"))


class ContactOk(Part):
    """Which ways of contact the person agreed to."""

    voicemail: Flag | None = say("Voicemail is fine", "Acepta mensajes de voz")
    text: Flag | None = say("Text messages are fine", "Acepta mensajes de texto")
    mail: Flag | None = say("Mail is fine", "Acepta correo postal")
    email: Flag | None = say("Email is fine", "Acepta correo electrónico")


class PatientLanguage(Part):
    """What the person speaks and reads (45 CFR 92)."""

    preferred: Text | None = say("Preferred language", "Idioma preferido", eg="en", also=("primary language",))
    written_language: Text | None = say("Language they read", "Idioma en que lee", eg="en")
    interpreter_needed: Flag | None = say("Needs an interpreter", "Necesita intérprete")
    interpreter_mode: Text | None = say(
        "How interpreting is done", "Modo de interpretación", eg="telephone interpreter"
    )


class EmergencyContact(Part):
    """Whom to call in an emergency."""

    name: Text | None = say("Emergency contact", "Contacto de emergencia", eg="Loretta Whitcombe", mark=ID)
    relationship: Text | None = say("Relationship of the emergency contact", "Parentesco del contacto", eg="mother")
    phone: Text | None = say("Emergency phone", "Teléfono de emergencia", eg="518-555-0111", mark=ID)


class Patient(Part):
    """The person the plan is for."""

    name: Name = say("Name", "Nombre", mark=ID, of=Name)
    pronouns: Text | None = say("Pronouns", "Pronombres", eg="he/him")
    dob: Day | None = say(
        "Date of birth", "Fecha de nacimiento", eg="1984-05-17", mark=ID, also=("birth date", "birthdate", "dob")
    )
    sex: Text | None = say("Sex", "Sexo", eg="male", also=("gender",))
    gender_identity: Text | None = say("Gender identity", "Identidad de género")
    race: Text | None = say("Race", "Raza")
    ethnicity: Text | None = say("Ethnicity", "Etnicidad")
    record_number: Text | None = say(
        "Record number",
        "Número de expediente",
        eg="JF-10021",
        mark=ID,
        also=("mrn", "client id", "chart number", "case number"),
    )
    ssn: Text | None = say(
        "Social security number", "Número de seguro social", "Only if the payer asks for it", mark=ID, also=("ssn",)
    )
    ssn_last4: Text | None = say("Last four of the SSN", "Últimos cuatro del SSN", eg="4321", mark=ID)
    address: Address = say("Address", "Dirección", mark=ID, of=Address)
    phone: Text | None = say("Phone", "Teléfono", eg="518-555-0110", mark=ID, also=("telephone", "cell", "home phone"))
    email: Text | None = say("Email", "Correo electrónico", mark=ID)
    contact_ok: ContactOk = say("Ways of contact", "Formas de contacto", of=ContactOk)
    language: PatientLanguage = say("Language", "Idioma", of=PatientLanguage)
    marital_status: Text | None = say("Marital status", "Estado civil", eg="separated")
    employment: Text | None = say("Employment", "Empleo", also=("occupation", "employer"))
    education: Text | None = say("Education", "Educación", eg="High school")
    housing: Text | None = say("Housing", "Vivienda", eg="Rents a room, stable", also=("living situation",))
    veteran: Text | None = say("Veteran", "Veterano")
    emergency_contact: EmergencyContact = say(
        "Emergency contact", "Contacto de emergencia", mark=ID, of=EmergencyContact
    )


class Guardian(Part):
    """Who acts for the person in law (45 CFR 164.502(g))."""

    name: Text | None = say(
        "Guardian's name", "Nombre del tutor", eg="Irina Valchek", mark=ID, also=("parent", "legal guardian")
    )
    relationship: Text | None = say("Guardian's relationship", "Parentesco del tutor", eg="mother")
    authority: Text | None = say("Guardian's authority", "Autoridad del tutor", eg="sole legal custody (court order)")
    document_on_file: Flag | None = say("Custody paper is on file", "Documento en el expediente")
    phone: Text | None = say("Guardian's phone", "Teléfono del tutor", eg="850-555-0131", mark=ID)


class Legal(Part):
    """Legal status."""

    status: LegalStatus | None = say("Legal status", "Situación legal", eg="voluntary")
    minor: Flag | None = say(
        "Is a minor", "Es menor de edad", "Read from the birth date; this mark is kept, not used", mark=PLAIN
    )
    guardian: Guardian = say("Guardian", "Tutor", mark=ID, of=Guardian)
    minor_consent_basis: Text | None = say("Minor consent rule", "Base del consentimiento del menor")
    mandated_by: Text | None = say("Mandated by", "Ordenado por", eg="county probation")
    court_case_no: Text | None = say("Court case number", "Número de caso judicial", mark=ID)
    notes: Text | None = say("Legal notes", "Notas legales")
