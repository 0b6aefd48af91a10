"""Whose action a sentence tells: the subject of an objective, English or Spanish.

Only the subject decides. Staff named elsewhere ("Darnell will tell staff", "with help from staff, Ana will ...") is fine,
and a sentence without a subject ("Attend 3 groups", "asistir a ...") is the person's own.
"""

import re
from collections.abc import Callable, Collection

_HEADS = frozenset(
    """staff therapist therapists counselor counselors counsellor counsellors clinician clinicians nurse nurses nursing
    psychiatrist psychiatrists psychologist psychologists doctor doctors physician physicians prescriber prescribers
    provider providers team program programme agency clinic we caseworker caseworkers psychotherapist psychotherapists
    terapeuta terapeutas consejero consejera consejeros consejeras personal equipo enfermero enfermera enfermeros
    enfermeras médico médica médicos médicas medico medica psiquiatra psiquiatras psicólogo psicóloga psicologo
    psicologa programa agencia nosotros""".split()
)
_PAIRS = frozenset(
    """case manager|case managers|social worker|social workers|peer specialist|peer specialists|recovery coach
    |recovery coaches|staff member|staff members|team member|team members|case worker|case workers|care coordinator
    |care manager|peer counselor|trabajador social|trabajadora social|trabajadores sociales""".replace(
        "\n    ", ""
    ).split("|")
)
_SPANISH_HEADS = frozenset(
    """terapeuta terapeutas consejero consejera consejeros consejeras personal equipo enfermero enfermera enfermeros
    enfermeras médico médica médicos médicas medico medica psiquiatra psiquiatras psicólogo psicóloga psicologo psicologa
    programa agencia doctor doctora""".split()
)
_DETERMINERS = frozenset(
    "the a an his her their our your its this each every all el la los las un una su sus nuestro nuestra mi".split()
)
_BEFORE_HEAD = frozenset(
    """assigned primary clinical treatment nursing medical mental health outpatient inpatient school family child youth
    individual group psychiatric registered licensed lead substance use abuse addiction recovery care crisis unit day
    night evening residential behavioral behavioural program agency on-call direct front-line trained senior new same
    couple couples art music occupational speech drug alcohol trauma intake iop php act staff charge""".split()
)
_TITLES = frozenset("dr dra doctor doctora mr mrs ms miss sr sra srta".split())
_MEMBER_OF = re.compile(
    r"^(?:an?\s+|the\s+)?(?:member|members|someone|somebody|one|anyone|person)\s+(?:of|from|on)\s+"
    r"(?:the\s+|our\s+)?(?:\w+\s+){0,2}(?:staff|team|agency|program)\b"
)
_MODAL = re.compile(
    r"(?<=[\w.)'’])\s+(?:will|shall|should|must|can|would|may|needs?\s+to|is\s+to|are\s+to|is\s+going\s+to|are\s+going\s+to"
    r"|va\s+a|van\s+a|debe|deben|puede|pueden)\b|(?<=[\w.)])['’]ll\b",
    re.IGNORECASE,
)
_SPANISH_FUTURE = re.compile(r"(?<=\s)(?!detrás|atrás|además)\w+(?:rá|rán|remos)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:by|with|within|after|before|when|whenever|if|in|on|at|during|once|each|every|upon|given|for|from|until|as|using"
    r"|through|beginning|starting|over|to|para|antes|dentro|en|con|cuando|después|al|cada|durante|hasta|a)\b",
    re.IGNORECASE,
)
_LEADING_TIME = re.compile(
    r"^(?:by|within|before|in|on|after|starting|beginning|over|during|antes del?|para el?|dentro de|en)\s+"
    r"(?:the\s+next\s+|the\s+|next\s+|el\s+)?(?:[\d/.-]+(?:\s+(?:days?|weeks?|months?|years?|d[ií]as|semanas|meses))?"
    r"|\w+\s+\d{1,2}(?:\s*,?\s*\d{4})?|discharge|\d+\s+de\s+\w+(?:\s+de\s+\d{4})?)\s*,?\s+",
    re.IGNORECASE,
)
# After the subject where no modal verb stands: "Therapist to provide", "Staff monitors".
_STAFF_VERBS = frozenset(
    """to is are provides provide monitors monitor assists assist helps help meets meet teaches teach offers offer
    encourages encourage gives give supports works reviews review conducts conduct educates educate assesses assess
    facilitates facilitate refers refer schedules calls checks reminds remind coordinates coordinate administers
    administer observes observe documents completes ensures ensure leads sees develops develop discusses explores
    trains contacts arranges ofrece ofrecen ayuda ayudan da dan enseña enseñan revisa revisan evalúa evalúan apoya
    apoyan""".split()
)
_AND = re.compile(r"\s+(?:and|or|&|y|e|o|u)\s+|\s*,\s*|\s*/\s*", re.IGNORECASE)
_CUT = re.compile(r"\s+(?:of|from|at|in|on|with|for|who|that|which|de|del|en|con|que)\s+.*$", re.IGNORECASE)


