"""Booking: picking site, day and session, and asking for it."""

from datetime import timedelta

import pytest

from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.delegations import DelegationState, Wish
from scheduler.records.visits import Visit
from tests import make
from tests.cast import seoul


def booked():
    return list(db.session.query(Visit).order_by(Visit.id))


def test_who_comes_is_the_first_question(as_officer, who):
    make.delegation("Called off", state=DelegationState.CANCELLED)
    page = as_officer.get("/book")
    assert "Hanoi planning office" in page
    assert "Called off" not in page


def test_without_a_site_every_site_shows_what_it_has_that_day(as_officer, who, monday_at_ten, window_tour):
    page = as_officer.get("/book", delegation=who.id, on="2026-12-14")
    assert "1 of 1 sessions" in page
    assert "25 of 25 sessions" in page


def test_one_click_books_a_round(as_officer, who, monday_at_ten):
    as_officer.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-14")
    as_officer.submit("/book")
    assert "The visit is booked." in as_officer.follow()
    visit = booked()[0]
    assert (visit.tour_session_id, visit.headcount, visit.state) == (
        monday_at_ten.id,
        12,
        VisitState.REQUESTED,
    )


def test_one_click_books_a_window_that_nobody_had_booked(as_officer, who, window_tour):
    page = as_officer.get("/book", delegation=who.id, site="TOPIS", on="2026-12-14")
    assert page.form("/book")
    as_officer.submit("/book")
    assert booked()[0].starts_at == seoul(14, 10)


def test_a_double_click_is_harmless(as_officer, who, monday_at_ten):
    as_officer.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-14")
    as_officer.submit("/book")
    as_officer.submit("/book")
    assert "This visit was booked already." in as_officer.follow()
    assert len(booked()) == 1


def test_why_a_session_does_not_work_is_said_in_words_with_every_reason(as_officer, who, round_tour):
    session = make.tour_session(round_tour, seoul(14, 18), places=5)
    page = as_officer.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-14")
    assert "Outside the opening hours: open 10:00–17:00." in page
    assert "Not enough places: 5 of 5 left, 12 needed." in page
    assert [form for form in page.all("form") if form.get("action") == "/book"] == []
    as_officer.post(
        "/book", {"delegation_id": who.id, "tour_session_id": session.id, "headcount": 12}, status=409
    )


def test_windows_share_a_line_for_the_same_reason(as_officer, who, window_tour):
    make.site("BUSY")
    taken = make.tour_session(window_tour, seoul(14, 11), places=12)
    make.visit(who, taken, 12)
    page = as_officer.get("/book", delegation=who.id, site="TOPIS", on="2026-12-14")
    assert "10:15, 10:30, 10:45 The delegation is at Site TOPIS from" in page


def test_a_day_without_sessions_says_why_and_offers_the_nearest_that_work(as_officer, who, monday_at_ten):
    page = as_officer.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-13")
    assert "Not open at all that day." in page
    assert "Mon 14 Dec, 10:00–11:00 · The museum: A round" in page
    as_officer.submit("/book")
    assert booked()[0].tour_session_id == monday_at_ten.id


def test_a_refused_request_comes_back_with_reasons_alternatives_and_all_that_was_typed(
    as_officer, who, round_tour, monday_at_ten
):
    full = make.tour_session(round_tour, seoul(15, 10), places=3)
    typed = {
        "delegation_id": who.id,
        "tour_session_id": full.id,
        "headcount": 11,
        "language": "en",
        "hold_until": "2026-12-01T18:00",
    }
    as_officer.get("/")
    page = as_officer.post("/book", typed, status=409)
    assert "This cannot be booked, for one reason" in page
    assert "Not enough places: 3 of 3 left, 11 needed." in page
    assert "Mon 14 Dec, 10:00–11:00 · The museum: A round" in page
    request = next(form for form in page.all("form") if form.get("id") == "request")
    inside = {e.get("name"): e.get("value") for e in page.all("input") if request in e.parents}
    assert (inside["headcount"], inside["hold_until"]) == ("11", "2026-12-01T18:00")
    as_officer.submit("/book", {})
    assert booked()[0].tour_session_id == monday_at_ten.id


