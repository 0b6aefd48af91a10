"""The texts of a plan: every string value except ids and keys, each with its path; and the names that stand in it."""

import re
from typing import NamedTuple

from generator.plan import Plan
from generator.plan.base import Part

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


def texts_of(plan: Plan) -> list[Text]:
    """Every text that is not blank, in the order of the file."""
    found: list[Text] = []
    _take_texts(plan, "", found)
    return found


def _take_texts(part: Part, path: str, found: list[Text]) -> None:
    values = part.__dict__
    for key, name, has_text in _layout(type(part)):
        value = values[name]
        if not value:
            continue
        here = f"{path}.{key}" if path else key
        if isinstance(value, str):
            if has_text and not value.isspace():
                found.append(Text(here, key, value))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, Part):
                    _take_texts(item, f"{here}[{i}]", found)
                elif has_text and isinstance(item, str) and item.strip():
                    found.append(Text(f"{here}[{i}]", key, item))
        elif isinstance(value, Part):
            _take_texts(value, here, found)
    instead = part.instead
    if isinstance(instead, str) and instead.strip():
        found.append(Text(path, re.split(r"[.\[]", path.rstrip("]0123456789["))[-1], instead))


_LAYOUTS: dict[type[Part], tuple[tuple[str, str, bool], ...]] = {}


def _layout(cls: type[Part]) -> tuple[tuple[str, str, bool], ...]:
    """Key, attribute, and whether texts there are meant, for each field of a part that is no test key."""
    if cls not in _LAYOUTS:
        _LAYOUTS[cls] = tuple(
            (key, name, key not in _IDS)
            for name, info in cls.model_fields.items()
            if not (key := info.alias or name).startswith("_")
        )
    return _LAYOUTS[cls]


def name_words(text: str) -> list[str]:
    """The words of a name, without marks around them, lower case, curly apostrophes made straight."""
    return [word for raw in text.replace("’", "'").split() if (word := raw.strip(".,;:()\"'[]¡!¿?").casefold())]
