"""The list of codes: found, billable or a heading, newer or impossible, and what keeps two apart."""

from datetime import date

import pytest

from generator.codes import Standing, code_list

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
