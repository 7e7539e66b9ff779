"""The life of a visit: its states, the acts upon it, and one table of which act leads where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.core.verdicts import Refusal, RefusalCode


class VisitState(StrEnum):
    HELD = "held"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    CARRIED_OUT = "carried_out"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    NO_SHOW = "no_show"
    EXPIRED = "expired"

    @property
    def occupies(self) -> bool:
        """Whether a visit in this state takes places."""
        return self in OCCUPYING


class Act(StrEnum):
    REQUEST = "request"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MOVE = "move"
    CANCEL = "cancel"
    POSTPONE = "postpone"
    ARRIVE = "arrive"
    UNDO_ARRIVAL = "undo_arrival"
    NO_SHOW = "no_show"
    CLOSE = "close"
    EXPIRE = "expire"


# Places are taken while a visit is awaited, and stay taken once people have come: a
# place that was used is not free again for the rest of that hour.
OCCUPYING = frozenset(
    {
        VisitState.HELD,
        VisitState.REQUESTED,
        VisitState.CONFIRMED,
        VisitState.CARRIED_OUT,
        VisitState.CLOSED,
    }
)
# Who comes can be counted, and missed, from the first instant of the visit's own day on.
ON_THE_DAY = frozenset({Act.ARRIVE, Act.NO_SHOW})
AWAITED = frozenset({VisitState.HELD, VisitState.REQUESTED, VisitState.CONFIRMED})
# What a calendar shows as called off. Who did not come keeps the entry: the hour was theirs.
CALLED_OFF = frozenset({VisitState.DECLINED, VisitState.CANCELLED, VisitState.POSTPONED, VisitState.EXPIRED})

_S = VisitState
# Act -> state before -> state after. What is not here is not allowed. Where the tour
# needs no agreement, REQUESTED is read as CONFIRMED (see `state_after`).
LIFE: Mapping[Act, Mapping[VisitState, VisitState]] = {
    Act.REQUEST: {_S.HELD: _S.REQUESTED},
    Act.CONFIRM: {_S.REQUESTED: _S.CONFIRMED},
    Act.DECLINE: {_S.HELD: _S.DECLINED, _S.REQUESTED: _S.DECLINED, _S.CONFIRMED: _S.DECLINED},
    Act.MOVE: {
        _S.HELD: _S.HELD,
        _S.REQUESTED: _S.REQUESTED,
        _S.CONFIRMED: _S.REQUESTED,
        _S.POSTPONED: _S.REQUESTED,
        _S.DECLINED: _S.REQUESTED,
    },
    Act.CANCEL: {
        _S.HELD: _S.CANCELLED,
        _S.REQUESTED: _S.CANCELLED,
        _S.CONFIRMED: _S.CANCELLED,
        _S.POSTPONED: _S.CANCELLED,
    },
    Act.POSTPONE: {_S.HELD: _S.POSTPONED, _S.REQUESTED: _S.POSTPONED, _S.CONFIRMED: _S.POSTPONED},
    # Arriving twice corrects the count.
    Act.ARRIVE: {_S.CONFIRMED: _S.CARRIED_OUT, _S.CARRIED_OUT: _S.CARRIED_OUT},
    # The wrong card was tapped: nobody has come after all, or not yet.
    Act.UNDO_ARRIVAL: {_S.CARRIED_OUT: _S.CONFIRMED},
    Act.NO_SHOW: {_S.CONFIRMED: _S.NO_SHOW, _S.REQUESTED: _S.NO_SHOW},
    Act.CLOSE: {_S.CARRIED_OUT: _S.CLOSED},
    Act.EXPIRE: {_S.HELD: _S.EXPIRED},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What the lifecycle needs to know of a visit. `day_begins_at` is the first instant of its own day at its
    site; where it is unknown no rule speaks of the day."""

    state: VisitState
    hold_until: datetime | None = None
    needs_agreement: bool = True
    is_clashing: bool = False
    day_begins_at: datetime | None = None


def first_state(*, is_hold: bool, needs_agreement: bool) -> VisitState:
    """The state a booking starts in."""
    if is_hold:
        return _S.HELD
    return _S.REQUESTED if needs_agreement else _S.CONFIRMED


def state_after(act: Act, visit: VisitFacts) -> VisitState:
    """Where a permitted act leads. Ask `refusals_of` first: an act not allowed raises KeyError."""
    if act is Act.CONFIRM and visit.state is _S.CONFIRMED and visit.is_clashing:
        return _S.CONFIRMED
    after = LIFE[act][visit.state]
    return _S.CONFIRMED if after is _S.REQUESTED and not visit.needs_agreement else after


def refusals_of(act: Act, visit: VisitFacts, at: datetime) -> tuple[Refusal, ...]:
    """Why this act may not happen to this visit now; empty when it may.

    A confirmed visit that clashes with a later closure or limit may be confirmed again: that is
    how its site says "come all the same".
    """
    has_lapsed = visit.state is _S.EXPIRED or (
        visit.state is _S.HELD and visit.hold_until is not None and visit.hold_until <= at
    )
    if has_lapsed and act not in (Act.EXPIRE, Act.CANCEL):
        return (Refusal(RefusalCode.HOLD_EXPIRED, {"hold_until": visit.hold_until}),)
    if act is Act.CONFIRM and visit.state is _S.CONFIRMED and visit.is_clashing:
        return ()
    if visit.state not in LIFE[act]:
        told = {"act": act.value, "state": visit.state.value, "allowed_from": sorted(LIFE[act])}
        return (Refusal(RefusalCode.STATE_FORBIDS, told),)
    if act in ON_THE_DAY and visit.day_begins_at is not None and at < visit.day_begins_at:
        return (Refusal(RefusalCode.NOT_BEFORE_THE_DAY, {"from": visit.day_begins_at}),)
    return ()


def acts_open(visit: VisitFacts, at: datetime) -> frozenset[Act]:
    """Every act a person could do to this visit now."""
    return frozenset(act for act in Act if act is not Act.EXPIRE and not refusals_of(act, visit, at))
