"""The fillable forms opened by readers that had no hand in making them: Poppler and qpdf find nothing to warn of."""

import shutil
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from generator import library
from generator.exchange.plan_file import read_plan
from generator.make import Options, make_document
from generator.stationery.brand import Brand
from generator.stationery.definition import STANDARD
from generator.stationery.new_form import new_form

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
READERS = (["pdfinfo", "-struct"], ["pdftoppm", "-r", "30", "-png"], ["qpdf", "--check"])


def complaints(path: Path, folder: Path) -> list[str]:
    """What each reader that this machine has says on its error channel, or as its exit code."""
    found = []
    for reader in READERS:
        if shutil.which(reader[0]):
            last = [str(folder / "page")] if reader[0] == "pdftoppm" else []
            done = subprocess.run([*reader, str(path), *last], capture_output=True)
            said = done.stderr.decode(errors="replace").strip()
            found += [f"{reader[0]}: {said}"] if said or done.returncode else []
    return found


@pytest.mark.parametrize("language", ["en", pytest.param("es", marks=pytest.mark.slow)])
@pytest.mark.parametrize("form_id", STANDARD)
def test_a_form_opens_without_a_warning_before_and_after_it_is_filled(form_id, language, tmp_path):
    if not any(shutil.which(reader[0]) for reader in READERS):
        pytest.skip("neither Poppler nor qpdf is installed")
    blank, filled = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    made = new_form(Brand(name="Harbor & Pine"), form_id, kind="pdf", language=language)
    blank.write_bytes(made.data)
    form = library.Form(form_id, made.title, "pdf-fields", blank, map=tomllib.loads(made.map_toml))
    plan = read_plan(EXAMPLES / "04_oud_ptsd_iop_mat.yaml")
    filled.write_bytes(make_document(plan, form, Options(language=language, as_of=date(2026, 11, 22))).data)
    assert complaints(blank, tmp_path) == []
    assert complaints(filled, tmp_path) == []
    assert len(pypdfium2.PdfDocument(filled)) == len(pypdf.PdfReader(filled).pages)


def test_a_broken_form_is_complained_about(tmp_path):
    broken = tmp_path / "broken.pdf"
    data = new_form(Brand(name="Harbor & Pine"), "safety-plan", kind="pdf").data
    broken.write_bytes(data[: len(data) // 2])
    if any(shutil.which(reader[0]) for reader in READERS):
        assert complaints(broken, tmp_path)
