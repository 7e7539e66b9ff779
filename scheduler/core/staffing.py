"""Which guide, interpreter, vehicle or liaison officer can go, why another cannot, and whom to suggest."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduler.core.duties import Duty, ResourceFacts, ResourceKind
from scheduler.core.facts import SiteFacts
from scheduler.core.interpreting import interprets
from scheduler.core.spans import Span
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Refusal, RefusalCode

# Nobody is late today for a duty of yesterday.
FAR = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What somebody would be sent for: a visit (then its site is known) or a stretch of a delegation's day.

    `span` is the visit's own; set-up and wrap-up come on top. `wanted` are the guests' languages; where
    they share one with the site, `shared` holds it. `headcount` is how many would ride in a vehicle."""

    span: Span
    delegation_id: int
    site: SiteFacts | None = None
    visit_id: int | None = None
    wanted: AbstractSet[str] = frozenset()
    shared: AbstractSet[str] = frozenset()
    headcount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suggestion:
    """One resource for an errand: what stands against it, how much it does that day, how far it comes."""

    resource: ResourceFacts
    refusals: tuple[Refusal, ...]
    duties_that_day: int
    minutes_away: int | None

    @property
    def is_free(self) -> bool:
        return not self.refusals


def duty_span(resource: ResourceFacts, span: Span) -> Span:
    """When a resource is on duty for a visit: its set-up before and its wrap-up after are part of it."""
    return Span(
        span.starts_at - timedelta(minutes=resource.setup_minutes),
        span.ends_at + timedelta(minutes=resource.wrap_up_minutes),
    )


def around(resource: ResourceFacts, visit: Span, duty: Span) -> ResourceFacts:
    """The resource as it stands to one visit for which its duty has times of its own."""
    return replace(
        resource,
        setup_minutes=(visit.starts_at - duty.starts_at) // timedelta(minutes=1),
        wrap_up_minutes=(duty.ends_at - visit.ends_at) // timedelta(minutes=1),
    )


def suggestions(resources: Iterable[ResourceFacts], errand: Errand, travel: Travel) -> list[Suggestion]:
    """All of them, the best first: free before not free, then the least work that day, then the nearest."""
    found = [
        Suggestion(
            resource=resource,
            refusals=tuple(resource_refusals(resource, errand, travel)),
            duties_that_day=len(_duties_on(resource, _local_day(resource, errand.span.starts_at))),
            minutes_away=_minutes_away(resource, errand, travel),
        )
        for resource in resources
    ]
    nowhere = 24 * 60
    return sorted(
        found,
        key=lambda s: (
            len(s.refusals),
            s.duties_that_day,
            nowhere if s.minutes_away is None else s.minutes_away,
            s.resource.seats or 0,
            s.resource.name,
        ),
    )


def resource_refusals(resource: ResourceFacts, errand: Errand, travel: Travel) -> list[Refusal]:
    """Everything that keeps one guide, interpreter, vehicle or liaison officer from an errand."""
    who: dict[str, object] = {"resource_id": resource.id, "name": resource.name, "kind": resource.kind.value}
    found = [*_unfit(resource, errand), *_off_duty(resource, errand), *_busy(resource, errand)]
    found += _too_far(resource, errand, travel)
    return [Refusal(code, who | facts) for code, facts in found]


Found = tuple[RefusalCode, dict[str, object]]


def _unfit(resource: ResourceFacts, errand: Errand) -> Iterator[Found]:
    """Language, site and seats: what no other hour would change."""
    if not _speaks(resource, errand):
        told: dict[str, object] = {"wanted": sorted(errand.wanted), "languages": sorted(resource.languages)}
        yield RefusalCode.ASSIGNEE_LACKS_LANGUAGE, told
    if resource.kind is ResourceKind.GUIDE and errand.site and errand.site.code not in resource.site_codes:
        yield (
            RefusalCode.ASSIGNEE_OF_OTHER_SITE,
            {
                "site": errand.site.code,
                "sites": sorted(resource.site_codes),
            },
        )
    if resource.seats is not None and errand.headcount > resource.seats:
        yield RefusalCode.VEHICLE_TOO_SMALL, {"headcount": errand.headcount, "seats": resource.seats}


def _speaks(resource: ResourceFacts, errand: Errand) -> bool:
    """A guide speaks what guests and site share, or the site's own where an interpreter stands between."""
    if resource.kind is ResourceKind.VEHICLE or not errand.wanted:
        return True
    if resource.kind is ResourceKind.INTERPRETER:
        return errand.site is None or interprets(resource, errand.wanted, errand.site)
    if resource.kind is ResourceKind.GUIDE:
        host = {errand.site.host_language} if errand.site is not None else set()
        return bool(resource.languages & (errand.shared or errand.wanted | host))
    return bool(resource.languages & errand.wanted)


