"""Feeds over HTTP: unchanged (304, and 200 from the copy) beside an empty view; and changed, made anew.

`python -m benchmarks.feeds [engine …]` prints these tables alone. All happens at one site with 1,000 visits
to come: the feeds of the site, of the officer, of the division and its busy times are of 1,000 each.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import median

from sqlalchemy import delete, func, select, update

from benchmarks.city import OFFICER_EMAIL, build_city, measured_monday, officer_id
from benchmarks.client import Address, answer_of, request_of, requests_a_second, seconds_of_each
from benchmarks.crowd import FORTNIGHT, Crowd, settle
from benchmarks.engines import ENGINES, engine_version, fresh_database, opened
from benchmarks.machine import machine
from benchmarks.served import EMPTY_PATH, served
from scheduler.access import Actor, Role
from scheduler.actions.feeds import make_busy_feed, make_feed
from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.feeds import FeedFile, FeedKind
from scheduler.records.visits import Visit

EVENTS, RATES, ANEW = 1_000, 3, 5
HEADINGS = ("bytes", "304 /s", "of empty", "200 /s", "of empty", "anew, ms")


def lines_of_feeds(engine: str) -> Iterator[str]:
    """The table of one engine. One web process and four connections, so that the server is the limit; each
    rate in turn with the empty view's, so that a busy machine is as busy for both."""
    with fresh_database(engine) as url, opened(url) as app, app.app_context():
        paths = _feeds()
        yield f"feeds of {EVENTS:,} visits over HTTP, one process, {engine_version()}"
        yield f"{'':<28}" + "".join(f"{heading:>11}" for heading in HEADINGS)
        with served(url, workers=1) as address:
            for name, path in paths.items():
                yield _line(name, address, path)


def _line(name: str, address: Address, path: str) -> str:
    plain, empty = request_of("GET", path, {}), request_of("GET", EMPTY_PATH, {})
    headers = dict(line.split(": ", 1) for line in answer_of(address, plain).decode().split("\r\n")[1:])
    known = request_of("GET", path, {"If-None-Match": headers["ETag"]})
    rates = [
        (
            requests_a_second(address, known, 304),
            requests_a_second(address, plain, 200),
            requests_a_second(address, empty, 200),
        )
        for _turn in range(RATES)
    ]
    figures = []
    for which in (0, 1):
        figures += [f"{median(rate[which] for rate in rates):,.0f}"]
        figures += [f"{median(rate[which] / rate[2] for rate in rates):.2f}"]
    anew = median(_without_copies(lambda: seconds_of_each(address, [plain], 200)[0]) for _turn in range(ANEW))
    told = [headers["Content-Length"], *figures, f"{anew * 1000:,.0f}"]
    return f"{name:<28}" + "".join(f"{each:>11}" for each in told)


def _without_copies(act: Callable[[], float]) -> float:
    db.session.execute(delete(FeedFile))
    db.session.commit()
    return act()


def _feeds() -> dict[str, str]:
    """The paths of the feeds, by what they are called in the table."""
    at = now()
    _seed(at)
    officer = Actor(account_id=officer_id(), email=OFFICER_EMAIL, roles=frozenset({Role.OFFICER}))
    busiest = select(Visit.delegation_id).group_by(Visit.delegation_id).order_by(func.count().desc())
    guests = db.session.scalars(busiest.limit(1)).one()
    stops = db.session.scalar(select(func.count()).where(Visit.delegation_id == guests))
    site_id = db.session.scalars(select(Visit.site_id).limit(1)).one()
    wanted = {
        "site": (make_feed, FeedKind.SITE, site_id),
        f"delegation ({stops} visits)": (make_feed, FeedKind.DELEGATION, guests),
        "officer": (make_feed, FeedKind.OFFICER, officer.account_id),
        "division": (make_feed, FeedKind.DIVISION, None),
        "busy times of the site": (make_busy_feed, FeedKind.SITE, site_id),
        "busy times of the division": (make_busy_feed, FeedKind.DIVISION, None),
    }
    made = {name: act(of, number, by=officer, at=at)[1] for name, (act, of, number) in wanted.items()}
    return {name: f"/calendar/{secret}.ics" for name, secret in made.items()}


def _seed(at: datetime) -> None:
    """One site's visits to come, one fortnight after another; one officer looks after all the guests."""
    crowd, monday, left = Crowd(build_city(at)[:1], at), measured_monday(at.date()), EVENTS
    while left > 0:
        crowd.fill_fortnight(monday, at_most=left)
        left -= len(crowd.rows[Visit])
        monday += FORTNIGHT
        crowd.write()
    settle()
    have_visits = Delegation.id.in_(select(Visit.delegation_id))
    db.session.execute(update(Delegation).where(have_visits).values(officer_id=officer_id()))
    db.session.commit()


def main() -> None:
    """Print the tables of the engines named, or of both."""
    print(f"{now():%Y-%m-%d %H:%M} UTC, {machine()}")
    for engine in sys.argv[1:] or ENGINES:
        for line in lines_of_feeds(engine):
            print(line, flush=True)
    print(f"At the end: {machine()}")


if __name__ == "__main__":
    main()
