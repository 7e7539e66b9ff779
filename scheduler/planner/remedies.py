"""What would have to change for a wish to fit: one change at a time, tried beside all that is proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from time import monotonic

from scheduler.core.engagements import EngagementRequest, decide_engagement
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementKind, Stop
from scheduler.core.wishes import WishFacts
from scheduler.planner.answers import PlannedStop, Remedy, RemedyCode
from scheduler.planner.asked import Pin, PlanAsked
from scheduler.planner.candidates import Candidate, Weighing
from scheduler.planner.choosing import Bound
from scheduler.planner.cutting import best_standing
from scheduler.planner.days import days_of
from scheduler.planner.question import Room
from scheduler.planner.reasons import stop_in_day
from scheduler.planner.room import Candidates, candidates_of
from scheduler.planner.sharing import split_candidates
from scheduler.planner.worth import Wishes

# Enough to choose from; what costs the guests least comes first.
MOST_REMEDIES = 4
LONGER_HOURS = (1, 2)
STEP = timedelta(minutes=15)
Facts = dict[str, object]


@dataclass(frozen=True, eq=False)
class Trial:
    """A wish that found no place, the sessions open to it by itself, the stops proposed without it, and until
    when there is time to try."""

    asked: PlanAsked
    wish: WishFacts
    open_to_it: tuple[Candidate, ...]
    stops: tuple[PlannedStop, ...]
    until: float

    def fits(self, changed: PlanAsked, *, sessions: Sequence[Candidate] | None = None) -> Candidate | None:
        """The visit that the wish would get in one of these sessions (else those open to it) if the question
        were changed so, all proposed stops staying."""
        sessions = self.open_to_it if sessions is None else sessions
        if not sessions:
            return None
        kept = {stop.wish_id for stop in self.stops}
        others = tuple(wish for wish in changed.wishes if wish.id in kept)
        pins = tuple(Pin(wish_id=s.wish_id, tour_code=s.tour_code, starts_at=s.starts_at) for s in self.stops)
        beside = candidates_of(replace(changed, wishes=others, pins=pins), self.until)
        asked = replace(changed, wishes=(*others, self.wish), pins=pins)
        wishes = Wishes(asked)
        candidates = Candidates(beside.weighing, {**beside.of_wish, self.wish.id: sessions})
        room = Room(asked, candidates, wishes, tuple(days_of(candidates, wishes, self.until)))
        all_of_them = Bound(lambda column: len(column.wishes), least=len(others) + 1)
        found = best_standing(room, [all_of_them], self.until)
        if found is None:
            return None
        return next((visit for visit in found.visits if visit.wish.id == self.wish.id), None)

    def open_if(self, changed: PlanAsked) -> Sequence[Candidate]:
        """The sessions that would be open to the wish by itself if the question were changed so."""
        wish = next(wish for wish in changed.wishes if wish.id == self.wish.id)
        return candidates_of(replace(changed, wishes=(wish,)), self.until).of_wish[wish.id]


def remedies_of(
    asked: PlanAsked, wish: WishFacts, stops: Sequence[PlannedStop], *, until: float
) -> tuple[Remedy, ...]:
    """Changes that would each, alone, let a wish into a proposal beside all its stops (or instead of the one
    named). Tried with the whole engine, the rules' last word included, until a monotonic second."""
    kept = {stop.wish_id for stop in stops}
    waits = (
        wish.after is not None and wish.after not in kept and any(w.id == wish.after for w in asked.wishes)
    )
    if waits or {*wish.tours, *wish.fallback} <= {stop.tour_code for stop in stops}:
        # What comes before it finds no place itself, or another wish has brought its tour already.
        return ()
    alone = candidates_of(replace(asked, wishes=(wish,)), until).of_wish[wish.id]
    trial, found = Trial(asked, wish, tuple(alone), tuple(stops), until), list[Remedy]()
    # Where no session is open to the wish by itself, no other stop is in its way.
    for way in (*OPENING, *MAKING_ROOM) if alone else OPENING:
        if monotonic() > until or len(found) == MOST_REMEDIES:
            break
        first = next(way(trial), None)
        if first is not None:
            found.append(first)
    return tuple(found)


def _told(code: RemedyCode, visit: Candidate, **facts: object) -> Remedy:
    return Remedy(code=code, tour_code=visit.tour_code, starts_at=visit.starts_at, facts=facts)


def _lift_ban(trial: Trial) -> Iterator[Remedy]:
    mine = {*trial.wish.tours, *trial.wish.fallback}
    for ban in trial.asked.bans:
        if ban.tour_code in mine:
            bans = tuple(other for other in trial.asked.bans if other != ban)
            lifted = replace(trial.asked, bans=bans)
            if visit := trial.fits(lifted, sessions=trial.open_if(lifted)):
                yield _told(RemedyCode.LIFT_BAN, visit, banned=ban.starts_at or ban.on)


def _split(trial: Trial) -> Iterator[Remedy]:
    """The party in shares, also where some session would take it whole."""

    weighing = Weighing(trial.asked)
    shares = [
        share
        for option, _ in weighing.tours(trial.wish)
        for share in split_candidates(weighing, trial.wish, option)
    ]
    visit = trial.fits(trial.asked, sessions=shares)
    if visit is not None:
        yield _told(RemedyCode.SPLIT_PARTY, visit, shares=[share.headcount for share in visit.shares])


def _more_a_day(trial: Trial) -> Iterator[Remedy]:
    frame = trial.asked.frame
    changed = replace(frame, most_a_day=frame.most_a_day + 1)
    if visit := trial.fits(replace(trial.asked, frame=changed)):
        yield _told(RemedyCode.MORE_A_DAY, visit, most=changed.most_a_day)


