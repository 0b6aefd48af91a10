"""Next review: the open objectives with their last value, today's value and a decision; then what changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from generator.agency import read_agency
from generator.app.parts.chosen import choose
from generator.app.parts.told import told
from generator.app.parts.typed import typed_text
from generator.app.session import Draft, bind, kept, value_of
from generator.app.words import choice_name, plain, say
from generator.errors import ReviewNotPossible
from generator.exchange.plan_file import plan_as_yaml
from generator.filters import as_date
from generator.finding import Finding, Severity
from generator.mapping.changes import change_said, value_said
from generator.plan import Plan
from generator.review import Answers, Asked, Decided, next_review, open_objectives, with_changes
from generator.review.words import DECISIONS
from generator.rules import Context
from generator.rules.clock import review_clock

_AT_ONCE = 8
"""Objectives on the screen at a time: three inputs each stay below forty."""
_NEEDS_NEW = ("not_met", "extended")


@dataclass
class _Typed:
    """What was typed at this review, by place; and once it is made, the plan before and after it."""

    texts: dict[str, str] = field(default_factory=dict)
    group: int = 0
    of: Plan | None = None
    before: Plan | None = None
    after: Plan | None = None
    made_at: int = 0
    findings: tuple[Finding, ...] = ()
    trouble: ReviewNotPossible | str = ""

    def begin(self, plan: Plan) -> None:
        """Forget what was typed for another plan."""
        if self.of is not plan:
            name = plan.patient.name
            author = next((one.name for one in plan.staff if one.id == plan.plan.prepared_by), "")
            people = [" ".join(part for part in (name.first, name.last) if part), author or ""]
            self.texts = {"day": date.today().isoformat(), "participants": ", ".join(one for one in people if one)}
            self.of, self.group, self.findings, self.trouble = plan, 0, (), ""

    def keep(self, place: str) -> Callable[[object], None]:
        """What puts a widget's value in its place."""

        def store(value: object) -> None:
            self.texts[place] = "" if value is None else str(value)

        return store

    def take_group(self, value: object) -> None:
        """Show other objectives."""
        self.group = value if isinstance(value, int) else 0


def show(draft: Draft) -> None:
    """The screen."""
    typed = kept(_Typed)
    st.title(say("steps_next_review", draft.language))
    if typed.after is draft.plan and typed.before is not None:
        _result(draft, typed, typed.before)
    else:
        typed.begin(draft.plan)
        _questions(draft, typed)


def _context(draft: Draft, day: date) -> Context:
    return read_agency().context(as_of=day, language=draft.language)


def _questions(draft: Draft, typed: _Typed) -> None:
    language, today = draft.language, date.today()
    due = review_clock(draft.plan, _context(draft, today)).next_review
    st.markdown(say("nr_lines", language))
    if due is not None:
        st.caption(say("nr_due", language, day=as_date(due.day), why=plain(due.what)))
    left, right = st.columns(2)
    with left:
        _text(typed, "day", say("nr_day", language))
    with right:
        _text(typed, "participants", say("nr_participants", language))
    asked = open_objectives(draft.plan, _context(draft, today))
    for one in _shown(draft, typed, asked):
        _objective(draft, typed, one)
    if not asked:
        st.info(say("nr_none", language))
    _text(typed, "summary", say("nr_summary", language))
    _text(typed, "statement", say("nr_statement", language))
    if typed.trouble:
        st.error(typed.trouble if isinstance(typed.trouble, str) else told(typed.trouble, language))
    for finding in typed.findings:
        st.error(plain(f"{finding.message} {finding.mend}"))
    st.button(say("nr_make", language), key="nr:make", type="primary", on_click=_make, args=(draft, typed, asked))


