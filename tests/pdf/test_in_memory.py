"""Files in memory: opened and written the same with and without a system that maps them, and nothing stays open."""

import io
import os
from pathlib import Path

import pikepdf
import pytest

from generator.pdf_open import open_in_memory, saved_in_memory
from tests.making import Form


@pytest.fixture(params=["as it is", "no such memory", "memory refused"])
def system(request, monkeypatch):
    """Systems that have mapped memory, do not know it, or refuse it."""
    if request.param == "no such memory":
        monkeypatch.delattr(os, "memfd_create", raising=False)
    if request.param == "memory refused":

        def refuse(*_: object) -> int:
            raise PermissionError

        monkeypatch.setattr(os, "memfd_create", refuse, raising=False)


@pytest.mark.usefixtures("system")
def test_what_is_opened_outlives_the_opening_and_is_written_whole():
    form = Form()
    form.text("name")
    with open_in_memory(form.bytes()) as pdf:
        assert len(pdf.pages) == 1
        again = saved_in_memory(pdf, deterministic_id=True)
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(form.bytes())) as pdf:
        pdf.save(plain, deterministic_id=True)
    assert again == plain.getvalue()


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7"])
def test_what_is_no_pdf_is_told_as_pikepdf_tells_it(data):
    with pytest.raises(pikepdf.PdfError):
        open_in_memory(data)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not list its open files")
def test_no_file_stays_open():
    form = Form()
    form.text("name")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        with open_in_memory(form.bytes()) as pdf:
            saved_in_memory(pdf)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
