"""What is free: every session of some sites between two instants, with its verdict for somebody who asks."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select

from scheduler.core.booking import Scales, decide, nearest
from scheduler.core.facts import Diary, Running, SiteFacts, TourFacts, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, Refusal, Verdict
from scheduler.records.database import ask
from scheduler.records.delegation_facts import delegation_facts
from scheduler.records.diary import diary_for, runnings_of
from scheduler.records.load import sessions_between
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.staff import Scope
from scheduler.records.tours import Tour

_T = Tour.__table__.c
_TOURS = select(*TOUR_COLUMNS).where(_T.site_id.in_(bindparam("site_ids", expanding=True))).order_by(_T.id)


# Nobody said how many will come.
ANY_NUMBER = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One session with the rules' answer for this request. `running.id` is None for an unbooked window."""

    site: SiteFacts
    tour: TourFacts
    running: Running
    refusals: tuple[Refusal, ...]
    cautions: tuple[Caution, ...]

    @property
    def would_work(self) -> bool:
        return not self.refusals


def offers(
    site_ids: Collection[int], request: VisitRequest, first: datetime, last: datetime, *, at: datetime
) -> list[Offer]:
    """Every session of the sites that starts in [first, last), weighed for a request that names no session
    (headcount, and as far as known delegation and language). In order of site, hour and tour; a fixed number
    of queries. A headcount of ANY_NUMBER asks for the smallest group that each tour takes. Raises NotFound
    for an unknown delegation."""
    sites = site_facts(site_ids, first, last)
    tours = [(row, tour_of(row, sites[row.site_id].code)) for row in ask(_TOURS, site_ids=list(site_ids))]
    delegation = None
    if request.delegation_id is not None:
        scope = Scope(tuple(sites.values()), tuple(tour for _, tour in tours), Span(first, last))
        delegation = delegation_facts(request, scope, at)
    sessions = sessions_between(site_ids, first, last, at=at, leave_out=request.own_visits)
    found = []
    for row, tour in tours:
        site = sites[row.site_id]
        load = sessions.load_of(site.id)
        asked = replace(request, headcount=request.headcount or tour.smallest_group)
        scales = Scales(asked, site, tour, delegation, at)
        for running in runnings_of(site, tour, sessions, first=first, last=last):
            refusals, cautions = scales.weigh(running, load)
            found.append(Offer(site, tour, running, refusals, cautions))
    found.sort(key=lambda offer: (offer.site.id, offer.running.starts_at, offer.tour.id))
    return found


def answer_to(request: VisitRequest, at: datetime) -> tuple[Diary, Verdict]:
    """What the rules would say to a request right now, with the nearest alternatives to a no. Nothing is
    written or locked. Raises NotFound."""
    diary = diary_for(request, at)
    verdict = decide(request, diary, at)
    if verdict.is_refused:
        diary = diary_for(request, at, with_options=True)
        verdict = verdict.with_alternatives(tuple(nearest(request, diary, at)))
    return diary, verdict
