"""Engagements in a delegation's calendar: the feed and the files to save."""

import pytest

from scheduler.actions.engagements import cancel_engagement, change_engagement, plan_engagement
from scheduler.actions.feeds import make_feed
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.database import db
from scheduler.records.feeds import FeedKind
from tests import make, staff
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def guests():
    return make.delegation("Hanoi")


def lunch(guests, **told):
    given = {"kind": EngagementKind.MEAL, "place": "LUNCH", "host": "Vice mayor", "note": "No nuts"}
    return EngagementRequest(
        delegation_id=guests.id, starts_at=seoul(14, 12), ends_at=seoul(14, 13), **(given | told)
    )


@pytest.fixture
def meal(guests):
    staff.place("LUNCH", name="Restaurant", address="Insadong-gil", latitude=37.5741, longitude=126.9854)
    return plan_engagement(lunch(guests), by=OFFICER, at=AT)


@pytest.fixture
def feed(app, guests):  # noqa: F811
    client = app.test_client()
    _feed, secret = make_feed(FeedKind.DELEGATION, guests.id, by=OFFICER, at=AT)

    def fetch(**headers):
        answer = client.get(f"/calendar/{secret}.ics", headers=headers)
        db.session.rollback()
        return answer

    return fetch


def test_the_feed_tells_an_engagement_with_place_and_host_but_not_the_offices_note(feed, meal):
    lines = feed().text.replace("\r\n ", "").split("\r\n")
    assert f"UID:{meal.uid}" in lines
    assert "SUMMARY:Meal" in lines
    assert "LOCATION:Restaurant\\, Insadong-gil" in lines
    assert "STATUS:CONFIRMED" in lines
    assert "DTSTART;TZID=Asia/Seoul:20261214T120000" in lines
    assert [line for line in lines if "Host: Vice mayor" in line]
    assert not [line for line in lines if "No nuts" in line or line.startswith("CREATED")]


def test_the_feed_is_another_whenever_an_engagement_is_and_only_then(feed, guests, meal):
    tag = feed().headers["ETag"]
    assert feed(**{"If-None-Match": tag}).status_code == 304
    change_engagement(meal.id, lunch(guests, host="Mayor"), by=OFFICER, at=AT)
    changed = feed(**{"If-None-Match": tag})
    assert (changed.status_code, "SEQUENCE:1" in changed.text) == (200, True)
    cancel_engagement(meal.id, by=OFFICER, at=AT)
    off = feed(**{"If-None-Match": changed.headers["ETag"]})
    assert (off.status_code, "STATUS:CANCELLED" in off.text, "SEQUENCE:2" in off.text) == (200, True, True)


def test_a_place_that_is_renamed_is_renamed_in_the_feed(feed, meal):
    tag = feed().headers["ETag"]
    meal.place.name, meal.place.version = "Inn", 2
    db.session.commit()
    assert "LOCATION:Inn" in feed(**{"If-None-Match": tag}).text


def test_a_sites_feed_holds_no_engagements(app, meal):  # noqa: F811
    site = make.site("TOPIS")
    _feed, secret = make_feed(FeedKind.SITE, site.id, by=OFFICER, at=AT)
    assert meal.uid not in app.test_client().get(f"/calendar/{secret}.ics").text


def test_the_programme_to_save_holds_what_is_planned(app, guests, meal):  # noqa: F811
    token = make.token("officer@city.example")
    told = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/delegations/{guests.id}/programme.ics"
    assert meal.uid in app.test_client().get(path, headers=told).text
    cancel_engagement(meal.id, by=OFFICER, at=AT)
    assert meal.uid not in app.test_client().get(path, headers=told).text
