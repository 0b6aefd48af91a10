"""The texts of a plan: every string value except ids and keys, each with its path; and the names that stand in it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.plan.told import Told

# Keys whose value points at something: an id of the plan, of a person under staff, of an objective, of a code list.
_IDS = frozenset(
    "schema id record_number program prepared_by assessor identified_by responsible_staff diagnosed_by supervisor"
    " diagnosis_refs icd10cm code objective npi ein ssn ssn_last4 number member_id group_no license_no".split()
)
_NAMES = frozenset(
    "first middle last suffix preferred name referrer prescriber patient provider signed_by trusted_person recipients"
    " participants discloser requested_by".split()
)

_PEOPLE = frozenset("patient legal staff signatures".split())


class Text(NamedTuple):
    """One text: where it stands, its key and the first key of its path, and whether a person's name is written there."""

    path: str
    key: str
    value: str

    @property
    def section(self) -> str:
        """The first key of the path: `contract`, `problems`."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]

    @property
    def is_own_words(self) -> bool:
        """Whether these are the person's own words, quoted."""
        return self.key == "patient_words"

    @property
    def is_name(self) -> bool:
        """Whether this field holds a name."""
        return self.key in _NAMES

    @property
    def is_person(self) -> bool:
        """Whether this field holds the name of a person of the plan, and of nothing else."""
        return self.key in _NAMES and self.section in _PEOPLE


def texts_of(values: Iterable[Told]) -> list[Text]:
    """Every text that is not blank, in the order of the file."""
    made = tuple.__new__  # as Text(...) does in the end; a plan has hundreds
    return [
        made(Text, (path, key, value))
        for path, general, key, value in values
        if type(value) is str and (key not in _IDS or not general) and not value.isspace()
    ]


def name_words(text: str) -> list[str]:
    """The words of a name, without marks around them, lower case, curly apostrophes made straight."""
    return [word for raw in text.replace("’", "'").split() if (word := raw.strip(".,;:()\"'[]¡!¿?").casefold())]
