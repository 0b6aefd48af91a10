"""Notices and releases: HIPAA and 42 CFR Part 2."""

from typing import Annotated, Literal

from generator.plan.base import ID, PLAIN, Part, say
from generator.plan.types.choice import Tidy
from generator.plan.types.day import Day
from generator.plan.types.flag import Flag
from generator.plan.types.partial_date import PartialDate
from generator.plan.types.text import Text

Notice = Annotated[Literal["full", "short"], Tidy]


class Confidentiality(Part):
    """Which notices apply and when they were given."""

    part2_applies: Flag | None = say(
        "42 CFR Part 2 applies",
        "Se aplica 42 CFR Parte 2",
        mark=PLAIN,
        also="42 cfr part 2, part 2 record, 42 cfr part 2 record",
    )
    redisclosure_notice: Notice | None = say("Redisclosure notice", "Aviso de redivulgación", eg="full", mark=PLAIN)
    hipaa_notice_given_on: Day | None = say(
        "Privacy notice given on",
        "Aviso de privacidad entregado el",
        eg="2026-10-20",
        also="privacy notice received on, notice of privacy practices received, hipaa notice given on, notice received on",
    )
    part2_summary_given_on: Day | None = say("Part 2 summary given on", "Resumen de la Parte 2 entregado el")


class Consent(Part):
    """One release of information (45 CFR 164.508(c); 42 CFR 2.31)."""

    patient: Text | None = say("Whose record", "De quién es el expediente", mark=ID)
    discloser: Text | None = say(
        "Who may share",
        "Quién puede compartir",
        mark=PLAIN,
        also="person or organization disclosing, information from, disclosing party, released by, from agency",
    )
    recipients: list[Text] = say(
        "Who may receive",
        "Quién puede recibir",
        of=list,
        mark=ID,
        also="recipient, recipients, release to, disclose to, name of recipient, to be released to, information to be released to, receiving party, disclosed to, name of person or organization, person or organization",
    )
    information: Text | None = say(
        "What may be shared",
        "Qué se puede compartir",
        also="information to be released, information to be disclosed, specific information, type of information, information requested",
    )
    purpose: Text | None = say(
        "Purpose",
        "Propósito",
        also="purpose of disclosure, disclosure purpose, reason for disclosure, purpose of release, proposito, for the purpose of",
    )
    expires: PartialDate | Text | None = say(
        "Expires",
        "Vence",
        "A date or an event",
        eg="end of treatment",
        also="expiration date, expiration, expiration date or event, this authorization expires, consent expires, consent ends on, this consent ends on, ends on",
    )
    revocation_text: Text | None = say("How to take it back", "Cómo revocarla", mark=PLAIN)
    conditioning_text: Text | None = say("Whether care depends on it", "Si la atención depende de ella", mark=PLAIN)
    redisclosure_text: Text | None = say("Redisclosure", "Redivulgación", mark=PLAIN)
    part2: Flag | None = say("Part 2 consent", "Consentimiento de la Parte 2", mark=PLAIN)
    tpo_single_consent: Flag | None = say(
        "Single consent for treatment, payment, operations",
        "Consentimiento único para tratamiento, pago y operaciones",
        mark=PLAIN,
    )
    signed_by: Text | None = say("Signed by", "Firmada por", mark=ID)
    authority: Text | None = say(
        "Authority to sign", "Autoridad para firmar", also="representative authority, description of authority"
    )
    signed_on: Day | None = say("Consent signed on", "Fecha de la firma del consentimiento")
    copy_of_consent_goes_with_records: Flag | None = say(
        "A copy goes with the records", "Una copia acompaña los expedientes", mark=PLAIN
    )
