"""Somebody's duties day by day, as they read them on their phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.delegations import Delegation
from scheduler.records.resources import Resource
from scheduler.words.duty_texts import headcount_of, language_of, needs_of, visit_hours
from scheduler.words.instants import day_in_words, hours, local_day, span_in_words
from scheduler.words.own_names import own_name, second_name


@dataclass(frozen=True)
class Contact:
    """Who in the office answers for the guests."""

    name: str
    email: str


@dataclass(frozen=True)
class DutyCard:
    """One duty with all that is needed on the way."""

    id: int
    time: str
    starts_at: datetime
    is_off: bool
    is_now: bool
    state: DutyState
    place: str
    place_native: str
    address: str
    visit: str
    visit_state: VisitState | None
    meeting_point: str
    delegation: str
    delegation_native: str
    part: str
    people: str
    language: str
    needs: list[str]
    note: str
    contact: Contact


@dataclass(frozen=True)
class DutyDay:
    """One day with its duties."""

    on: date
    words: str
    is_today: bool
    cards: list[DutyCard]


def duty_days(resource: Resource, duties: Iterable[Assignment], at: datetime) -> list[DutyDay]:
    """Today, with or without duties, and every later day that has some, on the resource's own clock."""
    today = local_day(at, resource.zone)
    by_day: dict[date, list[DutyCard]] = {today: []}
    for duty in duties:
        on = max(local_day(duty.starts_at, resource.zone), today)
        by_day.setdefault(on, []).append(_card(duty, resource.zone, at))
    return [DutyDay(on, day_in_words(on), on == today, cards) for on, cards in sorted(by_day.items())]


def _card(duty: Assignment, zone: str, at: datetime) -> DutyCard:
    visit, who = duty.visit, duty.delegation
    site = visit.tour_session.tour.site if visit else None
    return DutyCard(
        id=duty.id,
        time=_time(duty, zone),
        starts_at=duty.starts_at,
        is_off=duty.state is DutyState.RELEASED,
        is_now=duty.state.occupies and duty.starts_at <= at < duty.ends_at,
        state=duty.state,
        place=own_name(site) if site else _("With the delegation all the time"),
        place_native=second_name(site) if site else "",
        address=site.address if site else "",
        visit=f"{visit_hours(visit)} {own_name(visit.tour_session.tour)}" if visit else "",
        visit_state=visit.state if visit else None,
        meeting_point=site.meeting_point if site else "",
        delegation=who.name,
        delegation_native=who.name_native,
        part=duty.part.name if duty.part else "",
        people=ngettext("%(num)s person", "%(num)s people", headcount_of(duty)),
        language=language_of(duty),
        needs=needs_of(duty),
        note=duty.note,
        contact=_contact(who),
    )


def _time(duty: Assignment, zone: str) -> str:
    if local_day(duty.starts_at, zone) == local_day(duty.ends_at, zone):
        return hours(duty.starts_at, duty.ends_at, zone)
    return span_in_words(duty.starts_at, duty.ends_at, zone)


def _contact(who: Delegation) -> Contact:
    """The officer responsible; the office itself where nobody is."""
    if who.officer is not None and who.officer.is_active:
        return Contact(who.officer.name, who.officer.email)
    return Contact(current_app.config["ORGANIZER_NAME"], current_app.config["ORGANIZER_EMAIL"])
