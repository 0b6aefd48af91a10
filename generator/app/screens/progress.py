"""Progress: measures and objectives over time, and the review clock."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import altair as alt
import streamlit as st

from generator.agency import read_agency
from generator.app.session import Draft
from generator.app.words import say
from generator.charts import in_words, series_of
from generator.charts.series import Series, number
from generator.due_file import clock_as_ics
from generator.rules.clock import Clock, review_clock

# Line, target and numbers, for a light page and a dark one.
_COLOURS = {"light": ("#1f5f8b", "#9a4b00", "#31333f"), "dark": ("#6fb3e0", "#f0a860", "#fafafa")}


def show(draft: Draft) -> None:
    """The screen."""
    language, today = draft.language, date.today()
    st.title(say("steps_progress", language))
    clock = review_clock(draft.plan, read_agency().context(as_of=today, language=language))
    _clock(draft, clock, today)
    for of in ("measures", "objectives"):
        st.header(say(f"progress_{of}", language))
        found = series_of(draft.plan, of)
        if not found:
            st.info(say(f"progress_no_{of}", language))
            continue
        _plots(found, language, of)


def _clock(draft: Draft, clock: Clock, today: date) -> None:
    language, first = draft.language, clock.next_review
    st.header(say("clock_title", language))
    if first is None:
        st.info(say("clock_none", language))
    else:
        left = (first.day - today).days
        word = "clock_today" if left == 0 else "clock_left" if left > 0 else "clock_past"
        tell = st.success if left > 30 else st.warning if left >= 0 else st.error
        tell(
            f"**{say('clock_next', language, day=_day(first.day, language))}** {say(word, language, n=abs(left))} {first.what}."
        )
    if clock.dates:
        st.table(
            [
                {
                    say("clock_day", language): _day(one.day, language),
                    say("clock_what", language): one.what,
                    say("clock_why", language): one.source,
                }
                for one in clock.dates
            ]
        )
        st.download_button(
            say("clock_ics", language), partial(clock_as_ics, clock, draft.plan, stamped=today), "reviews.ics",
            "text/calendar", key="ics", on_click="ignore",
        )  # fmt: skip
    st.caption(say("clock_source", language, program=clock.program, source=clock.source))


def _plots(found: Sequence[Series], language: str, of: str) -> None:
    for n, one in enumerate(found):
        st.altair_chart(_plot(one, language), width="stretch", key=f"plot:{of}:{n}")
    st.caption(in_words(found, language))


def _plot(one: Series, language: str) -> alt.LayerChart | alt.FacetChart:
    """Points and a line, the number aimed at as a dashed one. Values are given in the chart itself: nothing is fetched."""
    line, target_line, ink = _COLOURS["dark" if st.context.theme.type == "dark" else "light"]
    when, score = say("progress_date", language), say("progress_value", language)
    points = [{"when": day.isoformat(), "score": value, "shown": number(value)} for day, value in one.points]
    high = max([value for _, value in one.points] + [one.top or 0, one.target or 0])
    x = alt.X(
        "when:T",
        title=when,
        axis=alt.Axis(format="%m/%d/%y" if language == "en" else "%d/%m/%y", tickCount=min(len(points), 8)),
    )
    y = alt.Y("score:Q", title=score, scale=alt.Scale(domain=[min(0.0, *(v for _, v in one.points)), high or 1]))
    base = alt.Chart(_values(points)).encode(
        x=x, y=y, tooltip=[alt.Tooltip("when:T", title=when), alt.Tooltip("shown:N", title=score)]
    )
    layers = [base.mark_line(color=line, strokeWidth=2), base.mark_point(color=line, filled=True, size=70)]
    layers.append(base.mark_text(dy=-12, fontSize=12, color=ink).encode(text="shown:N"))
    if one.target is not None:
        aim = alt.Chart(_values([{"score": one.target}]))
        layers.append(aim.mark_rule(color=target_line, strokeDash=[6, 4], strokeWidth=2).encode(y="score:Q"))
    target = f" ({say('progress_target', language, n=number(one.target))})" if one.target is not None else ""
    return alt.layer(*layers).properties(
        height=210, title=alt.Title(f"{one.name}{target}", anchor="start", fontSize=14)
    )


def _values(rows: Sequence[Mapping[str, object]]) -> alt.Data:
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def _day(day: date, language: str) -> str:
    return day.strftime("%d/%m/%Y" if language == "es" else "%m/%d/%Y")
