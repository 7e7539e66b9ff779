"""The secret addresses of feeds, as calendar programs fetch them: nothing but HTTP."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
import vobject
from sqlalchemy import event

from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.actions.lifecycle import act_upon
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedKind
from tests import make
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def site():
    return make.site("TOPIS", name="TOPIS")


@pytest.fixture
def tour(site):
    return make.tour(site)


@pytest.fixture
def guests():
    return make.delegation("Hanoi", needs={"halal"}, contact_phone="+84 1", contact_name="Ms An")


@pytest.fixture
def visit(guests, tour):
    return make.visit(guests, make.tour_session(tour, seoul(14, 10)))


@pytest.fixture
def fetch(app):  # noqa: F811
    client = app.test_client()

    def fetch(path, method="GET", **headers):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.open(path, method=method, headers=told)
        db.session.rollback()
        return answer

    return fetch


def address(kind, subject):
    _feed, secret = make_feed(kind, subject.id, by=OFFICER, at=AT)
    return f"/calendar/{secret}.ics"


def summaries(answer):
    return [found.summary.value for found in vobject.readOne(answer.text).vevent_list]


def test_a_sites_feed_says_who_comes_and_no_more(fetch, site, visit):
    answer = fetch(address(FeedKind.SITE, site))
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert summaries(answer) == ["Hanoi (10)"]
    text = answer.text.replace("\r\n ", "")
    assert r"DESCRIPTION:Tour: Tour of TOPIS\nHeadcount: 10\nLanguage: English\nNeeds: Halal food" in text
    assert not [
        secret for secret in ("+84", "Ms An", "guests.example", "METHOD", "ATTENDEE") if secret in text
    ]


def test_a_delegations_feed_never_shows_another(fetch, tour, guests, visit):
    other = make.delegation("Kampala")
    make.visit(other, make.tour_session(tour, seoul(15, 10)))
    mine = fetch(address(FeedKind.DELEGATION, guests))
    assert summaries(mine) == ["TOPIS: Tour of TOPIS"]
    assert "Kampala" not in mine.text
    assert "Hanoi" not in fetch(address(FeedKind.DELEGATION, other)).text


def test_a_feed_is_told_as_programs_like_it(fetch, site):
    answer = fetch(address(FeedKind.SITE, site))
    assert answer.headers["Content-Disposition"] == (
        "inline; filename=\"Visits to TOPIS.ics\"; filename*=UTF-8''Visits%20to%20TOPIS.ics"
    )
    assert re.fullmatch('"[0-9a-f]{32}"', answer.headers["ETag"])
    wanted = {
        "Cache-Control": "private, no-cache, no-transform",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "Last-Modified": "Sun, 22 Nov 2026 03:00:00 GMT",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert not {"Set-Cookie", "Content-Encoding"} & set(answer.headers.keys())
    assert "Set-Cookie" not in fetch(address(FeedKind.SITE, site) + "?lang=ko").headers


def test_the_same_data_is_the_same_bytes_in_every_language(fetch, site, visit):
    path = address(FeedKind.SITE, site)
    first = fetch(path, Accept_Language="ko", Accept_Encoding="gzip")
    second = fetch(path, Accept_Language="en")
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_an_unchanged_feed_is_not_sent_again(fetch, site, form):
    path = address(FeedKind.SITE, site)
    tag = fetch(path).headers["ETag"]
    again = fetch(path, If_None_Match=form.format(tag))
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["X-Robots-Tag"] == "noindex"


def test_another_tag_gets_the_feed_whatever_the_date_says(fetch, site):
    path = address(FeedKind.SITE, site)
    modified = fetch(path).headers["Last-Modified"]
    assert fetch(path, If_Modified_Since=modified).status_code == 304
    assert fetch(path, If_None_Match='"x"', If_Modified_Since=modified).status_code == 200


def test_head_is_like_get_without_the_body(fetch, site, visit):
    path = address(FeedKind.SITE, site)
    whole, head = fetch(path), fetch(path, "HEAD")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_an_unchanged_feed_of_a_site_costs_one_query(app, fetch, site, visit):  # noqa: F811
    path = address(FeedKind.SITE, site)
    tag = fetch(path).headers["ETag"]
    asked = []

    def count(_connection, _cursor, statement, *_more):
        if not statement.startswith(("BEGIN", "ROLLBACK")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert fetch(path, If_None_Match=tag).status_code == 304
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(asked) == 1


def test_whatever_is_shown_changes_the_tag(fetch, site, tour, guests, visit):
    paths = address(FeedKind.SITE, site), address(FeedKind.DELEGATION, guests)

    def tags():
        return [fetch(path).headers["ETag"] for path in paths]

    def rename(row, **changes):
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        db.session.merge(row)
        db.session.commit()

    seen = [tags()]
    for change in (
        lambda: make.visit(guests, make.tour_session(tour, seoul(15, 10)), headcount=2),
        lambda: act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT + timedelta(seconds=5)),
        lambda: rename(db.session.get_one(Delegation, guests.id), name="Hà Nội"),
        lambda: rename(db.session.get_one(type(site), site.id), name="TOPIS 2"),
        lambda: rename(db.session.get_one(type(tour), tour.id), name="Control room"),
    ):
        change()
        seen.append(tags())
    for before, after in pairwise(seen):
        assert [old != new for old, new in zip(before, after, strict=True)] == [True, True]


def test_a_cancelled_visit_stays_for_thirty_days(fetch, site, guests, tour, visit):
    path = address(FeedKind.SITE, site)
    old = make.visit(guests, make.tour_session(tour, seoul(16, 10)))
    act_upon(visit.id, Act.CANCEL, by=OFFICER, at=AT)
    act_upon(old.id, Act.CANCEL, by=OFFICER, at=AT)
    kept = db.session.get_one(type(old), old.id)
    kept.stamped_at = AT - timedelta(days=31)
    db.session.commit()
    (found,) = vobject.readOne(fetch(path).text).vevent_list
    assert (found.uid.value, found.status.value, found.sequence.value) == (visit.uid, "CANCELLED", "1")


def test_a_feed_reaches_ninety_days_back_and_a_year_ahead(fetch, site, tour):
    long = make.delegation("Long", arrives_at=seoul(1, month=1), departs_at=seoul(1, month=1, year=2029))
    days = [
        (seoul(24, 10, month=8), True),
        (seoul(21, 10, month=8), False),
        (seoul(22, 10, month=11, year=2027), True),
        (seoul(24, 10, month=11, year=2027), False),
    ]
    for starts_at, _is_shown in days:
        session = make.tour_session(tour, starts_at)
        make.visit_written_past_the_office(long, session)
    text = fetch(address(FeedKind.SITE, site)).text
    for starts_at, is_shown in days:
        assert (f"DTSTART;TZID=Asia/Seoul:{starts_at:%Y%m%dT%H%M%S}" in text) is is_shown


def test_an_empty_feed_is_a_calendar_still(fetch, site):
    text = fetch(address(FeedKind.SITE, site)).text
    assert "BEGIN:VTIMEZONE" in text
    assert "BEGIN:VEVENT" not in text


def test_a_revoked_feed_is_gone_and_an_unknown_one_was_never_there(fetch, site):
    feed, secret = make_feed(FeedKind.SITE, site.id, by=OFFICER, at=AT)
    revoke_feed(feed.id, by=OFFICER, at=AT)
    gone = fetch(f"/calendar/{secret}.ics")
    assert (gone.status_code, gone.headers["X-Robots-Tag"]) == (410, "noindex")
    for secret in ("x", "x" * 3000, "%00", "%ff", "..", "서울"):
        assert fetch(f"/calendar/{secret}.ics").status_code == 404
    assert fetch(f"/calendar/{secret}.ics", "POST").status_code in (400, 404, 405)


def test_robots_may_fetch_feeds(fetch):
    answer = fetch("/robots.txt")
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert not [line for line in answer.text.splitlines() if line in ("Disallow: /", "Disallow: /calendar/")]
