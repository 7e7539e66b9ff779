"""May this delegation be at this place at this hour? The one answer that everybody else asks for."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from scheduler.core import capacity, conflicts, interpreting, opening
from scheduler.core.capacity import SiteLoad
from scheduler.core.escort import Escort
from scheduler.core.facts import DelegationFacts, Diary, Option, Running, SiteFacts, TourFacts, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.stops import PartFacts, Stop
from scheduler.core.travel import Travel, travel_weight
from scheduler.core.verdicts import OVERRIDES, Alternative, Caution, Refusal, RefusalCode, Verdict
from scheduler.core.windows import window

Weight = tuple[tuple[Refusal, ...], tuple[Caution, ...]]

SAME_DAY, OTHER_DAYS, OTHER_SITES = 3, 4, 3


def decide(request: VisitRequest, diary: Diary, at: datetime) -> Verdict:
    """Weigh a request against every rule.

    In: the request, the facts of its site, tour, session and delegation (`diary`, with the asker's own
    visit left out of every count), and the instant of asking (aware). Out: every refusal and every
    caution at once, what was overridden (codes named in the request and listed in `OVERRIDES`), and, when
    something still stands against it and the diary has options, the nearest sessions that would be
    accepted. Pure: reads no clock, writes nothing.
    """
    scales = Scales(request, diary.site, diary.tour, diary.delegation, at)
    if diary.running is None:
        # What else stands against that hour is told as well: a museum's Monday, a short notice.
        found, cautions = scales.weigh(window(diary.site, diary.tour, diary.wanted_at), diary.load)
        found = (Refusal(RefusalCode.NO_SESSION_THEN, {"starts_at": diary.wanted_at}), *found)
    else:
        found, cautions = scales.weigh(diary.running, diary.load)
    passed = request.overrides & OVERRIDES.keys()
    refusals = tuple(r for r in found if r.code not in passed)
    overridden = tuple(r for r in found if r.code in passed)
    alternatives = tuple(nearest(request, diary, at)) if refusals else ()
    return Verdict(refusals=refusals, cautions=cautions, overridden=overridden, alternatives=alternatives)


def decide_other(request: VisitRequest, diary: Diary) -> Verdict:
    """Whether somebody who is no delegation may take places: only what is scarce is asked, since a site may
    well receive its own school class on a day it shows to nobody else. Pure, as `decide` is."""
    if diary.running is None:
        return Verdict(refusals=(Refusal(RefusalCode.NO_SESSION_THEN, {"starts_at": diary.wanted_at}),))
    refusals = capacity.place_refusals(diary.running, request.headcount)
    refusals += capacity.at_once_refusals(
        diary.site, diary.tour, diary.load, running=diary.running, headcount=request.headcount
    )
    return Verdict(refusals=tuple(refusals))


class Scales:
    """One request before one tour, weighed against as many of its sessions as one likes: what does not
    depend on the session is asked once, what depends on the day once a day."""

    def __init__(
        self,
        request: VisitRequest,
        site: SiteFacts,
        tour: TourFacts,
        delegation: DelegationFacts | None,
        at: datetime,
    ) -> None:
        self._headcount, self._site, self._tour = request.headcount, site, tour
        self._delegation, self._at = delegation, at
        self._days: dict[date, tuple[opening.OpenDay, list[Refusal]]] = {}
        self._doubts = opening.doubt_cautions(site, at)
        standing = capacity.group_refusals(tour, request.headcount)
        standing += interpreting.language_refusals(site, delegation, request.language)
        if delegation is not None:
            self._part = part_of(request, delegation)
            self._travel = (delegation.travel or Travel()).also_at(site.code, site.point)
            standing += conflicts.size_refusals(delegation, request.headcount, self._part)
            standing += conflicts.state_refusals(delegation)
            self._escort = _escort(request, site, tour, delegation, self._travel)
        self.standing = tuple(standing)

    def weigh(self, running: Running, load: SiteLoad) -> Weight:
        """Every refusal and caution of one session."""
        day = running.starts_at.astimezone(self._site.zone).date()
        open_day, operation = self._day(day)
        refusals = opening.refusals_for(self._site, open_day, running)
        refusals += operation
        refusals += opening.notice_refusals(self._site, day, running.starts_at, self._at)
        refusals += self.standing
        refusals += capacity.place_refusals(running, self._headcount)
        refusals += capacity.at_once_refusals(
            self._site, self._tour, load, running=running, headcount=self._headcount
        )
        cautions = list(self._doubts)
        if self._delegation is not None:
            more_refusals, more_cautions = self._weigh_guests(running, self._delegation)
            refusals += more_refusals
            cautions += more_cautions
        return tuple(refusals), tuple(cautions)

    def _weigh_guests(
        self, running: Running, delegation: DelegationFacts
    ) -> tuple[list[Refusal], list[Caution]]:
        """What the delegation's own days, its ways and its escort say of one session."""
        refusals = conflicts.time_refusals(delegation, running, self._part)
        cautions: list[Caution] = []
        span = Span(running.starts_at, running.ends_at)
        if delegation.stops or delegation.home_holidays or delegation.kept_apart:
            here, zone = Stop(site_code=self._site.code, span=span, part=self._part), self._site.zone
            late, thin = travel_weight(delegation.stops, here, travel=self._travel, zone=zone)
            refusals += late
            cautions += thin
            cautions += conflicts.day_cautions(delegation, here, zone=zone, travel=self._travel)
        if self._escort is not None:
            unescorted, unsettled = self._escort.weigh(span)
            refusals += unescorted
            cautions += unsettled
        return refusals, cautions

    def _day(self, day: date) -> tuple[opening.OpenDay, list[Refusal]]:
        if day not in self._days:
            self._days[day] = opening.open_day(self._site, day), opening.tour_operation(self._tour, day)
        return self._days[day]


