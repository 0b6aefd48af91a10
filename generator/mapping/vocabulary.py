"""Every value a slot may ask for, with the words that forms use for it. The words live on the plan's fields.

A *concept* is one value (or one that plans do not have, so that a slot for it is known and left empty). Its `path` is
a name of the paper view with lists as `[]`; `shown` is the expression for a text slot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.mapping import owners
from generator.mapping.phrases import STOP, Phrase, words
from generator.plan.catalog import FieldWords, fields

_TREE = "problems[].goals[].objectives[]"
_DOING = f"{_TREE}.interventions[]"
# Fields that stand on paper under another name, and how.
_ON_PAPER = {
    "patient.name": "patient.name.full",
    "patient.address": "patient.address.one_line",
    "agency.address": "agency.address.one_line",
    "plan.prepared_by": "plan.prepared_by_staff.full",
    "assessment.assessor": "assessment.assessor_staff.full",
    "diagnoses[].diagnosed_by": "diagnoses[].diagnosed_by_staff.full",
    "history.medications": "history.medications_text",
    "history.substance_use": "history.substance_use_text",
    "history.prior_treatment": "history.prior_treatment_text",
    "barriers": "barriers_text",
    "discharge.projected_length": "discharge.projected_length.text",
    f"{_DOING}.frequency": f"{_DOING}.frequency.text",
    f"{_DOING}.duration": f"{_DOING}.duration.text",
    f"{_DOING}.responsible_staff": f"{_DOING}.staff.full",
    f"{_TREE}.measure": f"{_TREE}.measure.text",
}
_LEFT_OUT = (
    "schema", "plan.jurisdiction", "staff[].credential", "staff[].role", "signatures[].name", "plan.language", "discharge.projected_length.", f"{_DOING}.frequency.",
    f"{_DOING}.duration.", "coverage[].order", "staff[].id", "staff[].supervisor", "staff[].name",
    "signatures[].signed_on", "signatures[].role", "signatures[].of_text", "consents[].patient", "accommodations[].responsible_staff",
    "measures[].item9", "measures[].max", "assessment.risk.violence", "assessment.risk.withdrawal",
    "assessment.risk.overdose", "assessment.level_of_care.", "legal.minor", "contract.fees.copay",
    "reviews.history[].next_review", "reviews.history[].changes", "consents[].signed", "contract.telehealth.consented_on",
)  # fmt: skip
# More words for values that the paper view makes of several fields, or that no field of the plan holds (path "").
_MADE: tuple[tuple[str, str, str], ...] = (
    ("patient.name.full", owners.PATIENT, "name, full name, legal name, complete name, formatted name, name of patient, "
     "patient name, client name, nombre completo, nombre y apellidos, nombre del paciente, nombre del cliente, "
     "print name, printed name, print, safety plan of, plan of, record of, i name, participant name, in the matter of, name first middle last, client, printed name of client, nombre"),
    ("patient.name.last_first", owners.PATIENT, "last name first name, name last first, last first middle, name last first mi, "
     "last name first name middle initial, apellido nombre"),
    ("patient.age", owners.PATIENT, "age, edad, current age, age of patient, client age"),
    ("patient.address.one_line", owners.PATIENT, "full address, complete address, address city state zip, street city state zip, "
     "address block, current address, home address city state zip, address including zip, patient address, direccion completa, "
     "address street city state zip, domicilio, address and zip"),
    ("patient.address.city_line", owners.PATIENT, "city state zip, city state zip code, city state and zip, ciudad estado codigo postal, city st zip"),
    ("agency.address.one_line", owners.AGENCY, "agency address, facility address, address of facility, clinic address, address"),
    ("plan.prepared_by_staff.name", owners.CLINICIAN, "name, print name, printed name, print, nombre, nombre en letra de molde, provider name, clinician name, "
     "therapist name, counselor name, nombre del consejero, staff name, name of provider, printed name of intake worker"),
    ("plan.supervisor_staff.full", owners.SUPERVISOR, "name, supervisor, clinical supervisor, supervisor name, print name, printed name, print, nombre"),
    ("plan.prepared_by_staff.credential", owners.CLINICIAN, "credential, credentials, therapist credential, license type, provider credential"),
    ("plan.prepared_by_staff.role", owners.CLINICIAN, "role, position, staff title, provider title"),
    ("coordination[].provider", owners.PHYSICIAN, "name, full name, provider name, name of provider, clinic, nombre, nombre completo, printed name"),
    ("referral.referrer", owners.REFERRER, "name, full name, contact name, agency, organization, nombre, agencia, printed name"),
    ("diagnoses[].line", "", "diagnosis code and name, code and diagnosis, diagnosis and code, diagnosis with code, icd 10 code and description, "
     "dsm 5 icd 10 diagnosis, diagnosis icd 10, diagnosis icd 10 code"),
    (f"{_DOING}.when_text", "", "frequency and duration, frequency duration, how often and how long, frecuencia y duracion, frequency length"),
    ("problems[].goals[].objectives_text", "", "objectives for this goal, list of objectives"),
    (f"{_TREE}.interventions_text", "", "interventions for this objective"),
)  # fmt: skip
# Values that no plan has. Each names itself, so that nothing else is put there.
_FOREIGN: tuple[tuple[str, str], ...] = (
    ("signature", "signature, client signature, patient signature, firma, sign here, signed, signature of patient, initial here, "
     "initials, signature of provider, signed by, electronic signature, x, firma del paciente, witness, witness signature, testigo"),
    ("date beside a signature", "signature date, date signed, date of signature, fecha de firma, date signature, signed date, sign date, signed on"),
    ("county", "county, parish, county of residence, condado"),
    ("country", "country, province, nation, pais, country of citizenship, country of birth, nationality"),
    ("another address", "previous address, previous physical address, employer address, billing address, school address, work address, court address, "
     "insurance address, insured address, previous street"),
    ("another name", "other name, alias, maiden name, aka, other names used, also known as, other names you might be known as, mother maiden name"),
    ("another number", "alien number, alien registration number, registration number, worker number, invoice number, session number, page number, "
     "driver license number, driver license, license plate, account identifier, uscis online account number, fed emp id, "
     "employer id, federal emp id, bar number, room number, order number, check number, receipt number, passport number, "
     "a number, private plan number, confirmation number, unit number, bed number, phone extension, extension, ext, petition number, "
     "i 94 number, tracking number, certificate number, reference number, identification card number, work order"),
    ("a court", "court, trial court, court address, court telephone number, judicial circuit, district, judge, name of court, court county, "
     "probate court, jurisdiction, filing date, style of case, case type code, party type code, party type description"),
    ("the body", "height, weight, hair color, eye color, color of hair, color of eye, blood pressure, pulse, temperature, bmi, blood type, "
     "vital sign, distinguishing mark, complexion, build"),
    ("place of birth", "place of birth, birthplace, lugar de nacimiento, city of birth, country of birth, state of birth"),
    ("another date", "date received, date entered, date sent, filing date, date of service, appointment date, date of last visit, "
     "date of hire, date of marriage, date of divorce, date of death, date of accident, accident date, session date, "
     "date of discharge, discharge date, date of last use of service, last icans date, date filed, date issued, period of care, "
     "date of last physical, date of last exam, date of session, date of loss, hearing date, date of arrest, expiration date of card, "
     "deadline, date met, date achieved, date resolved, completion date, date completed, date objective met, date attained, "
     "actual completion date, fecha de logro, date accomplished, date of initial plan, initial plan date, date of note, revocation date, date submitted, date mailed"),
    ("a time", "time, start time, end time, time in, time out, hora, am pm, time of day, begin time"),
    ("an amount of money", "amount, income, wage, gross income, monthly income, total, total charge, balance due, amount paid, charge, rent, "
     "salary, annual income, household income, deduction, tax, expense, cost, price, fee paid, monthly payment, resources, assets value, tip, balance"),
    ("an employer", "employer phone, employer telephone, employer contact, employer city, employer state, employer zip, supervisor name"),
    ("another phone", "fax, fax number, other phone, other phone number, alternate phone, message phone, phone extension, court phone, alternate number"),
    ("a count", "household size, number of children, how many people, number in household, number of dependent, total number, size of family"),
    ("a vehicle or property", "vehicle, make, model, license plate, vin, property, bank, account type, bank name, name of bank, savings account, checking account"),
    ("citizenship", "citizen, us citizen, immigration status, citizenship, alien, naturalization, tribe, tribal, voter"),
    ("other", "other, otro, specify, if other specify, if yes explain, explain, other specify, please explain, please describe, describe, "
     "other information, additional information, notes, comments, remarks, explanation, reason, if no why not, location"),
    ("another service", "medication management, psychotherapy, case management, code, procedure, place of service, modifier, diagnosis pointer, charges, days or units, rendering provider id, "
     "accident place, auto accident, other accident, employment related, resubmission code, original reference number, reserved for local use, "
     "signature on file, accept assignment, emg, epsdt"),
    ("function", "financial, vocational, legal financial, transportation, daily living, self care, community, social relationship, hygiene, safety concerns"),
)  # fmt: skip
_FAMILY_WORDS = {
    "diagnoses": "diagnosis, dsm, icd, diagnostico, diagnostic",
    "problems": "problem, goal, objective, intervention, meta, objetivo, service plan, treatment plan, plan of care, need",
    "history.medications": "medication, prescription, medicamento, drug, medicine, dosage",
    "history.substance_use": "substance, alcohol, drug use, sustancia, substance abuse",
    "measures": "score, measure, scale, screening, outcome, instrument, escala",
    "coverage": "insurance, coverage, payer, policy, seguro, medicaid, insured, subscriber",
    "authorization": "authorization, autorizacion, utilization",
    "safety_plan": "safety plan, warning sign, coping, crisis plan, plan de seguridad, people i can ask, people and place, professional and agency, "
    "professionals and agencies, mind off, distract, surroundings safe, environment safe",
    "referral": "referral, referred, referencia, referido, referring",
    "discharge": "discharge, aftercare, transition, alta",
    "consents": "release, disclose, disclosure, authorization to release, recipient, consent to release, authorize",
    "contract": "contract, agreement, contrato",
    "reviews.history": "review, revision, progress review, plan review",
    "accommodations": "accommodation, adaptacion",
    "history": "history, historia, antecedente, background",
    "responsibilities": "responsibility, responsabilidad, will",
    "participation": "participation, agree, copy, participacion, signature",
    "coordination": "physician, doctor, coordination of care, pharmacy, other provider, pcp, medico, farmacia, dentist, specialist",
    "assessment": "assessment, evaluation, evaluacion",
    "snap": "strength, need, ability, preference, fortaleza",
    "presenting_problem": "presenting, reason for, complaint, motivo",
    "legal": "legal, court, juzgado, probation",
    "telehealth": "telehealth, telesalud",
    "barriers": "barrier, barrera",
    "blended_care": "online, blended",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Concept:
    """One value: `path` ("" where a plan has none), the words for it, whose it is, and where it belongs.

    `kind` is the field's (text, date, flag, choice, list, rows, number); `family` names the part of a plan that it
    stands in, whose words must be near where the phrase alone could mean several things.
    """

    id: str
    path: str
    shown: str
    kind: str
    owner: str
    family: str
    phrases: tuple[Phrase, ...]
    choices: tuple[str, ...] = ()
    is_identifier: bool = False


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts: those of the plan's fields, those that paper makes of them, those that no plan has."""
    return (*_of_fields(), *_made(), *_foreign())


