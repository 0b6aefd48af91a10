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

    first: Text | None = say(
        "First name",
        "Nombre",
        eg="Darnell",
        mark=ID,
        also="given name, first, christian name, nombres, primer nombre, nombre de pila",
    )
    middle: Text | None = say("Middle name", "Segundo nombre", mark=ID, also="middle initial, mi, middle, m i")
    last: Text | None = say(
        "Last name", "Apellido", eg="Whitcombe", mark=ID, also="family name, surname, last, apellidos"
    )
    suffix: Text | None = say("Suffix", "Sufijo", eg="Jr.", mark=ID, also="jr sr, name suffix")
    preferred: Text | None = say(
        "Preferred name",
        "Nombre preferido",
        mark=ID,
        also="goes by, nickname, chosen name, name you go by, prefers to be called",
    )


class ContactOk(Part):
    """Which ways of contact the person agreed to."""

    voicemail: Flag | None = say(
        "Voicemail is fine",
        "Acepta mensajes de voz",
        also="may leave voice message, leave a message, voicemail ok, ok to leave message, may we leave a message, puede dejar mensaje",
    )
    text: Flag | None = say(
        "Text messages are fine", "Acepta mensajes de texto", also="may send text, text ok, ok to text, may we text"
    )
    mail: Flag | None = say("Mail is fine", "Acepta correo postal", also="may send mail, mail ok, ok to mail")
    email: Flag | None = say("Email is fine", "Acepta correo electrónico", also="may send email, email ok, ok to email")


class PatientLanguage(Part):
    """What the person speaks and reads (45 CFR 92)."""

    preferred: Text | None = say(
        "Preferred language",
        "Idioma preferido",
        eg="en",
        also="primary language, language, spoken language, language spoken, what language do you prefer, language you speak, what language do you speak, idioma principal, lengua materna, idioma de preferencia, language of preference",
    )
    written_language: Text | None = say(
        "Language they read", "Idioma en que lee", eg="en", also="written language, reading language, language you read"
    )
    interpreter_needed: Flag | None = say(
        "Needs an interpreter",
        "Necesita intérprete",
        also="interpreter needed, need interpreter, do you need an interpreter, necesita interprete, interpreter required",
    )
    interpreter_mode: Text | None = say(
        "How interpreting is done",
        "Modo de interpretación",
        eg="telephone interpreter",
        also="interpreter mode, type of interpreter",
    )


class EmergencyContact(Part):
    """Whom to call in an emergency."""

    name: Text | None = say(
        "Emergency contact",
        "Contacto de emergencia",
        eg="Loretta Whitcombe",
        mark=ID,
        also="emergency contact name, in case of emergency notify, person to notify, in case of emergency contact, en caso de emergencia, name, nombre, persona a quien avisar, person to contact, who to call in an emergency",
    )
    relationship: Text | None = say(
        "Relationship of the emergency contact",
        "Parentesco del contacto",
        eg="mother",
        also="relationship to patient, relationship, parentesco, relation",
    )
    phone: Text | None = say(
        "Emergency phone",
        "Teléfono de emergencia",
        eg="518-555-0111",
        mark=ID,
        also="phone, telephone, telefono, phone number, cell phone, emergency contact phone, emergency telephone, telefono de emergencia",
    )


