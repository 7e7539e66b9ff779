"""Visits asked for by spreadsheet: a verdict for each row, mended on the page, booked all or none."""

import pytest

from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make, staff
from tests.cast import seoul
from tests.papers.files import rows_of_workbook
from tests.papers.lists import text, workbook

PATH = "/visits/import"
HEADINGS = ["Delegation", "Site", "Tour", "Date", "Start", "Headcount", "Language", "Part", "Remarks"]
GOOD = ["Hanoi planning office", "MUSEUM", "", "2026-12-14", "10:00", "12", "English", "", "north gate"]
LATER = ["Hanoi planning office", "PLANT", "", "2026-12-14", "14:00", "", "", "", ""]
SHUT = ["Hanoi planning office", "PLANT", "", "2026-12-12", "10:00", "", "", "", ""]
AMBIGUOUS = ["Hanoi planning office", "PLANT", "", "12/1/2026", "10:00", "", "", "", ""]


@pytest.fixture
def city(hanoi, rounds):
    return hanoi


def ticks(page):
    """Everything there is to confirm, and why."""
    codes = [e.get("value") for e in page.all("input") if e.get("name") == "acknowledge"]
    return {"acknowledge": codes, "acknowledge_reason": "known"} if codes else {}


def booked():
    return [visit.starts_at for visit in db.session.query(Visit).order_by(Visit.starts_at)]


def test_the_list_of_delegations_leads_there_and_to_a_list_to_fill_in(as_officer):
    assert f'href="{PATH}"' in as_officer.get("/delegations").html
    as_officer.get("/imports/visits.xlsx")
    assert rows_of_workbook(as_officer.answer.get_data())[0] == HEADINGS


def test_a_list_to_fill_in_is_understood_in_each_language(as_officer, upload, city):
    for language in ("ko", "zh", "ja", "ar", "en"):
        as_officer.get("/imports/visits.xlsx", lang=language)
        headings = rows_of_workbook(as_officer.answer.get_data())[0]
        assert "1 row" in upload(f"{PATH}?lang=en", workbook(headings, GOOD))


def test_all_rows_are_booked_with_one_click(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD, LATER))
    assert booked() == []
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"})
    assert "2 visits are booked." in as_officer.follow()
    assert booked() == [seoul(14, 10), seoul(14, 14)]


def test_one_row_refused_and_nothing_is_booked(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD, SHUT))
    assert "1 row is refused" in page
    assert "What would work instead of row 3" in page
    page = as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"}, status=409)
    assert "Nothing was booked: some rows cannot be as they are." in page
    assert booked() == []


def test_what_can_be_booked_is_when_the_officer_says_so_and_the_rest_stays(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD, SHUT))
    page = as_officer.submit(f"{PATH}/rows", ticks(page) | {"possible": "1"}, status=409)
    assert "1 visit is booked." in page
    assert page.values_of(f"{PATH}/rows")["row-3-date"] == "2026-12-12"
    assert "row-2-date" not in page.values_of(f"{PATH}/rows")
    assert booked() == [seoul(14, 10)]


def test_an_alternative_is_taken_with_one_choice(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, SHUT))
    (choice,) = [e for e in page.all("select") if e.get("name") == "take-2"]
    offered = [e.get("value") for e in page.all("option") if choice in e.parents and e.get("value")]
    wanted = next(each for each in offered if each.startswith("PLANT-T@2026-12-14T05:00"))
    page = as_officer.submit(f"{PATH}/rows", {"take-2": wanted, "check": "1"}, status=200)
    assert "1 row is refused" not in page
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"})
    assert booked() == [seoul(14, 14)]


def test_a_day_that_may_be_two_is_asked_for_and_mended_on_the_page(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, AMBIGUOUS), status=422)
    assert (
        "Row 2, column D: “12/1/2026” may be 2026-01-12 or 2026-12-01; write the one that is meant." in page
    )
    told = {"row-2-date": "2026-12-14", "check": "1"}
    page = as_officer.submit(f"{PATH}/rows", told, status=200)
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"})
    assert booked() == [seoul(14, 10)]


