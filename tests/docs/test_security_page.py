"""docs/security.md promises nothing without a test: every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_that_the_page_on_security_names_exists():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    table = page[page.index("| promise | test |") : page.index("## The store")]
    named = 0
    for row in table.splitlines()[2:]:
        cells = row.strip("|").split(" | ")
        if len(cells) < 3:
            continue
        file = ROOT
        assert cells[1].startswith("`tests/") or ": `tests/" in cells[1], row
        for path, name in re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", cells[1]):
            file = ROOT / path if path else file
            assert file.is_file(), path
            if name:
                assert f"def {name}(" in file.read_text(encoding="utf-8"), f"{file.name}::{name}"
            named += 1
    assert named > 35
