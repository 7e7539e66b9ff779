"""Letters looked for on both engines, and what is counted of those that wait."""

from datetime import timedelta

import pytest

from scheduler.actions.assignments import assign
from scheduler.post.delivery import Outcome
from scheduler.records.database import db
from scheduler.records.letter_search import (
    LetterSearch,
    Standing,
    counts_of_delegation,
    letters_in_need,
    letters_matching,
    page_of_letters,
    post_room,
    signs_in_with,
)
from scheduler.records.letters import LetterKind, LetterState
from tests import make, posting, staff
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def visit(app, monkeypatch):
    """Hanoi at TOPIS with a guide; its letters are written at AT."""
    monkeypatch.setattr("scheduler.post_room.now", lambda: AT)
    site = make.site("TOPIS", contact_email="desk@topis.example")
    who = make.delegation("Hà Nội", name_native="河內", contact_email="desk_1@hanoi.example")
    made = make.visit(who, make.tour_session(make.tour(site), seoul(14, 10)))
    assign(made.id, staff.guide(site, "en", email="guide@staff.example").id, by=OFFICER, at=AT)
    posting.written(app)
    return made


def found(**asked):
    return {letter.address for letter in db.session.scalars(letters_matching(LetterSearch(**asked)))}


EVERYBODY = {"desk@topis.example", "desk_1@hanoi.example", "guide@staff.example"}


def test_letters_are_found_by_everything_they_are_looked_for_by(visit):
    posting.tried(Outcome.REFUSED, "550 no", of=["desk_1@hanoi.example"])
    assert found() == EVERYBODY
    assert found(standing=Standing.NEEDS_HELP) == {"desk_1@hanoi.example"}
    assert found(standing=Standing.POSTED) == EVERYBODY - {"desk_1@hanoi.example"}
    assert found(standing=Standing.WAITING) == found(standing=Standing.DROPPED) == set()
    assert found(kind=LetterKind.INVITATION) == EVERYBODY
    assert found(kind=LetterKind.REMINDER) == set()
    assert found(delegation="河內") == found(delegation="nội") == EVERYBODY
    assert found(delegation="Quito") == set()
    assert found(address="DESK") == {"desk@topis.example", "desk_1@hanoi.example"}
    assert found(address="desk_") == {"desk_1@hanoi.example"}
    # Those on duty at the site are of the site, too.
    assert found(site_id=visit.site_id) == EVERYBODY
    assert found(site_id=visit.site_id + 1) == set()
    assert found(visit_id=visit.id) == found(delegation_id=visit.delegation_id) == EVERYBODY


def test_pages_are_of_the_newest_first(visit):
    numbers = [letter.id for letter in posting.letters()]
    first, more = page_of_letters(LetterSearch(), 1, 2)
    second, no_more = page_of_letters(LetterSearch(), 2, 2)
    assert [letter.id for letter in (*first, *second)] == numbers[::-1]
    assert (more, no_more) == (True, False)


def test_what_waits_and_what_needs_help_is_counted(visit):
    at = AT + timedelta(minutes=3)
    room = post_room(at)
    assert (room.waiting, room.waiting_since, room.due_since) == (3, AT, AT)
    assert (room.needs_help, room.notes, room.notes_since, room.said) == (0, 0, None, "")
    posting.tried(Outcome.LATER, "Connection refused", of=["desk@topis.example"])
    room = post_room(at)
    assert (room.waiting, room.said) == (1, "Connection refused")
    make.visit(make.delegation("Quito"), make.tour_session(make.tour(make.site("SEONAM")), seoul(15, 10)))
    room = post_room(at)
    assert room.notes > 0
    assert room.notes_since == AT


def test_a_delegations_letters_are_counted_by_how_they_stand(visit):
    posting.tried(Outcome.REFUSED, "550 no", of=["desk_1@hanoi.example"])
    assert letters_in_need() == 1
    counted = counts_of_delegation(visit.delegation_id)
    assert counted == {LetterState.GIVEN_UP: 1, LetterState.POSTED: 2}
    assert counts_of_delegation(visit.delegation_id + 1) == {}


def test_an_address_is_an_accounts_whatever_its_case(app):
    make.account("Officer@City.example")
    assert signs_in_with("officer@city.example")
    assert not signs_in_with("other@city.example")
