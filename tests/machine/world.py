"""The whole visit as plain rows: what the archive holds at one moment, and what one may read off it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import select

from scheduler.records.database import db
from tests.cast import SEOUL
from tests.machine.staffed_city import StaffedCity
from tests.machine.truth import ACTIVE, QUARTER

Row = dict[str, Any]
READ = (
    "visit",
    "tour_session",
    "other_booking",
    "engagement",
    "part",
    "assignment",
    "resource_leave",
    "waiting",
    "travel_time",
    "site_closure",
)
OCCUPYING = {"asked", "accepted"}


def everything() -> dict[str, list[str]]:
    """All that is in the archive, every table of it: what a refused act must leave as it was."""
    db.session.rollback()
    connection = db.session.connection()
    return {
        table.name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')))
        for table in db.metadata.tables.values()
    }


def read(city: StaffedCity, now: datetime) -> "World":
    """What is the case now."""
    db.session.rollback()
    rows = {}
    for name in READ:
        found = db.session.execute(select(db.metadata.tables[name])).mappings()
        rows[name] = [dict(row) for row in found]
    return World(city, now, rows)


@dataclass
class World:
    """Rows, and slow counting over them. `meant` are stops that are about to be: they take people's time and
    nobody's places."""

    city: StaffedCity
    now: datetime
    rows: dict[str, list[Row]]
    meant: list[Row] = field(default_factory=list)

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]

    def copy(self) -> "World":
        rows = {name: [{**row} for row in rows] for name, rows in self.rows.items()}
        return replace(self, rows=rows, meant=list(self.meant))

    def numbered(self, table: str, number: int | None) -> Row:
        return next(row for row in self.rows[table] if row["id"] == number)

    # Who is where -------------------------------------------------------------------------------------------

    def has_run_out(self, visit: Row) -> bool:
        return bool(visit["state"] == "held" and visit["hold_until"] <= self.now)

    def is_there(self, visit: Row) -> bool:
        return visit["state"] in ACTIVE and not self.has_run_out(visit)

    def stops(self, who: int, *, but: Collection[int] = (), but_engagement: int = 0) -> list[Row]:
        """Where the people of a delegation are: place when it begins, place when it ends, part, span."""
        visits = [v for v in self["visit"] if self.is_there(v) and v["id"] not in but]
        found = [_stop(v, self.city.sites[v["site_id"]]["name"]) for v in (*visits, *self.meant)]
        for engagement in self["engagement"]:
            if engagement["state"] == "planned" and engagement["id"] != but_engagement:
                here, there = engagement["place_id"], engagement["destination_id"]
                place = self.city.places.get(here)
                found.append(_stop(engagement, place, self.city.places.get(there) or place))
        return [stop for stop in found if stop["who"] == who]

    def people(self, who: int, part: int | None) -> Iterator[frozenset[int]]:
        """Every kind of person that goes with a part (None: with all): whoever is, in each division, in one
        of its parts or in none."""
        divisions: dict[str, list[int | None]] = {}
        for row in self["part"]:
            if row["delegation_id"] == who:
                divisions.setdefault(row["division"], [None]).append(row["id"])
        for chosen in product(*divisions.values()):
            kind = frozenset(each for each in chosen if each is not None)
            if part is None or part in kind:
                yield kind

    def minutes(self, origin: str | None, destination: str | None, leaves_at: datetime) -> int:
        """Minutes on the way as the table has them: that hour, any hour, else the way back; 0 if unknown."""
        if origin is None or destination is None or origin == destination:
            return 0
        code, hour = self.city.places, leaves_at.astimezone(SEOUL).hour
        table = {
            (code[t["origin_id"]], code[t["destination_id"]], t["hour"]): t["minutes"]
            for t in self["travel_time"]
        }
        keys = [(a, b, h) for a, b in ((origin, destination), (destination, origin)) for h in (hour, -1)]
        return next((int(table[key]) for key in keys if key in table), 0)

    # Places -------------------------------------------------------------------------------------------------

    def session_at(self, tour_id: int, starts_at: datetime) -> Row | None:
        """The session of a tour then; for windows the one that would be made."""
        for row in self["tour_session"]:
            if (row["tour_id"], row["starts_at"]) == (tour_id, starts_at):
                return row
        is_round = self.city.tours[tour_id]["dating"] == "rounds"
        return None if is_round else self.window(tour_id, starts_at)

    def window(self, tour_id: int, starts_at: datetime) -> Row:
        tour = self.city.tours[tour_id]
        ends_at = starts_at + timedelta(minutes=tour["minutes"])
        clear_at = ends_at + timedelta(minutes=self.city.sites[tour["site_id"]]["turnaround_minutes"])
        span = {"starts_at": starts_at, "ends_at": ends_at, "clear_at": clear_at}
        return {"id": None, "tour_id": tour_id, "site_id": tour["site_id"], "places": tour["places"], **span}

    def bookings(self, but: Collection[int] = ()) -> Iterator[tuple[Row, int]]:
        """Sessions, each with one of the groups in it and its people."""
        sessions = {row["id"]: row for row in self["tour_session"]}
        for visit in self["visit"]:
            if self.is_there(visit) and visit["id"] not in but:
                yield sessions[visit["tour_session_id"]], visit["headcount"]
        for other in self["other_booking"]:
            yield sessions[other["tour_session_id"]], other["headcount"]

    def taken(self, session: Row, but: Collection[int] = ()) -> int:
        """People in one session."""
        key = session["tour_id"], session["starts_at"]
        return sum(p for s, p in self.bookings(but) if (s["tour_id"], s["starts_at"]) == key)

    def peak(self, session: Row, column: str, but: Collection[int] = ()) -> tuple[int, int]:
        """The most people and groups at any quarter hour of a session, at its site or in its tour."""
        near = [(s, p) for s, p in self.bookings(but) if s[column] == session[column]]
        people, groups = 0, 0
        instant = session["starts_at"]
        while instant < session["clear_at"]:
            here = [p for s, p in near if s["starts_at"] <= instant < s["clear_at"]]
            people, groups = max(people, sum(here)), max(groups, len(here))
            instant += QUARTER
        return people, groups

    # What an act does before it reads -----------------------------------------------------------------------

    def locked(self, sites: Iterable[int], guests: Iterable[int]) -> tuple[set[int], set[int]]:
        """The sites and delegations that an act comes to hold: whoever waits there, and on PostgreSQL the
        sites where these have holds that ran out."""
        all_sites, all_guests = set(sites), set(guests)
        while True:
            more = {v["site_id"] for v in self["visit"] if self._frees(v, all_guests)} - all_sites
            all_sites |= more
            waits = {w["delegation_id"] for w in self.waiting(all_sites)} - all_guests
            all_guests |= waits
            if not more and not waits:
                return all_sites, all_guests

    def _frees(self, visit: Row, guests: Collection[int]) -> bool:
        return not self.city.is_sqlite and self.has_run_out(visit) and visit["delegation_id"] in guests

    def waiting(self, sites: Collection[int]) -> list[Row]:
        """Who waits at some sites, in turn."""
        there = [w for w in self["waiting"] if w["state"] == "waiting" and w["site_id"] in sites]
        return sorted(there, key=lambda w: (w["asked_at"], w["id"]))

    def expire(self, sites: Collection[int], guests: Collection[int]) -> None:
        """Holds that ran out are over, and who was to come along is free."""
        for visit in self["visit"]:
            if self.has_run_out(visit) and (visit["site_id"] in sites or visit["delegation_id"] in guests):
                visit["state"] = "expired"
                for duty in self.duties_at(visit["id"]):
                    duty["state"] = "released"

    def duties_at(self, visit_id: int | None) -> list[Row]:
        if visit_id is None:
            return []
        return [d for d in self["assignment"] if d["visit_id"] == visit_id and d["state"] in OCCUPYING]


def goes(stop: Row, kind: frozenset[int]) -> bool:
    """Whether a kind of person is at a stop."""
    return stop["part"] is None or stop["part"] in kind


def _stop(row: Row, place: str | None, leaves_from: str | None = None) -> Row:
    return {
        "who": row["delegation_id"],
        "part": row["part_id"],
        "place": place,
        "leaves_from": leaves_from or place,
        "starts_at": row["starts_at"],
        "ends_at": row["ends_at"],
        "headcount": row["headcount"],
        "of": row["id"],
    }
