"""How hard a text is to read, and what a score can be."""

import pytest

from generator.rules.scores import instrument, instruments
from generator.rules.text.readability import english_syllables, read_text


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("the", 1), ("table", 2), ("agree", 2), ("make", 1), ("alcohol", 3), ("by", 1), ("rhythm", 1)],
)
def test_syllables_are_counted_as_the_rule_defines_them(word, syllables):
    assert english_syllables(word) == syllables


def test_short_words_and_sentences_are_easy_and_long_ones_are_not():
    assert read_text("I will come on time. I will call if I am sick.").is_easy
    assert not read_text(
        "Participation in individualized psychotherapeutic interventions necessitates comprehensive collaboration."
    ).is_easy
    assert read_text("Voy a venir a la cita. Voy a llamar si no puedo ir.").language == "es"


def test_a_grade_is_the_published_formula():
    # 4 words, 1 sentence, 4 syllables: 0.39 * 4 + 11.8 * 1 - 15.59
    assert read_text("We will come home.").value == pytest.approx(0.39 * 4 + 11.8 - 15.59)


def test_a_text_without_words_has_no_grade():
    assert read_text(" 。...  ") is None


@pytest.mark.parametrize("name", instruments())
def test_bands_cover_an_instruments_whole_range_without_a_gap(name):
    one = instrument(name)
    if one.bands:
        assert [one.bands[0].low, one.bands[-1].high] == [one.low, one.high]
        assert all(later.low == earlier.high + 1 for earlier, later in zip(one.bands, one.bands[1:], strict=False))
        assert all(one.band_of(score) for score in range(one.low, one.high + 1))
    assert not one.has(one.low - 1)
    assert not one.has(one.high + 1)
    assert one.band_of(one.high + 1) is None


def test_an_instrument_is_known_by_its_name_with_what_people_write_around_it():
    assert instrument("phq-9 (en español)").name == "PHQ-9"
    assert instrument("PHQ-9 in Spanish").name == "PHQ-9"
    assert instrument("PCL-5 en español").high == 80
    assert instrument("PHQ-9 and more") is None
    assert instrument("PHQ-9").band_of(17).name == "moderately severe"
