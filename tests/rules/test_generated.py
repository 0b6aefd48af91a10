"""What scripts make from the rules is current."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("script", ["rules_docs.py", "rules_catalog.py"])
def test_what_a_script_makes_from_the_rules_is_current(script):
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, f"run: python scripts/{script}\n{run.stdout}{run.stderr}"
