"""Secret addresses in letters: each opens what it was made for, to whom it was told, and nothing else."""

import re
from email import policy

import pytest
from sqlalchemy import select

from scheduler.actions.delegations import change_delegation
from scheduler.actions.members import add_delegate, change_member, remove_member
from scheduler.actions.tokens import digest_of
from scheduler.post_room import bytes_of
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feeds import FeedLink
from scheduler.records.letters import LetterKind
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import last_to, tell

CONTACT, ZED, WANDA = "contact@guests.example", "zed@guests.example", "wanda@other.example"


@pytest.fixture
def tour(app):
    return make.tour(make.site())


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation("Tokyo"), make.tour_session(tour, seoul(14, 10)))


def named(who, email, **more):
    return add_delegate(who.id, {"email": email, "print_as": email, **more}, by=OFFICER, at=AT)


def secret_in(letter):
    import email

    text = (
        email.message_from_bytes(bytes_of(letter), policy=policy.default).get_body(("plain",)).get_content()
    )
    return re.findall(r"/guests/([\w-]+)", text)


def opened_by(secret):
    rows = select(FeedLink).where(FeedLink.digest == digest_of(secret), FeedLink.revoked_at.is_(None))
    return db.session.scalar(rows)


def test_every_letter_to_somebody_tells_the_same_address(visit, tour):
    tell()
    first = secret_in(last_to(CONTACT))
    change_delegation(visit.delegation_id, {"name": "Kyoto"}, by=OFFICER, at=AT)
    tell()
    assert secret_in(last_to(CONTACT)) == first
    assert opened_by(first[0]).delegation_id == visit.delegation_id


def test_the_address_of_one_who_is_gone_opens_nothing_that_is_made_later(visit, tour):
    zed = named(visit.delegation, ZED)
    tell()
    (secret,) = secret_in(last_to(ZED))
    assert opened_by(secret).delegate_id == zed.id
    remove_member(Delegate, zed.id, by=OFFICER, at=AT)
    other = make.delegation("Riyadh")
    make.visit(other, make.tour_session(tour, seoul(15, 10)))
    named(other, WANDA)
    tell()
    assert secret_in(last_to(WANDA))
    assert opened_by(secret) is None


def test_who_is_removed_is_told_no_address(visit):
    zed = named(visit.delegation, ZED)
    tell()
    remove_member(Delegate, zed.id, by=OFFICER, at=AT)
    tell()
    assert last_to(ZED).kind is LetterKind.WITHDRAWAL
    assert secret_in(last_to(ZED)) == []


def test_a_wrong_address_opens_the_page_no_more_once_it_is_corrected(visit):
    zed = named(visit.delegation, ZED)
    tell()
    (wrong,) = secret_in(last_to(ZED))
    change_member(Delegate, zed.id, {"email": "right@guests.example"}, by=OFFICER, at=AT)
    tell()
    (right,) = secret_in(last_to("right@guests.example"))
    assert right != wrong
    assert (opened_by(wrong), opened_by(right).delegate_id) == (None, zed.id)


def test_a_former_contact_opens_the_delegations_page_no_more(visit):
    tell()
    (secret,) = secret_in(last_to(CONTACT))
    change_delegation(visit.delegation_id, {"contact_email": ""}, by=OFFICER, at=AT)
    tell()
    assert last_to(CONTACT).kind is LetterKind.WITHDRAWAL
    assert opened_by(secret) is None
