"""The days of a proposal as a strip: stops, ways, what stays free, what stands already."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import gettext as _
from markupsafe import Markup

from scheduler.blueprints.plans.days import numbers_of, pin_of
from scheduler.blueprints.plans.minds import pin_key
from scheduler.blueprints.programmes.sheet import TONES
from scheduler.blueprints.typed import city_zone
from scheduler.core.spans import Span
from scheduler.pictures.day_strip import StripDay, StripLeg, StripStop, StripWords, day_strip
from scheduler.planner.answers import PlannedLeg, Proposal
from scheduler.records.programme_lookup import Itinerary
from scheduler.words.instants import local_day, short_day
from scheduler.words.picture_words import hour_marks, is_mirrored, spare_note


def strip_of(proposal: Proposal, standing: Itinerary, *, name: str) -> Markup:
    """All days of a proposal, one below the other; `name` is unique on its page."""
    numbers = numbers_of(proposal, standing)
    blocks: list[tuple[Span, str, str]] = [
        (Span(visit.starts_at, visit.ends_at), numbers[pin_key(pin_of(stop))], "visit")
        for stop in proposal.stops
        for visit in stop.visits
    ]
    blocks += [(each.stop.span, numbers[each.key], "engagement") for each in standing.stops]
    blocks += [(each.span, "", "break") for each in proposal.breaks]
    days: dict[date, list[StripStop]] = {}
    for span, number, look in sorted(blocks, key=lambda block: (block[0].starts_at, block[2])):
        on = _local(span.starts_at)
        starts, ends = _minute(on, span.starts_at), _minute(on, span.ends_at)
        days.setdefault(on, []).append(StripStop(number=number, starts=starts, ends=ends, look=look))
    busy = {_local(span.starts_at) for span, _number, look in blocks if look != "break"}
    words = StripWords(
        title=_("The days of this programme hour by hour"),
        description=_("Stops as blocks, the ways between them hatched. The same stands below in words."),
        hours=hour_marks(),
    )
    strips = [
        StripDay(name=short_day(on), stops=days[on], legs=list(_legs(proposal.legs, on)))
        for on in sorted(busy)
    ]
    drawn = day_strip(strips, words, name=name, is_mirrored=is_mirrored())
    return Markup(drawn)  # noqa: S704 - Drawn by us, all words escaped.


def _legs(legs: Iterable[PlannedLeg], on: date) -> Iterable[StripLeg]:
    """The ways of one day that take any time."""
    for leg in legs:
        if _local(leg.leaves_at) != on or leg.minutes == 0:
            continue
        yield StripLeg(
            starts=_minute(on, leg.leaves_at),
            ends=_minute(on, leg.arrives_by),
            minutes=leg.minutes,
            tone=TONES[leg.spare],
            note=_note(leg),
        )


def _note(leg: PlannedLeg) -> str:
    """What is to spare. Nothing is to be said of a way from or to the base, nor where nobody said where."""
    is_open = leg.minutes is not None or None in (leg.origin, leg.destination)
    return "" if leg.slack_minutes is None and is_open else spare_note(leg.spare, leg.slack_minutes)


def _minute(on: date, moment: datetime) -> int:
    """The minute on the clock of a local day; a later day's is midnight."""
    local = moment.astimezone(city_zone())
    return 24 * 60 if local.date() > on else local.hour * 60 + local.minute


def _local(instant: datetime) -> date:
    return local_day(instant, city_zone().key)
