"""A delegation's stay day by day: its visits on each local day, and the days that are still free."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.reply_lines import Tally, tallies
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visit_lines import Line, clash_line, line
from scheduler.core.spans import Span, day_span
from scheduler.identity import actor
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.engagements import Engagement
from scheduler.records.visits import Visit
from scheduler.words.instants import hours
from scheduler.words.own_names import own_name
from scheduler.words.programme_words import ENGAGEMENT_KINDS

# A stay of months is shown without the days on which nothing is planned.
MOST_FREE_DAYS = 60


@dataclass(frozen=True)
class EngagementLine:
    """One engagement of a day: its hours, what it is, where."""

    time: str
    kind: str
    title: str
    place: str
    url: str
    replies: Tally | None = None


@dataclass(frozen=True)
class Day:
    """One local day: what is on, and where more could be booked."""

    on: date
    lines: list[Line] = field(default_factory=list)
    engagements: list[EngagementLine] = field(default_factory=list)
    note: str = ""
    booking_url: str | None = None


def days_of_stay(
    delegation: Delegation, visits: Sequence[Visit], engagements: Sequence[Engagement], at: datetime
) -> list[Day]:
    """Every day of the stay in order, and days outside it on which there is something all the same; with
    what guests have answered to each stop."""
    replies = tallies(visits, engagements)
    first, last = _local(delegation.arrives_at), _local(delegation.departs_at)
    planned: dict[date, list[Line]] = {}
    for visit in visits:
        planned.setdefault(_local(visit.starts_at), []).append(
            replace(_line(visit), replies=replies.get(f"visit-{visit.id}"))
        )
    engaged: dict[date, list[EngagementLine]] = {}
    for engagement in engagements:
        engaged.setdefault(_local(engagement.starts_at), []).append(
            replace(_engagement_line(engagement), replies=replies.get(f"engagement-{engagement.id}"))
        )
    days = planned.keys() | engaged.keys()
    if (last - first).days < MOST_FREE_DAYS:
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    can_book = delegation.state is DelegationState.REGISTERED and actor().may(Permission.BOOK_VISITS)
    return [
        Day(
            day,
            planned.get(day, []),
            engaged.get(day, []),
            _note(day, first, last),
            _booking_url(delegation, day)
            if can_book and first <= day <= last and day >= _local(at)
            else None,
        )
        for day in sorted(days)
    ]


def within(when: str | None, at: datetime) -> Span | None:
    """The stretch of time that a filter of the list means."""
    today = _local(at)
    midnight = day_span(today, city_zone()).starts_at
    monday = today - timedelta(days=today.weekday())
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    spans = {
        "now": (today, today + timedelta(days=1)),
        "week": (monday, monday + timedelta(days=7)),
        "month": (today.replace(day=1), next_month),
        "coming": (today, date(9998, 1, 1)),
    }
    if when == "past":
        return Span(day_span(date(1900, 1, 1), city_zone()).starts_at, midnight)
    if when is None:
        return None
    first, last = (day_span(day, city_zone()).starts_at for day in spans[when])
    return Span(first, last)


def _line(visit: Visit) -> Line:
    return clash_line(visit) if visit.is_clashing else line(visit)


def _engagement_line(engagement: Engagement) -> EngagementLine:
    return EngagementLine(
        time=hours(engagement.starts_at, engagement.ends_at, str(city_zone())),
        kind=str(ENGAGEMENT_KINDS[engagement.kind.value]),
        title=engagement.title,
        place=own_name(engagement.place) if engagement.place is not None else "",
        url=url_for("engagements.engagement", engagement_id=engagement.id),
    )


def _local(instant: datetime) -> date:
    return instant.astimezone(city_zone()).date()


def _note(day: date, first: date, last: date) -> str:
    if day == first:
        return _("Arrival")
    if day == last:
        return _("Departure")
    return "" if first < day < last else _("Outside the stay")


def _booking_url(delegation: Delegation, day: date) -> str:
    return url_for("visits.book", delegation=delegation.id, on=day.isoformat())
