"""CSV and XLSX rows of a practice system, each made a plan; a bad row says why and holds up no other."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import MapNotValid, PlanNotReadable
from generator.exchange.cells import CellNotRead, date_order, read_date, read_list, read_number
from generator.exchange.column_map import header_keys, keep_columns, read_columns
from generator.exchange.columns import columns_text, suggest_columns
from generator.exchange.places import is_place
from generator.exchange.rows import columns_for, parse_sheet, plan_rows, suggestion_for
from generator.plan import Plan
from generator.worker.sheets import read_sheet


def sheet(text: str, encoding: str = "utf-8"):
    return parse_sheet(text.encode(encoding))


def plans(text: str, encoding: str = "utf-8"):
    read = sheet(text, encoding)
    return list(plan_rows(read, columns_for(read)))


def places(header: list[str]) -> list[str]:
    return [column.path for column in suggest_columns(header)]


def test_a_row_becomes_a_plan_with_its_tree():
    (row,) = plans(
        "First Name,Last Name,DOB,Dx 1,Problem 1,Goal 1,Objective 1,Objective 1 Target Date,Intervention 1,Frequency 1,Therapist\n"
        'Ana,de la Cruz,5/17/1984,F10.20 Alcohol dependence,Alcohol use,Be sober,Cut down to 4,2027-01-05,CBT,weekly,"R. Oyelaran, LCSW"\n'
    )
    plan = Plan.model_validate(row.data)
    objective = plan.problems[0].goals[0].objectives[0]
    assert row.number == 2 and not row.reason
    assert (plan.patient.name.last, plan.patient.dob) == ("de la Cruz", date(1984, 5, 17))
    assert (plan.diagnoses[0].icd10cm, plan.diagnoses[0].description) == ("F10.20", "Alcohol dependence")
    assert objective.target_date == date(2027, 1, 5)
    assert (objective.interventions[0].frequency.count, objective.interventions[0].frequency.per) == (1, "week")
    assert (plan.staff[0].name, plan.staff[0].credential, plan.plan.prepared_by) == ("R. Oyelaran", "LCSW", "author")


def test_spanish_headers_mean_what_english_ones_do():
    spanish = (
        "Nombre,Apellido,Fecha de nacimiento,Teléfono,Diagnóstico,Problema 1,Meta 1,Objetivo 1,Intervención 1".split(
            ","
        )
    )
    english = "First name,Last name,Date of birth,Phone,Diagnosis,Problem 1,Goal 1,Objective 1,Intervention 1".split(
        ","
    )
    assert places(spanish) == places(english)
    assert all(column.is_sure for column in suggest_columns(spanish))


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Problem 1,Problem 2,Goal 1,Goal 2", "problems[0].title problems[1].title problems[0].goals[0].statement problems[1].goals[0].statement"),
        ("Problem,Goal 1,Goal 2", "problems[0].title problems[0].goals[0].statement problems[0].goals[1].statement"),
        ("Problem,Goal,Problem,Goal", "problems[0].title problems[0].goals[0].statement problems[1].title problems[1].goals[0].statement"),
        ("Problem 1 Goal 2,P2 G1", "problems[0].goals[1].statement problems[1].goals[0].statement"),
        ("Problem 1,Goal 1.2", "problems[0].title problems[0].goals[1].statement"),
        ("Goal 1,Objective 1,Objective 2,Goal 2,Objective 3", "problems[0].goals[0].statement problems[0].goals[0].objectives[0].statement "
         "problems[0].goals[0].objectives[1].statement problems[0].goals[1].statement problems[0].goals[1].objectives[0].statement"),
        ("ICD-10,ICD-10 2,Secondary Insurance", "diagnoses[0].icd10cm diagnoses[1].icd10cm coverage[1].payer"),
        ("patient.dob,problems[1].title", "patient.dob problems[1].title"),
    ],
)  # fmt: skip
def test_numbers_in_headers_say_which_entry_is_meant(header, wanted):
    assert places(header.split(",")) == wanted.split()


def test_objectives_that_no_order_gives_to_a_goal_are_not_called_sure():
    columns = suggest_columns("Goal 1,Goal 2,Objective 1,Objective 2,Objective 3".split(","))
    assert not any(column.is_sure for column in columns[2:] if "objectives" in column.path)


def test_a_column_whose_cells_are_no_dates_is_not_called_sure():
    read = sheet("First name,Last name,DOB\nAna,Cruz,yes\nBo,Diaz,no\nCy,Elm,1984-05-17\n")
    assert [column.is_sure for column in suggestion_for(read)] == [True, True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_are_read_in_the_encodings_that_sheets_are_saved_in(encoding):
    (row,) = plans("First name;Last name;Problem\nJosé;Muñoz;Ansiedad – noche\n", encoding)
    assert row.data["patient"]["name"] == {"first": "José", "last": "Muñoz"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_and_a_cell_may_hold_it_and_line_ends(delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [["First name", "Last name", "Strengths"], ["Ana", "Cruz", f"kind{delimiter} patient\nkeeps time"]]
    )
    (row,) = plans(out.getvalue())
    assert "keeps time" in row.data["snap"]["strengths"][-1]


def test_a_quote_that_is_never_closed_costs_its_own_row_only():
    rows = plans(
        'First name,Last name,Phone,Problem\nAna,Cruz,518-555-0140,a\n"Bo,Diaz,518-555-0141,b\nCy,Elm,518-555-0142,c\nDi,"Fox",518-555-0143,d\n'
    )
    assert [(row.number, bool(row.reason)) for row in rows] == [(2, False), (3, True), (4, False), (5, False)]


def test_titles_over_the_header_and_blank_rows_are_passed_over():
    rows = plans("Clients of November,,\n,,\nFirst name,Last name,Problem\nAna,Cruz,a\n,,\nBo,Diaz,b\n")
    assert [row.number for row in rows] == [4, 6]


def test_reasons_are_plain_and_hold_no_cell():
    rows = plans(
        "First name,Last name,DOB,Copay\nSecretname,Hiddenname,31/02/1984,1\n,,1984-05-17,2\nSecretname,Hiddenname,1984-05-17,many\nA,B,1984-05-17,1,2,3\n"
    )
    reasons = [row.reason for row in rows]
    assert reasons[0].startswith("Row 2, column C (Date of birth): this is not a day")
    assert "no name" in reasons[1] and "column D" in reasons[2] and "more cells" in reasons[3]
    assert not any(cell in " ".join(reasons) for cell in ("Secretname", "Hiddenname", "1984", "many", "31/02"))


def test_a_cell_that_looks_like_a_formula_stays_text():
    (row,) = plans('First name,Last name,Problem\nAna,Cruz,"=HYPERLINK(""x"")"\n')
    assert row.data["problems"][0]["title"] == '=HYPERLINK("x")'


def test_a_workbook_is_read_with_its_dates_and_numbers():
    book = openpyxl.Workbook()
    book.active.append(["First name", "Last name", "DOB", "Zip", "Copay"])
    book.active.append(["Ana", "Cruz", datetime(1984, 5, 17), "01208", 20.0])
    out = io.BytesIO()
    book.save(out)
    read = parse_sheet(out.getvalue())
    (row,) = plan_rows(read, columns_for(read))
    assert row.data["patient"]["dob"] == date(1984, 5, 17)
    assert (row.data["patient"]["address"]["zip"], row.data["coverage"][0]["copay"]) == ("01208", 20)


def test_a_sheet_without_known_columns_is_refused_without_its_words():
    with pytest.raises(PlanNotReadable) as caught:
        sheet("Darnell,Whitcombe,xyz\nLoretta,Whitcombe,abc\n")
    assert "Whitcombe" not in str(caught.value)


def test_days_and_months_are_told_apart_by_the_column_that_shows_it():
    rows = plans("First name,Last name,DOB,Plan date\nAna,Cruz,17/05/1984,03/04/2026\nBo,Diaz,04/05/1990,03/04/2026\n")
    assert rows[1].data["patient"]["dob"] == date(1990, 5, 4)
    assert rows[1].data["plan"]["plan_date"] == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text",
    ["1984-05-17", "5/17/1984", "05/17/1984", "5-17-1984", "19840517", "05171984", "May 17, 1984", "17 May 1984", "17-May-1984",
     "17 de mayo de 1984", "1984/5/17", "1984-05-17 00:00:00", "1984-05-17T09:30:00Z", "5/17/1984 12:00 AM", "Thursday, May 17, 1984"],
)  # fmt: skip
def test_dates_in_the_styles_of_systems_and_people(text):
    assert read_date(text) == date(1984, 5, 17)


@pytest.mark.parametrize("text", ["5/17/84", "30819", "2/30/1984", "yesterday", "13/13/1984", "1984", "٠٥/١٧/١٩٨٤"])
def test_what_is_no_certain_date_is_not_guessed(text):
    with pytest.raises(CellNotRead):
        read_date(text)


def test_two_columns_that_say_different_things_of_one_value_are_not_chosen_between():
    (row,) = plans("First name,Last name,Dx Code,Dx 1\nAna,Cruz,F10.20,F32.0 Depression\n")
    assert "another column" in row.reason


def test_a_confirmed_map_is_kept_for_its_header_and_found_again(monkeypatch, tmp_path):
    monkeypatch.setenv("PLANSCRIBE_HOME", str(tmp_path))
    read = sheet("Given,Family,Born,Remark\nAna,Cruz,1984-05-17,kind\n")
    text = 'dates = "day-first"\n[columns]\n"Given" = "patient.name.first"\n"Remark" = "snap.strengths"\n[always]\n"agency.name" = "Ours"\n'
    columns = read_columns(text, read.header)
    keep_columns(columns, read.header)
    again = sheet("GIVEN, Family ,Born,Remark\nBo,Diaz,1990-01-01,calm\n")
    assert columns_for(again) == columns
    (row,) = plan_rows(again, columns_for(again))
    assert row.data["agency"] == {"name": "Ours"} and row.data["snap"] == {"strengths": ["calm"]}


@pytest.mark.parametrize(
    "text",
    ["[columns", "", '[columns]\n"Nope" = "patient.dob"', '[columns]\n"Given" = "patient.shoe"', '[columns]\n"Given" = "problems"',
     '[columns]\n"Given" = "patient.dob"\n"Family" = "patient.dob"', 'dates = "x"\n[columns]\n', '[columns]\n"Given" = "problems[9999].title"'],
)  # fmt: skip
def test_a_broken_column_map_is_told(text):
    with pytest.raises(MapNotValid):
        read_columns(text, ["Given", "Family"])


HEADERS = st.lists(
    st.text(max_size=20)
    | st.sampled_from(["Problem 1", "Goal 2", "DOB", "Nombre", "P1G2O3", "patient.dob", "Dx 2", "Goal 1.2.3"]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(HEADERS)
def test_every_header_gives_a_map_that_reads_back_and_places_that_exist(header):
    columns = suggest_columns(header)
    keys = header_keys(header)
    assert len(set(keys)) == len(keys) == len(columns)
    assert all(is_place(one.path) for one in columns if one.path)
    sure = [one.path for one in columns if one.is_sure]
    assert len(set(sure)) == len(sure)
    read = read_columns(columns_text(header, columns), header)
    assert set(read.places.values()) == set(sure)


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=15)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_every_quoted_csv_is_read_back_cell_by_cell(rows, delimiter):
    out = io.StringIO(newline="")
    head = ["a", "b", "c"]
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([head, head, *rows])
    read = read_sheet(out.getvalue().encode("utf-8-sig"))
    given_rows = [[*row] for row in rows]
    for row in given_rows:
        while row and not row[-1]:
            row.pop()
    while given_rows and not given_rows[-1]:
        given_rows.pop()
    assert [list(row) for row in read[2:]] == given_rows


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%B %d, %Y", "%d-%b-%Y", "%Y%m%d"]),
)
def test_every_day_is_read_back_in_every_style(day, style):
    order = "day-first" if style == "%d/%m/%Y" else "month-first"
    assert read_date(day.strftime(style), order) == day


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_sheet_or_one_plain_sentence(data):
    from generator.errors import GeneratorError

    try:
        read_sheet(data)
    except GeneratorError as error:
        assert str(error).endswith(".")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_no_cell_is_read_as_a_number_that_it_does_not_say(text):
    try:
        value = read_number(text)
    except CellNotRead:
        return
    assert any(c.isdigit() for c in text) and isinstance(value, int | float)
    assert date_order([text]) in (None, "month-first", "day-first") and isinstance(read_list(text), list)
