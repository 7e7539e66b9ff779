"""When a site can be visited: opening hours, closures by rule, holiday and date, operation, notice."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from scheduler.core.facts import OpeningHours, Running, SiteFacts, TourFacts
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode

FACTS_STAY_FRESH = timedelta(days=365)
# A weekly closing day that falls on a holiday moves on; three weeks of holidays on end do not happen.
LONGEST_SEARCH = 21


@dataclass(frozen=True, slots=True)
class OpenDay:
    """One day of one site: the spans it is open, and why it is closed the whole day, if it is.

    `instants` are the same spans in UTC, as sessions are: within one zone comparing is far quicker.
    """

    opens: tuple[Span, ...]
    refusals: tuple[Refusal, ...]
    instants: tuple[tuple[datetime, datetime], ...]


def open_day(site: SiteFacts, day: date) -> OpenDay:
    """The hours of a local day and the rules that close it: weekday, moved weekday, holiday, operation."""
    refusals = list(_operation(RefusalCode.SITE_NOT_IN_OPERATION, site, day))
    closed = _closed_by_rule(site, day)
    if closed is not None:
        refusals.append(closed)
    opens = opens_on(site, day)
    instants = tuple((o.starts_at.astimezone(UTC), o.ends_at.astimezone(UTC)) for o in opens)
    return OpenDay(opens, tuple(refusals), instants)


def opens_on(site: SiteFacts, day: date) -> tuple[Span, ...]:
    """The spans of a local day's opening hours, whatever else may close it."""
    hours = (
        Span(datetime.combine(day, h.opens, site.zone), datetime.combine(day, h.closes, site.zone))
        for h in hours_on(site, day)
    )
    return tuple(sorted(hours, key=lambda span: span.starts_at))


def hours_on(site: SiteFacts, day: date) -> list[OpeningHours]:
    """The opening hours in force on a local day."""
    weekday = day.weekday()
    return [
        h
        for h in site.hours
        if h.weekday == weekday
        and (h.valid_from is None or h.valid_from <= day)
        and (h.valid_to is None or day <= h.valid_to)
    ]


def refusals_for(site: SiteFacts, day: OpenDay, running: Running) -> list[Refusal]:
    """Whether a running fits a day's hours and misses every dated closure."""
    refusals = list(day.refusals)
    starts_at, ends_at = running.starts_at, running.ends_at
    if not any(opens_at <= starts_at and ends_at <= closes_at for opens_at, closes_at in day.instants):
        refusals.append(
            Refusal(
                RefusalCode.OUTSIDE_HOURS,
                {"hours": [(o.starts_at, o.ends_at) for o in day.opens], "starts_at": starts_at},
            )
        )
    for closure in site.closures:
        if closure.span.starts_at < ends_at and starts_at < closure.span.ends_at:
            refusals.append(
                Refusal(
                    RefusalCode.CLOSED,
                    {
                        "by": "closure",
                        "closure_id": closure.id,
                        "reason": closure.reason,
                        "starts_at": closure.span.starts_at,
                        "ends_at": closure.span.ends_at,
                    },
                )
            )
    return refusals


def tour_operation(tour: TourFacts, day: date) -> list[Refusal]:
    """Whether the tour is run at all that day."""
    return _operation(RefusalCode.TOUR_NOT_IN_OPERATION, tour, day)


def notice_refusals(site: SiteFacts, day: date, starts_at: datetime, at: datetime) -> list[Refusal]:
    """Whether the request comes early enough, counted in local calendar days. What has begun is past, which
    nobody can pass."""
    latest = day - timedelta(days=site.notice_days)
    if at.astimezone(site.zone).date() <= latest and at < starts_at:
        return []
    told = {"notice_days": site.notice_days, "latest_request_on": latest, "starts_at": starts_at}
    too_short = Refusal(RefusalCode.NOTICE_TOO_SHORT, told)
    past = Refusal(RefusalCode.IN_THE_PAST, {"starts_at": starts_at})
    return [too_short] if at < starts_at else [past, too_short]


def doubt_cautions(site: SiteFacts, at: datetime) -> list[Caution]:
    """Whether the facts of the site were last checked more than a year ago."""
    checked = site.facts_checked_on
    if checked is None or at.astimezone(site.zone).date() - checked <= FACTS_STAY_FRESH:
        return []
    return [Caution(CautionCode.FACTS_UNVERIFIED, {"checked_on": checked, "site": site.code})]


def _closed_by_rule(site: SiteFacts, day: date) -> Refusal | None:
    rules, holiday = site.closure_rules, site.holidays.get(day)
    if holiday and (rules.on_public_holidays or (rules.on_main_holidays and holiday.is_main)):
        return Refusal(RefusalCode.CLOSED, {"by": "holiday", "on": day, "holiday": holiday.name})
    if day.weekday() in rules.weekdays and not (rules.moves_after_holiday and holiday):
        return Refusal(RefusalCode.CLOSED, {"by": "weekday", "on": day, "weekday": day.weekday()})
    if rules.moves_after_holiday and holiday is None:
        moved_from = _closing_day_moved_to(site, day)
        if moved_from:
            return Refusal(RefusalCode.CLOSED, {"by": "moved_weekday", "on": day, "moved_from": moved_from})
    return None


def _closing_day_moved_to(site: SiteFacts, day: date) -> date | None:
    """The closing weekday on a holiday whose rest this day takes over: the first day after it that is
    neither a holiday nor a closing day itself."""
    for back in range(1, LONGEST_SEARCH):
        earlier = day - timedelta(days=back)
        is_holiday = earlier in site.holidays
        is_closing = earlier.weekday() in site.closure_rules.weekdays
        if is_holiday and is_closing:
            return earlier
        if not is_holiday and not is_closing:
            return None
    return None


def _operation(code: RefusalCode, kept: SiteFacts | TourFacts, day: date) -> list[Refusal]:
    is_early = kept.active_from is not None and day < kept.active_from
    is_late = kept.active_to is not None and kept.active_to < day
    if not is_early and not is_late:
        return []
    return [Refusal(code, {"on": day, "active_from": kept.active_from, "active_to": kept.active_to})]
