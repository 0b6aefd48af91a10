"""Whose data a slot asks for. Most wrong fills put the patient into somebody else's blank, so this is asked first."""

from collections.abc import Sequence
from functools import cache, lru_cache

from generator.mapping.phrases import words

PATIENT, GUARDIAN, SUBSCRIBER, EMERGENCY = "patient", "guardian", "subscriber", "emergency contact"
CLINICIAN, AGENCY, INSURANCE, PHYSICIAN, OTHER = "clinician", "agency", "insurance", "other provider", "another person"
EMPLOYER, SUPERVISOR, REFERRER = "employer", "supervisor", "referrer"

# The longest phrase found wins; of equal ones the first owner here.
_WORDS: dict[str, str] = {
    OTHER: "spouse, spouse partner, partner, wife, husband, other party, other parties, other parties1, respondent, "
    "defendant, opposing party, household member, other household member, dependent, children in household, sibling, "
    "brother, sister, attorney, lawyer, judge, court, clerk, notary, interpreter name, translator, landlord, school "
    "name, employer address, employer phone, employee, worker number, recipient, disclosee, released to, release to, "
    "disclose to, preparer, witness, reference, roommate, children, second parent, parent 2, person 2, person2, "
    "member 2, co applicant, absent parent, noncustodial parent, teacher, trial court, county office, caseworker, "
    "office use, staff use, other insured, other insurance, reviewer, utilization reviewer, conyuge, esposo, esposa, "
    "in care of, father, mother, other ins, to, from, person 3, member 3, officer, private plan, interpreter, trustee, "
    "party, party 2, third party, agent, owner, director, subcontractor, other individual, other entity, seller, "
    "buyer, beneficiary designation, heir, grantor, donor, applicant 2, secondary applicant, adult 2, "
    "submitted by, submitted on behalf, filed by, served by, process server, arrendador, abogado, testigo, hermano, hermana",
    EMPLOYER: "employer, empleador, place of employment, patron, petitioner employer, patient employer, client employer, "
    "applicant employer, member employer, your employer, respondent employer, employer business",
    REFERRER: "referred by, referral source, referring person, referring agency, referring party, referral contact, "
    "referido por, fuente de referencia, persona que refiere",
    GUARDIAN: "guardian, parent, legal guardian, parent guardian, custodian, legal custodian, personal "
    "representative, legal representative, representative, authorized representative, authorized rep, rep, tutor, padre o tutor, caregiver",
    SUBSCRIBER: "subscriber, insured, policy holder, policyholder, cardholder, titular, insured person",
    EMERGENCY: "emergency contact, emergency, in case of emergency, contacto de emergencia, contact person",
    PHYSICIAN: "primary care physician, family physician, family doctor, primary care provider, medico de cabecera, "
    "physician, doctor, referring provider, outside provider, other provider, hospital, pharmacy, other clinic, "
    "prescriber, primary physician, pcp, medico, doctora, farmacia, dentist, specialist, psychiatric provider",
    SUPERVISOR: "supervisor, clinical supervisor, supervisora",
    CLINICIAN: "provider, therapist, counselor, clinician, examiner, practitioner, worker, case manager, staff, "
    "psychologist, psychiatrist, social worker, primary counselor, terapeuta, consejero, consejera, profesional, "
    "rendering provider, evaluator, prepared by, completed by, intake worker, assessor, coordinator",
    AGENCY: "agency, facility, organization, clinic, institution, billing provider, center, practice, treatment "
    "center, agencia, clinica, program, office",
    INSURANCE: "insurance, insurer, payer, payor, health plan, medicaid, medicare, carrier, seguro, aseguradora, "
    "policy, coverage",
    PATIENT: "patient, client, consumer, participant, member, applicant, claimant, individual, youth, child, student, "
    "resident, petitioner, user, users1, you, your, person served, self, paciente, cliente, solicitante, minor, "
    "primary member, demographic, information about you, joven, beneficiary, plaintiff, about you, household, "
    "person 1, name of youth, customer, my",
}  # fmt: skip


@cache
def _table() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(
        (phrase, owner)
        for owner, text in _WORDS.items()
        for phrase in dict.fromkeys(words(one.strip()) for one in text.split(","))
        if phrase
    )


@cache
def owner_words() -> frozenset[str]:
    """Every single word that only says whose data it is."""
    return frozenset(phrase[0] for phrase, _ in _table() if len(phrase) == 1)


@cache
def is_owner_phrase(phrase: tuple[str, ...]) -> bool:
    """Whether a phrase says only whose data it is: "insured", "family doctor"."""
    return set(phrase) <= owner_words() or any(phrase == one for one, _ in _table())


@lru_cache(maxsize=4096)
def owner_in(tokens: tuple[str, ...]) -> str | None:
    """Whom a text names; None where it names nobody. The longest phrase wins, of equal ones the one that comes first.

    "Patient spouse name" is the spouse's: the patient is there to say whose spouse.
    """
    best: tuple[int, int, str] | None = None
    for phrase, owner in _table():
        if phrase in (("to",), ("from",)) and (tokens[:1] != phrase or len(tokens) > 4 or "date" in tokens):
            continue
        place = _find(tokens, phrase)
        if place is not None and not (owner == PATIENT and _is_followed(tokens, place + len(phrase))):
            found = (len(phrase), -place, owner)
            if best is None or found[:2] > best[:2]:
                best = found
    return best[2] if best else None


def _is_followed(tokens: Sequence[str], place: int) -> bool:
    """Whether another person or place is named right here."""
    return any(
        owner not in (PATIENT, AGENCY, INSURANCE) and len(phrase[0]) > 2 and phrase not in (("to",), ("from",))
        and tuple(tokens[place : place + len(phrase)]) == phrase
        for phrase, owner in _table()
    )  # fmt: skip


def _find(tokens: Sequence[str], phrase: Sequence[str]) -> int | None:
    size = len(phrase)
    for i in range(len(tokens) - size + 1):
        if tuple(tokens[i : i + size]) == tuple(phrase):
            return i
    return None
