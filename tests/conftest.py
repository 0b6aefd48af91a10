"""What several test folders share: where the shared material lies."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# `make test` looks at the same examples every time, so that a red run means a change; `make test-all` looks at new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("new", derandomize=False)
settings.load_profile(os.environ.get("EXAMPLES", "same"))

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the domain's examples, real forms and yardsticks."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _main_stays_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of Streamlit's puts its script in the place of `__main__`, which processes that are begun later would run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
