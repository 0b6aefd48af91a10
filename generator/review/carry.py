"""The next review: the plan carried forward with what was counted, what was decided, and what comes next.

Nothing is decided here that a person did not decide; what is still open comes back as findings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.errors import ReviewNotPossible
from generator.finding import Finding
from generator.plan import Plan
from generator.plan.course import Review
from generator.review.answers import Answers, Decided
from generator.review.asked import Asked, keys_of, number_on_paper, open_goals, open_objectives
from generator.review.compare import Difference
from generator.review.days import due_after, is_scheduled, move_goals, move_plan, refuse_day
from generator.review.objective import decide_objective
from generator.review.table import recorded
from generator.review.words import read_decision
from generator.rules.context import Context
from generator.rules.view import View


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
    refuse_day(plan, day)
    after = plan.model_copy(deep=True)
    view = View(after, context)
    due = answers.next_review or due_after(view, day)
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
        updates.append(decide_objective(placed[one.where], one, answer, day, due, context.language, findings))
    _decide_goals(after, answers.goals)
    move_goals(view, day, due)
    move_plan(after, day, due, view, context.language)
    for key, text in (("statement", answers.statement), ("agreement", answers.agreement)):
        if not after.participation.put(key, text.strip()):
            raise ReviewNotPossible("The agreement of a review is one of: agree, partly, disagree.")
    after.reviews.history.append(
        Review(
            date=day,
            type="scheduled" if is_scheduled(plan, day) else "interim",
            participants=list(answers.participants),
            objective_updates=updates,
            summary=answers.summary or None,
            next_review=due,
        )
    )
    after.reviews.__pydantic_fields_set__.add("history")
    return NextReview(*recorded(plan, after), tuple(findings))


def with_changes(before: Plan, after: Plan) -> NextReview:
    """The later plan with what changed since the earlier one written anew into its last review.

    For a plan that was edited after it was carried forward. Raises ReviewNotPossible where it has no review.
    """
    if after.reviews.last is None:
        raise ReviewNotPossible(
            "The later plan has no review to write the changes into. Make one with: planscribe review"
        )
    return NextReview(*recorded(before, after.model_copy(deep=True)))


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


def _short(text: str) -> str:
    return text.strip()[:20] if re.fullmatch(r"[\w.\-]{1,20}", text.strip()) else "its name is no number"
