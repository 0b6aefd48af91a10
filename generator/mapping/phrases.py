"""Words of forms, made alike: case, accents, plurals, joined names (`ptFirstName`) and the short forms that forms use."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

Phrase = tuple[str, ...]

_SHORT = {
    "client": "patient",
    "participant": "patient",
    "consumer": "patient",
    "dob": "date of birth",
    "ssn": "social security number",
    "ss": "social security",
    "birthdate": "date of birth",
    "birthday": "date of birth",
    "bday": "date of birth",
    "fname": "first name",
    "firstname": "first name",
    "lname": "last name",
    "lastname": "last name",
    "familyname": "family name",
    "givenname": "given name",
    "fullname": "full name",
    "mname": "middle name",
    "mi": "middle initial",
    "middleinitial": "middle initial",
    "pt": "patient",
    "pat": "patient",
    "ph": "phone",
    "tel": "telephone",
    "tele": "telephone",
    "telephone": "phone",
    "addr": "address",
    "zipcode": "zip code",
    "num": "number",
    "numero": "number",
    "no": "number",
    "nbr": "number",
    "acct": "account",
    "ins": "insured",
    "rel": "relationship",
    "dx": "diagnosis",
    "diagnoses": "diagnosis",
    "diagnostic": "diagnosis",
    "dr": "doctor",
    "tx": "treatment",
    "hx": "history",
    "rx": "prescription",
    "med": "medication",
    "meds": "medication",
    "sig": "signature",
    "sign": "signature",
    "emerg": "emergency",
    "auth": "authorization",
    "freq": "frequency",
    "obj": "objective",
    "objs": "objective",
    "interv": "intervention",
    "org": "organization",
    "lang": "language",
    "occ": "occupation",
    "ste": "suite",
    "appt": "appointment",
    "apartment": "apt",
    "yr": "year",
    "yy": "year",
    "yyyy": "year",
    "mm": "month",
    "dd": "day",
    "cellphone": "cell phone",
    "homephone": "home phone",
    "workphone": "work phone",
    "hin": "member id",
    "phn": "member id",
    "id": "id",
    "addresses": "address",
    "sexo": "sexo",
    "aeb": "as evidenced by",
    "pcp": "primary care physician",
    "mrn": "medical record number",
    "bz": "business",
    "ec": "emergency contact",
    "prev": "previous",
    "gender": "gender",
}
STOP = frozenset(
    "the a an of to for in on at and or is are was be been your you my our his her their its please enter provide list "
    "if any as by with from this that it will do does what which who only above below each per select choose type print "
    "here i s t one el la los las de del y o en su sus un una por para con al se que es mm dd yyyy applicable required "
    "optional see use "
    "information line block string field value data".split()
)
_NOISE = frozenset(
    "form subform topmostsubform page field text txt fill tb chk check checkbox box untitled undefined unnamed "
    "copy fieldmark row col column cell table tbl textfield textbox edit input dropdown combo ddl radio button group "
    "bodytext body line part section formatted display p1 p2 p3 f1 f2 c1 c2 s1 s2 x y n".split()
)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a printed text: lower case, no accents, short forms written out, plurals cut."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("#", " number "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"'s\b|s'(?=\s)", "", plain)
    plain = re.sub(r"\bn\.?o\b\.? ?", "number ", plain) if "º" in text or "N°" in text else plain
    plain = re.sub(r"\be-mail\b", "email", plain.replace("base-line", "baseline"))
    plain = re.sub(r"\bd\.?\s?o\.?\s?b\b\.?", "dob", plain)
    found = re.findall(r"[a-z]+|[0-9]+", plain)
    return tuple(_one(word) for token in found for word in _SHORT.get(token, token).split())


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a field's own name, with the noise of the tools that made it taken out."""
    last = name
    if re.search(r"\[\d+\]", name):  # XFA: form1[0].#subform[0].P1_Line6b_StreetNumberName[0]
        last = re.sub(r"\[\d+\]", "", name.rpartition(".")[2] if not name.endswith(".") else name)
        last = re.sub(r"^(P\d+|S\d+[A-Z]?|Pt\d+|Part\d+)_?(Line\d+[a-z]?)?_?", "", last)
    last = re.sub(r"__Fieldmark__[\d_]+|_[0-9]{6,}$", "", last)
    parted = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", last)
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", parted)
    found = [w for w in words(re.sub(r"[_.#\-/]+", " ", parted)) if w not in _NOISE]
    return tuple(w for w in found if not (len(w) == 1 and w.isalpha() and w not in "i"))


def ordinals(text: str) -> tuple[int, ...]:
    """The numbers that a caption or name carries, in order: "Objective 1.2" is (1, 2), "drugs#0" (0,)."""
    return tuple(int(n) for n in re.findall(r"(?<![0-9])[0-9]{1,2}(?![0-9])", text))


def split_joined(word: str, known: Collection[str]) -> tuple[str, ...]:
    """`legalcustodian` as two known words; the word itself where that does not go."""
    if len(word) < 7 or word in known:
        return (word,)
    for cut in range(3, len(word) - 2):
        if word[:cut] in known and _one(word[cut:]) in known:
            return (word[:cut], _one(word[cut:]))
    return (word,)


def _one(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
