"""The decisions of a review as a file to fill in: YAML, with what is known of each objective as comments.

Reading and writing files is `review_files`; here is text.
"""

import difflib
from collections.abc import Mapping, Sequence
from datetime import date

from generator.errors import ReviewNotPossible
from generator.filters import as_date
from generator.mapping.words import choice_title
from generator.plan import Plan
from generator.plan.goals import Intervention
from generator.review.answers import Answers, Decided
from generator.review.asked import Asked, open_goals
from generator.rules.clock import Due
from generator.yaml_safe import TextNotReadable, read_yaml, write_yaml

_REVIEW = ("date", "participants", "summary", "statement", "agreement", "next_review")
_OBJECTIVE = ("objective", "value", "decision", "note", "new_intervention", "statement", "target", "target_date")
_HEAD = {
    "en": (
        "A review: for each objective write the value of today and a decision.",
        "Decisions: continue, met, partly, not met, extended, dropped.",
        "An objective not met or extended needs a new intervention: one line, or keys such as description and frequency.",
        "Unless it says so itself, it is held as often, as long and by whom as the objective's first one.",
        "statement, target and target_date are for new ones; leave out what does not change.",
        "Then: planscribe review PLAN --decisions THIS-FILE -o NEXT",
    ),
    "es": (
        "Una revisión: en cada objetivo escriba el valor de hoy y una decisión.",
        "Decisiones: sigue, cumplido, en parte, no cumplido, prolongado, retirado.",
        "Un objetivo no cumplido o prolongado pide una intervención nueva: una línea, o claves como description y frequency.",
        "Si ella misma no lo dice, es tan frecuente y larga, y la da la misma persona, que la primera del objetivo.",
        "statement, target y target_date son para los nuevos; omita lo que no cambia.",
        "Después: planscribe review PLAN --decisions ESTE-ARCHIVO -o SIGUIENTE",
    ),
}
_WORDS = {
    "en": (
        *("Due", "last", "target date", "the library proposes"),
        *("how the person took part, in their words", "agree, partly or disagree"),
        *("A goal needs a decision only where it is met, partly met, not met, extended or dropped.", "done when"),
    ),
    "es": (
        *("Vence", "último", "fecha meta", "la biblioteca propone"),
        *(
            "cómo participó la persona, en sus palabras",
            "agree, partly o disagree: de acuerdo, en parte, en desacuerdo",
        ),
        *(
            "Una meta pide decisión solo si se cumplió, en parte, no se cumplió, se prolonga o se retira.",
            "cumplida cuando",
        ),
    ),
}


def decisions_text(plan: Plan, asked: Sequence[Asked], due: Due | None, day: date, language: str) -> str:
    """The file to fill in. `due` is the next review by the clock, `day` the day of this one."""
    spoken = "es" if language == "es" else "en"
    word_due, word_last, word_date, word_proposes, word_statement, word_agreement, word_goals, word_done = _WORDS[
        spoken
    ]
    lines = [f"# {line}" for line in _HEAD[spoken]]
    if due is not None:
        lines.append(f"# {word_due}: {due.day} ({_one_line(due.what)})")
    people = ["patient", *([plan.plan.prepared_by] if plan.plan.prepared_by else [])]
    lines += [
        "review:",
        f"  date: {day}",
        f"  participants: [{', '.join(_quoted(one) for one in people)}]",
        "  summary:",
        f"  statement:  # {word_statement}",
        f"  agreement:  # {word_agreement}",
        "objectives:" if asked else "objectives: []",
    ]
    for one in asked:
        about = [f"{one.number}  {one.statement}", f"{one.target}; {word_date}: {as_date(one.target_date)}"]
        last = one.last + (f" ({as_date(one.last_on)})" if one.last_on else "")
        about.append(f"{word_last}: {last or '-'}; {choice_title(one.status, spoken) if one.status else '-'}")
        if one.proposals:
            about.append(f"{word_proposes}: {'; '.join(one.proposals)}")
        lines += ["", *(f"  # {_one_line(line)}" for line in about)]
        lines += [f"- objective: {_quoted(one.key)}", "  value:", "  decision:", "  new_intervention:"]
    goals = open_goals(plan)
    if goals:
        lines += ["", f"# {word_goals}", "goals:"]
    for number, goal in goals:
        done = f"; {word_done}: {goal.discharge_criterion}" if goal.discharge_criterion else ""
        lines += [f"  # {_one_line((goal.statement or '') + done)}", f"- goal: {_quoted(number)}", "  decision:"]
    return "\n".join(lines) + "\n"


