"""Tours: added, changed with the visits that would suffer shown first, their rounds dated for a season."""

from datetime import date, time

import pytest

from scheduler.core.facts import Dating
from scheduler.records.database import db
from scheduler.records.tours import OtherBooking, RoundPattern, Tour, TourSession
from tests import make
from tests.blueprints import soon

NEW = {
    "code": "TOPIS-CONTROL",
    "name": "Control room and briefing",
    "dating": "rounds",
    "minutes": "60",
    "smallest_group": "3",
    "largest_group": "30",
    "places": "30",
    "topics": ["transport", "smart_city"],
    "needs_agreement": "y",
}
TOUR = "/sites/TOPIS/tours/TOPIS-T"


@pytest.fixture
def topis(app):
    return soon.site("TOPIS", name="Control room")


@pytest.fixture
def tour(topis):
    made = make.tour(topis)
    made.patterns = [RoundPattern(weekdays={"0", "1"}, starts=time(10))]
    db.session.commit()
    return made


@pytest.fixture
def windows(topis):
    return make.tour(topis, "TOPIS-W", dating=Dating.WINDOWS, places=20)


def as_it_is(tour):
    return db.session.get_one(Tour, tour.id, populate_existing=True)


def test_a_tour_is_added_with_all_its_facts(as_manager, topis):
    client = as_manager(topis)
    client.get("/sites/TOPIS/tours/new")
    client.submit("/sites/TOPIS/tours/new", NEW | {"people_at_once": "40", "active_to": "2027-12-31"})
    assert "Control room and briefing" in client.follow()
    made = db.session.query(Tour).one()
    assert (made.code, made.dating, made.topics) == (
        "TOPIS-CONTROL",
        Dating.ROUNDS,
        {"transport", "smart_city"},
    )
    assert (made.smallest_group, made.largest_group, made.places, made.minutes) == (3, 30, 30, 60)
    assert (made.people_at_once, made.groups_at_once, made.active_to) == (40, None, date(2027, 12, 31))
    assert made.needs_agreement


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"code": "TOPIS-T"}, "There is a tour with the code TOPIS-T already."),
        ({"code": "topis control"}, "Use capital letters, digits and single hyphens"),
        ({"code": ""}, "Code: This field is required."),
        ({"dating": "whenever"}, "Not a valid choice."),
        ({"minutes": "4"}, "Must be between 5 and 720."),
        ({"largest_group": "2"}, "Must not be below the smallest group."),
        ({"places": "5001"}, "Must be between 1 and 5000."),
        ({"topics": ["football"]}, "football"),
        ({"name": "x" * 10_000}, "Too long: 10000 characters, 200 at most."),
        ({"active_from": "2027-01-01", "active_to": "2026-01-01"}, "Must not be before the first day."),
    ],
)
def test_a_tour_with_a_fault_is_not_added_and_all_is_kept(as_officer, tour, told, words):
    as_officer.get("/sites/TOPIS/tours/new")
    sent = NEW | {"shows": "The gallery"} | told
    page = as_officer.submit("/sites/TOPIS/tours/new", sent, status=422)
    assert words in page
    assert page.values_of("/sites/TOPIS/tours/new")["shows"] == "The gallery"
    assert db.session.query(Tour).count() == 1


def test_fewer_places_show_whom_they_would_break_first(as_manager, topis, tour):
    visit = soon.visit(make.tour_session(tour, soon.soon(7)), 12)
    client = as_manager(topis)
    client.get(f"{TOUR}/edit")
    page = client.submit(f"{TOUR}/edit", {"places": "10"}, status=409)
    assert "this would break 1 visit" in page
    assert as_it_is(tour).places == 30
    client.submit(f"{TOUR}/edit", {"break_visits": str(visit.id)})
    assert as_it_is(tour).places == 10
    assert soon.as_it_is(visit).is_clashing


def test_the_last_day_of_a_tour_shows_whom_it_would_break(as_officer, tour):
    soon.visit(make.tour_session(tour, soon.soon(7)), 12)
    as_officer.get(f"{TOUR}/edit")
    page = as_officer.submit(f"{TOUR}/edit", {"active_to": "2026-11-25"}, status=409)
    assert "The tour is not run on" in page


def test_a_change_that_breaks_nobody_is_saved_at_once(as_officer, tour):
    as_officer.get(f"{TOUR}/edit")
    as_officer.submit(f"{TOUR}/edit", {"name": "The gallery", "needs_agreement": "y", "topics": ["water"]})
    changed = as_it_is(tour)
    assert (changed.name, changed.needs_agreement, changed.topics) == ("The gallery", True, {"water"})