def test_a_hold_is_kept_until_its_moment(as_officer, who, monday_at_ten):
    as_officer.get("/book/session", delegation=who.id, tour_session_id=monday_at_ten.id)
    as_officer.submit("/book", {"hold_until": "2026-12-01T18:00"})
    visit = booked()[0]
    assert (visit.state, visit.hold_until) == (VisitState.HELD, seoul(1, 18))


@pytest.mark.parametrize(
    ("hold_until", "words"),
    [
        ("2026-11-01T10:00", "A hold must end after now and no later than the visit begins"),
        ("2026-12-14T10:01", "A hold must end after now and no later than the visit begins"),
        ("tomorrow", "Give a date and a time, such as 2026-12-14 10:30."),
    ],
)
def test_a_hold_that_makes_no_sense_is_told_so(as_officer, who, monday_at_ten, hold_until, words):
    as_officer.get("/book/session", delegation=who.id, tour_session_id=monday_at_ten.id)
    page = as_officer.submit("/book", {"hold_until": hold_until}, status=422)
    assert words in page
    assert page.all("input", id="hold_until")[0].get("value") == hold_until
    assert booked() == []


def test_a_caution_wants_a_tick_and_a_reason(as_officer, who, round_tour, window_tour):
    make.visit(who, make.tour_session(round_tour, seoul(14, 10)))
    address = {"delegation": who.id, "tour_code": "WINDOW", "starts_at": seoul(14, 11, 15).isoformat()}
    page = as_officer.get("/book/session", **address, headcount=12)
    assert "A short break: 15 minutes after their stop at The museum." in page
    page = as_officer.submit("/book", status=409)
    assert "Please confirm one point" in page
    page = as_officer.submit("/book", {"acknowledge": "short_break_before"}, status=422)
    assert "Give a reason: it is kept in the journal." in page
    assert page.all("input", name="acknowledge")[0].get("checked") is not None
    as_officer.submit("/book", {"acknowledge_reason": "They walk over together"})
    visit = booked()[1]
    assert visit.acknowledged == ["short_break_before"]
    assert visit.acknowledge_reason == "They walk over together"


def test_a_wish_fills_in_site_day_and_headcount(as_officer, who, round_tour, monday_at_ten):
    wish = Wish(
        delegation_id=who.id, tour_id=round_tour.id, preferred_times=[seoul(14, 14).isoformat()], headcount=5
    )
    db.session.add(wish)
    db.session.commit()
    page = as_officer.get("/book", delegation=who.id, wish=wish.id)
    assert "Hanoi planning office, 5 people" in page
    assert page.values_of("/book") == {
        "csrf_token": page.token,
        "delegation_id": str(who.id),
        "tour_session_id": str(monday_at_ten.id),
        "headcount": "5",
        "language": "",
    }


def test_a_wish_for_a_topic_lists_the_sites_that_show_it_first(as_officer, who, monday_at_ten):
    make.tour_session(make.tour(make.site("AAA"), "AAA", topics={"water"}), seoul(14, 10))
    wish = Wish(delegation_id=who.id, topic="water", preferred_times=[seoul(14, 9).isoformat()])
    db.session.add(wish)
    db.session.commit()
    page = as_officer.get("/book", delegation=who.id, wish=wish.id)
    assert [row.text for row in page.all("th", scope="row")] == ["Site AAA", "The museum"]


