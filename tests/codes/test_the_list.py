"""The list of codes: found, billable or a heading, newer or impossible, and what keeps two apart."""

from datetime import date

import pytest

from generator.codes import Standing, code_list
from generator.codes.excludes import names

CODES = code_list()


def test_a_code_is_found_however_it_is_typed():
    assert [CODES.find(typed).code for typed in ("F10.20", "f1020", " f10.20 ")] == ["F10.20"] * 3


def test_every_chapter_is_there_and_not_only_behavioural_health():
    assert CODES.find("H54.2X11").title == "Low vision right eye category 1, low vision left eye category 1"
    assert len(CODES) > 98_000


@pytest.mark.parametrize(
    ("typed", "standing"),
    [
        ("F32.1", Standing.BILLABLE),
        ("F32", Standing.HEADING),
        ("F50.2", Standing.HEADING),
        ("F99.77", Standing.UNKNOWN),
        ("QA0.0101", Standing.BILLABLE),  # since FY2026 the second place may be a letter
        ("hello", Standing.IMPOSSIBLE),
        ("F32.12345", Standing.IMPOSSIBLE),
        ("F32.", Standing.IMPOSSIBLE),
        ("", Standing.IMPOSSIBLE),
    ],
)
def test_a_text_is_billable_a_heading_unknown_or_impossible(typed, standing):
    assert CODES.standing(typed) is standing


def test_an_unknown_code_may_be_new_after_the_lists_last_day_and_not_before():
    last = CODES.release.last_day
    assert CODES.standing("F99.77", on=last) is Standing.UNKNOWN
    assert CODES.standing("F99.77", on=date(last.year, 10, 1)) is Standing.NEWER
    assert CODES.standing("hello", on=date(2030, 1, 1)) is Standing.IMPOSSIBLE


def test_the_release_says_its_days():
    assert CODES.release.last_day == date(CODES.release.fiscal_year, 9, 30)
    assert CODES.release.first_day < CODES.release.last_day


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [
        ("F32.1", "F33.1", "recurrent depressive disorder (F33.-)"),
        ("F33.1", "F32.1", "recurrent depressive disorder (F33.-)"),
        ("F10.20", "F10.10", "alcohol abuse (F10.1-)"),
        (
            "F20.0",
            "F31.64",
            "mood [affective] disorders with psychotic symptoms (F30.2, F31.2, F31.5, F31.64, F32.3, F33.3)",
        ),
        ("F32.1", "F41.1", None),
        ("F32.1", "F32.1", None),
        ("F32.1", "Z99.999", None),
    ],
)
def test_an_excludes1_note_of_either_code_or_its_heading_keeps_two_apart(one, other, note):
    assert CODES.note_between(one, other) == note


def test_headings_go_from_the_nearest_to_the_category():
    assert [heading.code for heading in CODES.headings_of("F10.121")] == ["F10.12", "F10.1", "F10"]
    assert [heading.code for heading in CODES.headings_of("T15.01XA")] == ["T15.01", "T15.0", "T15"]


@pytest.mark.parametrize(
    ("note", "named", "not_named"),
    [
        ("bipolar disorder (F31.-)", "F31.9", "F32.9"),
        ("mood disorders (F30-F39)", "F33.1", "F40.1"),
        ("diabetes mellitus (E08-E13 with .69-)", "E11.69", "E11.9"),
        ("gangrene in diabetes (E08-E13 with .51-.52)", "E10.52", "E10.21"),
        ("hallucinations in drug psychosis (F11-F19 with fifth to sixth characters 51)", "F15.151", "F15.150"),
        ("meningitis (B27.- with fifth character 2)", "B27.02", "B27.01"),
        ("dysarthria (I69. with final characters -22)", "I69.022", "I69.021"),
        ("open fracture of ankle (S92.-with 7th character B)", "S92.011B", "S92.011A"),
        ("open fracture (S52.- with open fracture 7th character)", "S52.011", "S52.011"),
        ("disease (with C3 glomerulopathy) with deposits (N04.6)", "N04.6", "C30.0"),
    ],
)
def test_a_note_names_what_it_lists_in_each_way_of_writing(note, named, not_named):
    if named != not_named:
        assert names(note, named)
    assert not names(note, not_named)
