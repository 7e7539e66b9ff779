"""A delegation of Hanoi with a visit, a meal and two delegates, and the secrets of their pages."""

from datetime import timedelta

import pytest

from scheduler.actions.engagements import plan_engagement
from scheduler.actions.feeds import make_feed
from scheduler.actions.members import add_delegate
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.feeds import FeedKind
from tests import make, staff
from tests.blueprints.conftest import StandingClock
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office", country="VN", contact_name="Ms Lan")


@pytest.fixture
def topis(app):
    return make.site(
        "TOPIS",
        name="Control room",
        name_native="서울교통정보센터",
        address="110 Sejong-daero",
        latitude=37.5665,
        longitude=126.978,
        meeting_point="Lobby of the west wing",
        photo_rule="No photographs of the screens",
        safety_gear="Closed shoes",
        arrive_early_minutes=10,
    )


@pytest.fixture
def visit(hanoi, topis):
    where = make.tour(topis, name="How traffic is steered", needs_agreement=True)
    return make.visit(hanoi, make.tour_session(where, seoul(14, 10)), 12, language="en")


@pytest.fixture
def meal(hanoi, visit):
    staff.place("LUNCH", name="Restaurant", address="5 Insadong-gil", latitude=37.5741, longitude=126.9854)
    return lunch(hanoi)


@pytest.fixture
def an(hanoi):
    return delegate(hanoi, "Nguyen Van An", "an@hanoi.example", precedence=1)


@pytest.fixture
def binh(hanoi):
    return delegate(hanoi, "Tran Thi Binh", "", precedence=2)


@pytest.fixture
def link(hanoi):
    """The feed link of the delegation with its secret."""
    return make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)


@pytest.fixture
def page_of_all(link):
    return f"/guests/{link[1]}"


@pytest.fixture
def stands_at(monkeypatch):
    """A function that puts the clock of the doors to an instant."""
    return lambda instant: monkeypatch.setattr(StandingClock, "stands_at", instant)


def page_of(delegate):
    """The page of one delegate."""
    return f"/guests/{make_feed(FeedKind.DELEGATE, delegate.id, by=OFFICER, at=AT)[1]}"


def delegate(delegation, name, email="", **told):
    return add_delegate(delegation.id, {"print_as": name, "email": email} | told, by=OFFICER, at=AT)


def lunch(delegation, starts_at=None, **told):
    starts_at = starts_at or seoul(14, 11, 20)
    given = {"kind": EngagementKind.MEAL, "place": "LUNCH", "host": "Vice mayor", "title": "Lunch"}
    request = EngagementRequest(
        delegation_id=delegation.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=100),
        acknowledge=("all",),
        acknowledge_reason="known",
        **(given | told),
    )
    return plan_engagement(request, by=OFFICER, at=AT)
