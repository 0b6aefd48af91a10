"""Many people at once: a sheet goes in, its columns are looked over, and every row comes out as documents in one ZIP."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st

from generator import library
from generator.app import access
from generator.app.parts.chosen import titled
from generator.app.parts.named import named
from generator.app.parts.plan_values import values
from generator.app.parts.told import told
from generator.app.session import Draft, bind, kept
from generator.app.words import plain, say
from generator.batch.job import Job, run_job
from generator.batch.report import Row, as_csv, totals
from generator.errors import GeneratorError
from generator.exchange.bundle import as_zip
from generator.exchange.column_map import ColumnMap, header_hash, keep_columns, kept_columns
from generator.exchange.columns import Column
from generator.exchange.plan_source import Source, sources_of
from generator.exchange.rows import Sheet, parse_sheet, suggestion_for
from generator.library import Form
from generator.make import Options
from generator.store import Action

_LARGEST_MB = 20
_MOST_ROWS = 1000
_MOST_QUESTIONS = 12
_MOST_LINES = 40


@dataclass
class _Many:
    """The sheet, where its columns go, and what was made of it. All of it goes with the window."""

    upload: str = ""
    sheet: Sheet | None = field(repr=False, default=None)
    columns: tuple[Column, ...] = ()
    places: dict[int, str] = field(default_factory=dict)
    is_known: bool = False
    forms: list[str] = field(default_factory=list)
    is_final: bool = False
    sources: list[Source] = field(repr=False, default_factory=list)
    next: int = 0
    is_making: bool = False
    was_stopped: bool = False
    files: dict[str, bytes] = field(repr=False, default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    error: GeneratorError | None = None

    def take(self, name: str, data: bytes) -> None:
        """Another sheet."""
        self.forget()
        self.sheet, self.columns, self.places, self.error = None, (), {}, None
        try:
            self.sheet = parse_sheet(data, name=name)
            self.columns = suggestion_for(self.sheet)
            before = kept_columns(self.sheet.header)
        except GeneratorError as error:
            self.error = error
            return
        self.is_known = before is not None
        self.places = dict(before.places) if before else {one.number: one.path for one in self.columns if one.is_sure}

    def send(self, number: int, place: object) -> None:
        """A column goes to another place, "" for none; what went there before goes nowhere."""
        path = str(place or "")
        self.places = {n: one for n, one in self.places.items() if n != number and one != path}
        if path:
            self.places[number] = path
        self.is_known = False
        self.forget()

    def map(self, sheet: Sheet) -> ColumnMap:
        """The columns as they were looked over here."""
        return ColumnMap(header_hash(sheet.header), self.places)

    def take_forms(self, chosen: object) -> None:
        """Other forms."""
        self.forms = [str(one) for one in chosen] if isinstance(chosen, list) else []
        self.forget()

    def take_final(self, chosen: object) -> None:
        """For signing, or not."""
        self.is_final = bool(chosen)
        self.forget()

    def begin(self) -> None:
        """Make all rows, from the first."""
        self.forget()
        if self.sheet is not None:
            self.sources, self.is_making = list(sources_of(self.sheet, self.map(self.sheet))), True

    def stop(self) -> None:
        """Make no more; what is made stays."""
        self.is_making, self.was_stopped = False, True

    def forget(self) -> None:
        """What was made from other columns or forms."""
        self.sources, self.next, self.is_making, self.was_stopped, self.files, self.rows = [], 0, False, False, {}, []

    def make(self, forms: tuple[Form, ...], options: Options) -> Iterator[int]:
        """The rows that are left, one after the other; gives how many are done. It may be left at any of them."""
        while self.next < len(self.sources):
            source = self.sources[self.next]
            if source.reason:
                self.rows += [Row.failed(source.place, form.id, source.reason) for form in forms]
            else:
                for made in run_job(Job(source, forms, options)):
                    self.rows.append(made.row)
                    self.files.update(made.files)
            self.next += 1
            yield self.next
        self.is_making = False

    def zipped(self) -> bytes:
        """Every document, with the report."""
        return as_zip({**self.files, "report.csv": as_csv(self.rows)})


def show(draft: Draft) -> None:
    """The screen."""
    language, work = draft.language, kept(_Many)
    st.title(say("steps_many", language))
    st.markdown(say("many_lines", language))
    file = st.file_uploader(say("many_upload", language), key="many_file", max_upload_size=_LARGEST_MB)
    if file is not None and file.file_id != work.upload:
        with st.spinner(say("many_reading", language)):
            work.take(file.name, file.getvalue())
        work.upload = file.file_id
    if work.error is not None:
        st.error(told(work.error, language))
    if work.sheet is None:
        return
    _columns(work, work.sheet, language)
    forms = _forms(work, language)
    if not (forms and work.places):
        return
    count = sum(any(cell.strip() for cell in row) for row in work.sheet.body)
    if count > _MOST_ROWS:
        st.warning(say("many_too_many", language, n=count, most=_MOST_ROWS))
        return
    st.button(say("many_make", language, n=count * len(forms)), key="many_make", type="primary", on_click=work.begin)
    if work.is_making:
        _make(work, forms, language)
    if work.rows:
        _result(work, language)


def _columns(work: _Many, sheet: Sheet, language: str) -> None:
    open_ones = [one for one in work.columns if not one.is_sure and (one.path or one.number in work.places)]
    st.header(say("many_columns", language))
    st.markdown(say("many_counts", language, n=len(work.places), all=len(work.columns), rows=len(sheet.body)))
    if work.is_known:
        st.caption(say("many_known", language))
    for one in open_ones[:_MOST_QUESTIONS]:
        shown = work.places.get(one.number, "")
        options = list(dict.fromkeys(("", one.path, shown, *values())))
        key = f"many_column:{one.number}"
        st.selectbox(
            say("many_column", language, letter=one.letter, name=one.key), options, key=key,
            format_func=lambda path: named(path, language) if path else say("many_unused", language),
            on_change=bind(key, shown, lambda place, number=one.number: work.send(number, place)),  # type: ignore[misc]
            help=say("many_guess", language, place=named(one.path, language)) if one.path else None,
        )  # fmt: skip
    with st.expander(say("many_all", language, n=len(work.columns))):
        st.table(
            [
                {
                    say("many_col", language): one.letter,
                    say("many_head", language): plain(one.key),
                    say("col_gets", language): named(work.places[one.number], language)
                    if one.number in work.places
                    else say("many_unused", language),
                }
                for one in work.columns
            ]
        )
    if not work.is_known:
        st.button(say("many_keep", language), key="many_keep", on_click=_keep, args=(work, sheet))


def _keep(work: _Many, sheet: Sheet) -> None:
    try:
        keep_columns(work.map(sheet), sheet.header)
        work.is_known, work.error = True, None
    except GeneratorError as error:
        work.error = error


def _forms(work: _Many, language: str) -> tuple[Form, ...]:
    every = {form.id: form for form in library.forms()}
    work.forms = [one for one in work.forms if one in every]
    st.multiselect(
        say("many_forms", language), list(every), key="many_forms", placeholder=say("choose", language),
        on_change=bind("many_forms", work.forms, work.take_forms), format_func=lambda one: titled(every[one], language),
    )  # fmt: skip
    st.checkbox(say("final", language), key="many_final", on_change=bind("many_final", work.is_final, work.take_final))
    return tuple(every[one] for one in work.forms)


def _make(work: _Many, forms: tuple[Form, ...], language: str) -> None:
    """Row after row. Each ends at a place where Stop, or any other click, is heard."""
    st.button(say("stop", language), key="many_stop", on_click=work.stop)
    every = len(work.sources)
    bar = st.progress(work.next / every if every else 1.0, text=say("many_at", language, n=work.next, all=every))
    for done in work.make(forms, Options(language=language, final=work.is_final)):
        bar.progress(done / every, text=say("many_at", language, n=done, all=every))
    st.rerun()


def _result(work: _Many, language: str) -> None:
    counts = totals(work.rows)
    made = len(work.files)
    if work.was_stopped:
        st.info(say("stopped", language))
    st.success(say("many_made", language, n=made, draft=counts["draft"]))
    bad = [row for row in work.rows if not row.is_made or row.status == "unproven"]
    if bad:
        st.warning(say("many_bad", language, n=len(bad)))
        st.table(
            [
                {
                    say("many_row", language): row.place.removeprefix("row "),
                    say("form", language): row.form,
                    say("many_why", language): plain(row.why)
                    if language == "en"
                    else say(f"many_{row.status}", language),
                }
                for row in bad[:_MOST_LINES]
            ]
        )
        if len(bad) > _MOST_LINES:
            st.caption(say("many_more", language, n=len(bad) - _MOST_LINES))
    st.download_button(
        say("many_download", language, n=made), lambda: _handed_out(work), "documents.zip", "application/zip",
        key="many_zip", type="primary", on_click="ignore",
    )  # fmt: skip


def _handed_out(work: _Many) -> bytes:
    """The ZIP; the trail says that so many documents were taken."""
    vault = access.vault()
    if vault is not None:
        vault.trail.note(vault.account, Action.EXPORT, "batch", kind="zip", documents=len(work.files))
    return work.zipped()
