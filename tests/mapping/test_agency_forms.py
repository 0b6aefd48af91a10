"""Agency Word forms, from file to filled document with no hand on it, judged by a yardstick of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.blank_file import inspect
from generator.exchange.plan_file import read_plan
from generator.library import Form
from generator.make import Options, make_document
from generator.mapping.accept import Accept, accepted
from generator.mapping.suggest import suggest


def judged(shared: Path, folder: Path, accept: Accept) -> list[dict[str, int]]:
    corpus = shared / "corpus" / "agency-word"
    for path in sorted(corpus.glob("*.docx")):
        truth = json.loads((corpus / f"{path.stem}.truth.json").read_text(encoding="utf-8"))
        seen = inspect(path.read_bytes())
        form = Form(path.stem, path.stem, seen.kind, path, map=accepted(suggest(seen.slots), accept))
        for plan in truth["plans"]:
            document = make_document(read_plan(shared / "domain" / "examples" / f"{plan}.yaml"), form, Options())
            (folder / f"{path.stem}__{plan}.docx").write_bytes(document.data)
    script = shared / "measure" / "check_word_fill.py"
    out = folder / "result.json"
    command = [sys.executable, "-B", str(script), "--batch", str(corpus), str(folder), "--json", str(out)]
    subprocess.run(command, capture_output=True, check=False)
    return list(json.loads(out.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_with_every_guess_accepted_most_blanks_are_right(shared: Path, tmp_path: Path):
    forms = judged(shared, tmp_path, "all")
    assert sum(f["right"] for f in forms) >= 0.9 * sum(f["to_fill"] for f in forms)


@pytest.mark.slow
def test_what_is_sure_is_right_and_nothing_stands_in_another_persons_blank(shared: Path, tmp_path: Path):
    forms = judged(shared, tmp_path, "confident")
    right, wrong, touched = (sum(f[key] for f in forms) for key in ("right", "wrong", "touched"))
    assert touched == 0
    assert right >= 0.98 * (right + wrong)