def test_a_tour_changed_meanwhile_is_not_overwritten(as_officer, tour):
    first = as_officer.get(f"{TOUR}/edit")
    as_officer.submit(f"{TOUR}/edit", {"name": "One"})
    as_officer.page = first
    page = as_officer.submit(f"{TOUR}/edit", {"name": "Two"}, status=409)
    assert "Somebody changed this while you had it open" in page
    assert as_it_is(tour).name == "One"


def test_rounds_are_changed_row_by_row(as_officer, tour):
    as_officer.get(f"{TOUR}/rounds")
    told = {
        "patterns-0-weekdays": ["5"],
        "patterns-1-starts": "14:30",
        "patterns-1-weekdays": ["0", "4"],
        "patterns-1-valid_from": "2027-01-01",
    }
    as_officer.submit(f"{TOUR}/rounds", told)
    rows = [(row.starts, row.weekdays, row.valid_from) for row in as_it_is(tour).patterns]
    assert rows == [(time(10), {"5"}, None), (time(14, 30), {"0", "4"}, date(2027, 1, 1))]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"patterns-1-starts": "14:30"}, "Needed in this row."),
        ({"patterns-1-weekdays": ["1"]}, "Needed in this row."),
        ({"patterns-0-weekdays": ["9"]}, "9"),
        ({"patterns-0-starts": "noon"}, "Give a time of day, such as 14:30."),
    ],
)
def test_a_wrong_round_is_marked_and_nothing_written(as_officer, tour, told, words):
    as_officer.get(f"{TOUR}/rounds")
    assert words in as_officer.submit(f"{TOUR}/rounds", told, status=422)
    assert [row.weekdays for row in as_it_is(tour).patterns] == [{"0", "1"}]


def test_a_season_is_dated_and_says_how_many_rounds_are_new(as_officer, tour):
    as_officer.get(TOUR)
    as_officer.submit(f"{TOUR}/season", {"first": "2026-11-23", "last": "2026-12-06"})
    assert "4 new rounds were dated." in as_officer.follow()
    as_officer.submit(f"{TOUR}/season", {"first": "2026-11-23", "last": "2026-12-07"})
    assert "1 new round was dated." in as_officer.follow()
    assert db.session.query(TourSession).count() == 5


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"first": "2026-12-06", "last": "2026-11-23"}, "Last day: Must not be before"),
        ({"first": "2026-12-06", "last": "2036-11-23"}, "Too long: 400 days at most."),
        ({"first": "", "last": "2036-11-23"}, "First day: This field is required."),
    ],
)
def test_a_season_that_cannot_be_meant_is_refused(as_officer, tour, told, words):
    as_officer.get(TOUR)
    page = as_officer.submit(f"{TOUR}/season", told, status=422)
    assert words in page
    assert page.values_of(f"{TOUR}/season")["last"] == told["last"]
    assert db.session.query(TourSession).count() == 0


def test_a_window_is_taken_for_a_school(as_manager, topis, windows):
    client = as_manager(topis)
    client.get("/sites/TOPIS/tours/TOPIS-W")
    told = {"name": "School class", "headcount": "18", "starts_at": soon.typed(soon.soon(7, 10, 15))}
    client.submit("/sites/TOPIS/tours/TOPIS-W/other-bookings", told)
    assert "School class 18" in client.follow()
    booking = db.session.query(OtherBooking).one()
    assert (booking.headcount, booking.tour_session.starts_at) == (18, soon.soon(7, 10, 15))


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"headcount": "21"}, 409, "Not enough places: 20 of 20 left, 21 needed."),
        ({"starts_at": soon.typed(soon.soon(7, 10, 20))}, 409, "No session of this tour starts at"),
        ({"starts_at": "tomorrow"}, 422, "Starts at: Give a date and a time"),
        ({"name": "a\tb"}, 422, "Write this on one line"),
    ],
)
def test_a_window_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    as_officer, windows, told, status, words
):
    path = "/sites/TOPIS/tours/TOPIS-W"
    as_officer.get(path)
    sent = {"name": "School", "headcount": "18", "starts_at": soon.typed(soon.soon(7))} | told
    page = as_officer.submit(f"{path}/other-bookings", sent, status=status)
    assert words in page
    assert page.values_of(f"{path}/other-bookings")["headcount"] == sent["headcount"]
    assert db.session.query(OtherBooking).count() == 0


def test_a_tour_is_found_under_its_own_site_alone(as_officer, as_manager, tour):
    soon.site("DMC")
    as_officer.get("/sites/DMC/tours/TOPIS-T", status=404)
    as_officer.get("/sites/TOPIS/tours/NOTHING", status=404)
    as_manager(soon.site("OTHER")).get(TOUR, status=404)


def test_who_only_reads_finds_nothing_to_press(as_head, tour):
    page = as_head.get(TOUR)
    assert [form for form in page.all("form") if "/sites/" in form.get("action")] == []
    as_head.get(f"{TOUR}/edit", status=403)
