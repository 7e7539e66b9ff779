"""What pages show, as spreadsheets: the same rows, for the same people, harmless to open."""

from datetime import date, datetime, time
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from scheduler.core.gate import Photographs
from scheduler.records.database import db
from tests import make
from tests.cast import seoul
from tests.papers.files import rows_of_text, rows_of_workbook

EVIL = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def topis(app):
    return make.site("TOPIS", name="Control room", name_native="서울교통정보센터")


@pytest.fixture
def hanoi(app):
    return make.delegation(
        "Hanoi planning office", country="VN", head_post=EVIL, contact_name="Ms Lan", contact_phone="+84 24 1"
    )


@pytest.fixture
def visit(topis, hanoi):
    where = make.tour_session(make.tour(topis, name="How traffic is steered"), seoul(14, 10))
    make.other_booking(make.tour_session(where.tour, seoul(14, 15)), 20)
    return make.visit(hanoi, where, 12, language="en")


def bytes_of(client, path, **query):
    client.get(path, **query)
    return client.answer.get_data()


def name_of(client):
    """The file's name as the header tells it, in any script."""
    told = client.answer.headers["Content-Disposition"]
    assert told.startswith("attachment; ")
    return unquote(told.partition("filename*=UTF-8''")[2]) or told.partition("filename=")[2].strip('"')


def test_a_roster_is_saved_with_times_that_are_times(as_officer, visit):
    rows = rows_of_workbook(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.xlsx"))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Begin (Asia/Seoul)"] == time(10)
    assert (told["Day"], told["Who"], told["Headcount"]) == (
        datetime.fromisoformat("2026-12-14"),
        "Hanoi planning office",
        12,
    )
    assert (told["Head of delegation"], told["Telephone"]) == (EVIL, "+84 24 1")
    assert [row[4] for row in rows[1:]] == ["Hanoi planning office", "School class"]


def test_a_roster_has_what_was_said_at_the_gate(as_officer, visit):
    visit.gate_note, visit.photographs = "Two came by taxi", Photographs.NOT_ALLOWED
    db.session.commit()
    rows = rows_of_workbook(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.xlsx"))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["Photographs"], told["Note at the gate"]) == ("No photographs", "Two came by taxi")


def test_the_page_of_a_roster_leads_there(as_officer, visit):
    page = as_officer.get("/roster/TOPIS/2026-12-14")
    assert 'href="/exports/rosters/TOPIS/2026-12-14.xlsx"' in page.html


def test_no_cell_of_a_roster_is_a_formula(as_officer, visit):
    book = load_workbook(BytesIO(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.xlsx")))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    rows = rows_of_text(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.csv"))
    assert f"'{EVIL}" in rows[1]
    assert "'+84 24 1" in rows[1]


def test_a_roster_in_korean_has_korean_headings_and_a_korean_name(as_officer, visit):
    rows = rows_of_text(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.csv", lang="ko"))
    assert rows[0][7] == "인원"
    assert "서울교통정보센터" in name_of(as_officer)
    assert name_of(as_officer).endswith("2026-12-14.csv")


def test_a_workbook_for_readers_of_arabic_runs_from_right_to_left(as_officer, visit):
    book = load_workbook(BytesIO(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-14.xlsx", lang="ar")))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


def test_a_manager_saves_the_roster_of_an_own_site_alone(as_manager, topis, visit):
    client = as_manager(make.site("MUSEUM"))
    client.get("/exports/rosters/TOPIS/2026-12-14.xlsx", status=404)
    client.get("/exports/rosters/MUSEUM/2026-12-14.xlsx")
    client.get("/exports/delegations.xlsx", status=403)
    client.get(f"/exports/delegations/{visit.delegation_id}/programme.xlsx", status=403)


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow"])
def test_there_is_no_roster_of_a_day_that_is_none(as_officer, topis, day):
    as_officer.get(f"/exports/rosters/TOPIS/{day}.csv", status=404)


def test_delegations_are_saved_as_the_page_found_them(as_officer, hanoi):
    make.delegation("Doha roads", country="QA")
    page = as_officer.get("/delegations?q=Hanoi")
    link = next(e for e in page.all("a") if (e.get("href") or "").startswith("/exports/delegations.xlsx"))
    rows = rows_of_workbook(bytes_of(as_officer, link.get("href")))
    assert [row[1] for row in rows] == ["Delegation", "Hanoi planning office"]
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Arrival (Asia/Seoul)"] == datetime.fromisoformat("2026-12-10")
    assert told["Country"] == "Vietnam"
    assert "+84 24 1" not in rows[1]


def test_a_programme_is_saved_stop_by_stop(as_officer, visit):
    path = f"/exports/delegations/{visit.delegation_id}/programme"
    rows = rows_of_workbook(bytes_of(as_officer, f"{path}.xlsx"))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["Begin"], told["Time zone"], told["What"]) == (
        time(10),
        "Asia/Seoul",
        "How traffic is steered",
    )
    assert f'href="{path}.csv"' in as_officer.get(f"/delegations/{visit.delegation_id}/programme").html
    assert date.fromisoformat(rows_of_text(bytes_of(as_officer, f"{path}.csv"))[1][0]) == date(2026, 12, 14)


def test_a_programme_without_stops_and_an_empty_roster_are_files_all_the_same(as_officer, hanoi, topis):
    assert len(rows_of_workbook(bytes_of(as_officer, f"/exports/delegations/{hanoi.id}/programme.xlsx"))) == 1
    assert len(rows_of_workbook(bytes_of(as_officer, "/exports/rosters/TOPIS/2026-12-15.xlsx"))) == 1


def test_a_file_is_kept_in_no_shared_cache(as_officer, topis):
    as_officer.get("/exports/rosters/TOPIS/2026-12-15.csv")
    assert as_officer.answer.headers["Cache-Control"] == "private, no-store"
    assert as_officer.answer.headers["Content-Type"] == "text/csv; charset=utf-8"
