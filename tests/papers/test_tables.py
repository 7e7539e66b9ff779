"""Tables as files: real values in their cells, nothing in them that a program would work out."""

import csv
from datetime import date, datetime, time
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from scheduler.papers.harmless import ascii_name, file_name, harmless, sheet_name
from scheduler.papers.table import Table
from scheduler.papers.table_files import as_text, as_workbook

HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+84 24 1234",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    '=HYPERLINK("http://evil.example","x")',
]
TABLE = Table(
    title="Roster",
    headings=["Day", "Begin (Asia/Seoul)", "Moment", "People", "Who"],
    rows=[[date(2026, 12, 14), time(10, 30), datetime.fromisoformat("2026-12-14T10:30"), 12, "홍길동"]],
    notes=["As of now"],
)


def read(data):
    return load_workbook(BytesIO(data))


def rows_of(data):
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def hostile_table(text):
    return Table(title=text, headings=[text], rows=[[text]], notes=[text])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula(text):
    book = read(as_workbook([hostile_table(text)]))
    for sheet in book:
        for cell in (cell for row in sheet for cell in row):
            assert cell.data_type == "s"
            assert cell.quotePrefix
    assert not book.worksheets[0].title.strip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_text_file_begins_a_formula(text):
    for row in rows_of(as_text([hostile_table(text), hostile_table(text)])):
        for cell in row:
            assert cell.startswith("'")


def test_a_cell_split_in_two_by_a_program_of_another_country_begins_none_either():
    assert harmless("a;=1+1") == "a;'=1+1"
    assert harmless("a\n=1+1") == "a =1+1"
    assert harmless("Seoul; Busan") == "Seoul; Busan"


def test_cells_hold_dates_times_and_numbers():
    sheet = read(as_workbook([TABLE])).worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values == [
        datetime.fromisoformat("2026-12-14"),
        time(10, 30),
        datetime.fromisoformat("2026-12-14T10:30"),
        12,
        "홍길동",
    ]
    assert [cell.is_date for cell in sheet[2]] == [True, True, True, False, False]
    assert sheet["D2"].data_type == "n"


def test_headings_stay_in_sight_and_filter():
    sheet = read(as_workbook([TABLE])).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E2")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width > 15


def test_notes_have_a_sheet_of_their_own():
    book = read(as_workbook([TABLE], notes_title="Remarks"))
    assert book.sheetnames == ["Roster", "Remarks"]
    assert book["Remarks"]["A1"].value == "As of now"


@pytest.mark.parametrize("is_right_to_left", [True, False])
def test_a_workbook_runs_the_readers_way(is_right_to_left):
    book = read(as_workbook([TABLE], is_right_to_left=is_right_to_left))
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {is_right_to_left}


def test_a_text_file_tells_its_encoding_and_quotes_what_must_be():
    data = as_text([Table(title="T", headings=["Who", "When"], rows=[['a "b", c', time(9, 5)]])])
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of(data) == [["Who", "When"], ['a "b", c', "09:05"]]


def test_signs_that_nobody_sees_are_left_out_and_nothing_breaks():
    book = read(as_workbook([Table(title="T", headings=["A"], rows=[["a\x00b\x0bc\u202ed\ud800e"], [None]])]))
    assert book.worksheets[0]["A2"].value == "a b c d e"


def test_sheets_of_one_name_are_told_apart():
    book = read(as_workbook([TABLE, TABLE]))
    assert book.sheetnames[:2] == ["Roster", "Roster (2)"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("방문 명단 서울", "방문 명단 서울.csv"),
        ("../../etc/passwd", "etc passwd.csv"),
        ("=cmd", "cmd.csv"),
        ("\u202egpj.exe", "gpj.exe.csv"),
        ("", "list.csv"),
        ("x" * 300, "x" * 80 + ".csv"),
    ],
)
def test_a_file_has_a_name_that_systems_take(words, name):
    assert file_name(words, "csv") == name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("وفد City of São Paulo.pdf", "City of Sao Paulo.pdf"),
        ("방문 통계, 2026.xlsx", "statistics-2026.xlsx"),
        ("하노이.pdf", "statistics.pdf"),
        ("하노이", "statistics"),
        ("Roster.csv", "Roster.csv"),
    ],
)
def test_in_ascii_a_name_is_never_empty_and_begins_with_no_blank(name, plain):
    assert ascii_name(name, "statistics") == plain


def test_a_sheet_has_a_name_that_workbooks_take():
    assert sheet_name("By month/[year]: '26") == "By month year 26"
    assert sheet_name("") == "1"
