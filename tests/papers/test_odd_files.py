"""Files that are no lists, or want to harm: a clear answer, bounded in time and memory."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from scheduler.papers.delegate_list import MOST_BYTES, read_delegate_list
from scheduler.papers.sheet import SheetUnreadable, column_letters
from tests.papers.lists import AN, BINH, HEADINGS, saved, text, with_part, workbook

GOOD = workbook(HEADINGS, AN)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refusal(data):
    with pytest.raises(SheetUnreadable) as caught:
        read_delegate_list(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (b"%PDF-1.7 nothing of a list", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (with_part(GOOD, "xl/vbaProject.bin", b"macro"), "macros"),
        (with_part(GOOD, "xl/macrosheets/sheet2.xml", b"<x/>"), "macros"),
        (with_part(GOOD, SHEET, b"<worksheet"), "damaged"),
        (with_part(GOOD, SHEET, b"<worksheet " + MAIN + b"/>"), "no_header"),
        (with_part(GOOD, SHEET, b" " * (5 * 1024 * 1024)), "unpacks_too_large"),
        (with_part(GOOD, "xl/media/image1.png", b"\0" * (30 * 1024 * 1024)), "unpacks_too_large"),
        (workbook(["Colour", "Size"], ["red", "3"]), "no_header"),
        (workbook(["Post", "E-mail"], ["Director", "an@hanoi.example"]), "no_header"),
        (workbook(HEADINGS), "no_rows"),
        (workbook(HEADINGS, *([f"Person {n}"] for n in range(501))), "too_many_of_them"),
        (text(["Name"], *([f"Person {n}"] for n in range(100_000))), "too_many_rows"),
        (b'Name,Post\n"Anna Q,Mayor\nBea B,Clerk\n', "open_quote"),
        (b'Name,Post\nAnna,"Mayor\nBea,Clerk\nCid,"Driver"\n', "open_quote"),
        (b'Name,Post\nAnna,"Mayor', "open_quote"),
        (b"\xff\xfe\x00\xd8", "encoding"),
    ],
)
def test_what_is_no_list_is_told_why(data, code):
    assert refusal(data) == code


def test_a_zip_of_another_kind_is_no_workbook(tmp_path):
    with ZipFile(tmp_path / "list.ods", "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal((tmp_path / "list.ods").read_bytes()) == "unknown_kind"


@pytest.mark.parametrize(
    ("number", "code"), [(2_000, "too_many_rows"), (20_000, "too_many_rows"), (100_000, "unpacks_too_large")]
)
def test_a_hundred_thousand_rows_are_refused_without_being_held(number, code):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Name"])
    for row in range(number):
        sheet.append([row])
    data = saved(book)
    assert len(data) < MOST_BYTES
    tracemalloc.start()
    try:
        assert refusal(data) == code
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("part", "head", "unit"),
    [
        (SHEET, b"<worksheet " + MAIN + b"><sheetData>", b"<row/>"),
        (SHEET, b"<worksheet " + MAIN + b"><sheetData><row>", b"<c/>"),
        (SHEET, b"<worksheet " + MAIN + b">", b"<a>"),
        ("xl/styles.xml", b"<styleSheet " + MAIN + b"><fonts>", b"<font/>"),
        ("xl/workbook.xml", b"<workbook " + MAIN + b"><sheets>", b'<x:sheet name="a" r:id="rId1"/>'),
    ],
)
def test_small_files_that_would_keep_the_library_busy_are_refused(part, head, unit):
    data = with_part(GOOD, part, head + unit * (1_900_000 // len(unit)))
    assert len(data) < 20_000
    assert refusal(data) == "unpacks_too_large"


def test_an_encoding_that_hides_what_is_there_is_refused():
    with ZipFile(BytesIO(GOOD)) as archive:
        sheet = archive.read(SHEET).decode()
    assert refusal(with_part(GOOD, SHEET, sheet.encode("utf-16"))) == "damaged"


def test_formatted_rows_below_the_list_are_no_people():
    blank = b"".join(b'<row r="%d" ht="15"/>' % row for row in range(3, 15_000)) + b"</sheetData>"
    with ZipFile(BytesIO(GOOD)) as archive:
        sheet = archive.read(SHEET)
    found = read_delegate_list(with_part(GOOD, SHEET, sheet.replace(b"</sheetData>", blank)))
    assert len(found.people) == 1


def test_a_workbook_that_lies_about_its_size_is_damaged():
    """The archive says the part is small; what unpacks beyond that is never unpacked."""
    bomb = bytearray(with_part(GOOD, SHEET, b" " * (3 * 1024 * 1024)))
    size = (3 * 1024 * 1024).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert refusal(bytes(bomb.replace(size, (64).to_bytes(4, "little")))) == "damaged"


def test_entities_that_multiply_are_not_followed():
    levels = b"".join(
        b'<!ENTITY e%d "%s">' % (number, b"&e%d;" % (number - 1) * 10) for number in range(1, 12)
    )
    bomb = b'<!DOCTYPE x [<!ENTITY e0 "lol">' + levels + b"]><worksheet " + MAIN + b">&e11;</worksheet>"
    assert refusal(with_part(GOOD, SHEET, bomb)) == "damaged"


def test_a_row_at_the_very_end_of_the_sheet_is_one_too_far_and_blank_ones_are_not():
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Far</t></is></c></row></sheetData>'
    blank = b'<row r="1048576" ht="15"><c r="A1048576" s="0"/></row></sheetData>'
    with ZipFile(BytesIO(GOOD)) as archive:
        sheet = archive.read(SHEET)
    assert refusal(with_part(GOOD, SHEET, sheet.replace(b"</sheetData>", far))) == "too_many_rows"
    found = read_delegate_list(with_part(GOOD, SHEET, sheet.replace(b"</sheetData>", blank)))
    assert len(found.people) == 1


def test_only_sheets_in_sight_are_read_and_the_first_with_headings_counts():
    book = Workbook()
    book.active.append(["How to fill in this list"])
    hidden = book.create_sheet("old")
    hidden.append(["Name"])
    hidden.append(["Somebody of last year"])
    hidden.sheet_state = "hidden"
    people = book.create_sheet("people")
    people.append(HEADINGS)
    people.append(AN)
    assert [each.print_as for each in read_delegate_list(saved(book)).people] == [AN[0]]


@pytest.mark.parametrize(
    ("encoding", "languages", "headings", "name"),
    [
        ("utf-8", [], ["성명", "소속"], "홍길동"),
        ("utf-8-sig", [], ["성명", "소속"], "홍길동"),
        ("utf-16", [], ["성명", "소속"], "홍길동"),
        ("utf-16-le", [], ["Name", "Post"], "Müller"),
        ("cp949", [], ["성명", "소속"], "홍길동"),
        ("cp949", ["en", "ko"], ["Name", "Organisation"], "홍길동"),
        ("cp932", [], ["氏名", "所属"], "山田 太郎"),
        ("cp932", ["ja"], ["Name", "Post"], "山田 太郎"),
        ("gb18030", [], ["姓名", "单位"], "王小明"),
        ("big5", [], ["姓名", "單位"], "王小明"),
        ("cp1256", [], ["الاسم", "الجهة"], "محمد علي"),
        ("cp1252", ["fr"], ["Name", "Post"], "Éloïse Müller"),
        ("cp1251", ["ru"], ["Name", "Post"], "Иван Петров"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_the_encoding_of_its_writers(encoding, languages, headings, name, delimiter):
    data = text(headings, [name, ""], encoding=encoding, delimiter=delimiter)
    found = read_delegate_list(data, languages=languages)
    assert [each.print_as for each in found.people] == [name]
    assert found.encoding == ("" if encoding.startswith("utf") else encoding)


def told(data):
    return [(each.row, each.column, each.code) for each in read_delegate_list(data).faults]


def test_an_open_quotation_mark_is_told_with_the_row_where_it_opens():
    with pytest.raises(SheetUnreadable) as caught:
        read_delegate_list(b'Name,Post\nAn,"two\nlines"\nBea,Clerk\n"Cid,Driver\nDan,Cook\n')
    assert caught.value.facts == {"row": 4}


def test_a_closed_quotation_mark_may_hold_a_line_break_but_in_no_name():
    found = read_delegate_list(b'Name,Post\n"Bob" Smith,Clerk\nAn,"Head\nof office"\n')
    assert [(each.print_as, each.post) for each in found.people] == [
        ("Bob Smith", "Clerk"),
        ("An", "Head of office"),
    ]
    assert told(b'Name,Post\n"Anna Q,Mayor\nBea B",Clerk\n') == [(2, "A", "lines")]


@pytest.mark.parametrize("ends", [b"\r", b"\n", b"\r\n"])
def test_lines_end_in_every_way(ends):
    found = read_delegate_list(ends.join([b"Name,Post", b"An,Mayor", b"Binh,Clerk", b""]))
    assert [each.print_as for each in found.people] == ["An", "Binh"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("heading", ["Name", "성명"])
def test_two_bytes_to_a_sign_are_known_without_a_mark(encoding, heading):
    found = read_delegate_list(f"{heading}\n홍길동\nAn\n".encode(encoding))
    assert [each.print_as for each in found.people] == ["홍길동", "An"]


def test_a_stray_nul_is_told_by_its_cell():
    assert told(b"Name,Post\nAn\0na,Mayor\n") == [(2, "A", "control")]


@pytest.mark.parametrize("make", [text, workbook])
def test_a_very_long_cell_is_told_by_its_cell(make):
    assert told(make(HEADINGS, ["x" * 200_000, *AN[1:]])) == [(2, "A", "too_long")]


@pytest.mark.parametrize("make", [text, workbook])
def test_an_error_of_the_spreadsheet_is_no_formula(make):
    assert told(make(HEADINGS, ["#REF!", *AN[1:]])) == [(2, "A", "error")]


def test_columns_are_called_as_people_call_them():
    assert [column_letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_three_hundred_people_are_read():
    rows = [[f"Person {n}", "Post", "Office", f"p{n}@hanoi.example"] for n in range(300)]
    for make in (workbook, text):
        assert len(read_delegate_list(make(HEADINGS, *rows, BINH)).people) == 301
