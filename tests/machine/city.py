"""A small city made twice: in the archive, by the builders, and as the model's plain dicts."""

import itertools
from dataclasses import dataclass
from datetime import time
from typing import Any

from scheduler.core.facts import OpeningHours
from tests import make
from tests.cast import AT, seoul
from tests.machine.truth import Slot, Truth

NUMBERS = itertools.count(1)
ROUNDS = {"fixed": [(10, 0), (10, 30), (11, 15)], "second": [(10, 0), (11, 15), (15, 0)]}
WINDOWS = [(10, 0), (10, 15), (11, 0), (11, 15), (14, 0), (16, 15)]
SITES = {
    "limited": {"people": 20, "groups": 3, "turnaround": 15},
    "windowed": {"people": 15, "groups": None, "turnaround": 0},
}
TOURS = {
    "fixed": {"site": "limited", "places": 14, "people": None, "groups": 2, "needs_agreement": True},
    "second": {"site": "limited", "places": 10, "people": 16, "groups": None, "needs_agreement": False},
    "windows": {"site": "windowed", "places": 10, "people": None, "groups": 2, "needs_agreement": True},
}
GUESTS = {
    "Hanoi": (12, seoul(10), seoul(20)),
    "Bangkok": (12, seoul(10), seoul(20)),
    "Riyadh": (11, seoul(14, 10, 30), seoul(20)),
    "Maputo": (6, seoul(10), seoul(14, 12)),
}
SLOTS: list[Slot] = [
    *((name, seoul(14, *start)) for name, starts in ROUNDS.items() for start in starts),
    *(("windows", seoul(14, *start)) for start in WINDOWS),
    ("fixed", seoul(14, 13)),  # no round starts then
]


@dataclass(frozen=True)
class City:
    """The model, and the archive's numbers of what it names."""

    truth: Truth
    site_ids: dict[str, int]
    tour_ids: dict[str, int]
    tour_codes: dict[str, str]
    guest_ids: dict[str, int]
    session_ids: dict[Slot, int]


def build() -> City:
    """A city of its own for every example: no site, tour or topic is shared with another."""
    number = next(NUMBERS)
    truth = Truth(
        now=AT,
        sites={name: {**facts, "hours": (10, 17), "closures": {}} for name, facts in SITES.items()},
        tours={name: _tour_facts(name) for name in TOURS},
        guests={
            name: {"headcount": headcount, "arrives_at": arrives_at, "departs_at": departs_at}
            for name, (headcount, arrives_at, departs_at) in GUESTS.items()
        },
    )
    sites = {name: _site(f"{name}-{number}", facts) for name, facts in SITES.items()}
    tours = {name: _tour(sites[facts["site"]], f"{name}-{number}", facts) for name, facts in TOURS.items()}
    session_ids = {}
    for name, starts in ROUNDS.items():
        for start in starts:
            slot = name, seoul(14, *start)
            truth.sessions[slot] = truth.session(slot)
            session_ids[slot] = make.tour_session(tours[name], slot[1]).id
    guests = {
        name: make.delegation(name, headcount=headcount, arrives_at=arrives_at, departs_at=departs_at)
        for name, (headcount, arrives_at, departs_at) in GUESTS.items()
    }
    return City(
        truth,
        {name: site.id for name, site in sites.items()},
        {name: tour.id for name, tour in tours.items()},
        {name: tour.code for name, tour in tours.items()},
        {name: guest.id for name, guest in guests.items()},
        session_ids,
    )


def _tour_facts(name: str) -> dict[str, Any]:
    return {**TOURS[name], "minutes": 60, "smallest": 2, "largest": 11, "is_windows": name not in ROUNDS}


def _site(code: str, facts: dict[str, Any]) -> Any:
    return make.site(
        code,
        people_at_once=facts["people"],
        groups_at_once=facts["groups"],
        turnaround_minutes=facts["turnaround"],
    )


def _tour(site: Any, code: str, facts: dict[str, Any]) -> Any:
    return make.tour(
        site,
        code,
        topics={code.rpartition("-")[2]},
        dating="windows" if code.startswith("windows") else "rounds",
        smallest_group=2,
        largest_group=11,
        places=facts["places"],
        people_at_once=facts["people"],
        groups_at_once=facts["groups"],
        needs_agreement=facts["needs_agreement"],
    )


def hours(closes: int) -> list[OpeningHours]:
    """Opening hours of every working day, from ten to some hour."""
    return [OpeningHours(weekday=day, opens=time(10), closes=time(closes)) for day in range(5)]
