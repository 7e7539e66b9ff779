"""A proposal day by day: its stops, the ways between, what stays free, what stands already, by the hour."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _

from scheduler.blueprints.plans.minds import ban_key, pin_key
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.programmes.sheet import TONES
from scheduler.blueprints.typed import city_zone
from scheduler.planner.answers import PlannedBreak, PlannedLeg, PlannedStop, PlannedVisit, Proposal
from scheduler.planner.asked import Ban, Pin
from scheduler.records.programme_lookup import Itinerary
from scheduler.records.programme_lookup import PlannedStop as StandingStop
from scheduler.words.instants import hours, local_day
from scheduler.words.names import TABLES, name_of
from scheduler.words.own_names import own_name
from scheduler.words.picture_words import spare_in_words, way_in_words
from scheduler.words.place_names import place_called
from scheduler.words.plan_page_words import BREAK_KINDS
from scheduler.words.verdict_words import caution_in_words

# What begins at one instant: the way first, then what is at its end.
WAY, BREAK, FIXED, STOP = range(4)


@dataclass(frozen=True)
class ShareLine:
    """One visit of a stop: when, for how many, with whom."""

    when: str
    headcount: int
    people: Sequence[str]
    number: int | None = None


@dataclass(frozen=True)
class Item:
    """One line of a day. `kind` is way, break, fixed or stop; a stop has the keys to pin and ban it by."""

    kind: str
    starts_at: datetime
    order: int
    when: str = ""
    title: str = ""
    second: str = ""
    number: str = ""
    tone: str = ""
    phrases: Sequence[str] = ()
    shares: Sequence[ShareLine] = ()
    cautions: Sequence[str] = ()
    is_pinned: bool = False
    is_fallback: bool = False
    topic: str = ""
    mark: str = ""
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayLines:
    """One local day of a proposal."""

    on: date
    items: Sequence[Item]
    stops: int


def days_of(proposal: Proposal, standing: Itinerary, names: Names, *, new: frozenset[str]) -> list[DayLines]:
    """Every day on which something is proposed or stands; `new` are the keys of stops to be marked as new."""
    numbers = numbers_of(proposal, standing)
    items = [
        *(_stop(stop, names, numbers[pin_key(pin_of(stop))], new) for stop in proposal.stops),
        *(_way(leg, proposal, standing) for leg in proposal.legs),
        *(_break(each) for each in proposal.breaks),
        *(_fixed(each, numbers[each.key]) for each in standing.stops),
    ]
    by_day: dict[date, list[Item]] = {}
    for item in sorted(items, key=lambda each: (each.starts_at, each.order)):
        by_day.setdefault(_local(item.starts_at), []).append(item)
    found = {
        on: DayLines(on, lines, sum(line.order == STOP for line in lines)) for on, lines in by_day.items()
    }
    return [found[on] for on in sorted(found) if any(line.order in (STOP, FIXED) for line in found[on].items)]


def pin_of(stop: PlannedStop) -> Pin:
    """What would pin this stop."""
    return Pin(wish_id=stop.wish_id, tour_code=stop.tour_code, starts_at=stop.starts_at)


def numbers_of(proposal: Proposal, standing: Itinerary) -> dict[str, str]:
    """The number that each stop bears on its day, in pictures and lines: those proposed by the key of their
    pin, those that stand by their own."""
    told = [(stop.starts_at, pin_key(pin_of(stop))) for stop in proposal.stops]
    told += [(each.stop.span.starts_at, each.key) for each in standing.stops]
    counts: dict[date, int] = {}
    numbers = {}
    for starts_at, key in sorted(told):
        on = _local(starts_at)
        counts[on] = counts.get(on, 0) + 1
        numbers[key] = str(counts[on])
    return numbers


def _stop(stop: PlannedStop, names: Names, number: str, new: frozenset[str]) -> Item:
    on, key = _local(stop.starts_at), pin_key(pin_of(stop))
    bans = {
        "session": Ban(tour_code=stop.tour_code, starts_at=stop.starts_at),
        "day": Ban(tour_code=stop.tour_code, on=on),
        "tour": Ban(tour_code=stop.tour_code),
    }
    return Item(
        kind="stop",
        starts_at=stop.starts_at,
        order=STOP,
        when=_hours(stop.starts_at, stop.ends_at),
        title=names.site(stop.tour_code),
        second=names.tour(stop.tour_code),
        number=number,
        shares=[_share(visit, names) for visit in stop.visits],
        cautions=list(dict.fromkeys(caution_in_words(caution) for caution in stop.cautions)),
        is_pinned=stop.is_pinned,
        is_fallback=stop.is_fallback,
        topic=names.topic(stop.wish_id),
        mark="new" if key in new else "",
        keys={"pin": key} | {name: ban_key(ban) for name, ban in bans.items()},
    )


def _share(visit: PlannedVisit, names: Names) -> ShareLine:
    people = [names.person(each) for each in visit.assign]
    return ShareLine(_hours(visit.starts_at, visit.ends_at), visit.headcount, people, visit.share)


def _way(leg: PlannedLeg, proposal: Proposal, standing: Itinerary) -> Item:
    phrases = [way_in_words(leg.minutes, None), spare_in_words(leg.spare, leg.slack_minutes)]
    ends, starts = _edges(proposal, standing)
    if leg.origin is not None and leg.leaves_at not in ends:
        phrases.append(_("from %(place)s", place=place_called(leg.origin)))
    if leg.destination is not None and leg.arrives_by not in starts:
        phrases.append(_("to %(place)s", place=place_called(leg.destination)))
    return Item(
        kind="way",
        starts_at=leg.leaves_at,
        order=WAY,
        tone=TONES[leg.spare],
        phrases=[phrase for phrase in phrases if phrase],
    )


def _edges(proposal: Proposal, standing: Itinerary) -> tuple[set[datetime], set[datetime]]:
    """When stops end, and when they begin."""
    visits = [visit for stop in proposal.stops for visit in stop.visits]
    spans = [each.stop.span for each in standing.stops]
    ends = {visit.ends_at for visit in visits} | {span.ends_at for span in spans}
    return ends, {visit.starts_at for visit in visits} | {span.starts_at for span in spans}


def _break(each: PlannedBreak) -> Item:
    return Item(
        kind="break",
        starts_at=each.span.starts_at,
        order=BREAK,
        when=_hours(each.span.starts_at, each.span.ends_at),
        title=name_of(BREAK_KINDS, each.kind),
    )


def _fixed(each: StandingStop, number: str) -> Item:
    span = each.stop.span
    if each.visit is not None:
        tour = each.visit.tour_session.tour
        title, second, kind = own_name(tour.site), own_name(tour), _("Booked")
    else:
        assert each.engagement is not None
        kind = name_of(TABLES["stop_kinds"], each.engagement.kind.value)
        place = each.engagement.place
        title, second = each.engagement.title or kind, own_name(place) if place else ""
    return Item(
        kind="fixed",
        starts_at=span.starts_at,
        order=FIXED,
        when=_hours(span.starts_at, span.ends_at),
        title=title,
        second=second,
        number=number,
        topic=kind,
    )


def _hours(starts_at: datetime, ends_at: datetime) -> str:
    return hours(starts_at, ends_at, city_zone().key)


def _local(instant: datetime) -> date:
    return local_day(instant, city_zone().key)
