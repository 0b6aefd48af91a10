"""The starter library on the Plan screen: an area is chosen, its fill-ins are answered, and it becomes a problem."""

import re
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from generator.app.parts.live import by_itself
from generator.app.parts.typed import typed_text
from generator.app.session import Draft, bind, value_of
from generator.app.words import plain, say
from generator.finding import Finding
from generator.plan.goals import Objective
from generator.plan.types.day import read_typed_day
from generator.plan.walk import value_at
from generator.starter import (
    Area,
    Choice,
    add_if_not_met,
    areas,
    fill_ins_of,
    find,
    if_not_met,
    insert,
    question,
    search,
)

_OWN_EACH = frozenset(("target", "baseline"))
"""Fill-ins that every objective answers for itself; the others hold wherever they stand."""
_UNMET = ("not_met", "partly_met", "extended")
_SHOWN = 8


@dataclass
class Inserting:
    """What is being taken from the library. It lies in the draft, answers and all."""

    area: str = ""
    objectives: list[str] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)
    wording: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    is_tried: bool = False


def library_button(draft: Draft) -> None:
    """Opens the library in the place of the open problem."""
    st.button(say("library", draft.language), key="library", on_click=_begin, args=(draft,), icon=":material/book:")


def library(draft: Draft) -> bool:
    """The library where it is open; whether it is."""
    chosen = draft.aside
    if not isinstance(chosen, Inserting):
        return False
    by_itself(draft, "library", lambda: _library(draft, chosen))
    return True


def _library(draft: Draft, chosen: Inserting) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"**{say('library_title', draft.language)}**")
        st.button(say("cancel", draft.language), key="library:close", on_click=_close, args=(draft,), type="tertiary")
    if chosen.area:
        _answer(draft, chosen, find(chosen.area, draft.language))
    else:
        _search(draft, chosen)


def unmet_lines(draft: Draft, here: str) -> None:
    """For an objective that was not met: what the library would change, each line one press away."""
    objective = value_at(draft.plan, here)
    if not isinstance(objective, Objective) or objective.status not in _UNMET:
        return
    lines = if_not_met(objective, draft.plan.problems[draft.problem], draft.language)
    if not lines:
        return
    with st.expander(say("if_not_met", draft.language), expanded=True):
        for n, line in enumerate(lines):
            _change(draft, here, n, line)


def _change(draft: Draft, here: str, number: int, line: str) -> None:
    """One line: a button that puts it in as a new intervention, with a field for each of its fill-ins."""
    called = draft.plan.patient.name.preferred or draft.plan.patient.name.first or ""
    open_ones = [one for one in fill_ins_of([line]) if not (one == "name" and called)]
    keys = {one: f"unmet:{number}:{one}" for one in open_ones}
    for one, key in keys.items():
        st.text_input(plain(question(one, draft.language)), key=key)

    def add() -> None:
        given = {one: str(value_of(key) or "") for one, key in keys.items()}
        result = add_if_not_met(draft.plan, here, [line], given, date.today(), draft.language)
        entries = value_at(result.plan, f"{here}.interventions") if result.plan is not None else None
        before = value_at(draft.plan, f"{here}.interventions")
        if isinstance(entries, list) and isinstance(before, list) and len(entries) > len(before):
            draft.add(f"{here}.interventions", entries[-1])
            draft.open_place(f"{here}.interventions[{len(entries) - 1}]")
            draft.goal_of_focus = f"{here}.interventions[{len(entries) - 1}].description"

    shown = line.replace("{name}", called) if called else line
    st.button(plain(shown), key=f"unmet:{number}", on_click=add, icon=":material/add:", type="tertiary")


def _begin(draft: Draft) -> None:
    draft.aside = Inserting()


def _close(draft: Draft) -> None:
    draft.aside = None


def _search(draft: Draft, chosen: Inserting) -> None:
    typed = st.text_input(say("library_search", draft.language), key="library:search", live=True, type="search")
    found = search(typed, draft.language) if (typed or "").strip() else _likely(draft)
    if not found:
        st.info(say("library_none", draft.language))
    for area in found if not (typed or "").strip() else found[:_SHOWN]:
        st.button(plain(area.title), key=f"area:{area.id}", on_click=_choose, args=(chosen, area), width="stretch")


def _likely(draft: Draft) -> tuple[Area, ...]:
    """All areas, those of the plan's diagnoses first."""
    codes = [one.icd10cm.upper() for one in draft.plan.diagnoses if one.icd10cm]
    return tuple(sorted(areas(draft.language), key=lambda area: not any(code.startswith(area.codes) for code in codes)))


