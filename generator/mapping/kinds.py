"""What kind of value each name of the paper view is, and what a plan on paper should show."""

from collections.abc import Mapping
from functools import cache

from generator.mapping.names import FLAT, known_names
from generator.plan.catalog import FieldWords, by_path

_GOAL, _OBJECTIVE, _INTERVENTION = (
    "problems[].goals[]",
    "problems[].goals[].objectives[]",
    "problems[].goals[].objectives[].interventions[]",
)
_NAME = (
    "patient.name.full",
    "patient.name.last_first",
    "patient.name.last",
    "patient.name.called",
    "patient.name.preferred",
)
EXPECTED: tuple[tuple[str, tuple[str, ...], bool, str], ...] = (
    ("the person's name", _NAME, True, "42 CFR 482.24(c)"),
    ("the date of the plan", ("plan.plan_date", "plan.effective_from", "today"), False, "42 CFR 482.24(c)(1)"),
    ("what each goal says", (f"{_GOAL}.statement", "goals[].statement"), False, "42 CFR 482.61(c)(1)(ii)"),
    (
        "what each objective says",
        (f"{_OBJECTIVE}.statement", "objectives[].statement", f"{_GOAL}.objectives_text", "goals[].objectives_text"),
        False,
        "42 CFR 482.61(c)(1)(ii)",
    ),
    (
        "what is done for it",
        (
            f"{_INTERVENTION}.description",
            "interventions[].description",
            f"{_GOAL}.interventions_text",
            "goals[].interventions_text",
        ),
        False,
        "42 CFR 482.61(c)(1)(iii)",
    ),
    (
        "who does it",
        tuple(f"{i}.staff.{w}" for i in (_INTERVENTION, "interventions[]") for w in ("full", "name", "role"))
        + tuple(f"{i}.responsible_staff" for i in (_INTERVENTION, "interventions[]")),
        False,
        "42 CFR 482.61(c)(1)(iv)",
    ),
)
"""What a template should print: a title, the names of which one is enough, whether all should or a plan, the source."""
PLAN_LISTS = frozenset((_INTERVENTION.removesuffix("[]"), "interventions"))
"""A template that goes over one of these is a plan."""
PLAN_TITLE = r"(?i)\b(treatment|service|care|recovery|wellness) plan\b|\bplan (individualizado )?de (tratamiento|servicios|atenci\u00f3n)\b"
"""Words by which a document calls itself a plan."""


@cache
def fields_by_name() -> Mapping[str, FieldWords]:
    """The field of the model that a name of the paper view shows as it is; names made of several are not here."""
    found = {}
    for name in known_names():
        path = next((whole + name[len(flat) :] for flat, whole in FLAT.items() if name.startswith(flat)), name)
        field = by_path().get(path)
        if field is not None:
            found[name] = field
    return found


@cache
def names_of_kind(kind: str) -> frozenset[str]:
    """The names whose value is of a kind of `plan.catalog`: date, flag, list, rows."""
    names = {name for name, field in fields_by_name().items() if field.kind == kind}
    made = {"date": {"today"}, "flag": {"patient.is_minor"}, "rows": {flat.removesuffix("[]") for flat in FLAT}}
    return frozenset(names | made.get(kind, set()))


@cache
def name_aliases() -> Mapping[str, str]:
    """Other words for a name, from the model's titles and aliases; words that stand for several names are left out."""
    found: dict[str, set[str]] = {}
    for name, field in fields_by_name().items():
        for words in (field.title, field.title_es, *field.aliases):
            if words and not name.startswith(tuple(FLAT)):
                found.setdefault(words.lower(), set()).add(name)
    return {words: next(iter(names)) for words, names in found.items() if len(names) == 1} | _ALIASES


_ALIASES = {
    "client name": "patient.name.full",
    "patient name": "patient.name.full",
    "full name": "patient.name.full",
    "first name": "patient.name.first",
    "last name": "patient.name.last",
    "date of birth": "patient.dob",
    "birth date": "patient.dob",
    "plan date": "plan.plan_date",
    "mrn": "patient.record_number",
}
