"""Time and memory of filling PDF forms, side by side with other libraries, through the yardstick's own runner.

Usage: python tests/benchmarks/pdf_fill.py FORMS MEASURE [ENGINE...]
FORMS is a folder of fillable PDFs, MEASURE the folder with pdf_fill.py; engines are named as it names them. Without any,
the rivals are pypdf and pdftk; peers:pymupdf@PYTHON runs PyMuPDF (AGPL, so never installed with ours) from an environment
of its own. One that is not installed is said to be left out; a filling that takes longer than LIMIT_S counts as crashed.

Prints the yardstick's tables twice: for FORMS, and for one form of our own making with 700 fields on ten pages.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

OURS = "generator.make_pdf:fill_pdf_fields"
RIVALS = ("peers:pypdf", "peers:pdftk")
LIMIT_S = 40
ROWS, COLUMNS, PAGES = 35, 2, 10


def main(forms: str, measure: str, *engines: str) -> int:
    """Run ours and the rivals in one run, one form at a time, and print the tables."""
    script = Path(measure) / "pdf_fill.py"
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "700 fields"
        large.mkdir()
        (large / "700-fields.pdf").write_bytes(large_form())
        return max(run(Path(one), script, (OURS, *(engines or RIVALS))) for one in (Path(forms), large))


def run(forms: Path, script: Path, engines: tuple[str, ...]) -> int:
    """The yardstick on one folder; its tables go to the standard output."""
    named = [argument for engine in engines for argument in ("--engine", engine)]
    command = [sys.executable, str(script), str(forms), *named, "--jobs", "1", "--limit", str(LIMIT_S)]
    return subprocess.run(command, check=False).returncode


def large_form() -> bytes:
    """Ten pages of 70 fields each: text fields, every seventh of several lines, and every fifth a check box."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        fields = Array()
        for page in range(PAGES):
            pdf.add_blank_page(page_size=(612, 792))
            widgets = [_widget(pdf, page, place) for place in range(ROWS * COLUMNS)]
            pdf.pages[page].Annots = Array(widgets)
            fields.extend(widgets)
        pdf.Root.AcroForm = Dictionary(
            Fields=fields, DA=String("/Helv 9 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=font))
        )
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _widget(pdf: pikepdf.Pdf, page: int, place: int) -> pikepdf.Object:
    row, column = divmod(place, COLUMNS)
    left, low = 40 + column * 270, 740 - row * 20
    common = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, T=String(f"field {page + 1}-{place + 1}"))
    if place % 5 == 4:
        common.FT, common.Rect = Name.Btn, Array([left, low, left + 12, low + 12])
        common.AS = common.V = Name.Off
        box = Array([0, 0, 12, 12])
        on = pdf.make_stream(b"0 g 3 3 6 6 re f", Type=Name.XObject, Subtype=Name.Form, BBox=box)
        off = pdf.make_stream(b"0 G 1 1 10 10 re S", Type=Name.XObject, Subtype=Name.Form, BBox=box)
        common.AP = Dictionary(N=Dictionary(Yes=on, Off=off))
    else:
        common.FT, common.Rect = Name.Tx, Array([left, low, left + 250, low + 16])
        common.DA = String("/Helv 9 Tf 0 g")
        if place % 7 == 6:
            common.Ff = 1 << 12
    return pdf.make_indirect(common)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
