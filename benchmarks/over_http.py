"""What somebody at the door waits for: a booking, the week, a roster, a feed that has not changed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from statistics import median

from benchmarks.city import OFFICER_EMAIL
from benchmarks.client import Address, answer_of, request_of, requests_a_second, seconds_of_each
from benchmarks.figures import IN_A_ROW, WARM_UP, Figure, wall_figures
from benchmarks.pages import cookie_of
from benchmarks.seeded import SeededCity
from benchmarks.served import EMPTY_PATH, served
from scheduler.access import SYSTEM
from scheduler.actions.feeds import make_feed
from scheduler.actions.tokens import create_token
from scheduler.core.facts import VisitRequest
from scheduler.records.feeds import FeedKind

BOOKINGS, READINGS, RATES = 320, 100, 3
Requests = Callable[[SeededCity], list[bytes]]


def figures_over_http(cities: Sequence[SeededCity]) -> Iterator[Figure]:
    """Four web processes for what people do; one for the feed, so that it and not the client is the limit."""
    with ExitStack() as servers:
        addresses = [servers.enter_context(served(city.url, workers=4)) for city in cities]

        def measured(subject: str, requests: Requests, status: int) -> list[Figure]:
            return wall_figures(subject, _seconds(addresses, [requests(city) for city in cities], status))

        yield from measured("book, over HTTP", _bookings, 201)
        yield from measured("roster page, over HTTP", _roster_pages, 200)
        yield from measured("week page, over HTTP", _week_pages, 200)
    with ExitStack() as servers:
        addresses = [servers.enter_context(served(city.url, workers=1)) for city in cities]
        yield from _feed(addresses, [_feed_path(city) for city in cities])


def _seconds(addresses: Sequence[Address], requests: list[list[bytes]], status: int) -> list[list[float]]:
    """How long each request took at each load, a few in a row; the first few left out."""
    taken: list[list[float]] = [[] for _ in addresses]
    for first in range(0, len(requests[0]), IN_A_ROW):
        for address, of_load, so_far in zip(addresses, requests, taken, strict=True):
            so_far += seconds_of_each(address, of_load[first : first + IN_A_ROW], status)
    return [each[WARM_UP:] for each in taken]


def _bookings(city: SeededCity) -> list[bytes]:
    with city.app.app_context():
        token = create_token(OFFICER_EMAIL, "benchmarks", by=SYSTEM, at=city.at)
        asked = city.requests(turn=1)[:BOOKINGS]
    headers = {"Authorization": f"Bearer {token}"}
    return [request_of("POST", "/api/v1/visits", headers, _body(request)) for request in asked]


def _body(asked: VisitRequest) -> dict[str, object]:
    body = {"delegation_id": asked.delegation_id, "headcount": asked.headcount, "language": asked.language}
    ticked = {"acknowledge": asked.acknowledge, "acknowledge_reason": asked.acknowledge_reason}
    if asked.tour_session_id is not None:
        return body | ticked | {"tour_session_id": asked.tour_session_id}
    assert asked.starts_at is not None
    return body | ticked | {"tour_code": asked.tour_code, "starts_at": asked.starts_at.isoformat()}


def _roster_pages(city: SeededCity) -> list[bytes]:
    return [request_of("GET", f"/roster/WINDOWS-1/{city.monday}", cookie_of(city.app))] * READINGS


def _week_pages(city: SeededCity) -> list[bytes]:
    return [request_of("GET", f"/week?from={city.monday}", cookie_of(city.app))] * READINGS


def _feed_path(city: SeededCity) -> str:
    with city.app.app_context():
        _link, secret = make_feed(FeedKind.SITE, city.places[0].site_id, by=city.officer, at=city.at)
    return f"/calendar/{secret}.ics"


def _feed(addresses: Sequence[Address], paths: Sequence[str]) -> Iterator[Figure]:
    """An unchanged feed beside an empty view, in turn, so that a busy machine is as busy for both."""
    empty = request_of("GET", EMPTY_PATH, {})
    unchanged = [_unchanged(address, path) for address, path in zip(addresses, paths, strict=True)]
    rates = [
        [(requests_a_second(a, asked, 304), requests_a_second(a, empty, 200)) for _ in range(RATES)]
        for a, asked in zip(addresses, unchanged, strict=True)
    ]
    subject = "feed unchanged, one process"
    yield Figure(subject, "a second", [median(feed for feed, _ in of_load) for of_load in rates], 0)
    yield Figure(
        "empty view, one process", "a second", [median(e for _, e in of_load) for of_load in rates], 0
    )
    yield Figure("feed's rate of the empty view's", "share", [median(f / e for f, e in of) for of in rates])


def _unchanged(address: Address, path: str) -> bytes:
    """The request of somebody who has the feed as it is."""
    head = answer_of(address, request_of("GET", path, {})).decode()
    tag = next(line.split(": ")[1] for line in head.split("\r\n") if line.lower().startswith("etag"))
    return request_of("GET", path, {"If-None-Match": tag})
