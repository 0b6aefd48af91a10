"""Many people at once on the page: a sheet goes in, a ZIP with a report comes out, a bad row is told and stops none."""

import csv
import io
import re
import zipfile
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.app.conftest import quiet, step

SHEET = """First name,Last name,Date of birth,Record number,Presenting problem,Kind of day
Ana,Cruz,3/2/1958,JF-1,Low mood,x
Ben,Ortiz,31/31/1990,JF-2,Worry,y
Cleo,Park,11/9/1971,JF-3,Drinking,z
"""


def download(page: Page, name: re.Pattern[str]) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def test_a_sheet_comes_out_as_a_zip_with_a_report_and_its_bad_row_is_told(page: Page, tmp_path: Path):
    (tmp_path / "clients.csv").write_text(SHEET, encoding="utf-8")
    step(page, "Many people at once")
    page.locator('input[type="file"]').set_input_files(tmp_path / "clients.csv")
    page.get_by_text("5 of 6 columns are used").wait_for()
    page.get_by_role("combobox", name="Forms").click()
    page.get_by_role("option", name="One-Page Plan", exact=True).click()
    page.keyboard.press("Escape")
    quiet(page)
    step(page, "Make 3 documents")
    page.get_by_text("2 documents made").wait_for(timeout=60_000)
    expect(page.get_by_text("Row 3, column C (Date of birth)")).to_be_visible()
    with zipfile.ZipFile(io.BytesIO(download(page, re.compile("Download 2 documents")))) as packed:
        names = packed.namelist()
        report = list(csv.DictReader(io.StringIO(packed.read("report.csv").decode("utf-8-sig"))))
        first = docx.Document(io.BytesIO(packed.read(names[0])))
    assert [name.partition("_")[0] for name in names[:-1]] == ["row-00002", "row-00004"]
    assert not any(word in name for name in names for word in ("Ana", "Cruz", "JF"))
    assert [line["status"] == "failed" for line in report] == [False, True, False]
    assert "Ana" in "".join(cell.text for table in first.tables for row in table.rows for cell in row.cells)
