"""A plan as it stands on paper: plain mappings, lists and texts, with every key of the model present.

To the model's own keys come numbers (1.2.1), flat lists of goals, objectives and interventions, full names, ages,
one-line addresses, and phrases such as "1 time a week for 12 weeks". Templates and field maps see a plan only so.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from generator.filters import as_date
from generator.mapping import words
from generator.mapping.changes import change_said, value_said
from generator.plan import Plan
from generator.plan.base import Part
from generator.plan.layout import fields_at
from generator.plan.told import is_part
from generator.plan.types.partial_date import PartialDate

Paper = dict[str, "PaperValue"]
PaperValue = str | bool | int | None | list["PaperValue"] | Paper


def as_on_paper(plan: Plan, *, language: str = "en", today: date | None = None, person: str = "") -> Paper:
    """The plan as plain data for a template or field map.

    `language` (en, es) chooses the words of choices and phrases, `person` what the agency calls those it serves,
    `today` the date printed as today's and the age's; without it the plan's own date is used for the age.
    Dates are ISO text, choices also as words under `<key>_title`; a list that was given as a word, such as none, is
    empty and stands as text under `<key>_text`.
    """
    paper = _part(plan, "", language)
    _add_people(paper, plan, today)
    _add_staff(paper)
    _add_numbers(paper, language)
    _add_reviews(paper, plan, language)
    for diagnosis in _rows(paper, "diagnoses"):
        diagnosis["line"] = " ".join(_texts(diagnosis, "icd10cm", "description"))
    for signature in _rows(paper, "signatures"):
        signature["role_title"] = words.choice_title(_text(signature, "role"), language) if signature["role"] else ""
    paper["today"] = today.isoformat() if today else None
    paper["words"] = {"person": person or ("paciente" if language == "es" else "client")}
    return paper


def _part(part: Part, path: str, language: str) -> Paper:
    empty, places, lists = _layout(type(part), path)
    out = empty.copy()
    for name, value in part.__dict__.items():
        if value is None or name not in places:
            continue
        key, place, kind, may_be_text = places[name]
        if kind == "rows":
            below = f"{place}[]"
            items = value if type(value) is list else ()
            rows: list[PaperValue] = [_part(item, below, language) for item in items if is_part[type(item)]]
            out[key] = rows
            if may_be_text:
                out[f"{key}_text"] = value if isinstance(value, str) else _lines(rows, language)
        elif type(value) is not str and is_part[type(value)]:
            out[key] = _part(value, place, language)
        else:
            out[key] = value if type(value) is str else _plain(value)
            if kind == "choice" and isinstance(value, str):
                out[f"{key}_title"] = words.choice_title(value, language)
    for key in lists:
        if out[key] is None:
            out[key] = []
    return out


@cache
def _layout(cls: type[Part], path: str) -> tuple[Paper, Mapping[str, tuple[str, str, str, bool]], Sequence[str]]:
    """A part that stands at a place of the model when it is empty; key, place and kind of each of its attributes; its lists."""
    empty: Paper = {}
    fields = fields_at(cls, path)
    for field in fields:
        is_list = field.words.kind == "rows"
        empty[field.key] = None
        if is_list and field.may_be_text:
            empty[f"{field.key}_text"] = ""
        elif field.words.kind == "choice":
            empty[f"{field.key}_title"] = ""
    places = {one.name: (one.key, one.path, one.words.kind, one.may_be_text) for one in fields}
    return empty, places, [one.key for one in fields if one.words.kind == "rows"]


def _lines(rows: PaperValue, language: str) -> str:
    """Rows as one text: "lisinopril, 10 mg daily, Dr. A. Sample, blood pressure; ..."; days as printed, ages said."""
    if not isinstance(rows, list):
        return ""

    def said(key: str, value: PaperValue) -> str:
        if key == "age_first":
            return f"desde los {value} años" if language == "es" else f"from age {value}"
        return as_date(value)

    return "; ".join(", ".join(said(k, v) for k, v in row.items() if v) for row in rows if isinstance(row, dict))


def _plain(value: object) -> PaperValue:
    if value is None or type(value) in (str, bool):
        return value  # type: ignore[return-value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else f"{value:g}"
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, int) else str(value)


def _add_people(paper: Paper, plan: Plan, today: date | None) -> None:
    patient, name = _section(paper, "patient"), _section(paper, "patient", "name")
    name["full"] = " ".join(_texts(name, "first", "middle", "last", "suffix"))
    given = " ".join(_texts(name, "first", "middle"))
    name["last_first"] = ", ".join(part for part in (_text(name, "last"), given) if part)
    name["called"] = _text(name, "preferred") or _text(name, "first")
    age = _age(plan.patient.dob, plan.plan.plan_date or today)
    patient["age"] = age
    patient["is_minor"] = age is not None and age < 18
    for owner in (patient, _section(paper, "agency")):
        address = _section(owner, "address")
        town = ", ".join(_texts(address, "city", "state"))
        town = " ".join(part for part in (town, _text(address, "zip")) if part)
        address["city_line"] = town
        address["street"] = ", ".join(_texts(address, "line1", "line2"))
        address["one_line"] = ", ".join([*_texts(address, "line1", "line2"), *([town] if town else [])])


def _age(born: date | None, on: date | None) -> int | None:
    """Whole years; somebody born on 29 February has the birthday on 1 March in other years."""
    if born is None or on is None or on < born:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _add_staff(paper: Paper) -> None:
    known: dict[str, Paper] = {}
    for member in _rows(paper, "staff"):
        member["full"] = ", ".join(_texts(member, "name", "credential"))
        known.setdefault(_text(member, "id"), member)

    def named(reference: PaperValue) -> PaperValue:
        """Who is meant; a reference to nobody is printed as it stands."""
        member = known.get(str(reference), {}) if reference else {}
        text = str(reference) if reference and not member else ""
        return {
            "name": _text(member, "name") or text,
            "credential": _text(member, "credential"),
            "role": _text(member, "role"),
            "full": _text(member, "full") or text,
        }

    _section(paper, "plan")["prepared_by_staff"] = named(_section(paper, "plan")["prepared_by"])
    author = known.get(_text(_section(paper, "plan"), "prepared_by"), {})
    _section(paper, "plan")["supervisor_staff"] = named(author.get("supervisor") or _signer(paper, "supervisor"))
    _section(paper, "assessment")["assessor_staff"] = named(_section(paper, "assessment")["assessor"])
    for diagnosis in _rows(paper, "diagnoses"):
        diagnosis["diagnosed_by_staff"] = named(diagnosis["diagnosed_by"])
    for accommodation in _rows(paper, "accommodations"):
        accommodation["staff"] = named(accommodation["responsible_staff"])
    for problem in _rows(paper, "problems"):
        for goal in _rows(problem, "goals"):
            for objective in _rows(goal, "objectives"):
                for intervention in _rows(objective, "interventions"):
                    intervention["staff"] = named(intervention["responsible_staff"])


def _signer(paper: Paper, role: str) -> str:
    return next((_text(row, "name") for row in _rows(paper, "signatures") if row["role"] == role), "")


def _add_numbers(paper: Paper, language: str) -> None:
    goals: list[PaperValue] = []
    objectives: list[PaperValue] = []
    interventions: list[PaperValue] = []
    for p, problem in enumerate(_rows(paper, "problems"), 1):
        problem["number"] = str(p)
        for g, goal in enumerate(_rows(problem, "goals"), 1):
            goal |= {"number": f"{p}.{g}", "problem_number": str(p), "problem_title": problem["title"]}
            goals.append(goal)
            for o, objective in enumerate(_rows(goal, "objectives"), 1):
                objective |= {"goal_statement": goal["statement"], "problem_title": problem["title"]}
                objective |= {"number": f"{p}.{g}.{o}", "problem_number": str(p), "goal_number": f"{p}.{g}"}
                measure = _section(objective, "measure")
                measure["text"] = words.measure_text(
                    _text(measure, "baseline"), _text(measure, "target"), _text(measure, "unit"), language
                )
                objectives.append(objective)
                for i, intervention in enumerate(_rows(objective, "interventions"), 1):
                    intervention |= {
                        "number": f"{p}.{g}.{o}.{i}",
                        "problem_number": str(p),
                        "goal_number": f"{p}.{g}",
                        "objective_number": f"{p}.{g}.{o}",
                        "is_going_on": _goes_on(problem, goal, objective, intervention),
                    }
                    _add_phrases(intervention, language)
                    interventions.append(intervention)
                objective["interventions_text"] = _joined(_rows(objective, "interventions"), "description")
            goal["objectives_text"] = _joined(_rows(goal, "objectives"), "statement")
            described = [one for objective in _rows(goal, "objectives") for one in _rows(objective, "interventions")]
            goal["interventions_text"] = _joined(described, "description")
    paper["problems_text"] = _joined(_rows(paper, "problems"), "title")
    _add_phrase(_section(paper, "discharge", "projected_length"), language)
    paper |= {"goals": goals, "objectives": objectives, "interventions": interventions}
    paper["services"] = [one for one in interventions if isinstance(one, dict) and one["is_going_on"]]


def _goes_on(problem: Paper, goal: Paper, objective: Paper, intervention: Paper) -> bool:
    """Whether a service is still to be given: nothing it stands under is closed, met or dropped."""
    return (
        _text(problem, "status") in ("", "active")
        and all(_text(one, "status") not in ("met", "dropped") for one in (goal, objective))
        and _text(intervention, "status").strip().lower() in ("", "active")
    )


def _add_reviews(paper: Paper, plan: Plan, language: str) -> None:
    """Who took part by name; each change in words; those of the last review as a list of its own."""
    named = {_text(one, "id"): _text(one, "full") for one in _rows(paper, "staff") if _text(one, "id")}
    named["patient"] = _text(_section(paper, "patient", "name"), "full")
    changes: PaperValue = []
    for review, row in zip(plan.reviews.history, _rows(_section(paper, "reviews"), "history"), strict=True):
        row["participants_text"] = ", ".join(named.get(one) or one for one in review.participants)
        for change in _rows(row, "changes"):
            field = _text(change, "field")
            change["what"] = change_said(field, _text(change, "entry"), language)
            for key in ("before", "after"):
                change[f"{key}_text"] = value_said(field, _text(change, key), language)
        if review is plan.reviews.last:
            changes = row["changes"]
    paper["changes"] = changes


def _add_phrases(intervention: Paper, language: str) -> None:
    frequency, duration = _section(intervention, "frequency"), _section(intervention, "duration")
    frequency["text"] = words.frequency_text(_text(frequency, "count"), _text(frequency, "per"), language)
    _add_phrase(duration, language)
    intervention["when_text"] = words.when_text(
        _text(frequency, "text"), _text(duration, "text"), _text(intervention, "session_minutes"), language
    )


def _add_phrase(duration: Paper, language: str) -> None:
    duration["text"] = words.duration_text(_text(duration, "n"), _text(duration, "unit"), language)


def _joined(rows: list[Paper], key: str) -> str:
    """One value of each row, a line each."""
    return "\n".join(text for row in rows if (text := _text(row, key)))


def _section(paper: Paper, *keys: str) -> Paper:
    for key in keys:
        inner = paper[key]
        paper = inner if isinstance(inner, dict) else {}
    return paper


def _rows(paper: Paper, key: str) -> list[Paper]:
    value = paper[key]
    return [row for row in value if type(row) is dict] if type(value) is list else []


def _text(paper: Mapping[str, PaperValue], key: str) -> str:
    value = paper.get(key)
    return "" if value is None else str(value)


def _texts(paper: Paper, *keys: str) -> list[str]:
    return [text for key in keys if (text := _text(paper, key))]
