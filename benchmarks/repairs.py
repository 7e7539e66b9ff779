"""`python -m benchmarks.repairs`: a closed day that touches thirty delegations, and how fast it is mended."""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from benchmarks.city import SEOUL, Place, build_city, measured_monday
from benchmarks.engines import ENGINES, fresh_database, opened
from benchmarks.machine import machine
from scheduler.access import Actor, Role
from scheduler.actions.batches import BatchRefused, book_within_an_act
from scheduler.actions.resources import add_resource
from scheduler.actions.sites import close_site
from scheduler.clock import now
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.duties import ResourceKind
from scheduler.core.facts import Dating, VisitRequest
from scheduler.core.spans import Span, day_span
from scheduler.planner.repairs.answers import RepairAnswer
from scheduler.planner.repairs.asked import RepairAsked
from scheduler.planner.repairs.search import plan_repair
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationKind
from scheduler.records.repair_facts import city_facts
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession

TOUCHED, OTHERS, MOST_TRIED = 30, 60, 90
# Guides at the flooded site: eight are ample, four make it tight.
CASES = ((Dating.WINDOWS, 8), (Dating.ROUNDS, 8), (Dating.WINDOWS, 4))
OFFICER = Actor(
    account_id=None,
    email="officer@benchmarks.example",
    name="Officer",
    roles=frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
)
LINE = "{:<11} {:<8} {:>6} {:>5} {:>8} {:>5} {:>6} {:>6} {:>7} {:>10} {:>8} {:>8} {:>10} {:>7}"


@dataclass(frozen=True)
class Case:
    """One city that is flooded: the engine, which kind of site with how many guides, the seed of chance."""

    engine: str
    dating: Dating
    guides: int
    seed: int


def main() -> None:
    asked = _asked()
    print(
        f"A closed day at one site; {TOUCHED} delegations wanted there, {OTHERS} others around. {machine()}"
    )
    print(
        LINE.format(
            "engine",
            "site",
            "guides",
            "seed",
            "touched",
            "kept",
            "moved",
            "bound",
            "proven",
            "gathering",
            "solving",
            "rules",
            "in all",
            "people",
        )
    )
    for engine in asked.engines:
        for dating, guides in CASES:
            for seed in asked.seeds:
                print(measured(Case(engine, dating, guides, seed), asked.seconds), flush=True)
    print(f"Seconds on the wall. At the end: {machine()}")


def measured(case: Case, seconds: float) -> str:
    """One line of the table."""
    with fresh_database(case.engine) as url, opened(url) as app, app.app_context():
        at = now()
        told = flooded(case, at)
        began = time.perf_counter()
        facts = city_facts(told, SEOUL, at)
        gathered = time.perf_counter() - began
        asked = RepairAsked(at=at, disturbance=told, facts=facts, seconds=seconds, seed=case.seed)
        answer = plan_repair(asked)
        whole = time.perf_counter() - began
        return _line(case, answer, gathered, whole)


def _line(case: Case, answer: RepairAnswer, gathered: float, whole: float) -> str:
    counts = (answer.touched, answer.kept, answer.moved, answer.bound, "yes" if answer.is_proven else "no")
    seconds = (gathered, answer.solving_seconds, answer.verifying_seconds, whole)
    told = [f"{each:.2f}" for each in seconds]
    return LINE.format(case.engine, case.dating, case.guides, case.seed, *counts, *told, answer.reassigned)


