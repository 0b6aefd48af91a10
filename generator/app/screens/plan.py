"""Plan: problems as a list, and of each level one entry open at a time."""

import streamlit as st

from generator.app.parts.entries import undo_button
from generator.app.parts.fields import below, field, row
from generator.app.parts.findings import count_mark
from generator.app.parts.levels import GOAL, INTERVENTION, OBJECTIVE, PROBLEM, add_entry, heading, others
from generator.app.parts.live import by_itself
from generator.app.parts.measurable import help_to_measure
from generator.app.parts.people import diagnoses_field, staff_field
from generator.app.parts.starter import library, library_button, unmet_lines
from generator.app.session import Draft, bind, place_of
from generator.app.words import say, short


def show(draft: Draft) -> None:
    """The screen."""
    _stay_inside(draft)
    left, right = st.columns((1, 3))
    with left:
        _problems(draft)
    with right:
        if library(draft):
            return
        below(draft, "problems")
        if draft.plan.problems:
            _problem(draft, f"problems[{draft.problem}]")
        else:
            st.info(say("no_problem", draft.language))


def _stay_inside(draft: Draft) -> None:
    """What is open has to be there: entries come and go."""
    draft.problem = _within(draft.problem, draft.plan.problems)
    goals = draft.plan.problems[draft.problem].goals if draft.plan.problems else []
    draft.goal = _within(draft.goal, goals)
    objectives = goals[draft.goal].objectives if goals else []
    draft.objective = _within(draft.objective, objectives)
    draft.intervention = _within(draft.intervention, objectives[draft.objective].interventions if objectives else [])


def _within(place: int, entries: list) -> int:  # type: ignore[type-arg]
    return max(0, min(place, len(entries) - 1))


def _problems(draft: Draft) -> None:
    problems = draft.plan.problems
    if problems:
        with st.container(height=420 if len(problems) > 9 else "content", border=False, key="problems"):
            names = [_title(draft, place) for place in range(len(problems))]
            chosen = place_of(draft, "open:problems", names)
            st.radio(
                say("problems", draft.language), range(len(problems)), key="open:problems", format_func=lambda place: names[place],
                on_change=bind("open:problems", draft.problem, lambda _: _choose(draft, chosen())),
            )  # fmt: skip
    else:
        st.subheader(say("problems", draft.language))
    add_entry(draft, PROBLEM, "problems")
    library_button(draft)
    undo_button(draft)


def _choose(draft: Draft, place: int | None) -> None:
    if place is not None:
        draft.open_place(f"problems[{place}]")


def _title(draft: Draft, place: int) -> str:
    title = draft.plan.problems[place].title
    name = short(title, 40) if title else say("problem_n", draft.language, n=place + 1)
    return f"{place + 1}\\. {name}{count_mark(draft, f'problems[{place}]')}"


def _problem(draft: Draft, here: str) -> None:
    problem = draft.plan.problems[draft.problem]
    heading(draft, PROBLEM, "problems", draft.problem, str(draft.problem + 1))
    by_itself(draft, "problem", lambda: _problem_fields(draft, here))
    below(draft, f"{here}.goals")
    goals = f"{here}.goals"
    others(draft, GOAL, goals, range(draft.goal), "", is_before=True)
    if problem.goals:
        with st.container(border=True, key="goal"):
            _goal(draft, f"{goals}[{draft.goal}]", goals)
    others(draft, GOAL, goals, range(draft.goal + 1, len(problem.goals)), "", is_before=False)
    add_entry(draft, GOAL, goals)


def _problem_fields(draft: Draft, here: str) -> None:
    row(draft, f"{here}.title", f"{here}.status", widths=(3, 1))
    field(draft, f"{here}.as_evidenced_by", area=True)
    problem = draft.plan.problems[draft.problem]
    if problem.status in ("deferred", "referred") or problem.deferral_reason:
        field(draft, f"{here}.deferral_reason")
    diagnoses_field(draft, f"{here}.diagnosis_refs")


def _goal(draft: Draft, here: str, goals: str) -> None:
    goal = draft.plan.problems[draft.problem].goals[draft.goal]
    number = f"{draft.goal + 1}."
    heading(draft, GOAL, goals, draft.goal, str(draft.goal + 1))
    by_itself(draft, "goal", lambda: _goal_fields(draft, here))
    objectives = f"{here}.objectives"
    below(draft, objectives)
    others(draft, OBJECTIVE, objectives, range(draft.objective), number, is_before=True)
    if goal.objectives:
        with st.container(border=True, key="objective"):
            _objective(draft, f"{objectives}[{draft.objective}]", objectives, number)
    others(draft, OBJECTIVE, objectives, range(draft.objective + 1, len(goal.objectives)), number, is_before=False)
    add_entry(draft, OBJECTIVE, objectives)


def _goal_fields(draft: Draft, here: str) -> None:
    field(draft, f"{here}.statement", area=True)
    row(draft, f"{here}.patient_words", f"{here}.term", f"{here}.target_date", widths=(3, 1, 1))
    field(draft, f"{here}.strengths_used")


def _objective(draft: Draft, here: str, objectives: str, numbers: str) -> None:
    objective = draft.plan.problems[draft.problem].goals[draft.goal].objectives[draft.objective]
    heading(draft, OBJECTIVE, objectives, draft.objective, f"{numbers}{draft.objective + 1}")
    by_itself(draft, "objective", lambda: _objective_fields(draft, here))
    interventions = f"{here}.interventions"
    below(draft, interventions)
    number = f"{numbers}{draft.objective + 1}."
    others(draft, INTERVENTION, interventions, range(draft.intervention), number, is_before=True)
    if objective.interventions:
        _intervention(draft, f"{interventions}[{draft.intervention}]", interventions, number)
    after = range(draft.intervention + 1, len(objective.interventions))
    others(draft, INTERVENTION, interventions, after, number, is_before=False)
    add_entry(draft, INTERVENTION, interventions)


def _objective_fields(draft: Draft, here: str) -> None:
    field(draft, f"{here}.statement", area=True)
    help_to_measure(draft, here)
    measure = f"{here}.measure"
    row(draft, f"{measure}.what", f"{measure}.instrument")
    row(draft, f"{measure}.baseline", f"{measure}.target", f"{measure}.unit", f"{measure}.baseline_date")
    row(draft, f"{here}.start_date", f"{here}.target_date", f"{here}.status")
    unmet_lines(draft, here)


def _intervention(draft: Draft, here: str, interventions: str, numbers: str) -> None:
    number = f"{numbers}{draft.intervention + 1}"
    heading(draft, INTERVENTION, interventions, draft.intervention, number)
    by_itself(draft, "intervention", lambda: _intervention_fields(draft, here, number))


def _intervention_fields(draft: Draft, here: str, number: str) -> None:
    field(draft, f"{here}.description", area=True, label=say("intervention_n", draft.language, n=number))
    row(draft, f"{here}.modality", f"{here}.method", f"{here}.delivery")
    row(
        draft, f"{here}.frequency.count", f"{here}.frequency.per", f"{here}.duration.n", f"{here}.duration.unit",
        f"{here}.session_minutes",
    )  # fmt: skip
    below(draft, f"{here}.frequency")
    below(draft, f"{here}.duration")
    columns = st.columns((3, 1))
    with columns[0]:
        staff_field(draft, f"{here}.responsible_staff")
    with columns[1]:
        field(draft, f"{here}.code")
