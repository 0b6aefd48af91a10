"""A signature as it goes on paper, and whose place on a form is whose.

A form says in its own words who signs where ("Client signature", "Firma del tutor"); a place that names nobody is left.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What is put in a signature's place: a drawing (PNG) or a typed name, or neither, and the small line below it.

    `place` is the number of the signature in the plan, from 0; `said` the word that forms print for how it was signed.
    """

    place: int
    role: str
    name: str
    caption: str
    said: str = ""
    image: bytes = b""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A document with marks on it, and the numbers of the signatures that found their place."""

    data: bytes
    placed: tuple[int, ...]


_ROLES: Mapping[str, str] = {
    "guardian": r"guardian|parent|conservator|legal(ly)? (authorized )?rep\w*|personal rep\w*|tutor\w*|padre|madre|custod\w*",
    "interpreter": r"interpret\w*|translator|int[eé]rprete|traductor\w*",
    "witness": r"witness\w*|testigo\w*",
    "supervisor": r"supervis\w*",
    "prescriber": r"prescriber|aprn|nurse practitioner",
    "physician": r"physician|doctor|psychiatrist|m\.?d\.?|m[eé]dic\w*|psiquiatra",
    "family": r"family|spouse|significant other|familia\w*|c[oó]nyuge",
    "clinician": r"clinician|therapist|counsel+or|provider|staff|case manager|social worker|prepared by|assessor"
    r"|practitioner|terapeuta|consejer[oa]|profesional|proveedor|personal cl[ií]nico|preparado por",
    "patient": r"patient|client|person served|individual|consumer|participant|member|resident|student|youth"
    r"|recipient|paciente|cliente|usuari[oa]|participante|miembro|persona|joven",
}
# "the client's guardian", "parent of the client": one person, not two
_BELONGS = re.compile(r"^['’]s?\b|\b(of|del?)\b", re.IGNORECASE)
_WORDS = {role: re.compile(rf"\b({words})\b", re.IGNORECASE) for role, words in _ROLES.items()}


def roles_in(label: str) -> tuple[str, ...]:
    """The roles that a label of a place names, in its order; "client or guardian" names two."""
    found = {role: match.span() for role, words in _WORDS.items() if (match := words.search(label))}
    if "guardian" in found and "patient" in found:
        first, second = sorted((found["guardian"], found["patient"]))
        if _BELONGS.search(label[first[1] : second[0]]):
            del found["patient"]
    return tuple(sorted(found, key=lambda role: found[role]))


def whose(labels: Sequence[str], marks: Sequence[Mark]) -> dict[int, Mark]:
    """For each place, by its label, the mark that goes there; every mark in one place, every place one mark.

    Places that name a role alone are given out first, so that "client or guardian" takes who has no place of their own.
    """
    named = [roles_in(label) for label in labels]
    left = list(marks)
    given: dict[int, Mark] = {}
    for is_alone in (True, False):
        for place, roles in enumerate(named):
            if place in given or (len(roles) == 1) is not is_alone:
                continue
            mark = next((one for role in roles for one in left if one.role == role), None)
            if mark is not None:
                given[place] = mark
                left.remove(mark)
    return given