def _shown(draft: Draft, typed: _Typed, asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The objectives of the group that is open."""
    if len(asked) <= _AT_ONCE:
        return asked
    starts = range(0, len(asked), _AT_ONCE)
    st.radio(
        say("nr_group", draft.language), range(len(starts)), key="nr:group", horizontal=True,
        on_change=bind("nr:group", min(typed.group, len(starts) - 1), typed.take_group),
        format_func=lambda n: f"{asked[starts[n]].number} – {asked[min(starts[n] + _AT_ONCE, len(asked)) - 1].number}",
    )  # fmt: skip
    first = starts[min(typed.group, len(starts) - 1)]
    return asked[first : first + _AT_ONCE]


def _objective(draft: Draft, typed: _Typed, one: Asked) -> None:
    language, number = draft.language, one.number
    with st.container(border=True, key=f"nr:{number}"):
        st.markdown(f"**{say('nr_objective', language, n=number)}** {plain(one.statement)}")
        key = "nr_last_on" if one.last_on else "nr_last"
        day = as_date(one.last_on.isoformat()) if one.last_on else ""
        st.caption(say(key, language, target=plain(one.target) or "–", value=plain(one.last) or "–", day=day))
        left, right = st.columns(2)
        with left:
            _text(typed, f"value:{number}", say("nr_value", language, n=number))
        with right:
            place = f"decision:{number}"
            st.selectbox(
                say("nr_decision", language, n=number), DECISIONS, key=f"nr:{place}", placeholder=say("nr_choose", language),
                on_change=bind(f"nr:{place}", typed.texts.get(place) or None, typed.keep(place)), index=None,
                format_func=lambda word: say(f"decision_{word}", language),
            )  # fmt: skip
        if typed.texts.get(f"decision:{number}") in _NEEDS_NEW:
            _new_intervention(draft, typed, one)


def _new_intervention(draft: Draft, typed: _Typed, one: Asked) -> None:
    language, place = draft.language, f"new:{one.number}"
    if one.proposals:
        key = f"nr:propose:{one.number}"
        st.selectbox(
            say("nr_propose", language, n=one.number), one.proposals, key=key, index=None,
            placeholder=say("nr_choose", language), on_change=lambda: typed.keep(place)(value_of(key)),
        )  # fmt: skip
    _text(typed, place, say("nr_new", language, n=one.number))
    st.caption(say("nr_new_help", language))


def _text(typed: _Typed, place: str, label: str) -> None:
    typed_text(label, f"nr:{place}", lambda: typed.texts.get(place, ""), typed.keep(place))


def _make(draft: Draft, typed: _Typed, asked: tuple[Asked, ...]) -> None:
    """Carry the plan forward; the plan as it was stays beside it."""
    typed.trouble, typed.findings = "", ()
    try:
        day = date.fromisoformat(typed.texts.get("day", "").strip())
    except ValueError:
        typed.trouble = say("nr_day_wrong", draft.language)
        return
    people = [one.strip() for one in typed.texts.get("participants", "").split(",")]
    answers = Answers(
        objectives=[_decided(typed, one) for one in asked],
        day=day,
        participants=[one for one in people if one],
        summary=typed.texts.get("summary", ""),
        statement=typed.texts.get("statement", ""),
    )
    before = draft.plan
    try:
        made = next_review(before, answers, _context(draft, day))
    except ReviewNotPossible as error:
        typed.trouble = error
        return
    blocking = tuple(one for one in made.findings if one.severity is Severity.ERROR)
    if blocking:
        typed.findings = blocking
        return
    typed.before, typed.after, typed.findings = before, made.plan, made.findings
    draft.open(made.plan)
    draft.go("next_review")
    typed.made_at = draft.version


def _decided(typed: _Typed, one: Asked) -> Decided:
    decision = typed.texts.get(f"decision:{one.number}", "")
    new = typed.texts.get(f"new:{one.number}", "").strip() if decision in _NEEDS_NEW else ""
    return Decided(one.number, typed.texts.get(f"value:{one.number}", ""), decision, interventions=[new] if new else [])


def _result(draft: Draft, typed: _Typed, before: Plan) -> None:
    """What changed, with what was edited since; the table that the review form prints is the same."""
    language, plan = draft.language, draft.plan
    again = with_changes(before, plan)
    here, there = plan.reviews.last, again.plan.reviews.last
    if here is not None and there is not None and here.as_data() != there.as_data():
        here.changes = there.changes
        draft.changed()
        typed.made_at = -1
    st.success(say("nr_made", language, n=plan.plan.version, day=as_date(plan.reviews.next_due)))
    if typed.findings:
        st.subheader(say("nr_open", language))
        st.markdown("\n".join(f"- {plain(f'{one.message} {one.mend}')}" for one in typed.findings))
    st.subheader(say("nr_changed", language))
    columns = [say(key, language) for key in ("nr_kind", "nr_what", "nr_was", "nr_is")]
    rows = [
        (
            choice_name(one.kind, language),
            change_said(one.field, one.entry, language),
            as_date(value_said(one.field, one.before, language)),
            as_date(value_said(one.field, one.after, language)),
        )
        for one in again.changes
    ]
    if rows:
        st.table([dict(zip(columns, map(plain, row), strict=True)) for row in rows])
    else:
        st.caption(say("nr_nothing", language))
    with st.container(horizontal=True):
        st.button(say("nr_print", language), key="nr:print", type="primary", on_click=_print, args=(draft,))
        if draft.version == typed.made_at:
            st.button(say("nr_again", language), key="nr:again", on_click=_again, args=(draft, before))
        st.download_button(
            say("nr_before", language), lambda: plan_as_yaml(before), "plan-before.yaml", "text/yaml", key="nr:before",
            on_click="ignore",
        )  # fmt: skip


def _print(draft: Draft) -> None:
    choose("plan-review")
    draft.go("document")


def _again(draft: Draft, before: Plan) -> None:
    """Back to the plan as it was and to what was typed; offered while nothing was edited since."""
    draft.open(before)
    draft.go("next_review")
