"""What a delegation's own days allow: its stay, its size, where else it is, how full the day gets."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.facts import DelegationFacts, Running, SiteFacts
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode

STOPS_A_DAY = 3
SHORT_BREAK = timedelta(minutes=30)
# What begins farther away is on another day on every clock, and long over: no stop lasts more than a day.
FAR = timedelta(hours=26)


def size_refusals(delegation: DelegationFacts, headcount: int) -> list[Refusal]:
    """Whether more are announced than the delegation has."""
    if headcount <= delegation.headcount:
        return []
    return [
        Refusal(
            RefusalCode.MORE_THAN_THE_DELEGATION,
            {"headcount": headcount, "delegation_headcount": delegation.headcount},
        )
    ]


def state_refusals(delegation: DelegationFacts) -> list[Refusal]:
    """Whether the delegation is still open for visits at all."""
    if delegation.is_open:
        return []
    return [Refusal(RefusalCode.STATE_FORBIDS, {"act": "book", "delegation_state": delegation.state})]


def time_refusals(delegation: DelegationFacts, running: Running) -> list[Refusal]:
    """Whether the delegation is in town then, and not somewhere else."""
    refusals = stay_refusals(delegation.stay, running)
    for stop in delegation.stops:
        if stop.span.starts_at < running.ends_at and running.starts_at < stop.span.ends_at:
            refusals.append(
                Refusal(
                    RefusalCode.ALREADY_ELSEWHERE,
                    {
                        "visit_id": stop.visit_id,
                        "site": stop.site_code,
                        "starts_at": stop.span.starts_at,
                        "ends_at": stop.span.ends_at,
                    },
                )
            )
    return refusals


def stay_refusals(stay: Span, running: Running) -> list[Refusal]:
    """Whether a session lies within a stay."""
    if stay.starts_at <= running.starts_at and running.ends_at <= stay.ends_at:
        return []
    return [Refusal(RefusalCode.OUTSIDE_STAY, {"arrives_at": stay.starts_at, "departs_at": stay.ends_at})]


def day_cautions(
    delegation: DelegationFacts, site: SiteFacts, *, running: Running, day: date
) -> list[Caution]:
    """What to think twice about: a fourth stop, a holiday at home, a short break after another site."""
    cautions = []
    near = [stop for stop in delegation.stops if abs(stop.span.starts_at - running.starts_at) < FAR]
    that_day = sum(1 for stop in near if _local_day(stop.span.starts_at, site.zone) == day)
    if that_day >= STOPS_A_DAY:
        cautions.append(Caution(CautionCode.FOURTH_STOP_THAT_DAY, {"on": day, "stops": that_day}))
    if day in delegation.home_holidays:
        cautions.append(
            Caution(CautionCode.HOLIDAY_AT_HOME, {"on": day, "holiday": delegation.home_holidays[day]})
        )
    before = [
        stop
        for stop in near
        if stop.site_code != site.code and timedelta() <= running.starts_at - stop.span.ends_at < SHORT_BREAK
    ]
    for stop in before:
        minutes = (running.starts_at - stop.span.ends_at) // timedelta(minutes=1)
        cautions.append(
            Caution(
                CautionCode.SHORT_BREAK_BEFORE,
                {"minutes": minutes, "site": stop.site_code, "visit_id": stop.visit_id},
            )
        )
    return cautions


def _local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