def _longer_day(trial: Trial) -> Iterator[Remedy]:
    frame = trial.asked.frame
    for hours in LONGER_HOURS:
        for changed, told in (
            (replace(frame, day_ends=_moved(frame.day_ends, hours)), "day_ends"),
            (replace(frame, day_starts=_moved(frame.day_starts, -hours)), "day_starts"),
        ):
            longer = replace(trial.asked, frame=changed)
            if visit := trial.fits(longer, sessions=trial.open_if(longer)):
                yield _told(RemedyCode.LONGER_DAY, visit, **{told: getattr(changed, told)})


def _moved(clock: time, hours: int) -> time:
    """So many hours later (earlier), within the day."""
    minutes = clock.hour * 60 + clock.minute + hours * 60
    return time(*divmod(min(max(minutes, 0), 24 * 60 - 1), 60))


def _unpin_itself(trial: Trial) -> Iterator[Remedy]:
    """Where the session it is pinned to takes it no more."""
    pins = tuple(pin for pin in trial.asked.pins if pin.wish_id != trial.wish.id)
    if len(pins) < len(trial.asked.pins):
        freed = replace(trial.asked, pins=pins)
        if visit := trial.fits(freed, sessions=trial.open_if(freed)):
            yield _told(RemedyCode.UNPIN, visit, wish_id=trial.wish.id)


def _unpin(trial: Trial) -> Iterator[Remedy]:
    """Where another is pinned in its way."""
    for pin in trial.asked.pins:
        others = tuple(stop for stop in trial.stops if stop.wish_id != pin.wish_id)
        pins = tuple(other for other in trial.asked.pins if other != pin)
        freed = replace(trial, stops=others)
        visit = freed.fits(replace(trial.asked, pins=pins))
        if visit is not None:
            yield _told(RemedyCode.UNPIN, visit, wish_id=pin.wish_id)


def _smaller(trial: Trial) -> Iterator[Remedy]:
    """Fewer people: as many as some sessions take, split or whole."""
    if trial.open_to_it:
        return
    taken, refused = 0, Weighing(trial.asked).headcount(trial.wish)
    found: Candidate | None = None
    while refused - taken > 1 and monotonic() < trial.until:
        headcount = (taken + refused) // 2
        smaller = replace(trial.wish, headcount=headcount)
        wishes = tuple(smaller if w.id == smaller.id else w for w in trial.asked.wishes)
        fewer = replace(trial.asked, wishes=wishes)
        visit = replace(trial, wish=smaller).fits(fewer, sessions=trial.open_if(fewer))
        if visit is None:
            refused = headcount
        else:
            taken, found = headcount, visit
    if found is not None:
        yield _told(RemedyCode.SMALLER_PARTY, found, headcount=taken)


def _move_engagement(trial: Trial) -> Iterator[Remedy]:
    delegation = trial.asked.delegation
    for stop in delegation.stops:
        if stop.engagement_id is None or stop.kind == EngagementKind.TRANSFER or stop.part is not None:
            continue
        others = tuple(other for other in delegation.stops if other != stop)
        freed = replace(trial.asked, delegation=replace(delegation, stops=others))
        visit = trial.fits(freed)
        moved_to = None if visit is None else _new_hour(trial, freed, stop, visit)
        if visit is not None and moved_to is not None:
            facts: Facts = {
                "engagement_id": stop.engagement_id,
                "kind": stop.kind,
                "starts_at": stop.span.starts_at,
                "moved_to": moved_to,
            }
            yield _told(RemedyCode.MOVE_ENGAGEMENT, visit, **facts)


def _new_hour(trial: Trial, freed: PlanAsked, stop: Stop, visit: Candidate) -> datetime | None:
    """The nearest start that day at which the rules take the engagement beside everything else."""
    asked, length = trial.asked, stop.span.ends_at - stop.span.starts_at
    here = Stop(site_code=visit.option.site.code, span=Span(visit.starts_at, visit.ends_at))
    stops = (*freed.delegation.stops, *map(stop_in_day, trial.stops), here)
    facts = replace(freed.delegation, stops=tuple(sorted(stops, key=lambda each: each.span.starts_at)))
    day = stop.span.starts_at.astimezone(asked.zone).date()
    first = datetime.combine(day, asked.frame.day_starts, asked.zone)
    last = datetime.combine(day, asked.frame.day_ends, asked.zone) - length
    steps = max(0, (last - first) // STEP + 1)
    starts = sorted((first + n * STEP for n in range(steps)), key=lambda at: abs(at - stop.span.starts_at))
    for starts_at in starts:
        request = EngagementRequest(
            delegation_id=facts.id,
            kind=EngagementKind(stop.kind),
            starts_at=starts_at,
            ends_at=starts_at + length,
            place=stop.site_code,
            zone=asked.zone,
        )
        if not decide_engagement(request, facts, asked.at).is_refused:
            return starts_at
    return None


def _leave_out(trial: Trial) -> Iterator[Remedy]:
    """Instead of a stop that is not pinned, the least wished first."""
    by_id = {wish.id: wish for wish in trial.asked.wishes}
    free = [stop for stop in trial.stops if not stop.is_pinned and stop.wish_id in by_id]
    for stop in sorted(free, key=lambda s: (by_id[s.wish_id].is_must, by_id[s.wish_id].priority)):
        without = replace(trial, stops=tuple(other for other in trial.stops if other != stop))
        if visit := without.fits(trial.asked):
            yield _told(RemedyCode.LEAVE_OUT, visit, wish_id=stop.wish_id)


# Ways to open a session to the wish at all, and ways to make room for it among the other stops.
OPENING = (_unpin_itself, _lift_ban, _split, _longer_day, _smaller)
MAKING_ROOM = (_more_a_day, _unpin, _move_engagement, _leave_out)
