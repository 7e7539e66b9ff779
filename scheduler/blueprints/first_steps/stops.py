"""Which stops a newcomer is shown: where a session works, and the full one that has a way out."""

from datetime import date, datetime, timedelta

from scheduler.blueprints.typed import city_zone
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import day_span
from scheduler.core.verdicts import RefusalCode
from scheduler.identity import actor
from scheduler.records.availability import Offer, answer_to, offers
from scheduler.records.delegation_lists import visits_of
from scheduler.records.delegations import Delegation
from scheduler.records.first_steps import full_sessions
from scheduler.records.site_lookup import sites_seen_by
from scheduler.records.tours import TourSession
from scheduler.words.instants import local_day

# How many come in the example, and how far ahead: late enough for every notice period, and dated already.
HEADCOUNT = 8
SOONEST, LATEST = timedelta(days=12), timedelta(days=70)
# Longer stays are not looked through to their end.
MOST_DAYS = 5


def example_time(at: datetime) -> tuple[datetime, datetime]:
    """Between when and when the example comes."""
    return at + SOONEST, at + LATEST


def site_and_day_for(who: Delegation, at: datetime) -> tuple[str, date] | None:
    """The code of a site they have not seen, and a day of their stay on which it would take them: a day
    without a stop before one that has some, and the day of a full session after both."""
    zone = city_zone().key
    visits = visits_of(who.id)
    seen, busy = {visit.site_id for visit in visits}, [local_day(visit.starts_at, zone) for visit in visits]
    full = {
        local_day(each.starts_at, zone)
        for each in full_sessions(who.arrives_at, who.departs_at, who.headcount)
    }
    sites = [site.id for site in sites_seen_by(actor()) if site.id not in seen]
    days = sorted(_days(who, at), key=lambda day: (busy.count(day), day in full, day))
    found = [best for day in days if (best := _easiest(who, sites, day, at)) is not None]
    plain = next((offer for offer in found if not offer.cautions), next(iter(found), None))
    return None if plain is None else (plain.site.code, local_day(plain.running.starts_at, zone))


def _easiest(who: Delegation, sites: list[int], day: date, at: datetime) -> Offer | None:
    """The session of a day that would work and asks for least."""
    span = day_span(day, city_zone())
    request = VisitRequest(headcount=who.headcount, delegation_id=who.id)
    found = offers(sites, request, span.starts_at, span.ends_at, at=at) if sites else []
    return min((offer for offer in found if offer.would_work), key=_ease, default=None)


def full_session_for(who: Delegation, at: datetime) -> TourSession | None:
    """A session that refuses them for want of places alone, and whose nearest way out is one click."""
    for full in full_sessions(max(at, who.arrives_at), who.departs_at, who.headcount):
        request = VisitRequest(headcount=who.headcount, delegation_id=who.id, tour_session_id=full.id)
        _diary, verdict = answer_to(request, at)
        codes = {refusal.code for refusal in verdict.refusals}
        nearest = verdict.alternatives[0] if verdict.alternatives else None
        if codes == {RefusalCode.NO_PLACES_LEFT} and nearest is not None and not nearest.cautions:
            return full
    return None


def _days(who: Delegation, at: datetime) -> list[date]:
    zone = city_zone().key
    first, last = max(local_day(who.arrives_at, zone), local_day(at, zone)), local_day(who.departs_at, zone)
    number = min((last - first).days + 1, MOST_DAYS)
    return [first + timedelta(days=each) for each in range(number)]


def _ease(offer: Offer) -> tuple[bool, bool, datetime]:
    """What raises no question and is dated already comes first, then the earliest."""
    return bool(offer.cautions), offer.running.id is None, offer.running.starts_at
