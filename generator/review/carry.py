"""The next review: the plan carried forward with what was counted, what was decided, and what comes next.

Nothing is decided here that a person did not decide; what is still open comes back as findings.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from generator.charts.series import as_number
from generator.errors import ReviewNotPossible
from generator.filters import as_date, as_long_date
from generator.finding import Finding, Severity
from generator.plan import Plan
from generator.plan.course import Change, ObjectiveUpdate, Review
from generator.plan.goals import Goal, Intervention, Objective, Progress
from generator.plan.people import Participation
from generator.review.asked import Asked, keys_of, number_on_paper, open_goals, open_objectives
from generator.review.compare import Difference, differences
from generator.review.words import read_decision, said
from generator.rules.context import Context
from generator.rules.view import View

_GOES_ON = ("continue", "partly_met", "not_met", "extended")
_NEEDS_NEW = ("not_met", "extended")
_FILL_IN = re.compile(r"\{(\w+)\}")
_NEIGHBOUR = ("modality", "method", "delivery", "frequency", "duration", "session_minutes", "responsible_staff")
# What every review moves, or what the form prints elsewhere: no row of its table of changes.
_OF_EVERY_REVIEW = (
    "plan.type",
    "plan.version",
    "plan.plan_date",
    "plan.effective_from",
    "plan.effective_to",
    "reviews.",
    "signatures[]",
    "participation.",
    "problems[].goals[].objectives[].progress[]",
    "problems[].goals[].objectives[].status_date",
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a review found for one objective, by its id or number.

    `decision` is continue, met, partly, not met, extended or dropped, in English or Spanish. `interventions` are new
    ones, as texts or as mappings of their fields; what one does not say is taken from the objective's first.
    `statement`, `target` and `target_date` are new ones, where they change.
    """

    objective: str
    value: str = ""
    decision: str = ""
    note: str = ""
    interventions: Sequence[str | Mapping[str, object]] = ()
    statement: str = ""
    target: str = ""
    target_date: date | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said at a review. `day` None is the day of the context; `next_review` None the programme's.

    `goals` are the numbers or ids of goals that are decided too, each with its decision.

    `statement` is how the person took part, in their words; `agreement` is agree, partly or disagree.
    """

    objectives: Sequence[Decided] = ()
    goals: Sequence[tuple[str, str]] = ()
    day: date | None = None
    participants: Sequence[str] = ()
    summary: str = ""
    statement: str = ""
    agreement: str = ""
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class NextReview:
    """The plan after the review, what changed (as its review form prints it), and what is still open."""

    plan: Plan
    changes: tuple[Difference, ...]
    findings: tuple[Finding, ...] = field(default_factory=tuple)


def next_review(plan: Plan, answers: Answers | None = None, context: Context | None = None) -> NextReview:
    """Carry a plan forward to its next review; the plan that is given stays as it is.

    Objectives keep their values and get the new one with its decision; dates that have passed move to the next review,
    which is due after the programme's days; signatures and the agreement are asked for anew. A kept version is one more.
    Raises ReviewNotPossible for a day before the plan or the last review, an objective that the plan does not have, and
    a word that is no decision.
    """
    answers, context = answers or Answers(), context or Context()
    day = answers.day or context.as_of
    _refuse_day(plan, day)
    after = plan.model_copy(deep=True)
    view = View(after, context)
    due = answers.next_review or _due(view, day)
    if due <= day:
        raise ReviewNotPossible(f"The next review would be due on {due}, which is not after this one of {day}.")
    asked = open_objectives(after, context)
    decided = _by_path(answers.objectives, asked, view)
    placed = {one.path: one.it for one in view.all_objectives}
    findings: list[Finding] = []
    updates = []
    for objective in placed.values():
        if objective.start_date is None and plan.plan.plan_date is not None:
            objective.put("start_date", plan.plan.plan_date)
    for one in asked:
        answer = decided.get(one.where, Decided(one.key))
        updates.append(_decide(placed[one.where], one, answer, day, due, context.language, findings))
    _decide_goals(after, answers.goals)
    _move_goals(view, day, due)
    _move_plan(after, day, due, view, context.language)
    for key, text in (("statement", answers.statement), ("agreement", answers.agreement)):
        if not after.participation.put(key, text.strip()):
            raise ReviewNotPossible("The agreement of a review is one of: agree, partly, disagree.")
    after.reviews.history.append(
        Review(
            date=day,
            type="scheduled" if _is_scheduled(plan, day, context) else "interim",
            participants=list(answers.participants),
            objective_updates=updates,
            summary=answers.summary or None,
            next_review=due,
        )
    )
    after.reviews.__pydantic_fields_set__.add("history")
    return NextReview(*_recorded(plan, after), tuple(findings))


def with_changes(before: Plan, after: Plan) -> NextReview:
    """The later plan with what changed since the earlier one written anew into its last review.

    For a plan that was edited after it was carried forward. Raises ReviewNotPossible where it has no review.
    """
    if after.reviews.last is None:
        raise ReviewNotPossible(
            "The later plan has no review to write the changes into. Make one with: planscribe review"
        )
    return NextReview(*_recorded(before, after.model_copy(deep=True)))


def table_of(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """The differences that a review form prints: all but those that every review moves.

    A sentence in which only its date moved is told by the date's own row.
    """
    found = [one for one in differences(before, after) if not one.field.startswith(_OF_EVERY_REVIEW)]
    moved = {(one.field.rpartition(".")[0], one.entry): one for one in found if one.field.endswith(".target_date")}

    def is_told(one: Difference) -> bool:
        day = moved.get((one.field.rpartition(".")[0], one.entry)) if one.field.endswith(".statement") else None
        if day is not None and one.kind == day.kind == "changed":
            was, now = date.fromisoformat(day.before), date.fromisoformat(day.after)
            return _with_date(one.before, was, now) == one.after
        is_from_before = one.field.endswith("].start_date") and one.kind == "added"
        return is_from_before and one.after == str(before.plan.plan_date)

    return tuple(one for one in found if not is_told(one))


def _recorded(before: Plan, after: Plan) -> tuple[Plan, tuple[Difference, ...]]:
    changes = table_of(before, after)
    review = after.reviews.last
    if review is not None:
        review.changes = [
            Change.model_validate(
                _given(kind=one.kind, field=one.field, entry=one.entry, before=one.before, after=one.after)
            )
            for one in changes
        ]
    return after, changes


def _refuse_day(plan: Plan, day: date) -> None:
    last = plan.reviews.last
    held = last.date if last is not None else None
    made = plan.plan.plan_date
    if held is not None and day <= held:
        raise ReviewNotPossible(
            f"The plan has a review of {held} already; the next one is later than that, not on {day}."
        )
    if made is not None and day <= made:
        raise ReviewNotPossible(f"The plan is of {made}; a review is later than that, not on {day}.")


def _due(view: View, day: date) -> date:
    """The programme's days after the review; the plan's own interval may only tighten them."""
    own = view.plan.reviews.interval_days
    days = min(view.profile.review_days, own) if own is not None and own > 0 else view.profile.review_days
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ReviewNotPossible(f"A review on {day} has no day left in the calendar for the next one.") from None


def _is_scheduled(plan: Plan, day: date, context: Context) -> bool:
    last = plan.reviews.last
    due = last.next_review if last is not None and last.next_review is not None else plan.reviews.next_due
    return due is None or (due - day).days <= 14


def _by_path(answers: Sequence[Decided], asked: Sequence[Asked], view: View) -> dict[str, Decided]:
    keys = keys_of(view)
    known = {number_on_paper(path): path for path in keys} | {key: path for path, key in keys.items()}
    is_open = {one.where for one in asked}
    out: dict[str, Decided] = {}
    for answer in answers:
        path = known.get(answer.objective.strip())
        if path is None:
            raise ReviewNotPossible(
                f"The decisions name an objective that the plan does not have ({_short(answer.objective)}). "
                f"Open objectives: {', '.join(one.key for one in asked) or 'none'}."
            )
        if path not in is_open:
            raise ReviewNotPossible(
                f"Objective {number_on_paper(path)} was met or dropped before, so nothing is decided on it now. "
                f"Open objectives: {', '.join(one.key for one in asked) or 'none'}."
            )
        if path in out:
            raise ReviewNotPossible(f"The decisions name objective {number_on_paper(path)} twice.")
        out[path] = answer
    return out


def _decide(
    objective: Objective, asked: Asked, answer: Decided, day: date, due: date, language: str, findings: list[Finding]
) -> ObjectiveUpdate:
    decision = read_decision(answer.decision)
    value = answer.value.strip()
    if value or answer.note.strip():
        objective.progress.append(Progress.model_validate(_given(date=day, value=value, note=answer.note.strip())))
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
    return ObjectiveUpdate.model_validate(_given(objective=asked.key, value=value, decision=decision))


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
        objective.put("statement", _with_date(objective.statement, old, new))


def _with_date(text: str, old: date, new: date) -> str:
    """A sentence with one date put in the place of another, in the shape in which it stands there."""
    was, now = old.isoformat(), new.isoformat()
    for shape in (
        "yyyy-mm-dd",
        "mm/dd/yyyy",
        "m/d/yyyy",
        "m/d/yy",
        "mm/dd/yy",
        "dd/mm/yyyy",
        "d/m/yyyy",
        "mmm d, yyyy",
    ):
        text = re.sub(rf"(?<![\d/-]){re.escape(as_date(was, shape))}(?![\d/-])", as_date(now, shape), text)
    for language in ("en", "es"):
        text = text.replace(as_long_date(was, language), as_long_date(now, language))
    return text


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


def _decide_goals(plan: Plan, decided: Sequence[tuple[str, str]]) -> None:
    goals = open_goals(plan)
    for name, typed in decided:
        decision = read_decision(typed)
        found = [goal for number, goal in goals if name.strip() in (number, (goal.id or "").strip())]
        if len(found) != 1:
            raise ReviewNotPossible(
                f"The decisions name a goal that the plan does not have open ({_short(name)}). "
                f"Open goals: {', '.join(number for number, _ in goals) or 'none'}."
            )
        if decision:
            found[0].put("status", "active" if decision == "continue" else decision)


def _move_goals(view: View, day: date, due: date) -> None:
    """A goal that goes on ends no earlier than its objectives."""
    for placed in view.active_goals:
        goal: Goal = placed.it
        going = [one for one in goal.objectives if one.status not in ("met", "dropped")]
        if goal.status in ("met", "dropped") or not going or goal.target_date is None:
            continue
        latest = max((one.target_date for one in going if one.target_date is not None), default=due)
        new = max(latest, goal.target_date)
        if new <= day:
            new = due
        if new != goal.target_date:
            old = goal.target_date
            goal.put("target_date", new)
            if goal.statement:
                goal.put("statement", _with_date(goal.statement, old, new))


def _move_plan(plan: Plan, day: date, due: date, view: View, language: str) -> None:
    """Another version, its days, and what has to be asked for anew: agreement and signatures."""
    head = plan.plan
    if head.type in (None, "formal"):
        head.put("type", "update")
    head.put("version", (head.version or 1) + 1)
    head.put("plan_date", day)
    if head.effective_from is not None or head.effective_to is not None:
        head.put("effective_from", day)
        head.put("effective_to", due)
    plan.reviews.put("next_due", due)
    days = (due - day).days
    plan.reviews.put(
        "basis", said("basis", language, days=days, day=day, source=view.profile.source or view.profile.title)
    )
    asked_again = {key: getattr(plan.participation, key) for key in ("copy_offered", "copy_language")}
    plan.participation = Participation.model_validate(
        {key: value for key, value in asked_again.items() if value is not None}
    )
    for signature in plan.signatures:
        for key in ("signed_on", "reason_missing", "of_text"):
            signature.put(key, None)


def _given(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, "")}


def _short(text: str) -> str:
    return text.strip()[:20] if re.fullmatch(r"[\w.\-]{1,20}", text.strip()) else "its name is no number"
