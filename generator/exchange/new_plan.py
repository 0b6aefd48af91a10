"""A commented plan to start from: every field with its name, and an example where one helps."""

from generator.plan import SCHEMA
from generator.plan.catalog import FieldWords, fields

_OBJECTIVE = "problems[].goals[].objectives[]"
_INFORMAL = (
    "plan.type",
    "plan.plan_date",
    "patient.name.first",
    "patient.name.last",
    "patient.dob",
    "problems[].id",
    "problems[].title",
    "problems[].goals[].id",
    "problems[].goals[].statement",
    f"{_OBJECTIVE}.id",
    f"{_OBJECTIVE}.statement",
    f"{_OBJECTIVE}.target_date",
    f"{_OBJECTIVE}.interventions[].id",
    f"{_OBJECTIVE}.interventions[].description",
    "contract.goals_summary",
)
_KEPT = {"schema": SCHEMA, "plan.language": "en"}


def new_plan(*, informal: bool) -> str:
    """YAML text of an unfinished plan; it loads as it is. Fill in what applies, delete or leave the rest."""
    chosen = _with_sections(_INFORMAL) if informal else None
    lines = [
        "# A treatment plan. Write after the colons; leave blank what does not apply.",
        "# Dates are YYYY-MM-DD. To add one more of a list, copy its lines from the hyphen on.",
        "# Check it: planscribe check this-file.yaml",
        f"schema: {SCHEMA}",
    ]
    opened: set[str] = set()
    for field in fields():
        if field.path == "schema" or (chosen is not None and field.path not in chosen):
            continue
        lines += _lines_of(field, opened, informal=informal)
    return "\n".join(lines) + "\n"


def _with_sections(paths: tuple[str, ...]) -> set[str]:
    chosen: set[str] = set()
    for path in paths:
        steps = path.split(".")
        for i in range(1, len(steps) + 1):
            chosen.add(".".join(steps[:i]).removesuffix("[]"))
    return chosen


def _lines_of(field: FieldWords, opened: set[str], *, informal: bool) -> list[str]:
    steps = field.path.split(".")
    depth = sum(2 if step.endswith("[]") else 1 for step in steps[:-1])
    indent = "  " * depth
    parent = ".".join(steps[:-1])
    if parent.endswith("[]") and parent not in opened:
        opened.add(parent)
        indent = indent[:-2] + "- "
    said = f"  # {_comment(field)}" if depth or field.kind not in ("section", "rows") else ""
    heading = [f"\n# {field.title}"] if not depth else []
    value = {"plan.type": " informal" if informal else " formal"}.get(field.path, "")
    if field.path in _KEPT:
        value = f" {_KEPT[field.path]}"
    if field.kind == "list":
        value = " []"
    return [*heading, f"{indent}{steps[-1]}:{value}{said}"]


def _comment(field: FieldWords) -> str:
    parts = [field.title]
    if field.help:
        parts.append(field.help[0].lower() + field.help[1:] if field.help[1:2].islower() else field.help)
    if field.choices:
        parts.append("one of: " + ", ".join(field.choices))
    elif field.kind == "flag":
        parts.append("true or false")
    elif field.example is not None:
        parts.append(f"such as {field.example}")
    return "; ".join(parts)
