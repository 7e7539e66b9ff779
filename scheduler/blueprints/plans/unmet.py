"""Wishes that a proposal leaves out: why on each day, what would help, and what of that is one click away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from flask import url_for

from scheduler.access import Permission
from scheduler.actions.plans import Terms
from scheduler.blueprints.plans.minds import ban_key, pin_key
from scheduler.blueprints.plans.named import Names
from scheduler.identity import actor
from scheduler.planner.answers import PlannedStop, Proposal, Remedy, RemedyCode, Unmet
from scheduler.words.plan_words import reason_in_words, remedy_in_words


@dataclass(frozen=True)
class RemedyLine:
    """What would help, in words; where one click does it, what the button sends."""

    text: str
    sends: tuple[str, str] | None = None
    url: str = ""


@dataclass(frozen=True)
class UnmetLines:
    """One wish without a place: what it is, how dear, why on each day, what would help."""

    name: str
    priority: int
    is_must: bool
    days: Sequence[tuple[date, Sequence[str]]]
    remedies: Sequence[RemedyLine]


def unmet_lines(proposal: Proposal, names: Names, terms: Terms) -> list[UnmetLines]:
    """All that a proposal leaves out, musts and the dearest first."""
    stops = {stop.wish_id: stop for stop in proposal.stops}
    found = [_lines(unmet, names, terms, stops) for unmet in proposal.unmet]
    return sorted(found, key=lambda each: (not each.is_must, -each.priority))


def _lines(unmet: Unmet, names: Names, terms: Terms, stops: Mapping[int, PlannedStop]) -> UnmetLines:
    wish = names.wishes.get(unmet.wish_id)
    is_of_several = len({reason.tour_code for reason in unmet.reasons}) > 1
    by_day: dict[date, list[str]] = {}
    for reason in unmet.reasons:
        told = reason_in_words(reason, names, tells_tour=is_of_several)
        by_day.setdefault(reason.on, []).append(told)
    return UnmetLines(
        name=names.wish(unmet.wish_id),
        priority=wish.priority if wish else 0,
        is_must=bool(wish and wish.is_must),
        days=list(by_day.items()),
        remedies=list(_remedies(unmet.remedies, names, terms, stops)),
    )


def _remedies(
    remedies: Iterable[Remedy], names: Names, terms: Terms, stops: Mapping[int, PlannedStop]
) -> Iterable[RemedyLine]:
    for remedy in remedies:
        yield RemedyLine(remedy_in_words(remedy, names), _sends(remedy, terms, stops), _where(remedy, names))


def _sends(remedy: Remedy, terms: Terms, stops: Mapping[int, PlannedStop]) -> tuple[str, str] | None:
    """The field and value with which asking again does it; None where somebody must think first."""
    facts = remedy.facts
    if remedy.code is RemedyCode.LIFT_BAN:
        bans = [ban for ban in terms.bans if (ban.starts_at or ban.on) == facts.get("banned")]
        in_order = sorted(bans, key=lambda ban: ban.tour_code != remedy.tour_code)
        return ("lift", ban_key(in_order[0])) if in_order else None
    if remedy.code is RemedyCode.UNPIN:
        keys = [pin_key(pin) for pin in terms.pins if pin.wish_id == facts.get("wish_id")]
        return ("unpin", keys[0]) if keys else None
    if remedy.code is RemedyCode.LEAVE_OUT:
        stop = stops.get(facts.get("wish_id", 0))
        return ("ban", stop.tour_code) if stop is not None else None
    return _longer(remedy) if actor().may(Permission.WRITE_DELEGATIONS) else None


def _where(remedy: Remedy, names: Names) -> str:
    """The page on which somebody does it who has thought about it: the call to be moved, the party split for
    that session, the wish to be changed."""
    if remedy.code is RemedyCode.MOVE_ENGAGEMENT:
        return url_for("engagements.engagement", engagement_id=remedy.facts["engagement_id"])
    if remedy.code is RemedyCode.SPLIT_PARTY:
        return url_for(
            "splits.proposal",
            delegation_id=names.delegation_id,
            tour_code=remedy.tour_code,
            starts_at=remedy.starts_at.isoformat(),
        )
    if remedy.code is RemedyCode.SMALLER_PARTY and actor().may(Permission.WRITE_DELEGATIONS):
        return url_for("plans.new", delegation_id=names.delegation_id)
    return ""


def _longer(remedy: Remedy) -> tuple[str, str] | None:
    """A longer or a fuller day."""
    for name in ("day_starts", "day_ends"):
        told = remedy.facts.get(name)
        if remedy.code is RemedyCode.LONGER_DAY and isinstance(told, time):
            return name, f"{told:%H:%M}"
    most = remedy.facts.get("most")
    return ("most_a_day", str(most)) if remedy.code is RemedyCode.MORE_A_DAY and most else None
