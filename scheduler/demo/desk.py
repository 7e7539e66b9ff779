"""The office's desk in the demo: finds the nearest session that works, books it, and acts upon it."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from scheduler.access import Actor
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.other_bookings import book_other
from scheduler.actions.visits import move_visit, request_visit
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.demo.guests import Guest
from scheduler.demo.people import Office
from scheduler.demo.sites import ZONE
from scheduler.records.availability import Offer, offers
from scheduler.records.sites import Site
from scheduler.records.visits import Visit

WITHIN = timedelta(days=4)
ACKNOWLEDGED = "Known and agreed with the delegation"


class NothingWorks(Exception):
    """No session near the wanted instant would be accepted."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A visit of the demo: who, what, when about, asked how many days before the loading, held until when."""

    who: str
    tour: str
    day: int
    hour: str
    asked_days_ago: int
    headcount: int | None = None
    hold_until: datetime | None = None


class Desk:
    """Books and acts as the officer and the sites' managers would have, each at its own time."""

    def __init__(self, office: Office, guests: dict[str, Guest], sites: list[Site], *, at: datetime) -> None:
        self.office, self.guests, self.at = office, guests, at
        self.site_ids = {site.code: site.id for site in sites}

    def ago(self, days: int, hours: int = 0) -> datetime:
        """An instant before the loading."""
        return self.at - timedelta(days=days, hours=hours)

    def book(self, wanted: Wanted) -> Visit:
        """Book the session nearest to what is wanted. Raises NothingWorks."""
        guest, asked_at = self.guests[wanted.who], self.ago(wanted.asked_days_ago)
        headcount = wanted.headcount or guest.delegation.headcount
        request = VisitRequest(
            headcount=headcount,
            delegation_id=guest.delegation.id,
            hold_until=wanted.hold_until,
            acknowledge=("all",),
            acknowledge_reason=ACKNOWLEDGED,
        )
        found = self._nearest(wanted.tour, request, guest.instant(wanted.day, wanted.hour), asked_at)
        return request_visit(_for(request, found), by=self.office.officer, at=asked_at).visit

    def confirm(self, visit: Visit, days_ago: int) -> None:
        """The site's own manager agrees."""
        self.act(visit, Act.CONFIRM, Told(), by=self.manager_of(visit), at=self.ago(days_ago))

    def record_agreement(self, visit: Visit, days_ago: int) -> None:
        """The officer writes down who agreed for the site."""
        agreed = OwnerAgreement(
            by="Deputy head of the owner's division",
            on=self.ago(days_ago, hours=2),
            channel="official letter",
        )
        self.act(visit, Act.CONFIRM, Told(agreement=agreed), by=self.office.officer, at=self.ago(days_ago))

    def receive(self, visit: Visit, count: int) -> None:
        """They came, so many, when their hour began."""
        self.act(visit, Act.ARRIVE, Told(count=count), by=self.manager_of(visit), at=visit.starts_at)

    def act(self, visit: Visit, act: Act, told: Told, *, by: Actor, at: datetime) -> None:
        act_upon(visit.id, act, told, by=by, at=at)

    def move(self, visit: Visit, later: timedelta, *, headcount: int, days_ago: int) -> None:
        """Give a visit the session nearest to so much later, and another headcount."""
        request = VisitRequest(
            headcount=headcount,
            delegation_id=visit.delegation_id,
            visit_id=visit.id,
            acknowledge=("all",),
            acknowledge_reason=ACKNOWLEDGED,
        )
        asked_at, tour = self.ago(days_ago), visit.tour_session.tour.code
        found = self._nearest(tour, request, visit.starts_at + later, asked_at)
        move_visit(visit.id, _for(request, found), by=self.office.officer, at=asked_at)

    def other(self, offer: Offer, name: str, headcount: int) -> None:
        """Places for somebody who is no delegation."""
        by, asked_at = self.office.managers[offer.site.code], self.ago(40)
        request = _for(VisitRequest(headcount=headcount), offer)
        book_other(offer.site.id, request, name, by=by, at=asked_at)

    def manager_of(self, visit: Visit) -> Actor:
        code = next(code for code, site_id in self.site_ids.items() if site_id == visit.site_id)
        return self.office.managers[code]

    def day(self, site_code: str, request: VisitRequest, days: int, *, asked_at: datetime) -> list[Offer]:
        """What would work at a site so many days from the loading."""
        today = self.at.astimezone(ZONE).date() + timedelta(days=days)
        first = datetime.combine(today, time.min, ZONE)
        found = offers([self.site_ids[site_code]], request, first, first + timedelta(days=1), at=asked_at)
        return [offer for offer in found if offer.would_work]

    def _nearest(
        self, tour_code: str, request: VisitRequest, wanted_at: datetime, asked_at: datetime
    ) -> Offer:
        site_id = next(
            site_id for code, site_id in self.site_ids.items() if tour_code.rpartition("-")[0] == code
        )
        found = offers([site_id], request, wanted_at - WITHIN, wanted_at + WITHIN, at=asked_at)
        works = [offer for offer in found if offer.would_work and offer.tour.code == tour_code]
        if not works:
            raise NothingWorks(f"{tour_code} near {wanted_at} for delegation {request.delegation_id}")
        return min(
            works, key=lambda offer: (abs(offer.running.starts_at - wanted_at), offer.running.starts_at)
        )


def _for(request: VisitRequest, offer: Offer) -> VisitRequest:
    """The request for the session of an offer: by its id, or by tour and start while nobody has booked it."""
    running = offer.running
    if running.id is not None:
        return replace(request, tour_session_id=running.id)
    return replace(request, tour_code=offer.tour.code, starts_at=running.starts_at)
