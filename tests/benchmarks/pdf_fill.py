"""Time and memory of filling PDF forms, side by side with other libraries, through the yardstick's own runner.

Usage: python tests/benchmarks/pdf_fill.py FORMS MEASURE [ENGINE...]
FORMS is a folder of fillable PDFs, MEASURE the folder with pdf_fill.py; engines are named as it names them, for example
peers:pypdf peers:pdftk peers:pymupdf (each must be installed where this runs). Prints the yardstick's tables.
"""

import subprocess
import sys
from pathlib import Path

OURS = "generator.make_pdf:fill_pdf_fields"


def main(forms: str, measure: str, *engines: str) -> int:
    """Run ours and the rivals in one run, one form at a time, and print the tables."""
    named = [argument for engine in (OURS, *engines) for argument in ("--engine", engine)]
    script = str(Path(measure) / "pdf_fill.py")
    return subprocess.run([sys.executable, script, forms, *named, "--jobs", "1"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
