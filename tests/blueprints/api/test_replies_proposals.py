"""What guests answer, and the other times they ask for, by key."""

import pytest

from scheduler.access import SYSTEM
from scheduler.actions.proposals import Proposed, propose
from scheduler.actions.replies import Answered, record_reply
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.replies import ReplyChannel
from scheduler.records.visits import Visit
from tests import make
from tests.blueprints.api.programs import codes, fields_at_fault
from tests.cast import AT, seoul


@pytest.fixture
def visit(booked):
    return db.session.get_one(Visit, booked()["id"])


@pytest.fixture
def proposal(visit):
    return proposed(visit, seoul(14, 14))


def proposed(visit, starts_at=None, comment=""):
    span = Span(starts_at, starts_at.replace(hour=starts_at.hour + 1)) if starts_at else None
    wish = Proposed(
        sequence=0,
        channel=ReplyChannel.MAIL,
        span=span,
        comment=comment,
        address="linh@guests.example",
        name="Linh",
    )
    return propose(visit, wish, by=SYSTEM, at=AT).id


def replied(visit, **told):
    given = {
        "participation": Participation.ACCEPTED,
        "sequence": 0,
        "channel": ReplyChannel.MAIL,
        "name": "Linh",
    }
    record_reply(visit, Answered(**(given | told)), by=SYSTEM, at=AT)


def test_replies_are_told_with_what_they_count_as(as_officer, as_manager, city, visit):
    replied(visit, address="Linh@guests.example", comment="Gladly")
    replied(visit, channel=ReplyChannel.PAGE, name="Office", participation=Participation.DECLINED)
    told = as_officer.get(f"/visits/{visit.id}/replies")
    assert told["next"] is None
    assert told["items"][0] == {
        "name": "Linh",
        "address": "linh@guests.example",
        "delegate_id": None,
        "participation": "ACCEPTED",
        "counts_as": "ACCEPTED",
        "comment": "Gladly",
        "answered_at": "2026-11-22T12:00:00+09:00",
        "for_starts_at": "2026-12-14T10:00:00+09:00",
        "for_ends_at": "2026-12-14T11:00:00+09:00",
        "channel": "mail",
    }
    assert [(each["name"], each["address"]) for each in told["items"][1:]] == [("Office", "")]
    as_officer.post(f"/visits/{visit.id}/move", {"tour_session_id": city.afternoon.id}, status=200)
    now = as_officer.get(f"/visits/{visit.id}/replies")["items"]
    assert [each["counts_as"] for each in now] == ["NEEDS-ACTION", "NEEDS-ACTION"]
    as_manager.get(f"/visits/{visit.id}/replies", status=403)
    as_officer.get("/visits/999/replies", status=404)


def test_a_proposal_is_listed_weighed_and_accepted(as_officer, visit, proposal):
    [listed] = as_officer.get("/proposals", state="open")["items"]
    assert (listed["id"], listed["visit_id"], listed["starts_at"]) == (
        proposal,
        visit.id,
        "2026-12-14T14:00:00+09:00",
    )
    assert as_officer.get(f"/proposals/{proposal}")["verdict"] == {
        "refusals": [],
        "cautions": [],
        "alternatives": [],
    }
    done = as_officer.post(f"/proposals/{proposal}/accept", {"answer": "Yes"}, status=200)
    assert (done["state"], done["answer"], done["settled_by"], done["verdict"]) == (
        "accepted",
        "Yes",
        "officer@city.example",
        None,
    )
    assert as_officer.get(f"/visits/{visit.id}")["starts_at"] == "2026-12-14T14:00:00+09:00"
    assert as_officer.get("/proposals", state="open")["items"] == []


def test_a_refusal_tells_why_and_what_would_do(as_officer, visit, city):
    number = proposed(visit, seoul(14, 13))
    refused = as_officer.post(f"/proposals/{number}/accept", {}, status=409)
    assert (refused["code"], codes(refused["refusals"])) == ("refused", ["no_session_then"])
    nearest = refused["alternatives"][0]["tour_session_id"]
    assert nearest == city.afternoon.id
    told = as_officer.post(f"/proposals/{number}/accept", {"tour_session_id": nearest}, status=200)
    assert told["state"] == "accepted"


def test_declining_keeps_the_words_and_happens_once(as_officer, proposal):
    done = as_officer.post(f"/proposals/{proposal}/decline", {"reason": "A drill"}, status=200)
    assert (done["state"], done["answer"]) == ("declined", "A drill")
    again = as_officer.post(f"/proposals/{proposal}/accept", {}, status=409)
    assert (again["code"], again["state"]) == ("proposal_settled", "declined")


def test_what_was_overtaken_says_so(as_officer, visit, proposal):
    as_officer.post(f"/visits/{visit.id}/cancel", {}, status=200)
    assert as_officer.get(f"/proposals/{proposal}")["state"] == "overtaken"
    assert [each["id"] for each in as_officer.get("/proposals", state="overtaken")["items"]] == [proposal]
    assert as_officer.post(f"/proposals/{proposal}/decline", status=409)["state"] == "overtaken"


def test_a_wish_in_words_has_no_verdict(as_officer, visit):
    number = proposed(visit, comment="After lunch")
    told = as_officer.get(f"/proposals/{number}")
    assert (told["comment"], told["starts_at"], told["verdict"]) == ("After lunch", None, None)


def test_odd_demands_are_told_what_is_wrong(as_officer, as_manager, as_head, proposal):
    at_fault = as_officer.post(f"/proposals/{proposal}/accept", {"tour_code": "TOPIS-T"}, status=422)
    assert fields_at_fault(at_fault) == ["starts_at"]
    elsewhere = {"tour_code": "NOWHERE", "starts_at": "2026-12-14T10:00:00+09:00"}
    assert fields_at_fault(as_officer.post(f"/proposals/{proposal}/accept", elsewhere, status=422)) == [
        "tour_code"
    ]
    as_officer.post(f"/proposals/{proposal}/accept", {"acknowledge": ["nothing"]}, status=422)
    as_officer.post(f"/proposals/{proposal}/decline", {"reason": "x" * 3_000}, status=422)
    as_officer.get("/proposals", state="lost", status=422)
    as_officer.post("/proposals/999/accept", {}, status=404)
    as_manager.get("/proposals", status=403)
    assert as_head.get(f"/proposals/{proposal}")["id"] == proposal


def test_a_proposal_of_another_tour_is_moved_there_if_an_officer_says_so(as_officer, city, visit, proposal):
    make.tour_session(city.rounds, seoul(15, 10))
    instead = {"tour_code": "TOPIS-W", "starts_at": "2026-12-15T11:00:00+09:00"}
    as_officer.post(f"/proposals/{proposal}/accept", instead, status=200)
    assert as_officer.get(f"/visits/{visit.id}")["tour_code"] == "TOPIS-W"