def test_points_to_confirm_are_ticked_once_for_all_rows_with_a_reason(as_officer, upload, city, rounds):
    rounds[0].tour.needs_guide = True
    db.session.commit()
    staff.guide(rounds[0].tour.site)
    page = upload(PATH, workbook(HEADINGS, GOOD))
    assert ticks(page)["acknowledge"]
    as_officer.submit(f"{PATH}/rows", {"book": "1"}, status=409)
    told = ticks(page) | {"acknowledge_reason": "", "book": "1"}
    page = as_officer.submit(f"{PATH}/rows", told, status=422)
    assert booked() == []
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"})
    assert booked() == [seoul(14, 10)]


def test_sending_twice_books_once_and_a_second_upload_knows_what_is_booked(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD, LATER))
    told = page.values_of(f"{PATH}/rows") | ticks(page) | {"book": "1"}
    as_officer.post(f"{PATH}/rows", told)
    as_officer.post(f"{PATH}/rows", told)
    assert len(booked()) == 2
    assert "2 rows are booked already" in upload(PATH, workbook(HEADINGS, GOOD, LATER))


def test_every_fault_of_a_row_is_told_at_once(upload, city):
    page = upload(
        PATH, workbook(HEADINGS, ["Nobody", "NOWHERE", "", "someday", "-3", "many", "Elvish", "", ""]), 422
    )
    for words in (
        "“Nobody”",
        "no site “NOWHERE”",
        "“someday”",
        "“-3” is no time of day",
        "“many”",
        "“Elvish”",
    ):
        assert words in page


def test_the_same_row_twice_is_told_and_the_first_can_be_booked(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD, GOOD), status=422)
    assert "Row 3: the same visit stands in row 2 already; leave one of the two." in page
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"leave": "3", "book": "1"})
    assert booked() == [seoul(14, 10)]


def test_remarks_stand_in_the_visits_history(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, GOOD))
    as_officer.submit(f"{PATH}/rows", ticks(page) | {"book": "1"})
    visit = db.session.query(Visit).one()
    assert "north gate" in as_officer.get(f"/visits/{visit.id}")


def test_a_text_file_of_a_korean_office_is_understood(upload, city):
    make.delegation("하노이 기획국")
    rows = [
        ["대표단", "방문지", "날짜", "시작", "인원"],
        ["하노이 기획국", "MUSEUM", "2026. 12. 14.(월)", "오전 10시", "12명"],
    ]
    page = upload(PATH, text(*rows, encoding="cp949"))
    assert "The characters were read as: Korean." in page
    assert "Mon 14 Dec 2026 10:00" in page


def test_heads_book_and_managers_do_not(as_head, as_manager, rounds):
    as_head.get(PATH)
    as_manager(rounds[0].tour.site).get(PATH, status=403)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(["Name"], ["An"]), "No headings were found."),
        (workbook(HEADINGS), "There are headings, and no visit below them."),
        (workbook(HEADINGS, *[GOOD] * 501), "There are more than 500 visits."),
        (workbook([*HEADINGS, "여권번호"], [*GOOD, "M1"]), "We never keep numbers of passports"),
    ],
)
def test_what_is_no_list_of_visits_is_told_with_what_to_do(upload, data, words):
    assert words in upload(PATH, data, status=422)


def test_a_list_of_hundreds_is_judged_whole_and_shown_some_at_a_time(as_officer, upload, city):
    page = upload(PATH, workbook(HEADINGS, *[["Nobody", *GOOD[1:]]] * 300), status=422)
    assert "300 rows to mend" in page
    assert "and 260 more rows, shown when these are mended" in page


@pytest.mark.parametrize(
    "told",
    [{"take-2": "nonsense"}, {"row-2-date": "9" * 400}, {"leave": "2", "book": "1"}, {"acknowledge": "no"}],
)
def test_what_nobody_could_type_breaks_nothing(as_officer, upload, city, told):
    upload(PATH, workbook(HEADINGS, AMBIGUOUS), status=422)
    values = as_officer.page.values_of(f"{PATH}/rows") | told
    as_officer.post(f"{PATH}/rows", values, status=409 if "book" in told else 422)
    assert booked() == []
