"""A drop taken back: only while the visit is still what the drop made of it."""

import pytest

from scheduler.actions.lifecycle import act_upon
from scheduler.core.lifecycle import Act, VisitState
from scheduler.records.journal_lines import lines_about
from tests import make
from tests.blueprints.board.dropping import dropping, visits
from tests.cast import AT, OFFICER, manager_of, seoul


def test_a_booking_is_called_off_with_its_reason(board, who, round_tour, monday_at_ten, wish_for):
    wish = wish_for(who, round_tour)
    undo = board.post("drop", dropping(f"wish:{wish.id}", monday_at_ten))["undo"]
    told = board.post("undo", undo)
    (visit,) = visits()
    assert told == {"message": "The booking is taken back.", "visit_id": visit.id}
    assert (visit.state, visit.ended_reason) == (VisitState.CANCELLED, "Undone on the board.")
    assert [each["id"] for each in board.get("data")["tray"]] == [f"wish:{wish.id}"]
    line = lines_about({"visit": [visit.id]})[0]
    assert (line.act, line.reason) == ("cancel", "Undone on the board.")


def test_a_move_is_moved_back(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    undo = board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=1))["undo"]
    told = board.post("undo", undo)
    assert told["message"] == "Moved back: Hanoi planning office, The museum, Mon 14 Dec 2026 10:00–11:00."
    assert [(each.tour_session_id, each.version) for each in visits()] == [(monday_at_ten.id, 3)]


def test_a_window_goes_back_to_its_hour(board, who, monday_at_ten, window_tour):
    visit = make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    undo = board.post("drop", dropping(f"visit:{visit.id}", monday_at_ten, seen=1))["undo"]
    undo["back_to"]["session"] = None
    board.post("undo", undo)
    assert [each.starts_at for each in visits()] == [seoul(15, 11)]


def test_a_confirmed_visit_comes_back_to_be_asked_for_anew(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    act_upon(visit.id, Act.CONFIRM, by=manager_of(visit.site_id), at=AT)
    undo = board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=2))["undo"]
    board.post("undo", undo)
    assert [each.state for each in visits()] == [VisitState.REQUESTED]


def test_what_was_put_off_cannot_go_back_to_nowhere(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    act_upon(visit.id, Act.POSTPONE, by=OFFICER, at=AT)
    assert board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=2))["undo"] is None


def test_the_way_back_is_asked_of_the_same_rules(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    undo = board.post("drop", dropping(f"visit:{visit.id}", tuesday_at_two, seen=1))["undo"]
    make.visit(make.delegation("Lima", headcount=30), monday_at_ten, 30)
    told = board.post("undo", undo, status=409)
    assert [each["code"] for each in told["refusals"]] == ["no_places_left"]
    assert visits()[0].tour_session_id == tuesday_at_two.id


@pytest.mark.parametrize("what", ["book", "move"])
def test_what_somebody_changed_since_is_not_undone(
    board, who, round_tour, monday_at_ten, tuesday_at_two, wish_for, what
):
    item = f"wish:{wish_for(who, round_tour).id}"
    if what == "move":
        item = f"visit:{make.visit(who, tuesday_at_two).id}"
    undo = board.post("drop", dropping(item, monday_at_ten))["undo"]
    act_upon(undo["visit_id"], Act.CONFIRM, by=manager_of(round_tour.site_id), at=AT)
    told = board.post("undo", undo, status=412)
    assert told["detail"] == (
        "Hanoi planning office was changed meanwhile. Sun 22 Nov 2026 12:00, manager@tests.example: "
        "confirmed (State Requested → Confirmed)."
    )
    assert visits()[0].state == VisitState.CONFIRMED


def test_undoing_twice_is_told_as_a_change(board, who, round_tour, monday_at_ten, wish_for):
    undo = board.post("drop", dropping(f"wish:{wish_for(who, round_tour).id}", monday_at_ten))["undo"]
    board.post("undo", undo)
    assert board.post("undo", undo, status=412)["code"] == "stale_version"
