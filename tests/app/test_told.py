"""What the core says in English is said in Spanish too: the doctor's findings with their places, the guard's pages."""

import re
from pathlib import Path

import pytest

import generator.blanks.word_tags.doctor as doctor
from generator.app.guard import _language_of, _page
from generator.app.parts.told import told_finding, told_place
from generator.app.words import has
from generator.finding import Finding, Severity
from generator.ooxml_clean import TAKEN

RULES = sorted(
    {
        rule
        for file in Path(doctor.__file__).parent.glob("*.py")
        for rule in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', file.read_text(encoding="utf-8"))
    }
    | set(TAKEN)
    | {"syntax", "unsafe"}
)


@pytest.mark.parametrize("rule", RULES)
def test_every_fault_that_the_doctor_knows_has_its_spanish(rule):
    assert has(f"finding_{rule}"), rule
    said = told_finding(Finding(rule, Severity.ERROR, "the template", "an English sentence.", "Mend it."), "es")
    assert "English" not in said and "Mend" not in said and len(said) > 15


def test_what_a_finding_names_is_kept_in_spanish():
    finding = Finding(
        "unknown-name",
        Severity.ERROR,
        "the document, table 1, row 2, cell 3",
        'a plan has no "patient.nam". Near “Name: {{ patient.nam }}”.',
        "Did you mean patient.name?",
    )
    said = told_finding(finding, "es")
    assert "Dice: patient.nam." in said and "¿Quiso decir patient.name?" in said
    assert "Cerca de «Name: {{ patient.nam }}»." in said
    assert told_place(finding.where, "es") == "el documento, tabla 1, fila 2, celda 3"
    assert told_place("a header (header2), paragraph 4", "es") == "un encabezado (header2), párrafo 4"
    wrote = Finding("date-without-filter", Severity.WARNING, "", "", "Write {{ plan.plan_date | date }}")
    assert "Escriba {{ plan.plan_date | date }}." in told_finding(wrote, "es")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("es-MX,es;q=0.9", "es"), ("ES", "es"), ("en-US,en;q=0.9,es;q=0.8", "en"), ("", "en"), ("fr", "en")],
)
def test_the_guards_pages_are_in_the_browsers_first_language(asked, language):
    page = _page(_language_of({"accept-language": asked}), "locked", "again").decode()
    assert f'<html lang="{language}">' in page
    assert ("está cerrado" in page) == (language == "es") and ("is locked" in page) == (language == "en")


def test_what_an_error_says_on_the_guards_page_is_text_and_never_markup():
    assert "<b>" not in _page("en", "locked", "again", said="<b>").decode()
