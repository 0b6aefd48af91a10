"""docs/forms.md says what the definitions say, and its pictures are small."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

from generator.stationery.definition import STANDARD

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_forms_is_current():
    script = ROOT / "scripts" / "forms_page.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.returncode) == ("", 0)


def test_every_form_has_a_small_picture():
    for form_id in STANDARD:
        path = ROOT / "docs" / "pictures" / "forms" / f"{form_id}.png"
        assert path.stat().st_size <= 40_000, form_id
        with Image.open(path) as picture:
            assert picture.width <= 700
