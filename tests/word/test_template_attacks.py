"""No template runs code, calls a method, changes data, or takes more than 2 seconds or 512 MB; wherever it stands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.making import PLACES
from tests.word.attacks import GROWS, MARK, PAYLOADS, REACHES

GOOD_ENDS = {"printed", "RefusedForSafety", "FileTooLarge", "TemplateNotValid", "NameUnknown", "BlankNotReadable"}
ROOT = Path(__file__).resolve().parents[2]


def test_there_are_more_than_two_hundred_attacks():
    assert len(PLACES) * len(set(PAYLOADS)) > 1_500


@pytest.mark.parametrize("place", PLACES)
def test_an_attack_ends_in_one_typed_error_or_a_harmless_document(place):
    Path(MARK).unlink(missing_ok=True)
    run = subprocess.run(
        [sys.executable, "-m", "tests.word.attacks", place], cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr.decode()[-500:]
    ends = json.loads(run.stdout)
    assert len(ends) == len(PAYLOADS)
    wrong = [one for one in ends if one[1] not in GOOD_ENDS or one[2] > 2]
    assert not wrong
    assert not Path(MARK).exists()
    reached = [one for one in ends[: len(REACHES)] if one[1] == "printed"]
    assert not reached, reached
    assert sum(one[1] == "printed" for one in ends[len(REACHES) :]) < len(GROWS) // 3
