"""The calendar of a guide, interpreter, vehicle or liaison officer: their duties, and nobody else's."""

from datetime import timedelta
from itertools import pairwise

import pytest
import vobject

from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.actions.lifecycle import act_upon
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import Act
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedKind
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour
from tests import make, staff
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def topis(app):  # noqa: F811
    return make.site(
        "TOPIS",
        name="TOPIS",
        address="Sejong-daero 110",
        meeting_point="Lobby",
        latitude=37.5,
        longitude=127.0,
    )


@pytest.fixture
def guests(app):  # noqa: F811
    return make.delegation("Hanoi", name_native="Hà Nội", needs={"halal"}, contact_phone="+84 1")


@pytest.fixture
def visit(topis, guests):
    return make.visit(guests, make.tour_session(make.tour(topis, name="Briefing"), seoul(14, 10)))


@pytest.fixture
def guide(topis):
    return staff.guide(topis)


@pytest.fixture
def fetch(app):  # noqa: F811
    client = app.test_client()

    def fetch(path, **headers):
        answer = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        db.session.rollback()
        return answer

    return fetch


def address(resource):
    _feed, secret = make_feed(FeedKind.RESOURCE, resource.id, by=OFFICER, at=AT)
    return f"/calendar/{secret}.ics"


def events(answer):
    assert answer.status_code == 200
    return getattr(vobject.readOne(answer.text), "vevent_list", [])


def test_a_duty_says_where_when_with_whom_and_no_telephone(fetch, guide, visit):
    duty = staff.duty(
        guide, visit, starts_at=seoul(14, 9, 30), ends_at=seoul(14, 11, 15), note="Bring the loop"
    )
    answer = fetch(address(guide))
    (event,) = events(answer)
    assert (event.summary.value, event.uid.value) == ("TOPIS: Hanoi (10)", duty.uid)
    assert event.location.value == "TOPIS, Sejong-daero 110"
    assert event.description.value.splitlines() == [
        "Asked for; not yet accepted.",
        "Visit: 10:00–11:00, Briefing",
        "Meeting point: Lobby",
        "Delegation: Hanoi / Hà Nội",
        "10 people",
        "Language: English",
        "Needs: Halal food",
        "Note: Bring the loop",
    ]
    text = answer.text.replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Seoul:20261214T093000" in text
    assert "DTEND;TZID=Asia/Seoul:20261214T111500" in text
    assert "GEO:37.5;127" in text
    assert "X-WR-CALNAME:Duties: Guide 1" in text
    assert not [secret for secret in ("+84", "METHOD", "ATTENDEE", "guests.example") if secret in text]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (DutyState.ASKED, "TENTATIVE"),
        (DutyState.ACCEPTED, "CONFIRMED"),
        (DutyState.REFUSED, "CANCELLED"),
        (DutyState.RELEASED, "CANCELLED"),
    ],
)
def test_how_certain_a_duty_is_follows_its_state(fetch, guide, visit, state, status):
    staff.duty(guide, visit, state, sequence=3)
    (event,) = events(fetch(address(guide)))
    assert (event.status.value, event.sequence.value) == (status, "3")
    assert event.dtstamp.value == AT
    assert ("not yet accepted" in event.description.value) is (state is DutyState.ASKED)


def test_a_day_with_a_delegation_has_no_place(fetch, guests):
    bus = staff.vehicle()
    staff.day_duty(bus, guests, seoul(14, 9), headcount=11)
    (event,) = events(fetch(address(bus)))
    assert event.summary.value == "With Hanoi (11)"
    assert "location" not in event.contents


def test_a_visit_called_off_releases_the_duty_and_strikes_it_out(fetch, guide, visit):
    staff.duty(guide, visit, DutyState.ACCEPTED)
    path = address(guide)
    tag = fetch(path).headers["ETag"]
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT + timedelta(minutes=1))
    answer = fetch(path, If_None_Match=tag)
    (event,) = events(answer)
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert event.dtstamp.value > AT


def test_what_was_called_off_long_ago_and_what_is_anothers_is_not_shown(fetch, guide, topis, visit):
    old = staff.duty(guide, visit, DutyState.RELEASED)
    old.stamped_at = AT - timedelta(days=31)
    db.session.commit()
    staff.duty(staff.guide(topis, name="Guide 2"), visit)
    assert events(fetch(address(guide))) == []


def test_whatever_is_shown_changes_the_tag_and_nothing_else_does(fetch, guide, topis, guests, visit):
    duty, path = staff.duty(guide, visit), address(guide)

    def change(table, row_id, **changes):
        row = db.session.get_one(table, row_id)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        db.session.commit()

    tags = [fetch(path).headers["ETag"]]
    for act in (
        lambda: change(Assignment, duty.id, state=DutyState.ACCEPTED),
        lambda: change(Delegation, guests.id, name="Hanoi 2"),
        lambda: change(Tour, visit.tour_session.tour_id, name="Control"),
        lambda: change(Site, topis.id, meeting_point="Gate"),
        lambda: change(Resource, guide.id, name="Guide 9"),
        lambda: staff.day_duty(guide, guests, seoul(16, 9)),
    ):
        act()
        tags.append(fetch(path).headers["ETag"])
    assert all(before != after for before, after in pairwise(tags))
    other = staff.guide(topis, name="Guide 2")
    staff.duty(other, visit)
    again = fetch(path, If_None_Match=tags[-1])
    assert (again.status_code, again.data) == (304, b"")


def test_a_date_alone_is_answered_too(fetch, guide, visit):
    staff.duty(guide, visit)
    path = address(guide)
    modified = fetch(path).headers["Last-Modified"]
    assert fetch(path, If_Modified_Since=modified).status_code == 304


def test_an_empty_feed_is_a_calendar_and_a_revoked_one_is_gone(fetch, guide):
    feed, secret = make_feed(FeedKind.RESOURCE, guide.id, by=OFFICER, at=AT)
    assert "BEGIN:VTIMEZONE" in fetch(f"/calendar/{secret}.ics").text
    revoke_feed(feed.id, by=OFFICER, at=AT)
    assert fetch(f"/calendar/{secret}.ics").status_code == 410
