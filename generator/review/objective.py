"""What a review makes of one objective: value, decision, moved date, new interventions; and what is still open on it."""

import re
from collections.abc import Mapping
from datetime import date

from generator.charts.series import as_number
from generator.finding import Finding, Severity
from generator.plan.course import ObjectiveUpdate
from generator.plan.goals import Intervention, Objective, Progress
from generator.review.answers import Decided
from generator.review.asked import Asked
from generator.review.in_words import given_only, with_date
from generator.review.words import read_decision, said

_GOES_ON = ("continue", "partly_met", "not_met", "extended")
_NEEDS_NEW = ("not_met", "extended")
_FILL_IN = re.compile(r"\{(\w+)\}")
_NEIGHBOUR = ("modality", "method", "delivery", "frequency", "duration", "session_minutes", "responsible_staff")


def decide_objective(
    objective: Objective, asked: Asked, answer: Decided, day: date, due: date, language: str, findings: list[Finding]
) -> ObjectiveUpdate:
    """Carry out what was decided of an objective; what is still open on it is added to `findings`.

    `day` is the review's, `due` that of the next one. Gives the line of the review's record.
    """
    decision = read_decision(answer.decision)
    value = answer.value.strip()
    if value or answer.note.strip():
        objective.progress.append(Progress.model_validate(given_only(date=day, value=value, note=answer.note.strip())))
        objective.__pydantic_fields_set__.add("progress")
    if answer.statement.strip():
        objective.put("statement", answer.statement.strip())
    if answer.target.strip():
        _say_old_target(objective, asked, answer, language, findings)
        objective.measure.put("target", answer.target.strip())
    if decision:
        status = "active" if decision == "continue" else decision
        if objective.status != status:
            objective.put("status", status)
            objective.put("status_date", day)
        elif decision in _NEEDS_NEW:
            objective.put("status_date", day)
    if decision in _GOES_ON:
        _move_date(objective, answer.target_date, decision, day, due, is_reworded=bool(answer.statement.strip()))
    for given in answer.interventions:
        _add_intervention(objective, given, decision, asked, day, language, findings)
    findings += _still_open(objective, asked, decision, value, day, language)
    return ObjectiveUpdate.model_validate(given_only(objective=asked.key, value=value, decision=decision))


def _still_open(
    objective: Objective, asked: Asked, decision: str, value: str, day: date, language: str
) -> list[Finding]:
    found = []

    def say(rule: str, message: str, mend: str) -> None:
        found.append(Finding(rule, Severity.WARNING, asked.where, message, mend, "S1"))

    if not decision:
        say(
            "review-undecided",
            said("undecided", language, number=asked.number),
            said("undecided_mend", language),
        )
    elif not value and decision != "dropped":
        what = asked.what or asked.statement
        say(
            "review-without-value",
            said("no_value", language, number=asked.number),
            said("no_value_mend", language, what=what),
        )
    if decision in _NEEDS_NEW and not any(one.added_on == day for one in objective.interventions):
        mend = said("nothing_new_mend", language)
        if asked.proposals:
            mend += " " + said("proposed", language, texts="; ".join(asked.proposals))
        say("review-nothing-new", said("nothing_new", language, number=asked.number), mend)
    reached = _is_reached(objective, value)
    key = (
        {("met", False): "not_reached", ("not_met", True): "reached"}.get((decision, reached))
        if reached is not None
        else None
    )
    if key:
        message = said(key, language, number=asked.number, value=value, target=objective.measure.target)
        say("review-value-and-decision", message, said("value_mend", language))
    return found


def _is_reached(objective: Objective, value: str) -> bool | None:
    """Whether a number has reached the target; None where one of them is no number, or no direction is said."""
    now, target, direction = as_number(value), as_number(objective.measure.target), objective.measure.direction
    if now is None or target is None or direction not in ("increase", "decrease"):
        return None
    return now <= target if direction == "decrease" else now >= target


def _say_old_target(
    objective: Objective, asked: Asked, answer: Decided, language: str, findings: list[Finding]
) -> None:
    old = objective.measure.target
    said_in = (
        re.search(rf"(?<![\d.]){re.escape(str(old))}(?![\d.])", objective.statement or "") if old is not None else None
    )
    if said_in and not answer.statement.strip():
        findings.append(
            Finding(
                "review-old-target",
                Severity.WARNING,
                f"{asked.where}.statement",
                said("old_target", language, number=asked.number, target=old),
                said("old_target_mend", language),
            )
        )


def _move_date(
    objective: Objective, wanted: date | None, decision: str, day: date, due: date, *, is_reworded: bool
) -> None:
    """A date that has passed, or is to be extended, becomes the next review's; the sentence says the new one too."""
    old = objective.target_date
    new = wanted or (due if old is None or old <= day or (decision == "extended" and old < due) else old)
    if new == old:
        return
    objective.put("target_date", new)
    if old is not None and objective.statement and not is_reworded:
        objective.put("statement", with_date(objective.statement, old, new))


def _add_intervention(
    objective: Objective,
    given: str | Mapping[str, object],
    decision: str,
    asked: Asked,
    day: date,
    language: str,
    findings: list[Finding],
) -> None:
    data: dict[str, object] = dict(given) if isinstance(given, Mapping) else {"description": given.strip()}
    if not str(data.get("description") or "").strip():
        return
    open_names = _FILL_IN.findall(str(data["description"]))
    if open_names:
        findings.append(
            Finding(
                "review-fill-in-open",
                Severity.ERROR,
                asked.where,
                said("fill_in", language, number=asked.number, names=", ".join(open_names)),
                said("fill_in_mend", language),
            )
        )
    beside = objective.interventions[0].as_data() if objective.interventions else {}
    kept = {key: beside[key] for key in _NEIGHBOUR if key in beside}
    taken = {one.id for one in objective.interventions}
    number = next(n for n in range(len(objective.interventions) + 1, 10_000) if f"{objective.id}.I{n}" not in taken)
    reason = said(decision, language, number=asked.number, day=day) if decision in _NEEDS_NEW else None
    own = {"id": f"{objective.id}.I{number}"} if objective.id else {}
    made = {**own, **kept, "status": "active", "added_because": reason, "added_on": day, **data}
    objective.interventions.append(Intervention.model_validate(made))
    objective.__pydantic_fields_set__.add("interventions")
