"""Every name that a template or field map may use, and which plan values a name shows."""

from functools import cache

from generator.mapping.paper import PaperValue, as_on_paper
from generator.plan import Plan
from generator.plan.catalog import by_path

_NAME_PARTS = ("patient.name.first", "patient.name.middle", "patient.name.last", "patient.name.suffix")
_ADDRESS = ("address.line1", "address.line2", "address.city", "address.state", "address.zip")
_STAFF = {
    "plan.prepared_by_staff": "plan.prepared_by",
    "plan.supervisor_staff": "staff[].supervisor",
    "assessment.assessor_staff": "assessment.assessor",
    "diagnoses[].diagnosed_by_staff": "diagnoses[].diagnosed_by",
    "accommodations[].staff": "accommodations[].responsible_staff",
}
_INTERVENTION = "problems[].goals[].objectives[].interventions[]"
_JOINED = {
    "problems_text": "problems[].title",
    "problems[].goals[].objectives_text": "problems[].goals[].objectives[].statement",
    "problems[].goals[].interventions_text": f"{_INTERVENTION}.description",
    "problems[].goals[].objectives[].interventions_text": f"{_INTERVENTION}.description",
}
_OF_PARENT = {
    "problems[].goals[].objectives[].goal_statement": "problems[].goals[].statement",
    "problems[].goals[].objectives[].problem_title": "problems[].title",
}
FLAT = {
    "goals[]": "problems[].goals[]",
    "objectives[]": "problems[].goals[].objectives[]",
    "interventions[]": _INTERVENTION,
    "services[]": _INTERVENTION,
    "changes[]": "reviews.history[].changes[]",
}


@cache
def known_names() -> frozenset[str]:
    """All names of the paper view, lists as `[]`: `patient.name.full`, `problems[].goals[].statement`."""
    return frozenset(_names(as_on_paper(_specimen()), ""))


def shown_by(name: str) -> tuple[str, ...]:
    """The plan paths whose values a name prints: `patient.name.full` shows the parts of the name.

    A name of the model shows itself; a section or list shows all below it.
    """
    if name.removesuffix("[]") in by_path():
        return (name.removesuffix("[]"),)
    for flat, path in FLAT.items():
        if name.startswith(flat):
            return shown_by(path + name[len(flat) :])
    if name in _OF_PARENT:
        return (_OF_PARENT[name],)
    if name in ("patient.address.street", "agency.address.street"):
        return (name.replace("street", "line1"), name.replace("street", "line2"))
    if name in _JOINED:
        return (_JOINED[name],)
    if name in ("patient.name.full", "patient.name.last_first"):
        return _NAME_PARTS
    if name == "patient.name.called":
        return ("patient.name.preferred", "patient.name.first")
    if name in ("patient.age", "patient.is_minor"):
        return ("patient.dob",)
    for owner in ("patient", "agency"):
        if name in (f"{owner}.address.one_line", f"{owner}.address.city_line"):
            return tuple(f"{owner}.{part}" for part in _ADDRESS)
    return _phrase(name)


def _phrase(name: str) -> tuple[str, ...]:
    for staff, path in {**_STAFF, f"{_INTERVENTION}.staff": f"{_INTERVENTION}.responsible_staff"}.items():
        if name.startswith(f"{staff}."):
            return (path, "staff[].name", "staff[].credential")
    parent, _, last = name.rpartition(".")
    if last == "when_text":
        parts = ("frequency.count", "frequency.per", "duration.n", "duration.unit", "session_minutes")
        return tuple(f"{parent}.{part}" for part in parts)
    if last == "text" and parent.endswith("measure"):
        return tuple(f"{parent}.{part}" for part in ("baseline", "target", "unit"))
    if last == "text":
        return tuple(
            f"{parent}.{part}" for part in (("count", "per") if parent.endswith("frequency") else ("n", "unit"))
        )
    if last == "is_going_on":
        return (f"{parent}.status", f"{parent.rpartition('.')[0].removesuffix('[]')}[].status")
    if last == "what":
        return (f"{parent}.field", f"{parent}.entry")
    if last == "line":
        return (f"{parent}.icd10cm", f"{parent}.description")
    if last == "full" and parent == "staff[]":
        return ("staff[].name", "staff[].credential")
    plain = name.removesuffix("_title").removesuffix("_text")
    return (plain,) if plain in by_path() else ()


def _names(value: PaperValue, path: str) -> list[str]:
    if isinstance(value, dict):
        own = [path] if path else []
        return own + [name for key, inner in value.items() for name in _names(inner, f"{path}.{key}" if path else key)]
    if isinstance(value, list):
        return [path] + [name for inner in value[:1] for name in _names(inner, f"{path}[]")]
    return [path]


def _specimen() -> Plan:
    """A plan with one entry in every list, so that every name of the paper view is there."""
    data: dict[str, object] = {}
    for field in by_path().values():
        if field.kind not in ("rows", "list"):
            continue
        here: object = data
        steps = field.path.split(".")
        for step in steps[:-1]:
            if isinstance(here, dict):
                inner = here.setdefault(step.removesuffix("[]"), [{}] if step.endswith("[]") else {})
                here = inner[0] if isinstance(inner, list) else inner
        if isinstance(here, dict):
            entry: object = {} if field.kind == "rows" else "x"
            here.setdefault(steps[-1], [entry])
    return Plan.model_validate(data)
