"""Asking the planner for a delegation's days: the terms are looked over, the question becomes a job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.access import Actor, Permission
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_jobs import enter_job
from scheduler.core.verdicts import Refusal, RefusalCode, Verdict
from scheduler.planner.asked import ALTERNATIVES, SECONDS, Ban, Pin
from scheduler.planner.kept import as_json, from_json
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import wishes_of
from scheduler.records.delegations import Delegation, DelegationState, Wish
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.records.writing import Parents, writing

MOST_ALTERNATIVES = 5
MOST_PINS, MOST_BANS = 50, 200
LEAST_SECONDS, MOST_SECONDS = 0.1, 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an officer says to the planner beside the wishes: what stays, what not again, how many proposals
    and how long it may take."""

    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    alternatives: int = ALTERNATIVES
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan, and whether this call made it: the same question asked while nobody has answered it is one."""

    plan: PlanJob
    is_new: bool


def ask_plan(
    delegation_id: int, terms: Terms, *, follows_id: int | None = None, by: Actor, at: datetime
) -> Asked:
    """Have a delegation's days planned: a job that waits until a process of its own takes it up.

    Raises NotFound, VisitRefused (a delegation closed or cancelled), Invalid (no wishes; a pin of another's
    wish, or of a tour that is not what it wishes; a wish pinned twice; unknown tours; numbers out of range),
    NotPermitted.
    """
    by.must(Permission.BOOK_VISITS)
    _must_be_in_range(terms)
    return _ask(delegation_id, terms, follows_id=follows_id, by=by, at=at)


def wishes_to_plan(delegation_id: int) -> dict[int, Wish]:
    """The wishes of a delegation that can be planned, by number. Raises NotFound, VisitRefused (it is closed
    or cancelled), Invalid (it wishes for nothing)."""
    delegation = db.session.get(Delegation, delegation_id, populate_existing=True)
    if delegation is None:
        raise NotFound("delegation", delegation_id)
    if delegation.state is not DelegationState.REGISTERED:
        told = {"act": "book", "delegation_state": delegation.state.value}
        raise VisitRefused(Verdict(refusals=(Refusal(RefusalCode.STATE_FORBIDS, told),)))
    wishes = {wish.id: wish for wish in db.session.scalars(wishes_of(delegation_id))}
    if not wishes:
        raise Invalid("delegation_id", "nothing_wished")
    return wishes


def kept_terms(terms: Terms) -> dict[str, Any]:
    """Terms as a job keeps them."""
    return {
        "pins": as_json(list(terms.pins)),
        "bans": as_json(list(terms.bans)),
        "alternatives": terms.alternatives,
        "seconds": terms.seconds,
    }


def terms_of(plan: PlanJob) -> Terms:
    """The terms that a job keeps."""
    kept = plan.asked
    return Terms(
        pins=tuple(from_json(kept["pins"])),
        bans=tuple(from_json(kept["bans"])),
        alternatives=kept["alternatives"],
        seconds=kept["seconds"],
    )


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _ask(delegation_id: int, terms: Terms, *, follows_id: int | None, by: Actor, at: datetime) -> Asked:
    wishes = wishes_to_plan(delegation_id)
    _must_make_sense(terms, wishes)
    job, is_new = enter_job(
        PlanKind.PROGRAMME,
        kept_terms(terms),
        delegation_id=delegation_id,
        follows_id=follows_id,
        by=by,
        at=at,
    )
    return Asked(job, is_new)


def _must_be_in_range(terms: Terms) -> None:
    if not 1 <= terms.alternatives <= MOST_ALTERNATIVES:
        raise Invalid("alternatives", "out_of_range", least=1, most=MOST_ALTERNATIVES)
    # Written so that what is no number at all is out of range, too.
    if not LEAST_SECONDS <= terms.seconds <= MOST_SECONDS:
        raise Invalid("seconds", "out_of_range", least=LEAST_SECONDS, most=MOST_SECONDS)
    for name, told, most in (("pins", terms.pins, MOST_PINS), ("bans", terms.bans, MOST_BANS)):
        if len(told) > most:
            raise Invalid(name, "too_many", most=most)


def _must_make_sense(terms: Terms, wishes: Mapping[int, Wish]) -> None:
    """A pin is of a wish of theirs and of a tour that can fulfil it, one for each wish; a ban of a tour."""
    said: Mapping[str, Sequence[Pin | Ban]] = {"pins": terms.pins, "bans": terms.bans}
    tours = tours_with_codes({each.tour_code for told in said.values() for each in told})
    for name, told in said.items():
        for index, each in enumerate(told):
            if each.tour_code not in tours:
                raise Invalid(f"{name}.{index}.tour", "unknown", value=each.tour_code)
    pinned: set[int] = set()
    for index, pin in enumerate(terms.pins):
        wish = wishes.get(pin.wish_id)
        if wish is None:
            raise Invalid(f"pins.{index}.wish_id", "unknown", value=pin.wish_id)
        if wish.id in pinned:
            raise Invalid(f"pins.{index}.wish_id", "pinned_twice")
        pinned.add(wish.id)
        tour = tours[pin.tour_code]
        fits = wish.topic in tour.topics if wish.tour_id is None else wish.tour_id == tour.id
        if not fits and wish.fallback_tour_id != tour.id:
            raise Invalid(f"pins.{index}.tour", "not_what_is_wished", value=pin.tour_code)
