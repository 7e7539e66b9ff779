"""The week: sites as rows, days as columns."""

from datetime import date, time

import pytest

from scheduler.actions.sites import close_site
from scheduler.core.facts import Dating
from scheduler.core.spans import Span
from tests import make
from tests.blueprints import soon
from tests.blueprints.soon import Queries
from tests.cast import AT, OFFICER

MONDAY = "2026-11-30"


def cell(page, number, row=1):
    """The words of a day (0 is Monday) in a row of the grid."""
    cells = [e for e in page.all("td") if e.within("tr") is page.all("tr")[row]]
    return cells[number]


@pytest.fixture
def museum(app):
    return make.site(
        "CGC-M", name="Museum", name_native="박물관", weekdays=range(1, 7), closed_weekdays={"0"}
    )


@pytest.fixture
def tour(museum):
    return make.tour(museum, needs_agreement=True)


def test_a_week_runs_from_monday_to_sunday_whatever_day_is_asked_for(as_officer, museum):
    page = as_officer.get("/week", **{"from": "2026-12-02"})
    heads = [e.text for e in page.all("th", scope="col")]
    assert heads == [
        "Site",
        "Mon 30 Nov",
        "Tue 1 Dec",
        "Wed 2 Dec",
        "Thu 3 Dec",
        "Fri 4 Dec",
        "Sat 5 Dec",
        "Sun 6 Dec",
    ]
    assert page.all("a", rel="prev")[0].get("href") == "/week?from=2026-11-23"
    assert page.all("a", rel="next")[0].get("href") == "/week?from=2026-12-07"


def test_a_session_shows_its_fill_and_its_visits_with_their_state_in_words(as_officer, museum, tour):
    soon.visit(make.tour_session(tour, soon.soon(9)), 12, is_confirmed=True)
    page = as_officer.get("/week", **{"from": MONDAY})
    assert cell(page, 1).text.endswith(
        "10:00–11:00 12/3012 of 30 places taken Hanoi planning office 12 Confirmed"
    )
    assert [e.get("class") for e in page.all("span") if "week-visit" in (e.get("class") or "")] == [
        "week-visit state-confirmed"
    ]


def test_what_closes_a_day_is_said_there(as_officer, museum, tour):
    whole = Span(soon.soon(10, 0), soon.soon(11, 0))
    part = Span(soon.soon(12, 13), soon.soon(12, 15))
    close_site(museum.id, whole, "Pump test", by=OFFICER, at=AT)
    close_site(museum.id, part, "Staff meeting", by=OFFICER, at=AT)
    page = as_officer.get("/week", **{"from": MONDAY})
    assert cell(page, 0).text == "Closed every Monday."
    assert cell(page, 2).text == "Closed: Pump test"
    assert cell(page, 4).text.startswith("Closed 13:00–15:00: Staff meeting")


def test_a_public_holiday_stands_over_its_column(as_officer, museum):
    page = as_officer.get("/week", **{"from": "2026-12-25"})
    assert "Fri 25 DecChristmas Day" in [e.text for e in page.all("th", scope="col")]


def test_free_windows_are_told_by_their_number_and_booked_ones_shown(as_officer):
    topis = make.site("TOPIS", opens=time(10), closes=time(12))
    windows = make.tour(topis, dating=Dating.WINDOWS)
    soon.visit(make.tour_session(windows, soon.soon(8, 11)), 12)
    page = as_officer.get("/week", **{"from": MONDAY})
    assert cell(page, 0).text.startswith("4 free windows 11:00–12:00 12/30")
    assert cell(page, 1).text == "5 free windows"


def test_an_officer_goes_from_a_session_to_booking_and_a_manager_to_the_roster(
    as_officer, as_manager, museum, tour
):
    soon.visit(make.tour_session(tour, soon.soon(9)), 12)
    booking = as_officer.get("/week", **{"from": MONDAY})
    roster = as_manager(museum).get("/week", **{"from": MONDAY})
    assert booking.all("a", class_="week-session")[0].get("href") == "/book?site=CGC-M&on=2026-12-01"
    assert roster.all("a", class_="week-session")[0].get("href") == "/roster/CGC-M/2026-12-01"


def test_a_manager_sees_only_their_own_sites(as_manager, museum):
    soon.site("DMC", name="Media city")
    page = as_manager(museum).get("/week")
    assert "Museum" in page
    assert "Media city" not in page


def test_topic_site_and_only_with_bookings_narrow_the_week_and_stay_in_its_addresses(
    as_officer, museum, tour
):
    soon.visit(make.tour_session(tour, soon.soon(9)), 12)
    make.tour(soon.site("WRC-J", name="Water plant"), topics={"water"})
    by_topic = as_officer.get("/week", **{"from": MONDAY, "topic": "water"})
    booked = as_officer.get("/week", **{"from": MONDAY, "booked": "y"})
    by_site = as_officer.get("/week", **{"from": MONDAY, "site": "WRC-J"})
    assert [e.text for e in by_topic.all("th", scope="row")] == ["Water plant"]
    assert [e.text for e in booked.all("th", scope="row")] == ["Museum박물관"]
    assert by_site.all("th", scope="row")[0].text == "Water plant"
    assert by_site.all("a", rel="next")[0].get("href") == "/week?from=2026-12-07&site=WRC-J"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"from": "soon"}, "Week of: Give a date, such as 2026-12-14."),
        ({"from": "9999-12-31"}, "The year must be between"),
        ({"topic": "football"}, "Topic: Not a valid choice."),
        ({"site": "NOWHERE"}, "Site: Not a valid choice."),
    ],
)
def test_a_wrong_filter_is_named_and_this_week_is_shown(as_officer, museum, asked, words):
    page = as_officer.get("/week", status=422, **asked)
    assert words in page
    assert "Mon 16 Nov" in page


@pytest.mark.parametrize("first", [date(1900, 1, 1), date(9998, 12, 30)])
def test_the_ends_of_time_are_weeks_too(as_officer, museum, first):
    assert "Museum" in as_officer.get("/week", **{"from": first.isoformat()})


def test_a_week_takes_as_many_queries_for_six_sites_as_for_one(as_officer, museum, tour):
    soon.visit(make.tour_session(tour, soon.soon(9)), 12)
    with Queries() as for_one:
        as_officer.get("/week", **{"from": MONDAY})
    for number in range(5):
        there = make.tour(soon.site(f"SITE-{number}"), dating=Dating.WINDOWS)
        for hour in (9, 13):
            session = make.tour_session(there, soon.soon(9 + number % 3, hour))
            soon.visit(session, 5, who=soon.delegation(f"Delegation {number} {hour}"))
    with Queries() as for_six:
        as_officer.get("/week", **{"from": MONDAY})
    assert for_six.number == for_one.number