def acting(statement: str) -> tuple[str, str, bool]:
    """The sentence bare, the words before the first verb that tells what will be done, and whether there is one."""
    text = " ".join(statement.replace("’", "'").split()).strip("\"'“”«»•*-–—· ")
    text = _LEADING_TIME.sub("", text)
    return (text, *_subject(text))


def is_about_staff(
    statement: str,
    staff_names: Collection[str] = (),
    own_names: Collection[str] = (),
    read: Callable[[str], tuple[str, str, bool]] = acting,
) -> bool:
    """Whether the one who acts in the sentence is a professional.

    `staff_names` are the words of the staff's names and `own_names` those of the patient's, lower case: a patient may be
    called Staff, or as a counselor is. `read` is `acting`, or what knows its answers already.
    """
    text, subject, has_verb = read(statement)
    if any(word.strip(".,;:").lower() in own_names for word in (subject or text).split()[: 20 if has_verb else 1]):
        return False
    if has_verb:
        return bool(subject) and all(_is_professional(one, staff_names) for one in _AND.split(subject) if one.strip())
    words = [word.strip(".,;").lower() for word in text.split()[:5]]
    for size in (4, 3, 2, 1):
        if len(words) > size and (words[size] in _STAFF_VERBS or words[size - 1].endswith(":")):
            name = " ".join(words[:size]).rstrip(":")
            if _is_professional(name, staff_names):
                return True
    return False


def _subject(text: str) -> tuple[str, bool]:
    """The words before the first verb that tells what will be done, and whether there is one."""
    found = [match for pattern in (_MODAL, _SPANISH_FUTURE) if (match := pattern.search(text))]
    if not found:
        return "", False
    before = text[: min(match.start() for match in found)].strip()
    while "," in before and _LEADING.match(before):
        before = before.partition(",")[2].strip()
    return before, True


def _is_professional(phrase: str, staff_names: Collection[str]) -> bool:
    phrase = phrase.strip().lower()
    if _MEMBER_OF.match(phrase):
        return True
    words = [word.strip('.,;:()"') for word in _CUT.sub("", phrase).split()]
    words = [word for word in words if word]
    while words and (words[0] in _DETERMINERS or words[0].endswith("'s")):
        words = words[1:]
    if not words:
        return False
    if words[0] in _TITLES and len(words) > 1:
        titled = words[0] in ("dr", "dra", "doctor", "doctora")
        return titled or all(word in staff_names for word in words[1:])
    if all(word in staff_names for word in words):
        return True
    if words[0] in _SPANISH_HEADS or " ".join(words[:2]) in _PAIRS:
        return len(words) < 4
    if " ".join(words[-2:]) in _PAIRS:
        return all(word in _BEFORE_HEAD for word in words[:-2])
    return words[-1] in _HEADS and all(word in _BEFORE_HEAD or word in _HEADS for word in words[:-1])
