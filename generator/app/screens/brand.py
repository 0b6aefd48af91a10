"""Stationery: the agency's letterhead as a form, with a live picture of a form on it; the whole set made from it."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import streamlit as st

from generator.agency_brand import KeptBrand, keep, read_kept
from generator.app.made import made
from generator.app.parts.pages import show_page
from generator.app.parts.told import told, told_finding
from generator.app.parts.typed import typed_text
from generator.app.person import ask_again
from generator.app.session import Draft, bind, kept
from generator.app.words import say
from generator.errors import GeneratorError
from generator.exchange.bundle import as_zip
from generator.new_template import make_set, make_template
from generator.own_forms import About, keep_form
from generator.stationery.brand import COLOUR, Brand, brand_from
from generator.stationery.definition import STANDARD, standard
from generator.stationery.new_form import NewForm
from generator.stationery.wording import Wording

_ROWS = (("phone", "fax"), ("email", "web"), ("npi", "ein", "license_no"))
_ADDRESS = ("line1", "line2", "city", "state", "zip")
_PERSONS = ("client", "patient", "person served", "participant", "resident", "member")


@dataclass
class _Work:
    """The brand as it is typed, and what was made from it last. `version` changes with every letter."""

    data: dict[str, str] = field(default_factory=dict)
    logo: bytes | None = None
    upload: str = ""
    form: str = STANDARD[0]
    is_read: bool = False
    is_kept: bool = False
    made_of: str = ""
    picture: NewForm | None = None
    wanted: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    in_library: int = 0
    error: GeneratorError | None = None

    def put(self, key: str, typed: object) -> None:
        self.data[key] = str(typed or "").strip()
        self.changed()

    def changed(self) -> None:
        self.is_kept, self.files, self.in_library, self.wanted = False, {}, 0, ""

    def stop(self) -> None:
        self.wanted, self.files = "", {}

    def as_data(self) -> dict[str, object]:
        plain: dict[str, object] = {key: value for key, value in self.data.items() if key not in _ADDRESS and value}
        address = {key: self.data[key] for key in _ADDRESS if self.data.get(key)}
        return {**plain, **({"address": address} if address else {})}


def show(draft: Draft) -> None:
    """The screen."""
    language, work = draft.language, kept(_Work)
    if not work.is_read:
        _read(work)
    st.title(say("brand_title", language))
    st.markdown(say("brand_lines", language))
    left, right = st.columns((1, 1), gap="large")
    with left:
        _fields(work, language)
    with right:
        _live(work, language)
    if work.error is not None:
        st.error(told(work.error, language))
    if work.data.get("name"):
        _take_along(work, language)


def _read(work: _Work) -> None:
    work.is_read = True
    try:
        before = read_kept()
    except GeneratorError as error:
        work.error = error
        return
    address = before.data.get("address")
    flat = {**before.data, **(address if isinstance(address, dict) else {})}
    work.data = {str(k): str(v) for k, v in flat.items() if isinstance(v, str | int) and k != "logo"}
    work.logo, work.is_kept = before.logo, bool(before.data)


def _fields(work: _Work, language: str) -> None:
    _text(work, "name", language)
    _text(work, "line1", language)
    _text(work, "line2", language)
    _row(work, ("city", "state", "zip"), language)
    for keys in _ROWS:
        _row(work, keys, language)
    file = st.file_uploader(say("brand_logo", language), key="brand_logo", max_upload_size=25)
    if file is not None and file.file_id != work.upload:
        work.logo, work.upload = file.getvalue(), file.file_id
        work.changed()
    if work.logo is not None:
        st.button(say("brand_no_logo", language), key="brand_no_logo", on_click=_no_logo, args=(work,))
    colour, paper = st.columns((1, 2))
    with colour:
        shown = f"#{work.data.get('color', '').lstrip('#') or COLOUR}"
        st.color_picker(
            say("brand_color", language),
            key="brand:color",
            on_change=bind("brand:color", shown, partial(work.put, "color")),
        )
    with paper:
        _select(work, "paper", ("letter", "a4"), language)
    _select(work, "person", _PERSONS, language)
    _text(work, "font", language)


def _row(work: _Work, keys: tuple[str, ...], language: str) -> None:
    for column, key in zip(st.columns(len(keys)), keys, strict=True):
        with column:
            _text(work, key, language)


def _text(work: _Work, key: str, language: str) -> None:
    typed_text(say(f"brand_{key}", language), f"brand:{key}", lambda: work.data.get(key, ""), partial(work.put, key))


def _select(work: _Work, key: str, options: tuple[str, ...], language: str) -> None:
    value = work.data.get(key) or options[0]
    every = list(dict.fromkeys((*options, value)))
    st.selectbox(
        say(f"brand_{key}", language), every, key=f"brand:{key}",
        on_change=bind(f"brand:{key}", value, partial(work.put, key)),
        format_func=lambda one: say(f"brand_{key}_{one.replace(' ', '_')}", language) if one in options else one,
    )  # fmt: skip


def _no_logo(work: _Work) -> None:
    work.logo = None
    work.changed()


def _brand(work: _Work) -> Brand:
    return brand_from(work.as_data(), Path(), picture=work.logo)[0]


def _live(work: _Work, language: str) -> None:
    """The picture of one form on this letterhead, made anew when anything of it has changed."""
    st.selectbox(
        say("brand_show", language), STANDARD, key="brand_form",
        on_change=bind("brand_form", work.form, lambda one: setattr(work, "form", str(one or STANDARD[0]))),
        format_func=lambda one: _titled(one, language),
    )  # fmt: skip
    data = work.as_data()
    given = {**data, "name": data.get("name") or say("brand_example_name", language)}
    of = json.dumps([given, work.form, language, hashlib.sha256(work.logo or b"").hexdigest()], sort_keys=True)
    try:
        brand, findings = brand_from(given, Path(), picture=work.logo)
        if of != work.made_of or work.picture is None:
            work.picture = make_template(brand, work.form, kind="pdf", language=language)
            work.made_of = of
    except GeneratorError as error:
        st.error(told(error, language))
        return
    for one in (*findings, *work.picture.findings):
        if one.rule != "own-text-needed":
            st.warning(told_finding(one, language))
    show_page(made(), work.picture.data, 0, say("brand_picture", language, title=work.picture.title), language, "brand")


def _take_along(work: _Work, language: str) -> None:
    st.divider()
    with st.container(horizontal=True):
        st.button(say("brand_keep", language), key="brand_keep", type="primary", on_click=_keep, args=(work,))
        st.button(say("brand_make", language), key="brand_make", on_click=lambda: setattr(work, "wanted", "zip"))
        st.button(
            say("brand_library", language), key="brand_library", on_click=lambda: setattr(work, "wanted", "library")
        )
    if work.is_kept:
        st.success(say("brand_kept", language))
    if work.wanted:
        _make(work, language)
    if work.files:
        st.download_button(
            say("brand_download", language, n=len(work.files)), lambda: as_zip(work.files), "forms.zip", "application/zip",
            key="brand_zip", type="primary", on_click="ignore",
        )  # fmt: skip
    if work.in_library:
        st.success(say("brand_in_library", language, n=work.in_library))


def _make(work: _Work, language: str) -> None:
    """The set, a form at a time; Stop is heard after each. Only a whole set is kept."""
    wanted, files = work.wanted, dict[str, bytes]()
    st.button(say("stop", language), key="brand_stop", on_click=work.stop)
    with st.status(say("brand_making", language)) as status:
        try:
            brand = _brand(work)
            kinds = ("word",) if wanted == "library" else ("word", "pdf")
            titles: dict[str, str] = {}
            for name, form in make_set(brand, language=language, kinds=kinds):  # type: ignore[arg-type]
                status.update(label=f"{len(files) + 1} / {len(STANDARD) * len(kinds)}: {form.title}")
                files[name], titles[name] = form.data, form.title
            if wanted == "library":
                for name, data in files.items():
                    about = About(title=f"{titles[name]} ({brand.name})", source=say("brand_source", language))
                    keep_form(name, data, about, fields={})
                work.in_library = len(files)
            else:
                work.files = files
        except GeneratorError as error:
            work.error = error
        work.wanted = ""
    st.rerun()


@cache
def _titled(form_id: str, language: str) -> str:
    return Wording(language)(standard(form_id).title)


def _keep(work: _Work) -> None:
    work.error = None
    try:
        keep(KeptBrand(work.as_data(), work.logo))
        ask_again()
        work.is_kept = True
    except GeneratorError as error:
        work.error = error
