"""Who gets a letter of a stop, in whose words; and that nobody reads what is not theirs to know."""

import pytest
from sqlalchemy import select

from scheduler.access import Role
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.engagements import Attendance
from scheduler.records.letters import Side
from scheduler.records.parts import Part
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import event_in, last_to, letters, write

MINISTER, CLERK = "minister@guests.example", "clerk@guests.example"


def account(email: str, role: Role, **facts: object) -> Account:
    made = Account(email=email, name=email, roles=frozenset({role.value}), created_at=AT, **facts)
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def guests(app):
    who = make.delegation(contact_name="Ms Linh", contact_phone="+84 24 1234 5678", officer_id=None)
    for rank, (email, name) in enumerate([(MINISTER, "The Minister"), (CLERK, "The clerk"), ("", "Nobody")]):
        db.session.add(Delegate(delegation_id=who.id, email=email, print_as=name, precedence=rank))
    db.session.commit()
    return who


@pytest.fixture
def site(app):
    return make.site(contact_email="Gate@owner.example", contact_name="The gate")


def booked(guests, site, **asked):
    where = make.tour_session(make.tour(site, needs_agreement=True), seoul(14, 10))
    request = VisitRequest(delegation_id=guests.id, tour_session_id=where.id, headcount=10, **asked)
    return request_visit(request, by=OFFICER, at=AT).visit


def test_guests_site_and_officer_hear_of_a_visit_each_once(guests, site):
    guests.officer_id = account("officer@city.example", Role.OFFICER).id
    manager = account("manager@city.example", Role.MANAGER)
    manager.sites.append(site)
    db.session.commit()
    booked(guests, site)
    assert sorted(write()) == [
        ("invitation", "clerk@guests.example"),
        ("invitation", "contact@guests.example"),
        ("invitation", "manager@city.example"),
        ("invitation", "minister@guests.example"),
        ("invitation", "officer@city.example"),
    ]
    sides = {letter.address: letter.side for letter in letters()}
    assert sides["manager@city.example"] is Side.SITE
    assert sides["officer@city.example"] is Side.OFFICE
    assert sides[MINISTER] is Side.GUEST


def test_an_owner_without_an_account_gets_a_link_to_answer(guests, site):
    booked(guests, site)
    write()
    assert ":answer:" in last_to("gate@owner.example").text
    assert ":guests:" in last_to(MINISTER).text
    assert ":answer:" not in last_to(MINISTER).text


def test_everybody_sees_their_own_line_alone(guests, site):
    booked(guests, site)
    write()
    for letter in letters():
        attendee = event_in(letter)["ATTENDEE"]
        assert str(attendee).lower() == f"mailto:{letter.address}"
        others = {each.address for each in letters()} - {letter.address}
        for body in (letter.text, letter.html, (letter.calendar or b"").decode()):
            assert not [other for other in others if other in body]
            assert "1234" not in body


def test_guests_are_asked_for_an_answer_and_the_site_is_told(guests, site):
    booked(guests, site)
    write()
    asked, told = (event_in(last_to(to))["ATTENDEE"].params for to in (MINISTER, "gate@owner.example"))
    assert (asked["ROLE"], asked["RSVP"], asked["PARTSTAT"]) == ("REQ-PARTICIPANT", "TRUE", "NEEDS-ACTION")
    assert (told["ROLE"], told["RSVP"]) == ("NON-PARTICIPANT", "FALSE")


def test_only_those_named_for_a_stop_are_invited_and_the_contact(guests, site):
    visit = booked(guests, site)
    clerk = db.session.scalar(select(Delegate).where(Delegate.email == CLERK))
    db.session.add(Attendance(delegate_id=clerk.id, visit_id=visit.id))
    db.session.commit()
    write()
    assert {letter.address for letter in letters() if letter.side is Side.GUEST} == {
        CLERK,
        "contact@guests.example",
    }


def test_a_part_without_named_members_is_for_the_head_and_the_contact(guests, site):
    part = Part(delegation_id=guests.id, division="Monday", name="Museum", headcount=10)
    db.session.add(part)
    db.session.commit()
    booked(guests, site, part_id=part.id)
    write()
    assert {letter.address for letter in letters() if letter.side is Side.GUEST} == {
        MINISTER,
        "contact@guests.example",
    }


@pytest.mark.parametrize("address", ["no address", "a@b\r\nBcc: x@y.example", "제주@city.example", "a@b?x=y"])
def test_what_is_no_address_reaches_nobody_and_hinders_nobody(guests, site, address):
    guests.contact_email = address
    db.session.commit()
    booked(guests, site)
    write()
    assert {letter.address for letter in letters()} == {MINISTER, CLERK, "gate@owner.example"}


def test_the_organizer_is_not_invited_to_its_own_entry(app, guests, site):
    guests.contact_email = app.config["ORGANIZER_EMAIL"].upper()
    db.session.commit()
    booked(guests, site)
    write()
    assert app.config["ORGANIZER_EMAIL"] not in {letter.address for letter in letters()}


def test_typed_marks_tell_no_secret(guests, site):
    guests.name = "{{feed:1}} {{abc:guests:1}}"
    db.session.commit()
    booked(guests, site)
    write()
    from scheduler.post_room import bytes_of

    text = bytes_of(last_to("gate@owner.example")).decode("ascii")
    assert "guests/" not in text
