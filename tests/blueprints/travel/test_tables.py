"""A whole travel table as a file: downloaded, rehearsed, saved, or refused line by line."""

from io import BytesIO

import pytest

from scheduler.actions.places import add_place
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.blueprints.travel.forms import packed
from scheduler.records.travel_lookup import travel_table
from tests.blueprints import soon
from tests.cast import AT, OFFICER

HEADER = "origin,destination,hour,minutes\n"
TABLE = HEADER + "GIMPO,TOPIS,,45\nGIMPO,TOPIS,8,70\n"
SAVED = {("GIMPO", "TOPIS", -1): 45, ("GIMPO", "TOPIS", 8): 70}


@pytest.fixture(autouse=True)
def places(app):
    soon.site("TOPIS")
    add_place("GIMPO", {"name": "Gimpo Airport"}, by=OFFICER, at=AT)


def file_of(content, name="ways.csv"):
    return BytesIO(content if isinstance(content, bytes) else content.encode()), name


def check(client, content, *, mode="add", status=200):
    client.get("/travel/import")
    return client.submit("/travel/import", {"table": file_of(content), "mode": mode}, status=status)


def test_a_file_is_shown_before_it_is_saved(as_officer):
    set_travel_time(TravelRow(1, "GIMPO", "TOPIS", "", "50"), by=OFFICER, at=AT)
    page = check(as_officer, TABLE)
    assert [fact.text for fact in page.all("dd")] == ["1", "1", "0", "0"]
    assert "GIMPO TOPIS any hour 50 45" in page
    assert travel_table() == {("GIMPO", "TOPIS", -1): 50}
    as_officer.submit("/travel/import", {"save": "1"})
    assert "The table is saved: 1 rows added, 1 changed, 0 removed." in as_officer.follow()
    assert travel_table() == SAVED


def test_a_table_that_replaces_says_what_it_removes(as_administrator):
    set_travel_time(TravelRow(1, "TOPIS", "GIMPO", "", "50"), by=OFFICER, at=AT)
    page = check(as_administrator, TABLE, mode="replace")
    assert "TOPIS GIMPO any hour 50 removed" in page
    as_administrator.submit("/travel/import", {"save": "1"})
    assert travel_table() == SAVED


def test_every_faulty_line_is_told_and_nothing_is_saved(as_officer):
    content = TABLE + "GIMPO,TOPSI,,45\nGIMPO,TOPIS,25,-1\n"
    page = check(as_officer, content, status=422)
    assert "Nothing is saved: 2 lines are wrong" in page
    assert "Line 4: There is no place with the code “TOPSI”. Is TOPIS meant?" in page
    assert "Line 5: “25” is out of range: hours run from 0 to 23." in page
    assert "Line 5: -1 minutes are less than none. Give 0 to 1440." in page
    assert travel_table() == {}


def test_very_many_faulty_lines_are_told_by_their_numbers(as_officer):
    page = check(
        as_officer, HEADER + "GIMPO,TOPIS,,x\n" * 400 + "GIMPO,TOPIS,,5\nGIMPO,TOPIS,,y\n", status=422
    )
    assert "Nothing is saved: 401 lines are wrong" in page
    assert "Line 301: “x” is no number of minutes." in page
    assert "Also wrong: lines 302-401, 403." in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xc8\xa3,\xc5\xda", "Line 1: This is not UTF-8. Save the file as “CSV UTF-8”."),
        ("from,to\n", "The first line must be origin,destination,hour,minutes; it is “from,to”."),
        ("\n", "The file is empty. The first line must be origin,destination,hour,minutes."),
        (HEADER + "A,B,,1\n" * 20_001, "Too many lines: 20000 at most."),
    ],
)
def test_a_file_that_is_no_table_is_told_why(as_officer, content, words):
    assert words in check(as_officer, content, status=422)


@pytest.mark.parametrize("content", [b"x" * (2 * 1024 * 1024 + 1), b""])
def test_a_file_too_large_or_none_is_asked_for_again(as_officer, content):
    page = check(as_officer, content, status=422)
    assert ("This file is too large" in page) or ("Choose a file." in page)


def test_what_comes_back_broken_is_asked_for_again(as_officer):
    check(as_officer, TABLE)
    for broken in ("", "!", "QUJD", packed(b"x" * 3_000_000)):
        as_officer.submit("/travel/import", {"save": "1", "packed": broken}, status=422)
        as_officer.get("/travel/import")
    assert travel_table() == {}


def test_who_was_shown_another_table_is_shown_it_anew(as_officer):
    check(as_officer, TABLE)
    set_travel_time(TravelRow(1, "GIMPO", "TOPIS", "", "50"), by=OFFICER, at=AT)
    page = as_officer.submit("/travel/import", {"save": "1"}, status=409)
    assert "Somebody changed the table meanwhile. Look again at what would change." in page
    as_officer.submit("/travel/import", {"save": "1"})
    assert travel_table() == SAVED


def test_the_table_comes_down_as_the_file_it_goes_up_as(as_officer, as_head):
    check(as_officer, TABLE)
    as_officer.submit("/travel/import", {"save": "1"})
    as_head.get("/travel/table.csv")
    assert as_head.answer.headers["Content-Disposition"] == 'attachment; filename="travel-times.csv"'
    assert as_head.answer.mimetype == "text/csv"
    assert as_head.answer.get_data(as_text=True) == TABLE.replace("\n", "\r\n")
    page = check(as_officer, as_head.answer.get_data())
    assert "Nothing: the table is as the file says already." in page


def test_ten_thousand_rows_go_up_within_the_forms_limits(as_officer):
    for number in range(101):
        add_place(f"A-PLACE-NUMBER-{number:05}", {"name": "A place"}, by=OFFICER, at=AT)
    ways = [(a, b) for a in range(101) for b in range(101) if a != b][:10_000]
    rows = "".join(f"A-PLACE-NUMBER-{a:05},A-PLACE-NUMBER-{b:05},,{a * b % 97}\n" for a, b in ways)
    assert "And 9900 more." in check(as_officer, HEADER + rows)
    as_officer.submit("/travel/import", {"save": "1"})
    assert len(travel_table()) == 10_000
