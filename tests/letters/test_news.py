"""What is told when something changes: once, only to those it concerns, never what nobody can see."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.actions.delegations import change_delegation
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.members import change_member, remove_member
from scheduler.actions.sites import change_site
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.post.delivery import Outcome
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.letters import LetterState
from scheduler.records.outbox import OutboxNote
from tests import make
from tests.actions.seen import confirm
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import event_in, last_to, letters, post, tell, write

CONTACT, MINISTER = "contact@guests.example", "minister@guests.example"


@pytest.fixture
def site(app):
    return make.site()


@pytest.fixture
def tour(site):
    return make.tour(site, needs_agreement=True)


@pytest.fixture
def guests(app):
    who = make.delegation()
    db.session.add(Delegate(delegation_id=who.id, email=MINISTER, print_as="The Minister", precedence=1))
    db.session.commit()
    return who


@pytest.fixture
def visit(guests, tour):
    return make.visit(guests, make.tour_session(tour, seoul(14, 10)))


def moved(visit, tour, day):
    where = make.tour_session(tour, seoul(day, 10))
    request = VisitRequest(
        tour_session_id=where.id, headcount=visit.headcount, acknowledge=("all",), acknowledge_reason="known"
    )
    return move_visit(visit.id, request, by=OFFICER, at=AT)


def both(kind):
    return [(kind, CONTACT), (kind, MINISTER)]


def notes():
    return db.session.scalars(select(OutboxNote.id)).all()


def test_tentative_until_the_site_agrees_then_confirmed(visit):
    assert tell() == both("invitation")
    assert str(event_in(last_to(CONTACT))["STATUS"]) == "TENTATIVE"
    confirm(visit)
    assert tell() == both("change")
    event = event_in(last_to(CONTACT))
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert notes() == []


def test_two_changes_before_the_first_letter_become_one(visit, tour):
    moved(visit, tour, 15)
    moved(visit, tour, 16)
    assert write() == both("invitation")
    assert event_in(last_to(CONTACT))["SEQUENCE"] == 2
    assert event_in(last_to(CONTACT)).start == seoul(16, 10)


def test_a_change_overtakes_letters_that_were_written_and_not_posted(visit, tour):
    write()
    moved(visit, tour, 15)
    assert write() == both("invitation")
    assert [letter.state for letter in letters()] == [LetterState.DROPPED] * 2 + [LetterState.WAITING] * 2
    assert post() == [CONTACT, MINISTER]


def test_called_off_before_anybody_heard_of_it_nobody_is_told(visit, tour):
    moved(visit, tour, 15)
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert tell() == []
    assert notes() == []


def test_moved_then_called_off_only_those_are_told_who_got_the_invitation(visit, tour, guests):
    tell()
    moved(visit, tour, 15)
    db.session.add(Delegate(delegation_id=guests.id, email="late@guests.example", print_as="Late"))
    db.session.commit()
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert tell() == both("cancellation")
    event = event_in(last_to(MINISTER))
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 2)
    assert tell() == []


def test_what_a_server_may_have_taken_counts_as_told(visit):
    write()
    post(outcome=Outcome.UNSURE)
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert write() == both("cancellation")
    assert sorted(post(AT + timedelta(minutes=2))) == [CONTACT, MINISTER]
    kinds = [(letter.kind.value, letter.state) for letter in letters()]
    assert kinds == [("invitation", LetterState.DROPPED)] * 2 + [("cancellation", LetterState.POSTED)] * 2


def test_what_surely_never_left_is_not_called_off(visit):
    write()
    post(outcome=Outcome.LATER)
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    assert write() == []
    assert {letter.state for letter in letters()} == {LetterState.DROPPED}


def test_who_is_removed_hears_that_the_invitation_is_withdrawn_and_nobody_else_does(visit):
    tell()
    minister = db.session.scalar(select(Delegate))
    remove_member(Delegate, minister.id, by=OFFICER, at=AT)
    assert tell() == [("withdrawal", MINISTER)]
    event = event_in(last_to(MINISTER))
    assert "STATUS" not in event
    assert (last_to(MINISTER).method, event["SEQUENCE"], visit.sequence) == ("CANCEL", 1, 1)
    assert tell() == []


def test_a_site_that_guests_go_past_now_reads_its_own_hour_and_not_where_they_go(visit, site):
    site.contact_email = "desk@site.example"
    elsewhere = make.site("SEONAM", name="Water works")
    db.session.commit()
    tell()
    there = make.tour_session(make.tour(elsewhere), seoul(15, 14))
    request = VisitRequest(headcount=visit.headcount, tour_session_id=there.id)
    move_visit(visit.id, request, by=OFFICER, at=AT)
    assert ("withdrawal", "desk@site.example") in tell()
    letter = last_to("desk@site.example")
    event = event_in(letter)
    assert event["DTSTART"].dt == seoul(14, 10)
    assert "LOCATION" not in event
    assert "Water works" not in letter.text + letter.calendar.decode()
    assert "Mon 14 Dec" in letter.subject
    assert "does not take place at your site any more" in letter.text
    assert (letter.site_id, letter.starts_at) == (site.id, seoul(14, 10))


def test_a_corrected_address_is_one_removed_and_one_added(visit):
    tell()
    minister = db.session.scalar(select(Delegate))
    change_member(Delegate, minister.id, {"email": "right@guests.example"}, by=OFFICER, at=AT)
    assert tell() == [("withdrawal", MINISTER), ("invitation", "right@guests.example")]
    change_member(Delegate, minister.id, {"email": MINISTER}, by=OFFICER, at=AT)
    assert tell() == [("withdrawal", "right@guests.example"), ("invitation", MINISTER)]
    assert event_in(last_to(MINISTER))["SEQUENCE"] == 2


def test_two_who_swap_their_addresses_change_nothing(visit, guests):
    other = Delegate(delegation_id=guests.id, email="other@guests.example", print_as="Other", precedence=2)
    db.session.add(other)
    db.session.commit()
    tell()
    minister = db.session.scalar(select(Delegate).where(Delegate.email == MINISTER))
    change_member(Delegate, minister.id, {"email": "other@guests.example"}, by=OFFICER, at=AT)
    change_member(Delegate, other.id, {"email": MINISTER}, by=OFFICER, at=AT)
    assert tell() == []


def test_a_change_nobody_can_see_is_told_to_nobody(visit, site, guests):
    tell()
    change_site(site.id, {"owner_unit": "Another unit"}, by=OFFICER, at=AT)
    change_delegation(guests.id, {"purpose": "Something else"}, by=OFFICER, at=AT)
    assert tell() == []


def test_another_meeting_point_is_told_under_a_higher_sequence(visit, site):
    tell()
    change_site(site.id, {"meeting_point": "The north gate"}, by=OFFICER, at=AT)
    assert tell() == both("change")
    event = event_in(last_to(CONTACT))
    assert event["SEQUENCE"] == visit.sequence == 1
    assert "The north gate" in str(event["DESCRIPTION"])
    assert notes() == []


def test_stamps_rise_strictly_for_each_reader_even_when_the_clock_goes_back(visit, tour):
    tell()
    moved(visit, tour, 15)
    tell(AT - timedelta(hours=1))
    first, second = [letter.stamped_at for letter in letters() if letter.address == CONTACT]
    assert second > first


def test_of_what_is_over_nobody_hears_any_more(visit, site):
    tell()
    change_site(site.id, {"meeting_point": "The north gate"}, by=OFFICER, at=AT)
    assert tell(seoul(14, 12)) == []
    assert notes() == []


def test_later_letters_refer_to_the_first(visit):
    tell()
    confirm(visit)
    tell()
    mine = [letter for letter in letters() if letter.address == CONTACT]
    assert [letter.in_reply_to for letter in mine] == ["", mine[0].message_id]
