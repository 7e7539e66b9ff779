"""The guides, interpreters, vehicles, liaison officers of resources.csv: posts, no persons; some on leave."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

from scheduler.access import Actor
from scheduler.actions.resources import add_leave, add_resource
from scheduler.core.duties import ResourceKind, WorkingHours
from scheduler.core.spans import Span
from scheduler.demo.sites import ZONE
from scheduler.records.resources import Resource

WEEKDAYS = {"daily": range(7), "Mon-Fri": range(5), "Tue-Sun": range(1, 7)}


def enter_resources(*, by: Actor, at: datetime, today: datetime) -> dict[str, Resource]:
    """Enter everybody of the file as of `at`, their leave counted from `today`; by name."""
    with (Path(__file__).parent / "resources.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: _entered(row, by=by, at=at, today=today) for row in csv.DictReader(file)}


def _entered(row: Mapping[str, str], *, by: Actor, at: datetime, today: datetime) -> Resource:
    facts = {
        "name": row["name"],
        "name_native": row["name_native"],
        "languages": frozenset(row["languages"].split()),
        "sites": frozenset(row["sites"].split()),
        "seats": int(row["seats"]) if row["seats"] else None,
        "base": row["base"],
        "most_a_day": int(row["most_a_day"]) if row["most_a_day"] else None,
        "setup_minutes": int(row["before"]),
        "wrap_up_minutes": int(row["after"]),
        "email": f"{_slug(row['name'])}@staff.example",
        "hours": list(_hours(row["hours"])),
    }
    entered = add_resource(ResourceKind(row["kind"]), facts, by=by, at=at)
    if row["leave"]:
        reason = "Repair" if entered.kind is ResourceKind.VEHICLE else "Leave"
        add_leave(entered.id, _leave(row["leave"], today), reason, by=by, at=at)
    return entered


def _slug(name: str) -> str:
    """The mailbox of a post, or of a vehicle's driver: "Bus 1" reads bus-1."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _hours(told: str) -> Iterator[WorkingHours]:
    """ "Mon-Fri 09:00-18:00" day by day; nothing for those who come whenever they are wanted."""
    if not told:
        return
    days, _, hours = told.partition(" ")
    starts, ends = (time.fromisoformat(each) for each in hours.split("-"))
    for weekday in WEEKDAYS[days]:
        yield WorkingHours(weekday=weekday, starts=starts, ends=ends)


def _leave(told: str, today: datetime) -> Span:
    """ "21+3": from the beginning of the day three weeks from now, for three days."""
    ahead, days = (int(number) for number in told.split("+"))
    midnight = datetime.combine(today.astimezone(ZONE).date(), time.min, ZONE)
    first = midnight + timedelta(days=ahead)
    return Span(first, first + timedelta(days=days))
