"""A small city with people to send along, ways between its places, and a day to spend there."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete

from scheduler.core.facts import Dating
from scheduler.records.database import db
from scheduler.records.places import Place, TravelTime
from scheduler.records.sites import Site
from scheduler.records.tours import Tour
from tests import make, staff
from tests.cast import seoul

EARLY = seoul(14, 7)
OPENS, CLOSES = seoul(14, 10), seoul(14, 17)
SITES: dict[str, dict[str, Any]] = {
    "PALACE": {"languages": {"en"}, "people_at_once": 18, "groups_at_once": 3, "turnaround_minutes": 15},
    "PLANT": {"languages": {"en"}, "people_at_once": None, "groups_at_once": 2, "turnaround_minutes": 0},
    "MUSEUM": {"languages": {"ko"}, "people_at_once": 14, "groups_at_once": None, "turnaround_minutes": 0},
}
_ROUNDS = {"dating": Dating.ROUNDS, "needs_guide": False, "groups_at_once": None, "people_at_once": None}
TOURS: dict[str, dict[str, Any]] = {
    "ROOMS": _ROUNDS
    | {"site": "PALACE", "minutes": 60, "smallest_group": 2, "largest_group": 12, "places": 10}
    | {"needs_agreement": True},
    "LINES": {"site": "PLANT", "minutes": 45, "smallest_group": 2, "largest_group": 10, "places": 10}
    | {"dating": Dating.WINDOWS, "needs_guide": True, "people_at_once": 12, "groups_at_once": None}
    | {"needs_agreement": False},
    "HALLS": _ROUNDS
    | {"site": "MUSEUM", "minutes": 60, "smallest_group": 1, "largest_group": 8, "places": 8}
    | {"needs_agreement": False, "groups_at_once": 2},
}
ROUNDS = {"ROOMS": [(10, 0), (11, 30), (15, 0)], "HALLS": [(10, 0), (11, 30), (14, 30)]}
WINDOWS = [(10, 0), (10, 30), (11, 0), (13, 0), (14, 0), (16, 0), (16, 30)]
# The last is no session's: nobody runs the rooms at one o'clock.
SLOTS: list[tuple[str, datetime]] = [
    *((tour, seoul(14, *start)) for tour, starts in ROUNDS.items() for start in starts),
    *(("LINES", seoul(14, *start)) for start in WINDOWS),
    ("ROOMS", seoul(14, 13)),
]
GUESTS: dict[str, dict[str, Any]] = {
    "Hanoi": {"headcount": 12, "languages": {"en"}},
    "Bangkok": {"headcount": 14, "languages": {"en"}, "needs": {"vehicle"}},
    "Riyadh": {"headcount": 8, "languages": {"ar"}},
    "Maputo": {"headcount": 6, "languages": {"en"}, "has_interpreter": True, "departs_at": seoul(14, 16)},
}
WAYS = [
    ("PALACE", "PLANT", "", 40),
    ("PALACE", "MUSEUM", "", 20),
    ("MUSEUM", "PLANT", "11", 35),
    ("MUSEUM", "PLANT", "", 25),
    ("HOTEL", "PALACE", "", 15),
    ("HOTEL", "PLANT", "", 50),
    ("RESTAURANT", "MUSEUM", "", 10),
    ("HOTEL", "RESTAURANT", "", 20),
]
PLACES = ["HOTEL", "RESTAURANT", *SITES]


@dataclass(frozen=True)
class StaffedCity:
    """What does not change in an example, by the archive's numbers and as plain dicts."""

    sites: dict[int, dict[str, Any]]
    tours: dict[int, dict[str, Any]]
    guests: dict[int, dict[str, Any]]
    resources: dict[int, dict[str, Any]]
    places: dict[int, str]
    is_sqlite: bool

    def number(self, of: dict[int, dict[str, Any]], name: str) -> int:
        return next(number for number, facts in of.items() if facts["name"] == name)


def build() -> StaffedCity:
    """A fresh city, alone in its archive."""
    _wipe()
    sites = {code: make.site(code, opens=time(10), closes=time(17), **facts) for code, facts in SITES.items()}
    tours = {code: _tour(sites[facts["site"]], code, facts) for code, facts in TOURS.items()}
    for code, starts in ROUNDS.items():
        for start in starts:
            make.tour_session(tours[code], seoul(14, *start))
    guests = {name: make.delegation(name, **facts) for name, facts in GUESTS.items()}
    for code in ("HOTEL", "RESTAURANT"):
        staff.place(code)
    resources = _resources(sites)
    places = {place.id: place.code for place in db.session.query(Place)}
    _lay_ways({code: number for number, code in places.items()})
    return StaffedCity(
        {row.id: {"name": code, **SITES[code]} for code, row in sites.items()},
        {row.id: {"name": code, "site_id": row.site_id, **TOURS[code]} for code, row in tours.items()},
        {row.id: _guest(row) for row in guests.values()},
        {row.id: _resource(row) for row in resources},
        places,
        db.engine.dialect.name == "sqlite",
    )


def _wipe() -> None:
    """Nobody of the last example is left: guides and buses serve the whole archive."""
    db.session.rollback()
    tables = list(db.metadata.sorted_tables)
    first = [Site.__table__, Tour.__table__]
    for table in reversed([*first, *(t for t in tables if t not in first)]):
        if table.name != "place":
            db.session.execute(delete(table))
    db.session.execute(delete(Place))
    db.session.commit()
    db.session.expunge_all()


def _tour(site: Any, code: str, facts: dict[str, Any]) -> Any:
    told = {name: value for name, value in facts.items() if name != "site"}
    return make.tour(site, code, topics={"sights"}, **told)


def _resources(sites: dict[str, Any]) -> list[Any]:
    both = frozenset({"PLANT", "PALACE"})
    return [
        staff.guide(sites["PLANT"], name="Kim", most_a_day=2, setup_minutes=15),
        staff.guide(sites["PLANT"], name="Lee", sites=both, most_a_day=3),
        staff.interpreter("ar-ko", "en-ko", name="Ahn", most_a_day=3, setup_minutes=10, wrap_up_minutes=5),
        staff.interpreter("en-ko", name="Bae"),
        staff.vehicle(12, name="Bus", setup_minutes=15),
        staff.vehicle(6, name="Van"),
        staff.liaison_officer("en", name="Cho"),
    ]


def _lay_ways(numbers: dict[str, int]) -> None:
    for origin, destination, hour, minutes in WAYS:
        way = {"origin_id": numbers[origin], "destination_id": numbers[destination]}
        db.session.add(TravelTime(**way, hour=int(hour or -1), minutes=minutes))
    db.session.commit()


def _guest(row: Any) -> dict[str, Any]:
    columns = ("name", "headcount", "languages", "needs", "has_interpreter", "arrives_at", "departs_at")
    return {column: getattr(row, column) for column in columns}


def _resource(row: Any) -> dict[str, Any]:
    columns = ("name", "kind", "languages", "seats", "most_a_day", "setup_minutes", "wrap_up_minutes")
    sites = {site.code for site in row.sites}
    return {"sites": sites} | {column: getattr(row, column) for column in columns}
