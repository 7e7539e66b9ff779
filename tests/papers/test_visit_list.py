"""Lists of visits as offices make them: real files with real cells, odd ones told why."""

from datetime import date, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from scheduler.papers.sheet import SheetUnreadable
from scheduler.papers.visit_list import judge_visits, read_visit_list
from tests.papers.lists import saved, text, with_part, workbook

HEADINGS = ["Delegation", "Site", "Date", "Start", "Headcount"]
ROW = ["Hanoi planning office", "MUSEUM", "2026-12-14", "10:30", "12"]


def judged(data, languages=("ko",)):
    return judge_visits(read_visit_list(data, languages))


def faults(data):
    return [(fault.row, fault.column, fault.code) for fault in judged(data).faults]


def one(data, languages=("ko",)):
    found = judged(data, languages)
    assert found.faults == []
    (visit,) = found.visits
    return visit.delegation, visit.site, visit.on, visit.start, visit.headcount


WHOLE = ("Hanoi planning office", "MUSEUM", date(2026, 12, 14), time(10, 30), 12)


def test_cells_that_are_dates_times_and_numbers_are_read():
    assert one(workbook(HEADINGS, [*ROW[:2], date(2026, 12, 14), time(10, 30), 12])) == WHOLE


@pytest.mark.parametrize(("epoch", "serial"), [(None, 46370), (CALENDAR_MAC_1904, 44908)])
def test_bare_numbers_are_days_by_the_workbooks_own_counting(epoch, serial):
    book = Workbook()
    if epoch is not None:
        book.epoch = epoch
    book.active.append(HEADINGS)
    book.active.append([*ROW[:2], serial, 0.4375, 12])
    assert one(saved(book)) == WHOLE


@pytest.mark.parametrize(
    ("encoding", "headings", "name"),
    [
        ("utf-8", ["대표단", "방문지", "방문일", "시간", "인원"], "하노이 기획국"),
        ("cp949", ["대표단", "방문지", "방문일", "시간", "인원"], "하노이 기획국"),
        ("utf-16", ["대표단", "방문지", "방문일", "시간", "인원"], "하노이 기획국"),
        ("gb18030", ["代表团", "地点", "日期", "时间", "人数"], "河内规划局"),
        ("cp932", ["代表団", "訪問先", "訪問日", "開始", "人数"], "ハノイ計画局"),
        ("cp1252", HEADINGS, "Bureau de Genève"),
    ],
)
def test_text_is_read_in_the_encoding_of_its_writers(encoding, headings, name):
    data = text(headings, [name, *ROW[1:]], encoding=encoding)
    languages = ("en",) if encoding == "cp1252" else ("ko", "en", "zh", "ja")
    assert one(data, languages)[0] == name


def test_a_title_two_rows_of_headings_and_empty_rows_are_no_visits():
    two = ["대표단", "방문지", "날짜", "시작", "인원"]
    data = workbook(["Visits of the week"], [], two, HEADINGS, ROW, [], ["", "", "", "", ""])
    assert one(data) == WHOLE


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", *ROW[1:]], (2, "A", "delegation_missing")),
        ([ROW[0], "", *ROW[2:]], (2, "", "tour_missing")),
        ([*ROW[:2], "1/12/2026", *ROW[3:]], (2, "C", "date_ambiguous")),
        ([*ROW[:2], "12월 1일", *ROW[3:]], (2, "C", "date_without_year")),
        ([*ROW[:3], "noon", ROW[4]], (2, "D", "time_unknown")),
        ([*ROW[:3], "-3", ROW[4]], (2, "D", "time_unknown")),
        ([*ROW[:3], "#REF!", ROW[4]], (2, "D", "error")),
        ([*ROW[:4], "a dozen"], (2, "E", "headcount_unknown")),
        ([*ROW[:4], "=6*2"], (2, "E", "formula")),
        (["x" * 201, *ROW[1:]], (2, "A", "too_long")),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(cells, fault):
    assert faults(workbook(HEADINGS, cells)) == [fault]


def test_merged_cells_are_told_in_every_row():
    data = workbook(HEADINGS, ROW, ROW, merged=("A2:A3",))
    assert [(row, code) for row, _column, code in faults(data)][:2] == [(2, "merged"), (3, "merged")]


def test_names_in_six_scripts_of_two_hundred_signs_are_read():
    names = ["W" * 200, "홍" * 200, "王" * 200, "山" * 100 + "ア" * 100, "م" * 200, "И" * 200]
    found = judged(workbook(HEADINGS, *([name, *ROW[1:]] for name in names)))
    assert [visit.delegation for visit in found.visits] == names


def archive_with(name):
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<x/>")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (archive_with("word/document.xml"), "document"),
        (archive_with("ppt/presentation.xml"), "document"),
        (archive_with("content.xml"), "open_document"),
        (archive_with("xl/workbook.bin"), "binary_workbook"),
        (b"<html><table><tr><td>Delegation</td></tr></table></html>", "web_page"),
        (b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]>', "web_page"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (with_part(workbook(HEADINGS, ROW), "xl/vbaProject.bin", b"macro"), "macros"),
        (workbook(["Name"], ["An"]), "no_header"),
        (workbook(HEADINGS), "no_rows"),
        (workbook(HEADINGS, *[ROW] * 501), "too_many_of_them"),
        (workbook([*HEADINGS, "Passport"], [*ROW, "M1"]), "forbidden_column"),
        (text(HEADINGS, *[ROW] * 30_000), "too_many_rows"),
    ],
)
def test_what_is_no_list_of_visits_is_told_why(data, code):
    with pytest.raises(SheetUnreadable) as caught:
        read_visit_list(data)
    assert caught.value.code == code
