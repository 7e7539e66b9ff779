"""What the board shows, as its script reads it."""

from datetime import timedelta

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import close_site
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from tests import make
from tests.blueprints.board.script import MONDAY, Script, named
from tests.cast import AT, OFFICER, seoul


def test_a_week_begins_on_its_monday_and_tells_instants_on_the_citys_clock(officer, museum):
    told = officer.get("data", on="2026-12-17")
    assert (told["from"], told["days"], told["zone"]) == (MONDAY, 7, "Asia/Seoul")
    assert (told["rows_kind"], told["may_book"]) == ("sites", True)


@pytest.mark.parametrize(("view", "first", "days"), [("day", "2026-12-17", 1), ("weeks", MONDAY, 28)])
def test_a_day_and_four_weeks_can_be_shown(officer, museum, view, first, days):
    told = officer.get("data", on="2026-12-17", view=view)
    assert (told["from"], told["days"]) == (first, days)


def test_a_site_is_a_row_and_its_sessions_show_how_full_they_are(officer, who, monday_at_ten, museum):
    make.visit(who, monday_at_ten, 12)
    told = officer.get("data")
    row = f"site:{museum.id}"
    assert told["rows"] == [
        {"id": row, "name": "The museum", "detail": "Museum division", "href": "/sites/MUSEUM"}
    ]
    assert told["sessions"] == [
        {
            "id": f"session:{monday_at_ten.id}",
            "row": row,
            "start": "2026-12-14T10:00:00+09:00",
            "end": "2026-12-14T11:00:00+09:00",
            "tour_code": "ROUND",
            "name": "A round",
            "places": 30,
            "taken": 12,
            "fill_text": "12 of 30",
        }
    ]


def test_a_visit_stands_in_its_sites_row_with_all_that_is_needed_to_move_it(
    officer, who, monday_at_ten, museum
):
    visit = make.visit(who, monday_at_ten, 12)
    assert officer.get("data")["items"] == [
        {
            "id": f"visit:{visit.id}",
            "row": f"site:{museum.id}",
            "start": "2026-12-14T10:00:00+09:00",
            "end": "2026-12-14T11:00:00+09:00",
            "title": "Hanoi planning office",
            "what": "A round",
            "state": "requested",
            "state_text": "Requested",
            "headcount": 12,
            "version": 1,
            "movable": True,
            "href": f"/visits/{visit.id}",
            "notes": [],
            "kind": "visit",
            "delegation_id": who.id,
            "clashing": False,
            "session": f"session:{monday_at_ten.id}",
            "tour_code": "ROUND",
        }
    ]


def test_a_window_that_nobody_booked_is_no_session(officer, who, window_tour):
    assert officer.get("data")["sessions"] == []
    make.visit(who, make.tour_session(window_tour, seoul(14, 11)))
    assert [each["start"] for each in officer.get("data")["sessions"]] == ["2026-12-14T11:00:00+09:00"]


def test_a_clash_is_told_with_its_reason(officer, who, monday_at_ten, museum):
    make.visit(who, monday_at_ten)
    close_site(museum.id, Span(seoul(14, 9), seoul(14, 12)), "Pump test", by=OFFICER, at=AT)
    (item,) = officer.get("data")["items"]
    assert item["clashing"] is True
    assert item["notes"] == ["Closed from Mon 14 Dec 2026 09:00 to Mon 14 Dec 2026 12:00: Pump test."]


def test_a_hold_says_until_when_and_is_gone_once_it_ran_out(officer, who, monday_at_ten):
    visit = make.visit(who, monday_at_ten, hold_until=AT + timedelta(hours=1))
    assert named(officer.get("data")["items"], f"visit:{visit.id}")["notes"] == [
        "Held until Sun 22 Nov 2026 13:00"
    ]
    visit.hold_until = AT
    make._kept(visit)
    told = officer.get("data")
    assert (told["items"], told["tray"], told["sessions"][0]["taken"]) == ([], [], 0)


def test_hours_and_closures_lie_behind_and_nights_are_one(officer, museum):
    close_site(museum.id, Span(seoul(15, 13), seoul(15, 15)), "Staff meeting", by=OFFICER, at=AT)
    behind = officer.get("data", view="day", on="2026-12-15")["backgrounds"]
    told = [(each["start"][11:16], each["end"][11:16], each["kind"], each["text"]) for each in behind]
    assert told == [
        ("00:00", "10:00", "outside_hours", "Outside the opening hours"),
        ("17:00", "00:00", "outside_hours", "Outside the opening hours"),
        ("13:00", "15:00", "closed", "Closed: Staff meeting"),
    ]
    week = [each for each in officer.get("data")["backgrounds"] if each["kind"] == "outside_hours"]
    assert (week[1]["start"], week[1]["end"]) == ("2026-12-14T17:00:00+09:00", "2026-12-15T10:00:00+09:00")


