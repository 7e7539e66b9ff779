"""A visit dropped on a guide, an interpreter or a vehicle: asked to come along, and let go again."""

import pytest

from scheduler.actions.assignments import answer_duty
from scheduler.core.duties import DutyState, ResourceKind
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.resources import Resource, ResourceLeave
from tests import make
from tests.blueprints.board.script import Script
from tests.cast import AT, seoul


def kept(row):
    db.session.add(row)
    db.session.commit()
    return row


def duties():
    db.session.rollback()
    return list(db.session.query(Assignment).order_by(Assignment.id))


def on(visit, person):
    return {
        "item": f"visit:{visit.id}",
        "row": f"{person.kind.value}:{person.id}",
        "session": None,
        "start": visit.starts_at.isoformat(),
        "seen": visit.version,
    }


@pytest.fixture
def guided(round_tour):
    round_tour.needs_guide = True
    db.session.commit()
    return round_tour


@pytest.fixture
def visit(who, guided):
    return make.visit(who, make.tour_session(guided, seoul(14, 10)))


@pytest.fixture
def guide(museum):
    return kept(Resource(kind=ResourceKind.GUIDE, name="Ms Kim", languages={"en"}, sites=[museum]))


@pytest.fixture
def away(museum):
    leave = [ResourceLeave(starts_at=seoul(14), ends_at=seoul(15))]
    return kept(
        Resource(kind=ResourceKind.GUIDE, name="Mr Ahn", languages={"en"}, sites=[museum], leave=leave)
    )


def test_the_tray_holds_the_visits_that_still_need_a_guide(board, guide, visit, who, window_tour):
    make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    (told,) = board.get("data", rows="guides")["tray"]
    assert (told["id"], told["title"], told["what"]) == (
        f"visit:{visit.id}",
        "Hanoi planning office",
        "The museum · A round",
    )
    assert (told["start"], told["notes"]) == (
        "2026-12-14T10:00:00+09:00",
        ["Mon 14 Dec 2026 10:00–11:00"],
    )
    board.post("drop", on(visit, guide))
    assert board.get("data", rows="guides")["tray"] == []


def test_interpreters_and_vehicles_are_needed_by_those_who_want_them(officer, museum, round_tour):
    session = make.tour_session(round_tour, seoul(14, 10))
    kept(Resource(kind=ResourceKind.INTERPRETER, name="Mr Lee", languages={"ar-ko"}))
    kept(Resource(kind=ResourceKind.VEHICLE, name="Bus 1", seats=45))
    make.visit(make.delegation("Amman", languages={"ar"}, headcount=5), session, 5)
    make.visit(make.delegation("Lima", needs={"vehicle"}, headcount=5), session, 5)
    for rows, name in (("interpreters", "Amman"), ("vehicles", "Lima"), ("guides", None)):
        told = [each["title"] for each in officer.get("data", rows=rows)["tray"]]
        assert told == ([name] if name else [])


def test_who_could_come_and_why_another_cannot(board, guide, away, visit):
    told = board.get("answers", item=f"visit:{visit.id}", rows="guides")
    assert [(each["row"], each["would_work"], each["reasons"]) for each in told["answers"]] == [
        (f"guide:{guide.id}", True, []),
        (f"guide:{away.id}", False, ["Mr Ahn is away until Tue 15 Dec 2026 00:00."]),
    ]
    assert told["answers"][0]["start"] == "2026-12-14T10:00:00+09:00"


def test_dropped_on_a_guide_they_are_asked(board, guide, visit):
    told = board.post("drop", on(visit, guide))
    (duty,) = duties()
    assert (duty.resource_id, duty.visit_id, duty.state) == (guide.id, visit.id, DutyState.ASKED)
    assert told == {
        "visit_id": visit.id,
        "state": "asked",
        "state_text": "Asked",
        "message": "Asked to come along: Ms Kim, with Hanoi planning office.",
        "undo": {"assignment_id": duty.id, "seen": 1, "kind": "assign"},
    }


def test_who_cannot_come_is_refused_with_the_reason(board, guide, away, visit):
    told = board.post("drop", on(visit, away), status=409)
    assert told["refusals"] == [
        {"code": "assignee_off_duty", "message": "Mr Ahn is away until Tue 15 Dec 2026 00:00."}
    ]
    assert (told["may_split"], told["look_href"], duties()) == (False, None, [])


def test_the_asking_is_taken_back(board, guide, visit):
    undo = board.post("drop", on(visit, guide))["undo"]
    told = board.post("undo", undo)
    assert told == {"message": "Not asked any more: Ms Kim.", "visit_id": visit.id}
    assert [duty.state for duty in duties()] == [DutyState.RELEASED]


def test_what_they_answered_meanwhile_is_not_taken_back(board, guide, visit):
    undo = board.post("drop", on(visit, guide))["undo"]
    answer_duty(undo["assignment_id"], True, answered_by="Ms Kim", at=AT)
    told = board.post("undo", undo, status=412)
    assert told["detail"].startswith("Ms Kim was changed meanwhile. Sun 22 Nov 2026 12:00, Ms Kim, by link:")
    assert [duty.state for duty in duties()] == [DutyState.ACCEPTED]


def test_a_wish_must_be_booked_first(board, who, guide, guided, wish_for):
    wish = wish_for(who, guided)
    sent = {"item": f"wish:{wish.id}", "row": f"guide:{guide.id}", "start": seoul(14, 10).isoformat()}
    words = "Book it first: people and vehicles go along with a visit."
    assert board.post("drop", sent, status=422)["detail"] == words
    assert board.get("answers", item=f"wish:{wish.id}", rows="guides")["otherwise"] == [words]


def test_nobody_is_asked_who_is_not_there(board, guide, visit):
    sent = on(visit, guide)
    assert board.post("drop", sent | {"row": "guide:999"}, status=404)["code"] == "not_found"
    wrong = {"kind": "assign", "seen": 1, "assignment_id": 999}
    assert board.post("undo", wrong, status=404)["code"] == "not_found"
    told = board.post("undo", {"kind": "assign", "seen": 1}, status=422)
    assert [each["field"] for each in told["errors"]] == ["assignment_id"]


def test_managers_ask_nobody(as_manager, guide, visit, museum):
    manager = Script(as_manager(museum))
    manager.person.get("/board")
    assert manager.post("drop", on(visit, guide), status=403)["code"] == "not_permitted"
    assert manager.get("data", rows="guides")["tray"] == []
    assert duties() == []