def part_of(request: VisitRequest, delegation: DelegationFacts) -> PartFacts | None:
    """The part that goes, None for the whole delegation. An unknown part is nobody's: KeyError."""
    return None if request.part_id is None else delegation.parts[request.part_id]


def _escort(
    request: VisitRequest, site: SiteFacts, tour: TourFacts, delegation: DelegationFacts, travel: Travel
) -> Escort | None:
    """Who has to go along, asked only where the office's people were looked up."""
    if delegation.staff is None:
        return None
    return Escort(request, site, tour, delegation, delegation.staff, travel)


def nearest(request: VisitRequest, diary: Diary, at: datetime) -> Iterator[Alternative]:
    """The nearest sessions without a refusal: the same day at the same site first, then its nearest days,
    then other sites of the same topic, one session each."""
    zone, wanted_at = diary.site.zone, diary.wanted_at
    day = wanted_at.astimezone(zone).date()
    here: list[Option] = []
    away: list[Option] = []
    for option in diary.options:
        (here if option.site.code == diary.site.code else away).append(option)

    def distance(found: Alternative) -> tuple[bool, float, datetime]:
        off = abs((found.starts_at - wanted_at).total_seconds())
        return found.tour_code != diary.tour.code, off, found.starts_at

    at_home = sorted(_accepted(request, here, diary.delegation, at), key=distance)
    same_day = [a for a in at_home if a.starts_at.astimezone(zone).date() == day]
    yield from same_day[:SAME_DAY]
    yield from [a for a in at_home if a not in same_day][:OTHER_DAYS]
    yield from _one_a_site(sorted(_accepted(request, away, diary.delegation, at), key=distance))


def _accepted(
    request: VisitRequest, options: Iterable[Option], delegation: DelegationFacts | None, at: datetime
) -> Iterator[Alternative]:
    for option in options:
        scales = Scales(request, option.site, option.tour, delegation, at)
        if scales.standing:
            continue
        for running in option.runnings:
            refusals, cautions = scales.weigh(running, option.load)
            if not refusals:
                yield Alternative(
                    site_code=option.site.code,
                    tour_code=option.tour.code,
                    tour_session_id=running.id,
                    starts_at=running.starts_at,
                    ends_at=running.ends_at,
                    places_left=running.places_left,
                    cautions=cautions,
                )


def _one_a_site(found: Iterable[Alternative]) -> Iterator[Alternative]:
    seen: set[str] = set()
    for alternative in found:
        if alternative.site_code not in seen and len(seen) < OTHER_SITES:
            seen.add(alternative.site_code)
            yield alternative