class Patient(Part):
    """The person the plan is for."""

    name: Name = say("Name", "Nombre", mark=ID, of=Name)
    pronouns: Text | None = say("Pronouns", "Pronombres", eg="he/him", also="pronoun, preferred pronouns")
    dob: Day | None = say(
        "Date of birth",
        "Fecha de nacimiento",
        eg="1984-05-17",
        mark=ID,
        also="birth date, birthdate, dob, birthday, born, born on, birth, birth month, birth day, birth year, nacimiento, fecha nac",
    )
    sex: Text | None = say(
        "Sex", "Sexo", eg="male", also="gender, sex assigned at birth, genero, sex at birth, birth sex"
    )
    gender_identity: Text | None = say("Gender identity", "Identidad de género", also="identidad de genero")
    race: Text | None = say("Race", "Raza", also="")
    ethnicity: Text | None = say(
        "Ethnicity", "Etnicidad", also="ethnic group, ethnic background, hispanic or latino, origen etnico"
    )
    record_number: Text | None = say(
        "Record number",
        "Número de expediente",
        eg="JF-10021",
        mark=ID,
        also="mrn, client id, chart number, case number, record, client number, patient id, patient number, chart, medical record number, medical record, case no, file number, file no, account number, patient account number, participant id, consumer id, numero de expediente, expediente, n de expediente, id number, identification number, id",
    )
    ssn: Text | None = say(
        "Social security number",
        "Número de seguro social",
        "Only if the payer asks for it",
        mark=ID,
        also="ssn, social security no, social security, seguro social, numero de seguro social, soc sec number",
    )
    ssn_last4: Text | None = say(
        "Last four of the SSN",
        "Últimos cuatro del SSN",
        eg="4321",
        mark=ID,
        also="last 4 of ssn, ssn last 4 only, last four of ssn, last 4 digits of ssn, ultimos 4 del ssn, ultimos 4 de seguro social, numero de seguro social ultimos 4, social security number last four",
    )
    address: Address = say("Address", "Dirección", mark=ID, of=Address)
    phone: Text | None = say(
        "Phone",
        "Teléfono",
        eg="518-555-0110",
        mark=ID,
        also="telephone, cell, home phone, phone number, telephone number, contact telephone number, contact number, daytime phone, day phone, cell phone, cell phone number, cellular, mobile, mobile phone, home phone number, home telephone, primary phone, best phone, area code, phone area code, telefono, numero de telefono, celular, tel, best number to call, best number, number to call",
    )
    email: Text | None = say(
        "Email", "Correo electrónico", mark=ID, also="e mail, email address, e mail address, correo electronico, correo"
    )
    contact_ok: ContactOk = say("Ways of contact", "Formas de contacto", of=ContactOk)
    language: PatientLanguage = say("Language", "Idioma", of=PatientLanguage)
    marital_status: Text | None = say(
        "Marital status", "Estado civil", eg="separated", also="marital, married, civil status, relationship status"
    )
    employment: Text | None = say(
        "Employment",
        "Empleo",
        also="occupation, employer, job, employment status, place of employment, employment occupation, employer name, name of employer, place of work, ocupacion, trabajo, empleador, work place, source of income",
    )
    education: Text | None = say(
        "Education",
        "Educación",
        eg="High school",
        also="education level, highest grade completed, school, grade, school grade, last grade completed, level of education, escolaridad, educacion, nivel de estudios",
    )
    housing: Text | None = say(
        "Housing",
        "Vivienda",
        eg="Rents a room, stable",
        also="living situation, living arrangement, lives with, housing status, residence type, vive con, current living situation",
    )
    veteran: Text | None = say("Veteran", "Veterano", also="military status, veteran status, military service")
    emergency_contact: EmergencyContact = say(
        "Emergency contact", "Contacto de emergencia", mark=ID, of=EmergencyContact
    )


class Guardian(Part):
    """Who acts for the person in law (45 CFR 164.502(g))."""

    name: Text | None = say(
        "Guardian's name",
        "Nombre del tutor",
        eg="Irina Valchek",
        mark=ID,
        also="parent, legal guardian, guardian, parent guardian, guardian name, parent name, name of parent or guardian, personal representative, legal representative, representative name, representative, legal custodian, custodian, padre o tutor, madre padre o tutor, tutor, tutor legal, name of legal guardian, authorized representative, name, print name, printed name, print, nombre",
    )
    relationship: Text | None = say(
        "Guardian's relationship",
        "Parentesco del tutor",
        eg="mother",
        also="relationship to patient, relationship to client, relationship, relation to patient, parentesco, relation, description of authority",
    )
    authority: Text | None = say(
        "Guardian's authority",
        "Autoridad del tutor",
        eg="sole legal custody (court order)",
        also="legal authority, authority to act, authority, representative authority, autoridad legal, basis of authority, custody status",
    )
    document_on_file: Flag | None = say(
        "Custody paper is on file",
        "Documento en el expediente",
        also="custody papers on file, custody paper on file, court order on file, guardianship papers",
    )
    phone: Text | None = say(
        "Guardian's phone",
        "Teléfono del tutor",
        eg="850-555-0131",
        mark=ID,
        also="phone, telefono, phone number, cell phone, guardian phone, parent phone, telefono del tutor",
    )


class Legal(Part):
    """Legal status."""

    status: LegalStatus | None = say(
        "Legal status",
        "Situación legal",
        eg="voluntary",
        also="legal situation, referral status, situacion legal, commitment status",
    )
    minor: Flag | None = say(
        "Is a minor", "Es menor de edad", "Read from the birth date; this mark is kept, not used", mark=PLAIN
    )
    guardian: Guardian = say("Guardian", "Tutor", mark=ID, of=Guardian)
    minor_consent_basis: Text | None = say(
        "Minor consent rule", "Base del consentimiento del menor", also="minor consent, basis for minor consent"
    )
    mandated_by: Text | None = say(
        "Mandated by",
        "Ordenado por",
        eg="county probation",
        also="ordered by, treatment mandated by, court ordered by, probation officer, probation, mandated",
    )
    court_case_no: Text | None = say(
        "Court case number",
        "Número de caso judicial",
        mark=ID,
        also="case no, docket number, cause number, numero de caso, court file number, docket",
    )
    notes: Text | None = say("Legal notes", "Notas legales")
