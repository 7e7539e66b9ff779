"""The rules' facts with sensible defaults: a site, a tour, a running, a delegation, a diary, a request."""

from datetime import datetime, time, timedelta
from typing import Any

from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.facts import (
    Closure,
    Dating,
    DelegationFacts,
    Diary,
    OpeningHours,
    Option,
    Running,
    SiteFacts,
    TourFacts,
    VisitRequest,
)
from scheduler.core.spans import Span
from scheduler.core.stops import Stop
from scheduler.core.verdicts import Verdict
from tests.cast import SEOUL, seoul

# The instant of asking, unless a test says otherwise: noon of the first Tuesday in December 2026.
ASKED_AT = seoul(1, 12)


def hours(opens: str = "10:00", closes: str = "17:00", weekdays: Any = range(5), **valid: Any) -> tuple:
    """The same hours on some weekdays."""
    return tuple(
        OpeningHours(weekday=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), **valid)
        for day in weekdays
    )


def site(**facts: Any) -> SiteFacts:
    """A site open Monday to Friday 10 to 17 that speaks English, without limits."""
    given = {"id": 1, "code": "TOPIS", "zone": SEOUL, "hours": hours(), "languages": frozenset({"en"})}
    return SiteFacts(**(given | facts))


def tour(**facts: Any) -> TourFacts:
    """An hour's tour for 1 to 30 people."""
    given = {
        "id": 1,
        "code": "TOPIS-T",
        "site_code": "TOPIS",
        "minutes": 60,
        "smallest_group": 1,
        "largest_group": 30,
        "places": 30,
        "dating": Dating.ROUNDS,
        "topics": frozenset({"transport"}),
    }
    return TourFacts(**(given | facts))


def running(starts_at: datetime, **facts: Any) -> Running:
    """An hour's running, clear at its end, thirty places, nobody in it."""
    ends_at = facts.pop("ends_at", starts_at + timedelta(hours=1))
    given = {"id": 7, "places": 30, "clear_at": ends_at}
    return Running(starts_at=starts_at, ends_at=ends_at, **(given | facts))


def delegation(**facts: Any) -> DelegationFacts:
    """Twelve English-speaking people in Seoul from 10 to 20 December 2026."""
    given = {
        "id": 1,
        "headcount": 12,
        "languages": frozenset({"en"}),
        "has_interpreter": False,
        "stay": Span(seoul(10), seoul(20)),
    }
    return DelegationFacts(**(given | facts))


def stop(starts_at: datetime, ends_at: datetime, site_code: str = "WRC-J", visit_id: int = 50) -> Stop:
    """Another visit of the same delegation."""
    return Stop(visit_id=visit_id, site_code=site_code, span=Span(starts_at, ends_at))


def closure(starts_at: datetime, ends_at: datetime, reason: str = "Drill") -> Closure:
    return Closure(id=3, span=Span(starts_at, ends_at), reason=reason)


def occupancy(
    starts_at: datetime, clear_at: datetime, people: int, groups: int = 1, tour_id: int = 1
) -> Occupancy:
    return Occupancy(starts_at, clear_at, people, groups, tour_id)


def option(of_site: SiteFacts, of_tour: TourFacts, *runnings: Running, load: Any = ()) -> Option:
    return Option(site=of_site, tour=of_tour, load=SiteLoad(load), runnings=runnings)


def diary(session: Running | None = None, **facts: Any) -> Diary:
    """A diary around one running: Monday 14 December at 10 unless given."""
    session = session if session is not None or "wanted_at" in facts else running(seoul(14, 10))
    given = {
        "site": site(),
        "tour": tour(),
        "running": session,
        "load": SiteLoad(facts.pop("present", ())),
        "wanted_at": session.starts_at if session else None,
        "delegation": delegation(),
    }
    return Diary(**(given | facts))


def request(headcount: int = 10, **facts: Any) -> VisitRequest:
    return VisitRequest(headcount=headcount, **({"delegation_id": 1, "tour_session_id": 7} | facts))


def codes(verdict: Verdict) -> set[str]:
    """The refusals of a verdict by their codes."""
    return {refusal.code.value for refusal in verdict.refusals}


def cautioned(verdict: Verdict) -> set[str]:
    """The cautions of a verdict by their codes."""
    return {caution.code.value for caution in verdict.cautions}
