"""The demo's seventeen sites, its ways and its people as plain facts, without a database."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from scheduler import demo
from scheduler.actions.travel_files import checked, read_travel_csv
from scheduler.core.duties import ResourceFacts, ResourceKind, WorkingHours
from scheduler.core.facts import ClosureRules, Dating, OpeningHours, Running, SiteFacts, TourFacts
from scheduler.core.travel import Point, Travel
from scheduler.core.windows import windows
from scheduler.demo.sites import MAIN_HOLIDAYS, OPEN_DAYS, ZONE, _languages

HERE = Path(demo.__file__).parent
WEEKDAYS = {"daily": range(7), "Mon-Fri": range(5), "Tue-Sun": range(1, 7)}


def city_sites() -> list[tuple[SiteFacts, TourFacts, Mapping[str, Any]]]:
    """Every tour with its site and what the arrangements say of it."""
    arranged = tomllib.loads((HERE / "arrangements.toml").read_text(encoding="utf-8"))
    found = []
    for row in _rows("sites.csv"):
        site = _site(row, arranged[row["code"]], len(found) + 1)
        for told in arranged[row["code"]]["tours"]:
            found.append((site, _tour(site, row, told, len(found) + 1), told))
    return found


def runnings(site: SiteFacts, tour: TourFacts, told: Mapping[str, Any], days: list[date]) -> list[Running]:
    """Every session of a tour on some days, nobody in any."""
    if tour.dating is Dating.WINDOWS:
        return list(windows(site, tour, days, {}))
    return [round_ for day in days for round_ in _rounds(site, tour, told, day)]


def city_travel() -> Travel:
    """The demo's table of ways, and its places on the map."""
    rows, faults = read_travel_csv((HERE / "travel.csv").read_bytes())
    places = [*_rows("places.csv"), *_rows("sites.csv")]
    table: dict[tuple[str, str], dict[int, int]] = {}
    for (origin, destination, hour), minutes in checked(rows, [p["code"] for p in places], faults).items():
        table.setdefault((origin, destination), {})[hour] = minutes
    points = {row["code"]: Point(float(row["lat"]), float(row["lon"])) for row in places}
    return Travel(points=points, table=table)


def city_people() -> dict[int, ResourceFacts]:
    """Guides, interpreters and vehicles, nobody of whom has any duty."""
    return {n: _resource(n, row) for n, row in enumerate(_rows("resources.csv"), start=1)}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _site(row: Mapping[str, str], arranged: Mapping[str, Any], number: int) -> SiteFacts:
    closed = [word.strip() for word in row["closed_days"].split(";")]
    opens, closes = time.fromisoformat(row["open"]), time.fromisoformat(row["close"])
    rules = ClosureRules(
        weekdays=frozenset({0} if any(word.startswith("Monday") for word in closed) else ()),
        on_public_holidays=any("holidays" in word for word in closed),
        on_main_holidays=any(word in MAIN_HOLIDAYS for word in closed),
    )
    return SiteFacts(
        id=number,
        code=row["code"],
        zone=ZONE,
        hours=tuple(
            OpeningHours(weekday=day, opens=opens, closes=closes) for day in OPEN_DAYS[row["open_days"]]
        ),
        closure_rules=rules,
        notice_days=int(row["lead_days"]),
        people_at_once=arranged["people_at_once"],
        groups_at_once=arranged.get("groups_at_once"),
        turnaround_minutes=arranged["turnaround_minutes"],
        languages=frozenset(_languages(row["languages"])),
        point=Point(float(row["lat"]), float(row["lon"])),
    )


def _tour(site: SiteFacts, row: Mapping[str, str], told: Mapping[str, Any], number: int) -> TourFacts:
    largest = told.get("largest", int(row["group_max"]))
    return TourFacts(
        id=number,
        code=told["code"],
        site_code=site.code,
        minutes=int(row["tour_min"]),
        smallest_group=told["smallest"],
        largest_group=largest,
        places=largest,
        dating=Dating.ROUNDS if "rounds" in told else Dating.WINDOWS,
        needs_guide=told.get("needs_guide", False),
        topics=frozenset(told["topics"]),
    )


def _rounds(site: SiteFacts, tour: TourFacts, told: Mapping[str, Any], day: date) -> Iterator[Running]:
    starts = told["rounds"] if day.weekday() < 5 else told.get("weekend_rounds", told["rounds"])
    for number, start in enumerate(starts, start=1):
        starts_at = datetime.combine(day, time.fromisoformat(start), ZONE)
        ends_at = starts_at + timedelta(minutes=tour.minutes)
        clear_at = ends_at + timedelta(minutes=site.turnaround_minutes)
        number += tour.id * 100_000 + day.toordinal() % 1000 * 100
        yield Running(number, starts_at, ends_at, clear_at, tour.places)


def _resource(number: int, row: Mapping[str, str]) -> ResourceFacts:
    days, _, hours = row["hours"].partition(" ")
    starts, ends = hours.split("-") if hours else ("", "")
    return ResourceFacts(
        id=number,
        kind=ResourceKind(row["kind"]),
        name=row["name"],
        zone=ZONE,
        languages=frozenset(row["languages"].split()),
        site_codes=frozenset(row["sites"].split()),
        hours=tuple(
            WorkingHours(weekday=day, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))
            for day in (WEEKDAYS[days] if hours else ())
        ),
        base_code=row["base"],
        seats=int(row["seats"]) if row["seats"] else None,
        most_a_day=int(row["most_a_day"]) if row["most_a_day"] else None,
        setup_minutes=int(row["before"]),
        wrap_up_minutes=int(row["after"]),
    )
