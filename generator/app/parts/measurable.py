"""Make it measurable: what is missing is asked on the spot, and the sentence and its measure are written from the answers."""

from dataclasses import dataclass, field

import streamlit as st

from generator.app.parts.typed import typed_text
from generator.app.session import Draft
from generator.app.words import plain, say
from generator.plan.goals import Objective
from generator.plan.types.day import read_typed_day
from generator.plan.types.number import as_number
from generator.plan.walk import value_at
from generator.rules.text.make_measurable import Answers, Made, make_measurable
from generator.rules.text.measurable import explain
from generator.rules.text.readability import read_text

_PARTS = ("what", "count", "unit", "today", "by", "shown")
_FIELDS = {"what": "what", "count": "target", "unit": "unit", "today": "baseline", "shown": "instrument"}
"""Where an answer goes in the measure."""
_ENOUGH_WORDS = 8


@dataclass
class Asking:
    """The objective that is being asked about, and what was answered so far. It lies in the draft."""

    place: str
    answers: dict[str, str] = field(default_factory=dict)
    asked: tuple[tuple[str, str], ...] = ()


def help_to_measure(draft: Draft, here: str) -> None:
    """The button under an objective's sentence, the questions when it was pressed, and how hard the sentence reads."""
    objective = value_at(draft.plan, here)
    if not isinstance(objective, Objective):
        return
    sentence = objective.statement or ""
    _reading(draft, sentence)
    asking = draft.asking if isinstance(draft.asking, Asking) and draft.asking.place == here else None
    if asking is None:
        word = say("measurable_help", draft.language)
        st.button(word, key="measurable", on_click=_begin, args=(draft, here, objective), type="tertiary", icon=":material/straighten:")  # fmt: skip
        return
    with st.container(border=True, key="measurable-questions"):
        judgement = explain(sentence, draft.language)
        for reason in judgement.against if sentence.strip() and not judgement.is_measurable else ():
            st.markdown(f"- {plain(reason.said(draft.language))}")
        questions = dict(make_measurable("", Answers(), draft.language).questions) | dict(asking.asked)
        left, right = st.columns(2)
        for n, part in enumerate(_PARTS):
            with left if n % 2 == 0 else right:
                _question(draft, asking, part, questions.get(part, part))
        if asking.asked:
            st.warning(" ".join(plain(said) for _, said in asking.asked))
        with st.container(horizontal=True):
            st.button(say("measurable_write", draft.language), key="measurable-write", type="primary", on_click=_write, args=(draft, asking, sentence))  # fmt: skip
            st.button(say("cancel", draft.language), key="measurable-cancel", on_click=_end, args=(draft,))


def _begin(draft: Draft, here: str, objective: Objective) -> None:
    measure, day = objective.measure, objective.target_date
    known = {part: getattr(measure, key) for part, key in _FIELDS.items() if part != "what"}
    answers = {part: str(value) for part, value in known.items() if value is not None}
    draft.asking = Asking(here, answers | ({"by": day.isoformat()} if day else {}))


def _end(draft: Draft) -> None:
    draft.asking = None


def _question(draft: Draft, asking: Asking, part: str, question: str) -> None:
    def store(typed: str) -> None:
        asking.answers[part] = typed

    typed_text(plain(question), f"measurable:{part}", lambda: asking.answers.get(part, ""), store)


def _write(draft: Draft, asking: Asking, sentence: str) -> None:
    given = {part: answer for part, answer in asking.answers.items() if answer.strip()}
    day = read_typed_day(given.get("by", ""))
    if day is not None:
        given["by"] = day.isoformat()
    made: Made = make_measurable(sentence, Answers.of(given), draft.language)
    if not made.sentence:
        asking.asked = made.questions
        return
    draft.put(f"{asking.place}.statement", made.sentence)
    for part, key in _FIELDS.items():
        if given.get(part):
            draft.put(f"{asking.place}.measure.{key}", _number_or_words(given[part]))
    if day is not None:
        draft.put(f"{asking.place}.target_date", day.isoformat())
    draft.asking = None


def _number_or_words(answer: str) -> object:
    try:
        return as_number(answer)
    except ValueError:
        return answer


def _reading(draft: Draft, sentence: str) -> None:
    reading = read_text(sentence)
    if reading is None or reading.words < _ENOUGH_WORDS or reading.is_easy:
        return
    key = "reading_es" if reading.language == "es" else "reading_en"
    st.caption(say(key, draft.language, value=round(reading.value)))
