"""A drop that is not simply taken: refused with every reason, questioned, asked for twice, stale."""

import pytest

from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.database import db
from tests import make
from tests.blueprints.board.dropping import at_hour, dropping, visits
from tests.cast import AT, HEAD, seoul


def test_a_refusal_gives_every_reason_and_what_would_work(board, round_tour, monday_at_ten, wish_for):
    full = make.tour_session(round_tour, seoul(14, 14), places=5)
    who = make.delegation("Bangkok", headcount=28, languages={"th"})
    wish = wish_for(who, round_tour)
    db.session.get_one(type(round_tour), round_tour.id).site.languages = {"en", "th"}
    db.session.commit()
    told = board.post("drop", dropping(f"wish:{wish.id}", full), status=409)
    assert told["code"] == "refused"
    assert told["refusals"] == [
        {"code": "no_places_left", "message": "Not enough places: 5 of 5 left, 28 needed."}
    ]
    assert (told["detail"], told["cautions"]) == ("Not enough places: 5 of 5 left, 28 needed.", [])
    assert told["alternatives"] == [
        {
            "message": "Mon 14 Dec, 10:00–11:00 · The museum: A round",
            "row": f"site:{round_tour.site_id}",
            "session": f"session:{monday_at_ten.id}",
            "tour_code": "ROUND",
            "start": "2026-12-14T10:00:00+09:00",
            "places_left": 30,
        }
    ]
    assert told["look_href"] == f"/book/session?delegation={who.id}&headcount=28&tour_session_id={full.id}"
    assert visits() == []


def test_an_alternative_can_be_dropped_as_it_is_told(board, round_tour, monday_at_ten, wish_for, who):
    full = make.tour_session(round_tour, seoul(14, 14), places=5)
    wish = wish_for(who, round_tour)
    told = board.post("drop", dropping(f"wish:{wish.id}", full), status=409)["alternatives"][0]
    told = {name: told[name] for name in ("row", "session", "tour_code", "start")}
    board.post("drop", told | {"item": f"wish:{wish.id}"})
    assert [each.tour_session_id for each in visits()] == [monday_at_ten.id]


@pytest.mark.parametrize(
    ("headcount", "places", "code", "may_split"),
    [(47, 60, "group_too_large", True), (20, 10, "no_places_left", True)],
)
def test_too_many_for_one_session_may_be_split(
    board, round_tour, wish_for, headcount, places, code, may_split
):
    session = make.tour_session(round_tour, seoul(14, 10), places=places)
    wish = wish_for(make.delegation("Bangkok", headcount=headcount), round_tour)
    told = board.post("drop", dropping(f"wish:{wish.id}", session), status=409)
    assert ([each["code"] for each in told["refusals"]], told["may_split"]) == ([code], may_split)


def test_a_closed_day_is_no_reason_to_split(board, who, museum, round_tour, wish_for):
    session = make.tour_session(round_tour, seoul(19, 10))
    wish = wish_for(who, round_tour)
    told = board.post("drop", dropping(f"wish:{wish.id}", session), status=409)
    assert ([each["code"] for each in told["refusals"]], told["may_split"]) == (["outside_hours"], False)


def test_where_no_round_is_near_the_rules_say_so(board, who, round_tour, monday_at_ten, wish_for):
    wish = wish_for(who, round_tour)
    told = board.post("drop", at_hour(f"wish:{wish.id}", round_tour.site_id, seoul(16, 10)), status=409)
    assert told["refusals"][0] == {
        "code": "no_session_then",
        "message": "No session of this tour starts at Wed 16 Dec 2026 10:00.",
    }
    assert [each["session"] for each in told["alternatives"]] == [f"session:{monday_at_ten.id}"]


def test_a_question_is_asked_and_passed_with_a_reason(board, who, round_tour, monday_at_ten, wish_for):
    for hour in (12, 13, 14):
        make.visit(who, make.tour_session(make.tour(make.site(f"S{hour}")), seoul(14, hour)))
    wish = wish_for(who, round_tour)
    told = dropping(f"wish:{wish.id}", monday_at_ten)
    asked = board.post("drop", told, status=409)
    assert (asked["refusals"], asked["alternatives"]) == ([], [])
    assert asked["cautions"] == [
        {
            "code": "fourth_stop_that_day",
            "message": "A full day: stops already on Monday 14 December 2026: 3.",
        }
    ]
    ticked = told | {"acknowledge": ["fourth_stop_that_day"]}
    assert board.post("drop", ticked, status=422)["errors"][0]["field"] == "acknowledge_reason"
    board.post("drop", ticked | {"acknowledge_reason": "They insist"})
    assert visits()[-1].acknowledge_reason == "They insist"


def test_the_same_wish_dropped_twice_is_one_visit(board, who, round_tour, monday_at_ten, wish_for):
    wish = wish_for(who, round_tour)
    board.post("drop", dropping(f"wish:{wish.id}", monday_at_ten))
    again = board.post("drop", dropping(f"wish:{wish.id}", monday_at_ten))
    assert (again["undo"], again["message"].split(":")[0], len(visits())) == (None, "Booked already", 1)


def test_a_stale_drag_is_told_what_changed_meanwhile_by_whom_and_when(
    board, who, round_tour, monday_at_ten, tuesday_at_two
):
    visit = make.visit(who, monday_at_ten)
    later = make.tour_session(round_tour, seoul(16, 10))
    move_visit(visit.id, VisitRequest(headcount=8, tour_session_id=later.id), by=HEAD, at=AT)
    told = board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=1), status=412)
    assert (told["code"], told["current_version"]) == ("stale_version", 2)
    assert told["detail"] == (
        "Hanoi planning office was changed meanwhile. Sun 22 Nov 2026 12:00, head@tests.example: moved "
        "(Begin Mon 14 Dec 2026 10:00 → Wed 16 Dec 2026 10:00, Headcount 10 → 8)."
    )
    assert [each.tour_session_id for each in visits()] == [later.id]