@cache
def by_phrase() -> dict[str, tuple[tuple[Phrase, Concept], ...]]:
    """Every phrase by its first word."""
    table: dict[str, list[tuple[Phrase, Concept]]] = {}
    for concept in concepts():
        for phrase in concept.phrases:
            table.setdefault(phrase[0], []).append((phrase, concept))
    return {first: tuple(found) for first, found in table.items()}


@cache
def by_words() -> dict[frozenset[str], tuple[tuple[Phrase, Concept], ...]]:
    """Every phrase of two words and more by its set of words, for captions in another order."""
    table: dict[frozenset[str], list[tuple[Phrase, Concept]]] = {}
    for concept in concepts():
        for phrase in concept.phrases:
            content = frozenset(word for word in phrase if word not in STOP)
            for key in {frozenset(phrase), content}:
                if len(key) > 1:
                    table.setdefault(key, []).append((phrase, concept))
    return {key: tuple(found) for key, found in table.items()}


@cache
def known_words() -> frozenset[str]:
    """Every word of the vocabulary and of owners."""
    return (
        frozenset(word for concept in concepts() for phrase in concept.phrases for word in phrase)
        | owners.owner_words()
    )


@cache
def meanings(phrase: Phrase) -> int:
    """In how many families a phrase occurs: 1 is telling, more need their surroundings."""
    return len({c.family or c.owner or c.id for p, c in by_phrase().get(phrase[0], ()) if p == phrase})


