"""The delegations of guests.toml, registered with members and wishes, their stays counted from a day."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.actions.delegations import register_delegation
from scheduler.actions.kept_apart import keep_apart
from scheduler.actions.members import add_delegate, add_wish
from scheduler.demo.sites import ZONE
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationKind, LetterChannel
from scheduler.records.holidays import public_holidays
from scheduler.records.partners import Partner
from scheduler.records.tours import Tour

REGISTERED_AGO = timedelta(days=45)
SAID_AS_IT_IS = ("name", "name_native", "country", "head_post", "headcount", "has_interpreter", "purpose")
SAID_AS_SETS = ("languages", "needs", "topics")


@dataclass(frozen=True)
class Guest:
    """A delegation, and the day from which the days of its wishes and visits are counted."""

    delegation: Delegation
    from_on: date

    def instant(self, day: int, hour: str) -> datetime:
        return datetime.combine(self.from_on + timedelta(days=day), time.fromisoformat(hour), ZONE)


def register_guests(partners: Mapping[str, Partner], *, by: Actor, at: datetime) -> dict[str, Guest]:
    """Register every delegation of the file some weeks before `at`; by the file's own keys."""
    told = tomllib.loads((Path(__file__).parent / "guests.toml").read_text(encoding="utf-8"))
    tours = {row.code: row.id for row in db.session.execute(select(Tour.code, Tour.id))}
    guests = {}
    for number, (key, guest) in enumerate(told.items(), start=1):
        guests[key] = _registered(guest, partners, number, by=by, at=at)
        _add_members(guests[key], guest, tours, by=by, at=at - REGISTERED_AGO)
    for key, guest in told.items():
        for other, reason in guest.get("kept_apart", {}).items():
            one_id, other_id = guests[key].delegation.id, guests[other].delegation.id
            keep_apart(one_id, other_id, reason, by=by, at=at - REGISTERED_AGO)
    return guests


def quiet_monday(today: date, days_ahead: int) -> date:
    """The first Monday at least so many days ahead whose week, Tuesday to Friday, has no public holiday."""
    earliest = today + timedelta(days=days_ahead)
    monday = earliest + timedelta(days=-earliest.weekday() % 7)
    while public_holidays("KR", monday + timedelta(days=1), monday + timedelta(days=4)):
        monday += timedelta(days=7)
    return monday


def _registered(
    told: Mapping[str, Any], partners: Mapping[str, Partner], number: int, *, by: Actor, at: datetime
) -> Guest:
    today = at.astimezone(ZONE).date()
    registered_at = at - REGISTERED_AGO
    if "week" in told:
        from_on = quiet_monday(today, told["week"])
        arrives_on = from_on + timedelta(days=told["first"])
    else:
        from_on = arrives_on = today + timedelta(days=told["from"])
    departs_on = arrives_on + timedelta(days=told["days"] - 1)
    channel, reference = told["letter"]
    columns = {name: told[name] for name in SAID_AS_IT_IS if name in told}
    columns |= {name: frozenset(told.get(name, ())) for name in SAID_AS_SETS}
    columns |= {
        "kind": DelegationKind(told["kind"]),
        "partner_id": partners[told["partner"]].id if "partner" in told else None,
        "arrives_at": datetime.combine(arrives_on, time(7, 30), ZONE),
        "departs_at": datetime.combine(departs_on, time(21, 0), ZONE),
        "contact_name": "Protocol assistant",
        "contact_email": f"{reference.lower().replace('/', '-')}@guests.example",
        "contact_phone": f"+82 10 0000 {number:04}",
        "letter_channel": LetterChannel(channel),
        "letter_on": registered_at.astimezone(ZONE).date() - timedelta(days=3),
        "letter_reference": reference,
    }
    return Guest(register_delegation(columns, by=by, at=registered_at), from_on)


def _add_members(
    guest: Guest, told: Mapping[str, Any], tours: Mapping[str, int], *, by: Actor, at: datetime
) -> None:
    desk, _at, domain = guest.delegation.contact_email.partition("@")
    for number, delegate in enumerate(told.get("delegates", ()), start=1):
        mailbox = {"email": f"{desk}.{number}@{domain}"}
        add_delegate(guest.delegation.id, mailbox | delegate, by=by, at=at)
    for wish in told.get("wishes", ()):
        columns = {name: value for name, value in wish.items() if name not in ("tour", "day", "hour")}
        if "tour" in wish:
            columns["tour_id"] = tours[wish["tour"]]
        if "hour" in wish:
            columns["preferred_times"] = [guest.instant(wish["day"], wish["hour"]).isoformat()]
        add_wish(guest.delegation.id, columns, by=by, at=at)
