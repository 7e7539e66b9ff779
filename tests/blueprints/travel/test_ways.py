"""How long a way takes at each hour and how we know; one way set, and taken out again."""

import pytest

from scheduler.actions.places import add_place
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.records.travel_lookup import travel_table
from tests.blueprints import soon
from tests.cast import AT, OFFICER


@pytest.fixture(autouse=True)
def places(app):
    soon.site("TOPIS", latitude=37.5665, longitude=126.978)
    soon.site("WRC-S", latitude=37.5778, longitude=126.8211)
    add_place("GIMPO", {"name": "Gimpo Airport"}, by=OFFICER, at=AT)


def put(origin, destination, hours, minutes):
    set_travel_time(TravelRow(1, origin, destination, hours, str(minutes)), by=OFFICER, at=AT)


def rows_of(page, number):
    """The words of each row of a table of the page."""
    within = page.all("tbody")[number]
    rows = [row for row in page.all("tr") if within in row.parents]
    return [
        " ".join(cell.text for cell in page.elements if cell.name in ("th", "td") and row in cell.parents)
        for row in rows
    ]


def test_two_places_show_the_whole_day_both_ways_and_where_each_number_comes_from(as_head):
    put("TOPIS", "WRC-S", "7~9", 95)
    put("TOPIS", "WRC-S", "18", 95)
    put("WRC-S", "TOPIS", "", 80)
    page = as_head.get("/travel", origin="TOPIS", destination="WRC-S")
    assert rows_of(page, 0) == [
        "00:00 to 06:59 80 Way back in the table the row for any hour",
        "07:00 to 09:59 95 Table",
        "10:00 to 17:59 80 Way back in the table the row for any hour",
        "18:00 to 18:59 95 Table",
        "19:00 to 23:59 80 Way back in the table the row for any hour",
    ]
    assert rows_of(page, 1) == ["00:00 to 23:59 80 Table the row for any hour"]
    assert "These two are 13.9 km apart in a straight line." in page


def test_the_model_counts_where_the_table_has_nothing_and_nobody_knows_without_a_position(as_head):
    page = as_head.get("/travel", origin="TOPIS", destination="WRC-S")
    assert rows_of(page, 0) == ["00:00 to 23:59 70 Model"]
    page = as_head.get("/travel", origin="TOPIS", destination="GIMPO")
    assert rows_of(page, 0) == ["00:00 to 23:59 – Nobody knows"]
    assert "For want of a position the model knows nothing of these two." in page
    page = as_head.get("/travel", origin="TOPIS", destination="TOPIS")
    assert rows_of(page, 0) == ["00:00 to 23:59 0 The same place"]


def test_an_officer_sets_a_way_and_takes_it_out_again(as_officer):
    as_officer.get("/travel", origin="TOPIS", destination="GIMPO")
    as_officer.submit("/travel/set", {"hours": "8~9", "minutes": "50"})
    page = as_officer.follow()
    assert "The way is set." in page
    assert rows_of(page, 0)[1] == "08:00 to 09:59 50 Table"
    as_officer.submit("/travel/clear")
    page = as_officer.follow()
    assert travel_table() == {("TOPIS", "GIMPO", 9): 50}
    assert "The row is out of the table." in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"hours": "9~7", "minutes": "5"}, "Hours run forward within a day"),
        ({"hours": "24", "minutes": "5"}, "“24” is out of range"),
        ({"hours": "noon", "minutes": "5"}, "“noon” is no hour."),
        ({"hours": "", "minutes": "-5"}, "Must be between 0 and 1440."),
        ({"hours": "", "minutes": "1441"}, "Must be between 0 and 1440."),
        ({"hours": "", "minutes": "7.5"}, "Give a whole number between 0 and 1440."),
        ({"hours": "", "minutes": ""}, "This field is required."),
    ],
)
def test_a_way_that_cannot_be_meant_is_told_and_kept(as_officer, typed, words):
    as_officer.get("/travel", origin="TOPIS", destination="GIMPO")
    page = as_officer.submit("/travel/set", typed, status=422)
    assert words in page
    assert page.values_of("/travel/set")["hours"] == typed["hours"]
    assert travel_table() == {}


def test_places_and_rows_that_are_not_there_are_not_found(as_officer):
    as_officer.get("/travel", origin="TOPIS", destination="NOWHERE", status=422)
    as_officer.get("/travel", origin="TOPIS", destination="GIMPO")
    as_officer.post("/travel/set", {"origin": "TOPIS", "destination": "NOWHERE", "minutes": "5"}, status=404)
    gone = {"origin": "TOPIS", "destination": "GIMPO"}
    for hour in ("8", "-1", "24", "x", ""):
        as_officer.post("/travel/clear", gone | {"hour": hour}, status=404)


def test_nothing_is_shown_until_both_places_are_chosen(as_head):
    for query in ({}, {"origin": "TOPIS"}, {"origin": "TOPIS", "destination": ""}):
        page = as_head.get("/travel", **query)
        assert "How it is known" in page
        assert page.all("tbody") == []


def test_others_read_and_do_not_write(as_manager, as_administrator, as_head):
    put("TOPIS", "GIMPO", "", 40)
    page = as_administrator.get("/travel", origin="TOPIS", destination="GIMPO")
    assert "Set the way" in page
    page = as_head.get("/travel", origin="TOPIS", destination="GIMPO")
    assert "Set the way" not in page
    assert "Take out" not in page
    as_head.post("/travel/set", {"origin": "TOPIS", "destination": "GIMPO", "minutes": "5"}, status=403)
    as_head.post("/travel/clear", {"origin": "TOPIS", "destination": "GIMPO", "hour": "-1"}, status=403)
    as_head.get("/travel/import", status=403)
