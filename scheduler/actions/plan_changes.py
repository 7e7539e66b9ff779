"""What a plan was made for against what is true now: who comes, when, what they wish, in which frame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scheduler.core.spans import Span
from scheduler.core.wishes import StayFrame, WishFacts
from scheduler.planner.answers import PlannedStop
from scheduler.planner.kept import as_json, from_json
from scheduler.records.plan_facts import StayBasis

# What of a wish a stop of it depends on; how dear it is changes no stop.
DEPENDED_ON = ("either", "after", "not_first_day", "not_last_day")


class ChangeCode(StrEnum):
    """What is not as it was when the plan was made. The doors put each into words."""

    HEADCOUNT = "headcount"
    STAY = "stay"
    FRAME = "frame"
    WISH_GONE = "wish_gone"
    WISH_CHANGED = "wish_changed"
    WISH_BOOKED = "wish_booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed, of one wish or of the whole stay, with the facts to tell it by: `was`, `now`;
    and the stops (indexes) that cannot be booked as they were proposed."""

    code: ChangeCode
    wish_id: int | None = None
    tour_code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    stops: tuple[int, ...] = ()


def kept_basis(basis: StayBasis) -> dict[str, Any]:
    """What a plan is made for, as a job keeps it. What is fulfilled is kept beside it."""
    return {
        "stay": as_json(basis.stay),
        "wishes": as_json(list(basis.wishes.values())),
        "frame": as_json(basis.frame),
    }


def changes_since(
    made_for: Mapping[str, Any] | None, basis: StayBasis, stops: Mapping[int, PlannedStop]
) -> list[Change]:
    """What changed that some stops (by index) were proposed for. How many come and what is wished is told by
    the stops themselves; the rest by `made_for`, which is None for a plan of an older version."""
    found, known = [*_of_headcount(basis, stops)], _read(made_for or {})
    before: Mapping[int, WishFacts] = {}
    if known is not None:
        stay, frame, wishes = known
        found += _of_stay(stay, basis, stops)
        if frame != basis.frame:
            found.append(Change(code=ChangeCode.FRAME, stops=tuple(stops)))
        before = {wish.id: wish for wish in wishes}
    found += [told for index, stop in stops.items() for told in _of_wish(index, stop, basis, before)]
    return found


def _read(made_for: Mapping[str, Any]) -> tuple[Span, StayFrame, list[WishFacts]] | None:
    """What was kept; None where there is nothing that can be read any more."""
    try:
        return from_json(made_for["stay"]), from_json(made_for["frame"]), from_json(made_for["wishes"])
    except (KeyError, TypeError, ValueError):
        return None


def _of_headcount(basis: StayBasis, stops: Mapping[int, PlannedStop]) -> Iterator[Change]:
    """The stops that everybody goes to, where everybody is no longer as many."""
    whole = {index: stop for index, stop in stops.items() if _goes_everybody(stop, basis)}
    wrong = {index: _people(stop) for index, stop in whole.items() if _people(stop) != basis.headcount}
    if wrong:
        facts = {"was": next(iter(wrong.values())), "now": basis.headcount}
        yield Change(code=ChangeCode.HEADCOUNT, facts=facts, stops=tuple(wrong))


def _of_stay(before: Span, basis: StayBasis, stops: Mapping[int, PlannedStop]) -> Iterator[Change]:
    """Another stay: what lies outside it, and what depends on its first and last day."""
    if before == basis.stay:
        return
    stay = basis.stay
    gone = [
        index
        for index, stop in stops.items()
        if stop.starts_at < stay.starts_at or stop.ends_at > stay.ends_at or _by_days(stop, basis)
    ]
    facts = {"arrives_at": stay.starts_at, "departs_at": stay.ends_at}
    yield Change(code=ChangeCode.STAY, facts=facts, stops=tuple(gone))


def _of_wish(
    index: int, stop: PlannedStop, basis: StayBasis, before: Mapping[int, WishFacts]
) -> Iterator[Change]:
    wish = basis.wishes.get(stop.wish_id)
    if wish is None:
        code = ChangeCode.WISH_GONE
    elif stop.wish_id in basis.fulfilled:
        code = ChangeCode.WISH_BOOKED
    elif not _is_as_before(stop, wish, before.get(stop.wish_id)):
        code = ChangeCode.WISH_CHANGED
    else:
        return
    yield Change(code=code, wish_id=stop.wish_id, tour_code=stop.tour_code, stops=(index,))


def _is_as_before(stop: PlannedStop, wish: WishFacts, before: WishFacts | None) -> bool:
    """Whether a wish still wants this stop, for as many as it was proposed for."""
    if stop.tour_code not in (*wish.tours, *wish.fallback):
        return False
    if wish.headcount is not None and wish.headcount != _people(stop):
        return False
    return before is None or all(getattr(before, name) == getattr(wish, name) for name in DEPENDED_ON)


def _goes_everybody(stop: PlannedStop, basis: StayBasis) -> bool:
    wish = basis.wishes.get(stop.wish_id)
    return wish is not None and wish.headcount is None


def _by_days(stop: PlannedStop, basis: StayBasis) -> bool:
    wish = basis.wishes.get(stop.wish_id)
    return wish is not None and (wish.not_first_day or wish.not_last_day)


def _people(stop: PlannedStop) -> int:
    return sum(visit.headcount for visit in stop.visits)
