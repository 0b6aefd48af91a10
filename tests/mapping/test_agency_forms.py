"""Agency Word forms, from file to filled document with no hand on it, judged by a yardstick of its own."""

from pathlib import Path

import pytest

from tests.benchmarks.agency_word import figures, judged


@pytest.mark.slow
def test_with_every_guess_accepted_most_blanks_are_right(shared: Path, tmp_path: Path):
    assert figures(judged(shared, tmp_path, "all"))["right"] >= 0.9


@pytest.mark.slow
def test_what_is_sure_is_right_and_nothing_stands_in_another_persons_blank(shared: Path, tmp_path: Path):
    found = figures(judged(shared, tmp_path, "confident"))
    assert found["touched"] == 0
    assert found["precision"] >= 0.98
