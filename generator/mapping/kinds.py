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
EXPECTED: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("the person's name", _NAME, "", "42 CFR 482.24(c)"),
    ("the date of the plan", ("plan.plan_date", "plan.effective_from", "today"), "problems", "42 CFR 482.24(c)(1)"),
    ("what each goal says", (f"{_GOAL}.statement", "goals[].statement"), "problems", "42 CFR 482.61(c)(1)(ii)"),
    (
        "what each objective says",
        (f"{_OBJECTIVE}.statement", "objectives[].statement", f"{_GOAL}.objectives_text", "goals[].objectives_text"),
        "problems",
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
        "problems",
        "42 CFR 482.61(c)(1)(iii)",
    ),
    (
        "who does it",
        tuple(f"{i}.staff.{w}" for i in (_INTERVENTION, "interventions[]") for w in ("full", "name", "role"))
        + tuple(f"{i}.responsible_staff" for i in (_INTERVENTION, "interventions[]")),
        "problems",
        "42 CFR 482.61(c)(1)(iv)",
    ),
)
"""What a template should print: a title, the names of which one is enough, the name that makes it expected, the source."""


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