def _off_duty(resource: ResourceFacts, errand: Errand) -> Iterator[Found]:
    span = duty_span(resource, errand.span)
    told: dict[str, object] = {"starts_at": span.starts_at, "ends_at": span.ends_at}
    away = [leave for leave in resource.leave if leave.overlaps(span)]
    if away:
        yield RefusalCode.ASSIGNEE_OFF_DUTY, told | {"until": away[0].ends_at}
    elif not _at_work(resource, span):
        yield RefusalCode.ASSIGNEE_OFF_DUTY, told


def _at_work(resource: ResourceFacts, span: Span) -> bool:
    day = _local_day(resource, span.starts_at)
    if (resource.active_from and day < resource.active_from) or (
        resource.active_to and day > resource.active_to
    ):
        return False
    if not resource.hours:
        return True
    return any(
        datetime.combine(day, hours.starts, resource.zone) <= span.starts_at
        and span.ends_at <= datetime.combine(day, hours.ends, resource.zone)
        for hours in resource.hours
        if hours.weekday == day.weekday()
        and (hours.valid_from is None or hours.valid_from <= day)
        and (hours.valid_to is None or day <= hours.valid_to)
    )


def _busy(resource: ResourceFacts, errand: Errand) -> Iterator[Found]:
    span = duty_span(resource, errand.span)
    for duty in resource.duties:
        if duty.span.overlaps(span):
            yield RefusalCode.ASSIGNEE_TAKEN, _told(duty)
    that_day = len(_duties_on(resource, _local_day(resource, span.starts_at)))
    if resource.most_a_day is not None and that_day >= resource.most_a_day:
        yield (
            RefusalCode.ASSIGNEE_OVER_DAY_LIMIT,
            {"duties": that_day, "most_a_day": resource.most_a_day},
        )


def _too_far(resource: ResourceFacts, errand: Errand, travel: Travel) -> Iterator[Found]:
    """Whether the duty before and the duty after are near enough in time and space."""
    if errand.site is None:
        return
    span = duty_span(resource, errand.span)
    before, after = neighbours(resource, span)
    ways = []
    if before is not None and before.site_code is not None:
        gap = (span.starts_at - before.span.ends_at) // timedelta(minutes=1)
        ways.append((before, before.site_code, errand.site.code, before.span.ends_at, gap))
    if after is not None and after.site_code is not None:
        gap = (after.span.starts_at - span.ends_at) // timedelta(minutes=1)
        ways.append((after, errand.site.code, after.site_code, span.ends_at, gap))
    for duty, origin, destination, leaves_at, gap in ways:
        minutes = travel.minutes(origin, destination, leaves_at.astimezone(resource.zone).hour)
        if minutes is not None and minutes > gap:
            told: dict[str, object] = {"minutes": minutes, "gap_minutes": gap}
            yield RefusalCode.ASSIGNEE_TOO_FAR, _told(duty) | told


def neighbours(resource: ResourceFacts, span: Span) -> tuple[Duty | None, Duty | None]:
    """The duties that end before a span and begin after it, the nearest of each within half a day."""
    before = [d for d in resource.duties if timedelta() <= span.starts_at - d.span.ends_at < FAR]
    after = [d for d in resource.duties if timedelta() <= d.span.starts_at - span.ends_at < FAR]
    return (
        max(before, key=lambda duty: duty.span.ends_at, default=None),
        min(after, key=lambda duty: duty.span.starts_at, default=None),
    )


def _minutes_away(resource: ResourceFacts, errand: Errand, travel: Travel) -> int | None:
    """From the duty before, or from home."""
    before, _ = neighbours(resource, duty_span(resource, errand.span))
    origin = before.site_code if before is not None and before.site_code else resource.base_code
    if origin is None or errand.site is None:
        return None
    hour = errand.span.starts_at.astimezone(resource.zone).hour
    return travel.minutes(origin, errand.site.code, hour)


def _duties_on(resource: ResourceFacts, day: date) -> list[Duty]:
    return [duty for duty in resource.duties if _local_day(resource, duty.span.starts_at) == day]


def _local_day(resource: ResourceFacts, instant: datetime) -> date:
    return instant.astimezone(resource.zone).date()


def _told(duty: Duty) -> dict[str, object]:
    return {
        "starts_at": duty.span.starts_at,
        "ends_at": duty.span.ends_at,
        "site": duty.site_code,
        "visit_id": duty.visit_id,
        "delegation_id": duty.delegation_id,
    }