@cache
def family_phrases() -> tuple[tuple[Phrase, str], ...]:
    """Words that name a part of the plan when they stand in a heading."""
    return tuple((words(one.strip()), family) for family, text in _FAMILY_WORDS.items() for one in text.split(","))


@cache
def concept_of(path: str) -> Concept | None:
    """The concept of a name of the paper view, lists as `[]`."""
    return next((one for one in concepts() if one.path == path), None)


def _of_fields() -> Iterator[Concept]:
    for field in fields():
        if (
            field.path.startswith(_LEFT_OUT)
            or field.path.endswith((".id", "_refs"))
            or field.path in ("barriers[].barrier",)
        ):
            continue
        is_made = field.path in _ON_PAPER
        if field.kind in ("section", "rows") and not is_made:
            continue
        path = (
            _ON_PAPER.get(field.path, field.path).replace("staff[].", "staff[0].")
            if not is_made
            else _ON_PAPER[field.path]
        )
        phrases = _phrases(field)
        if phrases:
            yield Concept(
                field.path,
                path,
                _shown(path, field.kind),
                field.kind,
                _owner(field.path),
                family_of(path),
                phrases,
                field.choices,
                str(field.mark) == "identifier",
            )


def _made() -> Iterator[Concept]:
    for path, owner, text in _MADE:
        yield Concept(path, path, path, "text", owner, family_of(path), _split(text), (), owner == owners.PATIENT)


