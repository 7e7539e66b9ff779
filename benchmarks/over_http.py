"""What somebody at the door waits for: a booking, the week, a roster, a feed that has not changed."""

from flask import Flask

from benchmarks.city import OFFICER_EMAIL
from benchmarks.client import Address, Connection, request_of, requests_a_second, seconds_of_each
from benchmarks.figures import Figure, wall_figures
from benchmarks.pages import cookie_of
from benchmarks.seeded import SeededCity
from benchmarks.served import EMPTY_PATH, served
from scheduler.access import SYSTEM
from scheduler.actions.feeds import make_feed
from scheduler.actions.tokens import create_token
from scheduler.core.facts import VisitRequest
from scheduler.records.feeds import FeedKind

BOOKINGS, READINGS = 320, 100


def figures_over_http(app: Flask, url: str, city: SeededCity) -> list[Figure]:
    """Four web processes for what people do; one for the feed, so that it and not the client is the limit."""
    bookings, cookie, feed = _bookings(city), cookie_of(app), _feed_path(city)
    with served(url, workers=4) as address:
        found = [
            *wall_figures("book, over HTTP", seconds_of_each(address, bookings, 201)[20:]),
            *_page(address, "week page, over HTTP", f"/week?from={city.monday}", cookie),
            *_page(address, "roster page, over HTTP", f"/roster/WINDOWS-1/{city.monday}", cookie),
        ]
    with served(url, workers=1) as address:
        return [*found, *_feed(address, feed)]


def _bookings(city: SeededCity) -> list[bytes]:
    token = create_token(OFFICER_EMAIL, "benchmarks", by=SYSTEM, at=city.at)
    headers = {"Authorization": f"Bearer {token}"}
    return [
        request_of("POST", "/api/v1/visits", headers, _body(asked))
        for asked in city.requests(turn=1)[:BOOKINGS]
    ]


def _body(asked: VisitRequest) -> dict[str, object]:
    body = {"delegation_id": asked.delegation_id, "headcount": asked.headcount, "language": asked.language}
    ticked = {"acknowledge": ["all"], "acknowledge_reason": "measured"}
    if asked.tour_session_id is not None:
        return body | ticked | {"tour_session_id": asked.tour_session_id}
    assert asked.starts_at is not None
    return body | ticked | {"tour_code": asked.tour_code, "starts_at": asked.starts_at.isoformat()}


def _page(address: Address, subject: str, path: str, cookie: str) -> list[Figure]:
    request = request_of("GET", path, {"Cookie": cookie})
    return wall_figures(subject, seconds_of_each(address, [request] * READINGS, 200)[20:])


def _feed_path(city: SeededCity) -> str:
    _link, secret = make_feed(FeedKind.SITE, city.places[0].site_id, by=city.officer, at=city.at)
    return f"/calendar/{secret}.ics"


def _feed(address: Address, path: str) -> list[Figure]:
    """An unchanged feed beside an empty view, in turn, so that a busy machine is as busy for both."""
    connection = Connection(address)
    connection.send(request_of("GET", path, {}))
    _status, head = connection.answer()
    connection.close()
    tag = next(line.split(": ")[1] for line in head.decode().split("\r\n") if line.lower().startswith("etag"))
    unchanged, empty = request_of("GET", path, {"If-None-Match": tag}), request_of("GET", EMPTY_PATH, {})
    rates = [
        (requests_a_second(address, unchanged, 304), requests_a_second(address, empty, 200)) for _ in range(3)
    ]
    subject = "feed unchanged (304), one process"
    feed_rate, empty_rate = (sorted(column)[1] for column in zip(*rates, strict=True))
    return [
        Figure(subject, "a second", feed_rate, digits=0, grows=True),
        Figure("empty view, one process", "a second", empty_rate, digits=0),
        Figure("feed's rate of the empty view's", "share", sorted(f / e for f, e in rates)[1]),
    ]
