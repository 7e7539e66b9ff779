"""Whom guests turn to: the office, whoever stays with them on a day, the numbers for an emergency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from scheduler.core.duties import DutyState, ResourceKind
from scheduler.records.assignments import Assignment
from scheduler.words.instants import hours, local_day
from scheduler.words.own_names import own_name

# Whom to call in danger, by the country of a site (ISO 3166-1): what they are for, and the number.
IN_DANGER = {"KR": ("119", "112")}


@dataclass(frozen=True)
class Companion:
    """A liaison officer on duty on a day. The telephone number is told on the day and the day before."""

    name: str
    hours: str
    part: str
    phone: str


def numbers_in_danger(countries: Iterable[str]) -> list[tuple[str, str]]:
    """The numbers for an emergency where they go, with what each is for; none where we know none."""
    found = []
    for country in sorted(set(countries) & IN_DANGER.keys()):
        fire, police = IN_DANGER[country]
        found += [(_("Fire and ambulance"), fire), (_("Police"), police)]
    return found


def companions(duties: Iterable[Assignment], on: date, today: date, zone: str) -> list[Companion]:
    """The liaison officers who said they are there on a local day."""
    is_near = on - timedelta(days=1) <= today <= on
    return [
        Companion(
            name=own_name(duty.resource),
            hours=hours(duty.starts_at, duty.ends_at, zone),
            part=duty.part.name if duty.part else "",
            phone=duty.resource.phone if is_near else "",
        )
        for duty in duties
        if duty.resource.kind is ResourceKind.LIAISON_OFFICER
        and duty.state is DutyState.ACCEPTED
        and local_day(duty.starts_at, zone) <= on <= local_day(duty.ends_at, zone)
    ]