def _foreign() -> Iterator[Concept]:
    for name, text in _FOREIGN:
        yield Concept(f"({name})", "", "", "text", "", "", _split(text))


def _phrases(field: FieldWords) -> tuple[Phrase, ...]:
    titles = () if field.path in _TITLE_TOO_WIDE else (field.title, field.title_es)
    return _split(", ".join((*titles, *field.aliases)))


# "Review date" on a form is nearly always the next one's; "Unit" is nearly always somebody's flat or a payer's count.
# "Dirección" is an address.
_TITLE_TOO_WIDE = ("reviews.history[].date", f"{_TREE}.measure.unit", f"{_TREE}.measure.direction")


@cache
def list_phrases(path: str) -> tuple[Phrase, ...]:
    """The words for the list that a value stands in: "People I can ask for help" for the names under it."""
    parent = path[: path.rindex("[]")] if "[]" in path else ""
    words_of = next((field for field in fields() if field.path == parent), None)
    return _phrases(words_of) if words_of else ()


def _split(text: str) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in dict.fromkeys(words(one.strip()) for one in text.split(",")) if phrase)


def _shown(path: str, kind: str) -> str:
    if kind == "date" or path.endswith(("onset", "last_use")):
        return f"{path} | date"
    if kind == "flag":
        return f"{path} | yesno"
    if kind == "list":
        return f'{path} | commas("; ")'
    return f"{path}_title" if kind == "choice" else path


def _owner(path: str) -> str:
    for start, owner in (
        ("patient.emergency_contact.", owners.EMERGENCY),
        ("patient.contact_ok", ""),
        ("patient.", owners.PATIENT),
        ("legal.guardian.", owners.GUARDIAN),
        ("coverage[].subscriber.", owners.SUBSCRIBER),
        ("coverage[].", owners.INSURANCE),
        ("agency.", owners.AGENCY),
        ("staff[].", owners.CLINICIAN),
        ("plan.prepared_by", owners.CLINICIAN),
        ("coordination[].", owners.PHYSICIAN),
        ("referral.referrer", owners.REFERRER),
    ):
        if path.startswith(start):
            return owner
    return ""


@cache
def family_of(path: str) -> str:
    """The part of a plan that a name stands in, "" where its words tell enough (the patient, the plan's own data)."""
    if path.startswith("legal.guardian"):
        return ""
    if ".authorization." in path:
        return "authorization"
    for family in sorted(_FAMILY_WORDS, key=len, reverse=True):
        if path.startswith((f"{family}.", f"{family}[", f"contract.{family}.")) or path == family:
            return family
    return ""
