"""Plan: problems as a list, one problem and one goal open at a time."""

import streamlit as st

from generator.app.parts.entries import add_button, remove_button, undo_button
from generator.app.parts.fields import below, field, row
from generator.app.session import Draft
from generator.app.words import say
from generator.plan.goals import Goal, Intervention, Objective, Problem


def show(draft: Draft) -> None:
    """The screen."""
    problems = draft.plan.problems
    draft.problem = min(draft.problem, max(len(problems) - 1, 0))
    left, right = st.columns((1, 3))
    with left:
        st.subheader(say("problems", draft.language))
        for i, problem in enumerate(problems):
            st.button(
                f"{i + 1}. {problem.title or say('problem_n', draft.language, n=i + 1)}{_count(draft, f'problems[{i}]')}",
                key=f"problem:{i}", type="primary" if i == draft.problem else "secondary", use_container_width=True,
                on_click=_open_problem, args=(draft, i),
            )  # fmt: skip
        add_button(
            draft, "add_problem", "problems", _new_problem, lambda: _open_problem(draft, len(draft.plan.problems) - 1)
        )
        undo_button(draft)
    with right:
        below(draft, "problems")
        if not problems:
            st.info(say("no_problem", draft.language))
            return
        _problem(draft, f"problems[{draft.problem}]")


def _problem(draft: Draft, here: str) -> None:
    problem = draft.plan.problems[draft.problem]
    row(draft, f"{here}.title", f"{here}.status", widths=(3, 1))
    field(draft, f"{here}.as_evidenced_by", area=True)
    below(draft, f"{here}.goals")
    draft.goal = min(draft.goal, max(len(problem.goals) - 1, 0))
    for g, goal in enumerate(problem.goals):
        place = f"{here}.goals[{g}]"
        if g != draft.goal:
            name = goal.statement or say("goal_n", draft.language, n=g + 1)
            st.button(
                f"{say('goal_n', draft.language, n=g + 1)}: {name}{_count(draft, place)}", key=f"goal:{place}",
                use_container_width=True, on_click=_open_goal, args=(draft, g),
            )  # fmt: skip
            continue
        with st.container(border=True):
            _goal(draft, place, g)
    columns = st.columns(2)
    with columns[0]:
        add_button(draft, "add_goal", f"{here}.goals", _new_goal, lambda: _open_goal(draft, len(problem.goals) - 1))
    with columns[1]:
        remove_button(draft, "problems", draft.problem)


def _goal(draft: Draft, here: str, number: int) -> None:
    goal = draft.plan.problems[draft.problem].goals[number]
    st.markdown(f"**{say('goal_n', draft.language, n=number + 1)}**")
    field(draft, f"{here}.statement", area=True)
    row(draft, f"{here}.patient_words", f"{here}.term", f"{here}.target_date", widths=(3, 1, 1))
    field(draft, f"{here}.strengths_used")
    below(draft, f"{here}.objectives")
    for o, objective in enumerate(goal.objectives):
        place = f"{here}.objectives[{o}]"
        st.markdown(f"**{say('objective_n', draft.language, n=f'{number + 1}.{o + 1}')}**")
        field(draft, f"{place}.statement", area=True)
        row(
            draft,
            f"{place}.measure.what",
            f"{place}.measure.baseline",
            f"{place}.measure.target",
            f"{place}.measure.unit",
            widths=(3, 1, 1, 2),
        )
        row(draft, f"{place}.measure.baseline_date", f"{place}.start_date", f"{place}.target_date", f"{place}.status")
        below(draft, f"{place}.interventions")
        for i in range(len(objective.interventions)):
            _intervention(draft, f"{place}.interventions[{i}]", f"{number + 1}.{o + 1}.{i + 1}")
            remove_button(draft, f"{place}.interventions", i)
        columns = st.columns(2)
        with columns[0]:
            add_button(draft, "add_intervention", f"{place}.interventions", _new_intervention)
        with columns[1]:
            remove_button(draft, f"{here}.objectives", o)
    columns = st.columns(2)
    with columns[0]:
        add_button(draft, "add_objective", f"{here}.objectives", _new_objective)
    with columns[1]:
        remove_button(draft, here.rpartition("[")[0], number)


def _intervention(draft: Draft, here: str, number: str) -> None:
    field(draft, f"{here}.description", area=True, label=say("intervention_n", draft.language, n=number))
    row(draft, f"{here}.modality", f"{here}.method", f"{here}.delivery")
    row(
        draft, f"{here}.frequency.count", f"{here}.frequency.per", f"{here}.duration.n", f"{here}.duration.unit",
        f"{here}.session_minutes", f"{here}.responsible_staff",
    )  # fmt: skip
    below(draft, f"{here}.frequency")
    below(draft, f"{here}.duration")


def _open_problem(draft: Draft, place: int) -> None:
    draft.problem, draft.goal = place, 0


def _open_goal(draft: Draft, place: int) -> None:
    draft.goal = place


def _new_problem() -> Problem:
    return Problem(status="active", goals=[_new_goal()])


def _new_goal() -> Goal:
    return Goal(term="long", status="active", objectives=[_new_objective()])


def _new_objective() -> Objective:
    return Objective(status="active", interventions=[_new_intervention()])


def _new_intervention() -> Intervention:
    return Intervention(status="active")


def _count(draft: Draft, path: str) -> str:
    """` (2)` where two findings stand below a place."""
    found = sum(finding.where.startswith(path) for finding in draft.findings)
    return f" ({found})" if found else ""