def flooded(case: Case, at: datetime) -> Disturbance:
    """A fortnight of visits, the fuller the nearer to one site, which then closes on a Thursday."""
    chance = random.Random(case.seed)
    places = build_city(at)
    monday = measured_monday(at.date())
    here = next(place for place in places if place.dating is case.dating)
    _date_rounds(places, monday)
    guides = _guided(here, case.guides)
    flood = monday + timedelta(days=3)
    booked = 0
    for number in range(MOST_TRIED + OTHERS):
        if booked == TOUCHED and number >= OTHERS + TOUCHED:
            break
        first = flood - timedelta(days=chance.randint(0, 3))
        stay = [first + timedelta(days=n) for n in range(chance.randint(4, 6))]
        who = _delegation(f"Guests {number}", chance.randint(4, 12), stay)
        day = flood if booked < TOUCHED else chance.choice([day for day in stay if day != flood])
        booked += _somewhere(who, here, day, guides, at, chance) and day == flood
        _elsewhere(who, [place for place in places if place is not here], stay, at, chance)
    span = day_span(flood, SEOUL)
    site = db.session.get_one(Site, here.site_id)
    closed = close_site(site.id, span, "Flood", by=OFFICER, at=at).subject
    return Disturbance(
        kind=DisturbanceKind.CLOSURE, span=span, site_code=site.code, closure_id=closed.id, reason="Flood"
    )


def _elsewhere(
    who: Delegation, places: list[Place], stay: list[date], at: datetime, chance: random.Random
) -> None:
    """Two other visits on most days of a stay."""
    for day in stay[1:]:
        for place in chance.sample(places, 2):
            _somewhere(who, place, day, [], at, chance)


def _somewhere(
    who: Delegation, place: Place, day: date, guides: list[int], at: datetime, chance: random.Random
) -> bool:
    """A visit at some hour of a day that the rules allow, with a guide where there are some; whether there is
    one."""
    starts = place.starts_on(day)
    chance.shuffle(starts)
    for start in starts[:10]:
        for sent in _alternately(guides, chance):
            request = VisitRequest(
                headcount=who.headcount,
                delegation_id=who.id,
                tour_code=place.tour_code,
                starts_at=start,
                assign=sent,
                acknowledge=("all",),
                acknowledge_reason="measured",
            )
            try:
                book_within_an_act([request], by=OFFICER, at=at)
                return True
            except BatchRefused:
                continue
    return False


def _alternately(guides: list[int], chance: random.Random) -> list[tuple[int, ...]]:
    """One guide after the other in any order; nobody where there is none."""
    return [(guide,) for guide in chance.sample(guides, len(guides))] or [()]


def _delegation(name: str, headcount: int, stay: list[date]) -> Delegation:
    span = Span(day_span(stay[0], SEOUL).starts_at, day_span(stay[-1], SEOUL).ends_at)
    made = Delegation(
        name=name,
        kind=DelegationKind.INSPECTION,
        headcount=headcount,
        languages={"en"},
        arrives_at=span.starts_at,
        departs_at=span.ends_at,
        registered_at=now(),
        changed_at=now(),
    )
    db.session.add(made)
    db.session.commit()
    return made


def _guided(here: Place, number: int) -> list[int]:
    """The flooded site shows itself by guides only, who do at most ten tours a day."""
    tour = db.session.get_one(Tour, here.tour_id)
    tour.needs_guide = True
    db.session.commit()
    told = {"languages": frozenset({"en"}), "sites": frozenset({tour.site.code}), "most_a_day": 10}
    return [
        add_resource(ResourceKind.GUIDE, told | {"name": f"Guide {n}"}, by=OFFICER, at=now()).id
        for n in range(1, number + 1)
    ]


def _date_rounds(places: list[Place], monday: date) -> None:
    db.session.add_all(_rounds(places, [monday + timedelta(days=n - 3) for n in range(17)]))
    db.session.commit()


def _rounds(places: list[Place], days: list[date]) -> Iterator[TourSession]:
    for place in places:
        for start in (start for day in days for start in place.starts_on(day)):
            if place.dating is Dating.ROUNDS:
                ends_at = start + timedelta(minutes=place.minutes)
                yield TourSession(
                    tour_id=place.tour_id,
                    site_id=place.site_id,
                    starts_at=start,
                    ends_at=ends_at,
                    clear_at=ends_at + timedelta(minutes=place.turnaround_minutes),
                    places=place.places,
                )


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m benchmarks.repairs", description=__doc__)
    words.add_argument("--engines", nargs="+", choices=ENGINES, default=["sqlite"])
    words.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    words.add_argument("--seconds", type=float, default=5.0)
    return words.parse_args()


if __name__ == "__main__":
    main()