def read_decisions(text: str, name: str = "The decisions") -> Answers:
    """The answers in such a file; `name` is what errors call it.

    Raises ReviewNotPossible for what is no YAML or no such file, an unknown key (naming the nearest) or a date that is none.
    """
    try:
        data = read_yaml(text)
    except TextNotReadable as error:
        raise ReviewNotPossible(f"{name} cannot be read: {error}. Correct it there and try again.") from None
    root = _mapping(data, name, "review: and objectives:")
    _refuse_unknown(root, ("review", "objectives", "goals"), name)
    review = _mapping(root.get("review") or {}, f"{name}, review", "date:")
    _refuse_unknown(review, _REVIEW, f"{name}, review")
    rows = root.get("objectives") or []
    if not isinstance(rows, list):
        raise ReviewNotPossible(f"{name}: objectives: is a list, each with a hyphen before objective:.")
    goals = root.get("goals") or []
    if not isinstance(goals, list):
        raise ReviewNotPossible(f"{name}: goals: is a list, each with a hyphen before goal:.")
    people = review.get("participants") or []
    return Answers(
        objectives=tuple(_decided(row, place, name) for place, row in enumerate(rows, 1)),
        goals=tuple(_goal(row, place, name) for place, row in enumerate(goals, 1)),
        day=_day(review.get("date"), f"{name}, review, date"),
        participants=tuple(str(one) for one in people) if isinstance(people, list) else (str(people),),
        summary=_text(review.get("summary")),
        statement=_text(review.get("statement")),
        agreement=_text(review.get("agreement")),
        next_review=_day(review.get("next_review"), f"{name}, review, next_review"),
    )


def _decided(row: object, place: int, name: str) -> Decided:
    where = f"{name}, objective {place}"
    data = _mapping(row, where, "objective:, value: and decision:")
    _refuse_unknown(data, _OBJECTIVE, where)
    key = _text(data.get("objective"))
    if not key:
        raise ReviewNotPossible(f"{where}: objective: has to name one, by its id or its number.")
    given = data.get("new_intervention")
    several = given if isinstance(given, list) else [given]
    for one in several:
        if isinstance(one, dict):
            _refuse_unknown(one, [*Intervention.model_fields], f"{where}, new_intervention")
    return Decided(
        objective=key,
        value=_text(data.get("value")),
        decision=_text(data.get("decision")),
        note=_text(data.get("note")),
        interventions=tuple(one if isinstance(one, dict) else _text(one) for one in several if one not in (None, "")),
        statement=_text(data.get("statement")),
        target=_text(data.get("target")),
        target_date=_day(data.get("target_date"), f"{where}, target_date"),
    )


def _goal(row: object, place: int, name: str) -> tuple[str, str]:
    where = f"{name}, goal {place}"
    data = _mapping(row, where, "goal: and decision:")
    _refuse_unknown(data, ("goal", "decision"), where)
    return _text(data.get("goal")), _text(data.get("decision"))


def _refuse_unknown(data: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in data:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            raise ReviewNotPossible(
                f"{where}: there is a key that decisions do not have. "
                + (f"Nearest: {near[0]}." if near else f"Keys: {', '.join(known)}.")
            )


def _mapping(data: object, where: str, wanted: str) -> dict[str, object]:
    if not isinstance(data, dict):
        raise ReviewNotPossible(f"{where}: keys are wanted here: {wanted}.")
    return {str(key): value for key, value in data.items()}


def _day(value: object, where: str) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    raise ReviewNotPossible(f"{where}: this is not a calendar date; write it as YYYY-MM-DD.")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()


def _quoted(text: str) -> str:
    return write_yaml([text]).strip().removeprefix("- ")


def _one_line(text: str) -> str:
    """A text that stays inside its comment: every kind of line break is a space."""
    return " ".join(text.split())
