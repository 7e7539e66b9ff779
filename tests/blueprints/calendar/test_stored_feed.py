"""Feeds answered from the copy of last time: at most two questions, never stale, never waited for."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from scheduler.access import Actor, Role
from scheduler.actions.feeds import feed_by_secret, revoke_feed
from scheduler.actions.lifecycle import act_upon
from scheduler.clock import now
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.engagements import Attendance
from scheduler.records.feed_files import keep_copy
from scheduler.records.feeds import FeedFile, FeedKind
from tests import make, staff
from tests.cast import AT, seoul
from tests.engines import on_sqlite

TAG = "0" * 32


@pytest.fixture
def tour(app):
    return make.tour(make.site("TOPIS", name="TOPIS"))


@pytest.fixture
def officer(app):
    account = make.account("officer@city.example")
    return Actor(account_id=account.id, email=account.email, roles=frozenset({Role.OFFICER}))


@pytest.fixture
def guests(officer):
    return make.delegation("Hanoi", officer_id=officer.account_id)


@pytest.fixture
def visit(guests, tour):
    return make.visit(guests, make.tour_session(tour, seoul(14, 10)))


@pytest.fixture
def every_feed(address, officer, guests, tour, visit):
    """The paths of a feed of every kind, and of the busy times of each; every one shows the visit."""
    guide = staff.guide(visit.tour_session.tour.site)
    staff.duty(guide, visit)
    delegate = Delegate(delegation_id=guests.id, print_as="Ms An")
    db.session.add(delegate)
    db.session.commit()
    account = type("Account", (), {"id": officer.account_id})
    subjects = {
        FeedKind.SITE: visit.tour_session.tour.site,
        FeedKind.DELEGATION: guests,
        FeedKind.DELEGATE: delegate,
        FeedKind.RESOURCE: guide,
        FeedKind.OFFICER: account,
        FeedKind.DIVISION: None,
    }
    return {
        f"{kind.value}{' busy' if busy else ''}": address(kind, subject, by=officer, busy=busy)
        for kind, subject in subjects.items()
        for busy in (False, True)
    }


def test_an_unchanged_feed_of_any_kind_takes_two_questions_at_most(every_feed, fetch, asked):
    for kind, path in every_feed.items():
        first = fetch(path)
        assert first.status_code == 200, kind
        most = 1 if kind.startswith("site") else 2
        with asked() as for_304:
            assert fetch(path, If_None_Match=first.headers["ETag"]).status_code == 304
        with asked() as for_200:
            again = fetch(path)
        with asked() as for_head:
            head = fetch(path, "HEAD")
        with asked() as for_date:
            assert fetch(path, If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
        assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"]), kind
        assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(first.data)))
        assert {len(each) for each in (for_304, for_200, for_head, for_date)} == {most}, kind
        same = ("Content-Type", "Content-Disposition", "Last-Modified", "Cache-Control")
        assert [again.headers[name] for name in same] == [first.headers[name] for name in same], kind
        assert [head.headers[name] for name in same] == [first.headers[name] for name in same], kind


def test_every_feed_is_another_once_the_visit_is_called_off(every_feed, fetch, visit, officer):
    before = {kind: fetch(path) for kind, path in every_feed.items()}
    act_upon(visit.id, Act.CANCEL, by=officer, at=AT + timedelta(seconds=1))
    for kind, path in every_feed.items():
        after = fetch(path, If_None_Match=before[kind].headers["ETag"])
        assert after.status_code == 200, kind
        assert after.data != before[kind].data, kind
        assert fetch(path).data == after.data, kind


def test_the_bytes_are_read_only_for_who_lacks_them(every_feed, fetch):
    """The copy's bytes are put out of order; whoever holds the feed by tag or date never meets them."""
    path = every_feed["delegation"]
    first = fetch(path)
    spoilt = db.session.get_one(FeedFile, _number_of(path))
    spoilt.data = b"spoilt"
    db.session.commit()
    assert fetch(path).data == b"spoilt"
    assert fetch(path, If_None_Match=first.headers["ETag"]).status_code == 304
    assert fetch(path, If_None_Match="*").status_code == 304
    assert fetch(path, If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
    assert fetch(path, If_None_Match='"x", W/' + first.headers["ETag"]).status_code == 304
    assert fetch(path, If_None_Match=f'"x{first.headers["ETag"][1:-1]}y"').status_code == 200


def test_a_copy_of_another_state_is_not_answered_with(every_feed, fetch):
    path = every_feed["officer"]
    first = fetch(path)
    kept = db.session.get_one(FeedFile, _number_of(path))
    kept.tag, kept.data = TAG, b"of yesterday"
    db.session.commit()
    assert fetch(path).data == first.data
    assert fetch(path, "HEAD").headers["Content-Length"] == str(len(first.data))


def test_a_date_is_later_with_every_change_even_within_a_second(every_feed, fetch, guests, visit):
    """A visit that goes away leaves nothing newer behind, and still the feed is told as changed."""
    path = every_feed["delegate"]
    seen = fetch(path).headers["Last-Modified"]
    other = Delegate(delegation_id=guests.id, print_as="Mr Binh")
    db.session.add(other)
    db.session.flush()
    db.session.add(Attendance(delegate_id=other.id, visit_id=visit.id))
    db.session.commit()
    gone = fetch(path, If_Modified_Since=seen)
    assert (gone.status_code, "BEGIN:VEVENT" in gone.text) == (200, False)
    # The date itself is never one to come: asked by date alone, the same is sent once more.
    assert gone.headers["Last-Modified"] == seen


def test_a_copy_says_since_when_it_holds_and_the_same_again_says_the_same(every_feed):
    number = _number_of(every_feed["site"])
    assert keep_copy(number, "a", b"1", at=AT) == AT
    assert keep_copy(number, "a", b"1", at=AT + timedelta(minutes=1)) == AT
    assert keep_copy(number, "b", b"2", at=AT) == AT + timedelta(seconds=1)
    assert keep_copy(number, "c", b"3", at=AT + timedelta(hours=1)) == AT + timedelta(hours=1)
    kept = db.session.get_one(FeedFile, number)
    assert (kept.tag, kept.data) == ("c", b"3")


def test_nothing_is_kept_of_a_feed_that_is_gone(every_feed):
    assert keep_copy(999, "a", b"1", at=AT) is None


def test_a_busy_database_is_not_waited_for(every_feed, fetch, engine_url):
    """Somebody else writes for long: the feed is answered all the same, only not kept."""
    path = every_feed["site"]
    number = _number_of(path)
    keep_copy(number, TAG, b"of yesterday", at=AT)
    with _somebody_writing(engine_url, number):
        began = now()
        answer = fetch(path)
        assert (answer.status_code, "Last-Modified" in answer.headers) == (200, False)
        assert now() - began < timedelta(seconds=10)
    assert db.session.get_one(FeedFile, number).tag == TAG
    db.session.rollback()
    assert "Last-Modified" in fetch(path).headers


@on_sqlite
def test_acts_wait_for_the_database_again_after_a_copy_was_kept(every_feed, fetch):
    fetch(every_feed["site"])
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() == 30_000


def test_ending_a_feed_ends_its_copy(every_feed, fetch, officer):
    path = every_feed["division"]
    fetch(path)
    number = _number_of(path)
    assert db.session.get(FeedFile, number) is not None
    db.session.rollback()
    revoke_feed(number, by=officer, at=AT)
    assert fetch(path).status_code == 410
    assert db.session.query(FeedFile).filter_by(feed_link_id=number).count() == 0


def _number_of(path):
    number = feed_by_secret(path.removeprefix("/calendar/").removesuffix(".ics")).id
    db.session.rollback()
    return number


@contextmanager
def _somebody_writing(url, number):
    """Another process that has written the copy of this feed and not yet committed."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("UPDATE feed_file SET tag = tag WHERE feed_link_id = :n"), {"n": number})
        yield
        connection.rollback()
    engine.dispose()