def test_what_closes_a_whole_day_is_said(officer, app):
    make.site("CGC", closed_weekdays={"0"})
    behind = officer.get("data")["backgrounds"]
    assert [(each["start"], each["text"]) for each in behind if each["kind"] == "closed"] == [
        ("2026-12-14T00:00:00+09:00", "Closed every Monday."),
        ("2026-12-19T00:00:00+09:00", "Not open at all that day."),
    ]


def test_delegations_can_be_the_rows_and_the_days_out_of_town_lie_behind(officer, who, monday_at_ten):
    make.delegation("Gone by then", arrives_at=seoul(1), departs_at=seoul(3))
    visit = make.visit(who, monday_at_ten)
    told = officer.get("data", rows="delegations")
    row = f"delegation:{who.id}"
    assert told["rows"] == [
        {
            "id": row,
            "name": "Hanoi planning office",
            "detail": "12 people, Thu 10 Dec – Sun 20 Dec 2026",
            "href": f"/delegations/{who.id}",
        }
    ]
    item = named(told["items"], f"visit:{visit.id}")
    assert (item["row"], item["title"], item["what"]) == (row, "The museum", "A round")
    assert [(b["start"], b["end"], b["kind"]) for b in told["backgrounds"]] == [
        ("2026-12-20T00:00:00+09:00", "2026-12-21T00:00:00+09:00", "outside_stay")
    ]
    assert told["sessions"] == []


def test_filters_leave_out_sites_delegations_and_states(
    officer, who, monday_at_ten, tuesday_at_two, window_tour
):
    other = make.delegation("Lima water company")
    mine, theirs = make.visit(who, monday_at_ten, 5), make.visit(other, tuesday_at_two, 6)
    act_upon(theirs.id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)
    by_site = officer.get("data", site="TOPIS")
    assert ([row["name"] for row in by_site["rows"]], by_site["items"]) == (["Site TOPIS"], [])
    by_guest = officer.get("data", delegation=who.id)
    assert [item["id"] for item in by_guest["items"]] == [f"visit:{mine.id}"]
    by_state = officer.get("data", state=["cancelled", "no_show"])
    assert [item["id"] for item in by_state["items"]] == [f"visit:{theirs.id}"]
    assert by_state["items"][0]["movable"] is False


def test_the_head_may_move_and_a_manager_only_sees_their_own_sites(
    app, as_head, as_manager, who, monday_at_ten, museum, window_tour, wish_for
):
    wish_for(who, window_tour)
    make.visit(who, monday_at_ten)
    make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    assert Script(as_head).get("data")["may_book"] is True
    script = Script(as_manager(museum))
    told = script.get("data")
    assert (told["may_book"], told["tray"]) == (False, [])
    assert [row["name"] for row in told["rows"]] == ["The museum"]
    assert [(item["what"], item["movable"]) for item in told["items"]] == [("A round", False)]
    guests = script.get("data", rows="delegations")
    assert [(row["name"], row["href"]) for row in guests["rows"]] == [("Hanoi planning office", None)]
    assert [item["title"] for item in guests["items"]] == ["The museum"]


def test_administrators_and_strangers_see_no_board(app, as_administrator, as_stranger):
    told = Script(as_administrator).get("data", status=403)
    assert told["code"] == "not_permitted"
    told = Script(as_stranger).get("data", status=401)
    assert told == {
        "type": "/api/problems/signed_out",
        "title": "Unauthorized",
        "status": 401,
        "detail": "You are signed out. Sign in again, then go on.",
        "code": "signed_out",
    }


def test_who_sees_only_some_sites_has_a_mark_of_their_own(officer, as_manager, museum):
    mine = Script(as_manager(museum)).get("mark")["mark"]
    assert mine != officer.get("mark")["mark"]


def test_the_data_carries_the_mark_of_their_moment(officer, who, monday_at_ten):
    before = officer.get("mark")["mark"]
    assert officer.get("data")["mark"] == before
    make.visit(who, monday_at_ten)
    assert officer.get("mark")["mark"] == officer.get("data")["mark"] != before


def test_the_mark_takes_two_queries(officer, museum, counted):
    officer.get("mark")
    with counted() as asked:
        officer.get("mark")
    assert len([each for each in asked if each.startswith("SELECT")]) == 2
