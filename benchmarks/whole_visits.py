"""What whole visits take: deciding beside forty stops, eight stops as one act, the board of four weeks."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from benchmarks.city import SEOUL
from benchmarks.figures import Act, Figure, measure
from benchmarks.seeded import HEADCOUNT, TICKED, SeededCity
from scheduler.actions.batches import book_together
from scheduler.blueprints.board.data import board_data
from scheduler.blueprints.board.forms import BoardForm
from scheduler.clock import now
from scheduler.core.booking import decide
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.travel import Point, Travel
from scheduler.records.boards import sites_on_board
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationKind
from scheduler.records.diary import diary_for
from scheduler.records.engagements import Engagement

STOPS, BATCH = 40, 8
DECISIONS, BATCHES, BOARDS = 321, 61, 41
NUMBERS = itertools.count(1)


def figures_of_whole_visits(cities: Sequence[SeededCity]) -> Iterator[Figure]:
    """The board is read before batches fill the days."""
    apps = [city.app for city in cities]

    def measured(subject: str, acts_of: Callable[[SeededCity], list[Act]]) -> list[Figure]:
        return measure(subject, apps, [acts_of(city) for city in cities])

    yield from measured(f"decide alone, {STOPS} stops in the stay", _decisions)
    yield from measured(f"facts and verdict, {STOPS} stops", _verdicts)
    shown = [_visits_on_board(city) for city in cities]
    yield Figure("board of four weeks, 17 sites", "visits", shown, digits=0)
    yield from measured("board of four weeks, 17 sites", _boards)
    yield from measured(f"batch of {BATCH} stops", _batches)


def _decisions(city: SeededCity) -> list[Act]:
    """The rules alone: the facts are read once, and every stop has a place on the map."""
    with city.app.app_context():
        request = replace(_request(city), delegation_id=_delegation(city, STOPS))
        diary = diary_for(request, city.at)
    assert diary.delegation is not None
    points = {f"P{n}": Point(37.5 + n / 1000, 127.0) for n in range(STOPS)}
    stops = [replace(stop, site_code=f"P{n}") for n, stop in enumerate(diary.delegation.stops)]
    known = replace(diary.delegation, stops=tuple(stops), travel=Travel(points=points))
    site = replace(diary.site, point=Point(37.56, 126.97))
    full = replace(diary, delegation=known, site=site)
    return [lambda: decide(request, full, city.at)] * DECISIONS


def _verdicts(city: SeededCity) -> list[Act]:
    """The facts are read each time, as in a booking."""
    with city.app.app_context():
        request = replace(_request(city), delegation_id=_delegation(city, STOPS))
    return [lambda: decide(request, diary_for(request, city.at), city.at)] * DECISIONS


def _boards(city: SeededCity) -> list[Act]:
    return [lambda: _board(city)] * BOARDS


def _board(city: SeededCity) -> dict[str, object]:
    first = city.monday - timedelta(days=14)
    with city.app.test_request_context(f"/board?view=weeks&on={first}&rows=sites"):
        sites = sites_on_board(city.officer)
        form = BoardForm.asked()
        form.offer(sites)
        form.validate()
        return board_data(form.asked_for(sites, city.at), city.officer)


def _visits_on_board(city: SeededCity) -> int:
    with city.app.app_context():
        told = _board(city)["items"]
    assert isinstance(told, list)
    return len(told)


def _batches(city: SeededCity) -> list[Act]:
    """Each by a delegation of its own that has no other stop: a visit a day at the first window site that
    has room, twice a day three hours apart."""
    with city.app.app_context():
        batches = [_batch(city, number) for number in range(BATCHES)]

    def book(requests: list[VisitRequest]) -> Act:
        return lambda: book_together(requests, by=city.officer, at=now())

    return [book(requests) for requests in batches]


def _batch(city: SeededCity, number: int) -> list[VisitRequest]:
    delegation_id = _delegation(city, 0)
    rounds = [place for place in city.places if place.dating is Dating.ROUNDS]
    days = [city.monday + timedelta(days=1 + n) for n in range(4)]
    requests = []
    for n, day in enumerate(days):
        for hour, shift in ((time(10), 0), (time(15), 1)):
            place = rounds[(number + n + shift) % len(rounds)]
            requests.append(
                VisitRequest(
                    tour_code=place.tour_code,
                    starts_at=datetime.combine(day, hour, SEOUL),
                    delegation_id=delegation_id,
                    headcount=1,
                    language="en",
                    **TICKED,
                )
            )
    return requests


def _request(city: SeededCity) -> VisitRequest:
    place = next(place for place in city.places if place.dating is Dating.WINDOWS)
    starts_at = datetime.combine(city.monday, time(12), SEOUL)
    return VisitRequest(tour_code=place.tour_code, starts_at=starts_at, headcount=HEADCOUNT, language="en")


def _delegation(city: SeededCity, stops: int) -> int:
    """A delegation in town for the measured fortnight, with so many meals in its stay."""
    first = datetime.combine(city.monday, time(6), SEOUL)
    who = Delegation(
        name=f"Measured {next(NUMBERS)}",
        kind=DelegationKind.INSPECTION,
        headcount=20,
        languages={"en"},
        arrives_at=first,
        departs_at=first + timedelta(days=14),
        registered_at=city.at,
        changed_at=city.at,
    )
    db.session.add(who)
    db.session.flush()
    for n in range(stops):
        starts_at = first + timedelta(hours=8 * n + 1)
        db.session.add(
            Engagement(
                uid=f"measured-{who.id}-{n}",
                delegation_id=who.id,
                kind="meal",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=30),
                headcount=20,
                state="planned",
                stamped_at=city.at,
            )
        )
    db.session.commit()
    return who.id