def _choose(chosen: Inserting, area: Area) -> None:
    chosen.area, chosen.objectives = area.id, [one.number for one in area.objectives]
    chosen.evidence = list(range(1, len(area.as_evidenced_by) + 1))


def _answer(draft: Draft, chosen: Inserting, area: Area) -> None:
    language = draft.language
    st.subheader(plain(area.title))
    if area.safety_first:
        st.warning(plain(area.safety_first))
    for goal in area.goals:
        st.info(plain(goal.ask))
    _choices(draft, chosen, area)
    result = insert(draft.plan, area, chosen.answers, _choice(chosen))
    asked = insert(draft.plan, area, {}, _choice(chosen)).findings
    seen: dict[str, Finding] = {}
    for finding in asked:
        key = finding.where.rpartition(".")[2]
        seen.setdefault(finding.where if key in _OWN_EACH else key, finding)
    wrong = {finding.where: finding for finding in result.findings if finding.rule != "fill-in-unanswered"}
    left, right = st.columns(2)
    for n, (key, finding) in enumerate(seen.items()):
        with left if n % 2 == 0 else right:
            _fill_in(draft, chosen, key, finding)
            fault = next((one for where, one in wrong.items() if where == key or where.endswith(f".{key}")), None)
            if fault is not None:
                st.error(_said(fault, area, language))
            elif chosen.is_tried and not chosen.answers.get(key, "").strip():
                st.warning(say("library_unanswered", language))
    st.button(
        say("library_insert", language), key="library:insert", type="primary", on_click=_insert, args=(draft, chosen, area)
    )  # fmt: skip


def _choices(draft: Draft, chosen: Inserting, area: Area) -> None:
    wordings = [text for goal in area.goals for text in (goal.text, *goal.variants)]
    if len(wordings) > 1:
        st.radio(
            say("library_goal", draft.language), range(len(wordings)), key="library:goal",
            on_change=bind("library:goal", chosen.wording, lambda n: setattr(chosen, "wording", n)),
            format_func=lambda n: plain(wordings[n]),
        )  # fmt: skip
    texts = {one.number: one.text for one in area.objectives}
    st.multiselect(
        say("library_objectives", draft.language), list(texts), key="library:objectives",
        on_change=bind("library:objectives", chosen.objectives, lambda some: setattr(chosen, "objectives", some)),
        format_func=lambda number: texts[number],
    )  # fmt: skip
    st.multiselect(
        say("library_evidence", draft.language), range(1, len(area.as_evidenced_by) + 1), key="library:evidence",
        on_change=bind("library:evidence", chosen.evidence, lambda some: setattr(chosen, "evidence", some)),
        format_func=lambda place: area.as_evidenced_by[place - 1],
    )  # fmt: skip


def _choice(chosen: Inserting) -> Choice:
    """What was chosen; a list of which nothing was chosen takes nothing, which the library says with a place it lacks."""
    return Choice(chosen.objectives or ("none",), chosen.evidence or (0,), chosen.wording)


def _fill_in(draft: Draft, chosen: Inserting, key: str, finding: Finding) -> None:
    def store(typed: str) -> None:
        text = typed.strip()
        day = read_typed_day(text) if key.rpartition(".")[2] == "date" else None
        chosen.answers[key] = day.isoformat() if day else text

    sentence = re.sub(r"^In: ", "", finding.mend)
    typed_text(
        plain(finding.message), f"library:fill:{key}", lambda: chosen.answers.get(key, ""), store, placeholder=sentence
    )


def _said(finding: Finding, area: Area, language: str) -> str:
    scope = finding.where.rpartition(".")[0]
    limits = next((one.measure.get("range") for one in area.objectives if one.number == scope), None)
    if finding.rule == "fill-in-out-of-range" and limits:
        return say("fill_range", language, low=limits[0], high=limits[1])
    if finding.rule == "fill-in-not-a-number":
        return say("fill_number", language)
    return say("date_wrong", language) if finding.rule == "fill-in-not-a-date" else plain(finding.message)


def _insert(draft: Draft, chosen: Inserting, area: Area) -> None:
    given = {key: answer for key, answer in chosen.answers.items() if answer}
    asked = insert(draft.plan, area, {}, _choice(chosen)).findings
    wanted = {finding.where for finding in asked} | {finding.where.rpartition(".")[2] for finding in asked}
    result = insert(draft.plan, area, {key: one for key, one in given.items() if key in wanted}, _choice(chosen))
    if result.plan is None or not chosen.objectives:
        chosen.is_tried = True
        return
    draft.add("problems", result.plan.problems[-1])
    draft.aside = None
    draft.open_place(f"problems[{len(draft.plan.problems) - 1}]")
