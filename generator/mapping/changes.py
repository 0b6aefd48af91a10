"""A change between two plans in words: what it is, as it was, as it is now."""

from generator.filters import yesno
from generator.mapping.words import choice_title
from generator.plan.catalog import by_path

_ENTRIES = (
    ("problems[].goals[].objectives[].interventions[]", "problems[].goals[].objectives[].interventions[].description"),
    ("problems[].goals[].objectives[]", "problems[].goals[].objectives[].statement"),
    ("problems[].goals[]", "problems[].goals[].statement"),
    ("problems[]", "problems[].title"),
)
"""A list of the plan proper, and the field whose words name one entry of it ("Objective")."""


def change_said(field: str, entry: str, language: str) -> str:
    """What a change is about: "Objective 1.2.1: Target date", or "Discharge: Aftercare"."""
    path = field.removesuffix("[]")
    list_path, named = next((pair for pair in _ENTRIES if field.startswith(pair[0])), ("", ""))
    if list_path:
        whole = f"{_title(named, language)} {entry}".strip()
        return whole if field == list_path or path == named else f"{whole}: {_title(path, language)}"
    steps = path.split(".")
    head = _title(steps[0].removesuffix("[]"), language)
    middle = entry
    tail = _title(path, language) if len(steps) > 1 and not field.endswith("[]") else ""
    if field.endswith("[]") and len(steps) > 1:
        middle, tail = "", _title(path, language)
    return ": ".join(part for part in (head, middle, tail) if part)


def value_said(field: str, value: str, language: str) -> str:
    """A value of a change as paper shows it: choices and yes or no in words, all else as it stands."""
    words = by_path().get(field.removesuffix("[]"))
    if words is not None and words.kind == "choice":
        return choice_title(value, language) if value else ""
    if words is not None and words.kind == "flag" and value in ("true", "false"):
        return yesno(value == "true", language)
    return value


def _title(path: str, language: str) -> str:
    words = by_path().get(path)
    if words is None:
        return path.rpartition(".")[2]
    return words.title_es if language == "es" and words.title_es else words.title
