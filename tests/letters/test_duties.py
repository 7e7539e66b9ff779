"""Letters about duties: asked, answered, let go with their visit; and what is no news."""

import pytest

from scheduler.actions.assignments import answer_duty
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.replies import Reply, ReplyChannel
from tests import make, staff
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import event_in, last_to, tell
from tests.letters.test_who_is_told import account

GUIDE, OFFICE = "guide@staff.example", "officer@city.example"


@pytest.fixture
def tour(app):
    return make.tour(make.site())


@pytest.fixture
def duty(tour):
    guide = staff.guide(tour.site, email=GUIDE)
    visit = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)), assign=(guide.id,))
    return visit.assignments[0]


def test_whoever_is_asked_gets_a_link_to_answer(duty):
    assert ("invitation", GUIDE) in tell()
    assert ":answer:" in last_to(GUIDE).text
    assert ":day:" in last_to(GUIDE).text


def test_who_accepted_is_told_that_it_is_settled_as_having_accepted(duty):
    tell()
    answer_duty(duty.id, True, answered_by="The guide", note="", at=AT)
    assert tell() == [("change", GUIDE)]
    event = event_in(last_to(GUIDE))
    assert (str(event["STATUS"]), event["ATTENDEE"].params["PARTSTAT"]) == ("CONFIRMED", "ACCEPTED")


def test_a_visit_called_off_lets_its_people_go_and_tells_them(duty):
    tell()
    act_upon(duty.visit_id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert ("cancellation", GUIDE) in tell()
    assert tell() == []


def test_another_language_of_the_reader_is_no_news(tour):
    from scheduler.access import Role

    officer = account(OFFICE, Role.OFFICER, language="en")
    make.visit(make.delegation(officer_id=officer.id), make.tour_session(tour, seoul(14, 10)))
    tell()
    db.session.get(Account, officer.id).language = "ko"
    db.session.commit()
    from scheduler.records.outbox import OutboxNote

    db.session.add(OutboxNote(account_id=officer.id, written_at=AT))
    db.session.commit()
    assert tell() == []


def test_an_answer_does_not_come_back_with_its_hour(tour):
    visit = make.visit(make.delegation(), make.tour_session(tour, seoul(14, 10)))
    tell()
    told = {"participation": "DECLINED", "stamped_at": AT, "answered_at": AT, "channel": ReplyChannel.MAIL}
    told |= {"for_starts_at": visit.starts_at, "for_ends_at": visit.ends_at, "visit_id": visit.id}
    db.session.add(Reply(uid=visit.uid, address="contact@guests.example", **told))
    db.session.commit()
    for session in (make.tour_session(tour, seoul(15, 10)), visit.tour_session):
        request = VisitRequest(
            tour_session_id=session.id, headcount=10, acknowledge=("all",), acknowledge_reason="known"
        )
        move_visit(visit.id, request, by=OFFICER, at=AT)
    tell()
    event = event_in(last_to("contact@guests.example"))
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