@pytest.mark.parametrize(
    "asked",
    [
        {"on": "tomorrow"},
        {"on": "0001-01-01"},
        {"headcount": "0"},
        {"headcount": "5001"},
        {"headcount": "x"},
        {"language": "xx"},
        {"site": "NOWHERE"},
        {"site": "a\x00b"},
    ],
)
def test_what_is_looked_for_must_make_sense(as_officer, who, monday_at_ten, asked):
    as_officer.get("/book", delegation=who.id, **({"on": "2026-12-14"} | asked), status=422)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"tour_session_id": "999999"}, 404),
        ({"tour_session_id": "99999999999999999999"}, 422),
        ({"tour_session_id": "-1"}, 422),
        ({"tour_session_id": "", "tour_code": "NOWHERE", "starts_at": "2026-12-14T10:00:00+09:00"}, 404),
        ({"tour_session_id": "", "tour_code": "ROUND", "starts_at": "2026-12-14T10:00:00"}, 422),
        ({"tour_session_id": "", "tour_code": "ROUND", "starts_at": "now"}, 422),
        ({"tour_session_id": ""}, 422),
        ({"delegation_id": "999999"}, 404),
        ({"delegation_id": ""}, 422),
        ({"headcount": ""}, 422),
        ({"headcount": "9" * 40}, 422),
        ({"language": "xx"}, 422),
        ({"acknowledge": "everything", "acknowledge_reason": "so"}, 422),
        ({"acknowledge_reason": "two\nlines"}, 422),
        ({"override": "notice_too_short"}, 403),
    ],
)
def test_a_request_of_no_sense_is_refused_and_nothing_is_written(
    as_officer, who, monday_at_ten, sent, status
):
    as_officer.get("/")
    right = {"delegation_id": who.id, "tour_session_id": monday_at_ten.id, "headcount": 12}
    as_officer.post("/book", right | sent, status=status)
    assert booked() == []


def test_a_site_manager_books_nothing(as_manager, museum):
    as_manager(museum).get("/book", status=403)


def test_the_head_of_division_overrides_with_a_reason(as_head, who, round_tour):
    early = make.tour_session(round_tour, seoul(9, 10))
    page = as_head.get("/book", delegation=who.id, site="MUSEUM", on="2026-12-09")
    assert "Outside the stay, which runs from" in page
    assert "Override" in page
    as_head.get("/book/session", delegation=who.id, tour_session_id=early.id)
    page = as_head.submit("/book", {"override": "outside_stay"}, status=422)
    assert "Give a reason." in page
    as_head.submit("/book", {"override_reason": "They arrive a day early"})
    visit = booked()[0]
    assert (visit.overridden, visit.override_reason) == (["outside_stay"], "They arrive a day early")


def test_hours_are_overridden_with_the_owners_recorded_agreement(as_head, who, round_tour):
    late = make.tour_session(round_tour, seoul(14, 18))
    as_head.get("/book/session", delegation=who.id, tour_session_id=late.id)
    told = {"override": "outside_hours", "override_reason": "An evening for the mayor"}
    page = as_head.submit("/book", told, status=422)
    assert "Record who agreed for the owner, when, and by which channel." in page
    agreed = {
        "agreed_by": "Head of the museum",
        "agreed_on": "2026-11-20T10:00",
        "agreed_channel": "telephone",
    }
    as_head.submit("/book", agreed)
    assert booked()[0].overridden == ["outside_hours"]


def test_what_cannot_be_overridden_offers_no_override(as_head, who, round_tour):
    full = make.tour_session(round_tour, seoul(14, 10), places=3)
    page = as_head.get("/book/session", delegation=who.id, tour_session_id=full.id)
    assert "Override, as head of division" not in page


def test_a_day_costs_the_same_number_of_queries_whatever_is_booked(as_officer, who, window_tour, counted):
    asked = {"delegation": who.id, "site": "TOPIS", "on": "2026-12-14"}
    with counted() as few:
        as_officer.get("/book", **asked)
    for number in range(6):
        other = make.delegation(f"Delegation {number}")
        session = make.tour_session(window_tour, seoul(14, 10) + timedelta(hours=number))
        make.visit(other, session, 3)
    with counted() as many:
        as_officer.get("/book", **asked)
    assert len(many) == len(few)
