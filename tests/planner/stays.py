"""A small city for the planner, without a database: tours in rounds, a stay of three days, and its wishes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from scheduler.core.capacity import SiteLoad
from scheduler.core.facts import (
    ClosureRules,
    Dating,
    DelegationFacts,
    OpeningHours,
    Option,
    Running,
    SiteFacts,
    TourFacts,
)
from scheduler.core.spans import Span
from scheduler.core.stops import Stop
from scheduler.core.travel import Travel
from scheduler.core.wishes import StayFrame, WishFacts
from scheduler.planner.asked import Ban, Pin, PlanAsked
from tests.cast import AT, SEOUL, seoul

# Each tour lasts an hour and takes thirty; the way between any two of these is half an hour.
PLACES, MINUTES, WAY = 30, 60, 30
CODES = ("MUSEUM", "TOPIS", "WATER", "PARK", "HALL")


def option(
    code: str,
    starts: Iterable[datetime] | Mapping[datetime, int],
    *,
    largest: int = PLACES,
    closed_on: Iterable[int] = (),
    languages: Iterable[str] = ("en", "ko"),
) -> Option:
    """A site's one tour with rounds at these instants, each with so many places left (all, if not said)."""
    number = CODES.index(code) + 1
    left = starts if isinstance(starts, Mapping) else dict.fromkeys(starts, PLACES)
    site = SiteFacts(
        id=number,
        code=code,
        zone=SEOUL,
        hours=tuple(OpeningHours(weekday=day, opens=time(9), closes=time(20)) for day in range(7)),
        closure_rules=ClosureRules(weekdays=frozenset(closed_on)),
        languages=frozenset(languages),
    )
    tour = TourFacts(
        id=number,
        code=f"{code}-T",
        site_code=code,
        minutes=MINUTES,
        smallest_group=1,
        largest_group=largest,
        places=PLACES,
        dating=Dating.ROUNDS,
        needs_agreement=False,
    )
    runnings = tuple(
        Running(number * 1000 + n, at, _end(at), _end(at), PLACES, PLACES - places)
        for n, (at, places) in enumerate(sorted(left.items()))
    )
    return Option(site=site, tour=tour, load=SiteLoad(()), runnings=runnings)


def wish(number: int, *codes: str, **terms: object) -> WishFacts:
    """A wish for any of some sites' tours."""
    return WishFacts(id=number, tours=tuple(f"{code}-T" for code in codes), **terms)


def engagement(number: int, starts_at: datetime, *, minutes: int = 60, kind: str = "courtesy_call") -> Stop:
    """Something that stands in a day already, at the town hall."""
    span = Span(starts_at, starts_at + timedelta(minutes=minutes))
    return Stop(engagement_id=number, kind=kind, site_code="HALL", span=span, headcount=12)


def asked(
    wishes: Sequence[WishFacts],
    options: Sequence[Option],
    *,
    stops: Sequence[Stop] = (),
    frame: StayFrame | None = None,
    headcount: int = 12,
    pins: Sequence[Pin] = (),
    bans: Sequence[Ban] = (),
) -> PlanAsked:
    """The question of a delegation in town from Monday 14 December, eight o'clock, to Wednesday, eight in the
    evening. It asks three weeks before."""
    table = {(a, b): {-1: WAY} for a in CODES for b in CODES if a != b}
    delegation = DelegationFacts(
        id=1,
        headcount=headcount,
        languages=frozenset({"en"}),
        has_interpreter=False,
        stay=Span(seoul(14, 8), seoul(16, 20)),
        stops=tuple(stops),
        travel=Travel(table=table),
    )
    return PlanAsked(
        at=AT,
        zone=SEOUL,
        delegation=delegation,
        wishes=tuple(wishes),
        options=tuple(options),
        frame=frame or StayFrame(),
        pins=tuple(pins),
        bans=tuple(bans),
    )


def _end(starts_at: datetime) -> datetime:
    return starts_at + timedelta(minutes=MINUTES)
