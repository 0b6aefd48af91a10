"""Word to PDF: LibreOffice kept warm, LibreOffice started for each, dxpdf. Run: python tests/benchmarks/convert.py"""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx

from generator import convert
from generator.convert.office import program
from generator.worker import call


def letter(paragraphs: int) -> bytes:
    """A document of so many paragraphs, with a table."""
    document = docx.Document()
    for n in range(paragraphs):
        document.add_paragraph(
            f"Objective {n}: the client names two ways to calm down, in three of four sessions. " * 3
        )
    table = document.add_table(5, 3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "cell"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cold(data: bytes) -> None:
    """One LibreOffice for this document alone, with a profile that is there already."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(data)
        subprocess.run(
            [program() or "soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, Path(folder) / "a.docx"],
            capture_output=True,
            check=False,
        )


def main() -> None:
    """Print the table, engines interleaved, medians in seconds."""
    plan = next(
        iter(sorted((Path(__file__).resolve().parents[2] / "templates").glob("individualized-plan.docx"))), None
    )
    files = {"a letter of 2 pages": letter(12), "20 pages": letter(180)}
    if plan is not None:
        files["the shipped plan's template"] = plan.read_bytes()
    began = time.perf_counter()
    convert.word_to_pdf(files["a letter of 2 pages"])
    print(f"first document, LibreOffice started for it: {time.perf_counter() - began:.1f} s")
    engines: dict[str, Callable[[bytes], object]] = {
        "warm": convert.word_to_pdf,
        "cold": cold,
        "dxpdf": lambda data: call("word-to-pdf-plain", data),
    }
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{'':30}" + "".join(f"{name:>9}" for name in engines) + "   seconds, medians, interleaved")
    for name, data in files.items():
        times: dict[str, list[float]] = {engine: [] for engine in engines}
        for n in range(rounds):
            for engine, work in engines.items():
                if engine == "cold" and n >= 3:
                    continue
                began = time.perf_counter()
                work(data)
                times[engine].append(time.perf_counter() - began)
        print(f"{name:30}" + "".join(f"{statistics.median(one):9.2f}" for one in times.values()))


if __name__ == "__main__":
    main()
