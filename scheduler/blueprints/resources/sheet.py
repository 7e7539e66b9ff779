"""The rows that the pages of the room `resources` show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.ways import visit_url
from scheduler.core.duties import DutyState
from scheduler.records.assignments import Assignment
from scheduler.records.resources import Resource, ResourceLeave
from scheduler.words.code_names import RESOURCE_KINDS
from scheduler.words.duty_texts import headcount_of
from scheduler.words.instants import local_day, span_in_words
from scheduler.words.lists import listed
from scheduler.words.names import name_of
from scheduler.words.own_names import own_name, second_name
from scheduler.words.resource_words import spoken
from scheduler.words.site_words import validity_in_words, weekdays_in_words


@dataclass(frozen=True)
class ResourceRow:
    """One resource in the list."""

    name: str
    name_native: str
    url: str
    kind: str
    speaks: list[str]
    places: list[str]
    base: str
    duties: int
    away: str
    former: str


@dataclass(frozen=True)
class LeaveRow:
    """One stretch of leave, now or to come."""

    id: int
    when: str
    reason: str
    is_now: bool


@dataclass(frozen=True)
class DutyRow:
    """One duty to come. `warning` says what speaks against it by now."""

    when: str
    starts_at: datetime
    where: str
    tour: str
    delegation: str
    delegation_native: str
    url: str | None
    people: str
    state: DutyState
    warning: str


def resource_rows(found: Sequence[Resource], duties: Mapping[int, int], at: datetime) -> list[ResourceRow]:
    """The list: who, what they can, where they belong, what is before them."""
    return [
        ResourceRow(
            name=own_name(resource),
            name_native=second_name(resource),
            url=url_for("resources.resource", resource_id=resource.id),
            kind=name_of(RESOURCE_KINDS, resource.kind),
            speaks=spoken(resource.languages),
            places=_places(resource),
            base=resource.base.name if resource.base else "",
            duties=duties.get(resource.id, 0),
            away=_away(resource, at),
            former=_former(resource, local_day(at, resource.zone)),
        )
        for resource in found
    ]


def leave_rows(resource: Resource, at: datetime) -> list[LeaveRow]:
    """Leave that is not over."""
    return [_leave_row(leave, resource.zone, at) for leave in resource.leave if leave.ends_at > at]


def duty_rows(duties: Sequence[Assignment], resource: Resource) -> list[DutyRow]:
    """Duties in order of hour, on the resource's own clock."""
    return [_duty_row(duty, resource) for duty in duties]


def hours_in_words(resource: Resource) -> list[str]:
    """Mon–Fri: 09:00–18:00; days with the same hours and dates share a line."""
    shared: dict[str, list[int]] = {}
    for row in resource.hours:
        dates = validity_in_words(row.valid_from, row.valid_to)
        told = f"{row.starts:%H:%M}–{row.ends:%H:%M}" + (f" ({dates})" if dates else "")
        shared.setdefault(told, []).append(row.weekday)
    return [f"{weekdays_in_words(days)}: {told}" for told, days in shared.items()]


def around_in_words(resource: Resource) -> str:
    """How long before and after a visit they are needed."""
    told = []
    if resource.setup_minutes:
        told.append(ngettext("%(num)s minute before", "%(num)s minutes before", resource.setup_minutes))
    if resource.wrap_up_minutes:
        told.append(ngettext("%(num)s minute after", "%(num)s minutes after", resource.wrap_up_minutes))
    return listed(told)


def _places(resource: Resource) -> list[str]:
    if resource.seats is not None:
        return [ngettext("%(num)s seat", "%(num)s seats", resource.seats)]
    return [own_name(site) for site in resource.sites]


def _away(resource: Resource, at: datetime) -> str:
    """Until when they are away, if they are now."""
    now_away = next((leave for leave in resource.leave if leave.starts_at <= at < leave.ends_at), None)
    if now_away is None:
        return ""
    return _("away %(when)s", when=span_in_words(now_away.starts_at, now_away.ends_at, resource.zone))


def _former(resource: Resource, today: date) -> str:
    if resource.active_to is not None and resource.active_to < today:
        return validity_in_words(None, resource.active_to)
    if resource.active_from is not None and resource.active_from > today:
        return validity_in_words(resource.active_from, None)
    return ""


def _leave_row(leave: ResourceLeave, zone: str, at: datetime) -> LeaveRow:
    when = span_in_words(leave.starts_at, leave.ends_at, zone)
    return LeaveRow(leave.id, when, leave.reason, leave.starts_at <= at)


def _duty_row(duty: Assignment, resource: Resource) -> DutyRow:
    visit: Any = duty.visit
    tour = visit.tour_session.tour if visit else None
    return DutyRow(
        when=span_in_words(duty.starts_at, duty.ends_at, resource.zone),
        starts_at=duty.starts_at,
        where=own_name(tour.site) if tour else _("with them all day"),
        tour=own_name(tour) if tour else "",
        delegation=duty.delegation.name,
        delegation_native=duty.delegation.name_native,
        url=visit_url(visit.id)
        if visit
        else url_for("delegations.delegation", delegation_id=duty.delegation_id),
        people=ngettext("%(num)s person", "%(num)s people", headcount_of(duty)),
        state=duty.state,
        warning=_warning(duty, resource),
    )


def _warning(duty: Assignment, resource: Resource) -> str:
    for leave in resource.leave:
        if leave.starts_at < duty.ends_at and leave.ends_at > duty.starts_at:
            return _("Away then: release the duty, or take the leave back.")
    if resource.active_to is not None and local_day(duty.starts_at, resource.zone) > resource.active_to:
        return _("No longer on duty then: release it and ask somebody else.")
    return ""
