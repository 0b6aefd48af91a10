"""Agency Word forms from file to filled document with no hand on it: how much is right, by form.

    python -m tests.benchmarks.agency_word SHARED [--json]

SHARED is the folder with `corpus/agency-word`, `domain/examples` and `measure/check_word_fill.py`, whose verdicts these
are. `all` takes every best guess, `confident` only what is sure. right / to fill; wrong among those filled; touched:
blanks that had to stay empty (signatures, the office's, another person's) and were filled.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generator.blank_file import inspect
from generator.exchange.plan_file import read_plan
from generator.library import Form
from generator.make import Options, make_document
from generator.mapping.accept import Accept, accepted
from generator.mapping.suggest import suggest


def judged(shared: Path, folder: Path, accept: Accept) -> list[dict[str, int]]:
    """The yardstick's verdict on every form filled from its two example plans; `folder` takes the documents."""
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


def figures(forms: Sequence[dict[str, int]]) -> dict[str, float]:
    """Of all forms together: `right` of those to fill, `precision` of those filled, and how many were touched."""
    right, wrong, touched, to_fill = (sum(f[key] for f in forms) for key in ("right", "wrong", "touched", "to_fill"))
    return {
        "right": round(right / max(1, to_fill), 4),
        "precision": round(right / max(1, right + wrong), 4),
        "filled": right + wrong,
        "to_fill": to_fill,
        "touched": touched,
    }


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result: dict[str, dict[str, float]] = {}
    for accept in ("all", "confident"):
        with tempfile.TemporaryDirectory() as work:
            forms = judged(options.shared, Path(work), accept)
        result[accept] = figures(forms)
        for one in forms if not options.json else ():
            print(f"{accept:10} {one['form'][:34]:36}{one['right']:>5} of {one['to_fill']:>4} right, {one['wrong']:>3} wrong, {one['touched']:>2} touched")  # fmt: skip
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for accept, row in result.items():
        print(f"{accept:10} right {row['right']:.3f} of {row['to_fill']} to fill; precision {row['precision']:.3f} of {row['filled']} filled; touched {row['touched']}")  # fmt: skip


if __name__ == "__main__":
    main()
