"""What people at a site's gate say of a visit, tap by tap; a tap repeated counts once (decision 23)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from scheduler.access import Actor, Permission
from scheduler.actions.answers import KeyUsedOtherwise
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.clashes import flag, outlook
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import must_be_current
from scheduler.core.gate import LONGEST_NOTE, Photographs, Said
from scheduler.core.lifecycle import CALLED_OFF, OCCUPYING, Act, VisitState
from scheduler.core.verdicts import Refusal, RefusalCode, Verdict
from scheduler.records.database import db
from scheduler.records.gate_said import Speaker, last_speaker, tap_by_key
from scheduler.records.gate_taps import GateTap
from scheduler.records.journal import enter, snapshot
from scheduler.records.visit_lookup import visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

# Which column a tap speaks of, and which acts of the journal spoke of it before.
SPEAKS_OF = {
    Said.ARRIVED: "arrived_count",
    Said.COUNT: "arrived_count",
    Said.UNDO: "arrived_count",
    Said.NOTE: "gate_note",
    Said.PHOTOGRAPHS: "photographs",
}
ACTS_OF = {
    "arrived_count": ("arrive", "amend_count", "undo_arrival"),
    "gate_note": ("note_at_gate",),
    "photographs": ("mark_photographs",),
}
# A phone that was off for longer than this tells no instant worth keeping.
LONGEST_WAIT = timedelta(days=1)


class Seen(NamedTuple):
    """What stood on the phone when it was tapped."""

    value: Any


@dataclass(frozen=True, kw_only=True)
class Tap:
    """One tap: its key made by the phone, what is said, the value said with it (a count, a note, a mark; None
    where it needs none). `seen` is what it was said against, `starts_at` the hour the phone showed: what the
    phone does not tell is not compared. `version` is that of the visit whose form was sent."""

    key: str
    said: Said
    value: Any = None
    seen: Seen | None = None
    starts_at: datetime | None = None
    said_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True)
class Tapped:
    """The visit as it is now; `is_new` is False when this very tap had counted before."""

    visit: Visit
    is_new: bool


class SaidOtherwise(Exception):
    """Somebody else said something else meanwhile, and who taps now has not seen it. Said again, knowing it,
    the last word counts."""

    def __init__(self, name: str, value: Any, who: Speaker) -> None:
        super().__init__(f"{name} is {value!r} by {who.name}")
        self.name = name
        self.value = value
        self.who = who
        self.facts = {"field": name, "value": value, "said_by": who.name}


class MovedMeanwhile(Exception):
    """The visit has another hour than the phone showed."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(f"it is at {starts_at} now")
        self.starts_at = starts_at
        self.facts = {"starts_at": starts_at.isoformat()}


def say_at_gate(visit_id: int, tap: Tap, *, by: Actor, at: datetime) -> Tapped:
    """Take one tap. Raises VisitRefused (called off, not agreed, closed), SaidOtherwise, MovedMeanwhile,
    StaleVersion, Invalid, KeyUsedOtherwise, NotFound, NotPermitted. One that is refused leaves nothing."""
    by.must(Permission.RECEIVE_VISITS)
    try:
        return _say_at_gate(visit_id, tap, by=by, at=at)
    except IntegrityError as error:
        if "uq_gate_tap_key" in str(error) or "gate_tap.key" in str(error):
            raise KeyUsedOtherwise(tap.key) from None  # At this very moment, for another visit.
        raise


def _parents(visit_id: int, *_told: object, **_also: object) -> Parents:
    where = whereabouts_of(visit_id)
    return Parents(frozenset({where.site_id}), frozenset({where.delegation_id}))


@writing(_parents)
def _say_at_gate(visit_id: int, tap: Tap, *, by: Actor, at: datetime) -> Tapped:
    visit = visit_seen_by(by, visit_id)
    told = {} if tap.value is None else {SPEAKS_OF[tap.said]: tap.value}
    if (before := tap_by_key(tap.key)) is not None:
        was = before.visit_id, before.said, before.told, before.account_id
        if was != (visit.id, tap.said, told, by.account_id):
            raise KeyUsedOtherwise(tap.key)
        return Tapped(visit, is_new=False)
    must_be_current(visit.version, tap.version)
    _must_know(visit, tap, by)
    said_at = _plausible(tap.said_at, at)
    if tap.said in (Said.ARRIVED, Said.COUNT):
        _count(visit, tap, said_at, by=by, at=at)
    elif tap.said is Said.UNDO:
        _undo(visit, by=by, at=at)
    else:
        _mark(visit, tap, by=by, at=at)
    row = GateTap(key=tap.key, visit_id=visit.id, said=tap.said, told=told, said_at=said_at, taken_at=at)
    row.account_id = by.account_id
    db.session.add(row)
    db.session.flush()
    return Tapped(visit_seen_by(by, visit_id), is_new=True)


def _must_know(visit: Visit, tap: Tap, by: Actor) -> None:
    """Nobody overwrites what a colleague said without having read it; one's own word, one always may."""
    speaks_of_arrival = SPEAKS_OF[tap.said] == "arrived_count"
    is_still_on = visit.state not in CALLED_OFF
    if speaks_of_arrival and is_still_on and tap.starts_at not in (None, visit.starts_at):
        raise MovedMeanwhile(visit.starts_at)
    name = SPEAKS_OF[tap.said]
    now = getattr(visit, name)
    if tap.seen is None or now in (tap.seen.value, tap.value):
        return
    who = last_speaker(visit.id, ACTS_OF[name])
    if who is not None and who.account_id != by.account_id:
        raise SaidOtherwise(name, now, who)


def _count(visit: Visit, tap: Tap, said_at: datetime, *, by: Actor, at: datetime) -> None:
    """They are here, so many. The first word is an arrival, each other count an amendment."""
    is_first = visit.state is not VisitState.CARRIED_OUT
    count = tap.value if tap.value is not None else visit.arrived_count or visit.headcount
    if not is_first and count == visit.arrived_count:
        return
    arrived = act_upon(visit.id, Act.ARRIVE, Told(count=count), by=by, at=at)
    if is_first:
        arrived.arrived_at = said_at


def _undo(visit: Visit, *, by: Actor, at: datetime) -> None:
    """The wrong card was tapped. What stood against the visit before it was called here stands again."""
    if visit.state is VisitState.CONFIRMED:
        return
    undone = act_upon(visit.id, Act.UNDO_ARRIVAL, by=by, at=at)
    now = outlook(undone.site_id, at)
    if now.clashes.get(undone.id):
        flag([now.visits[undone.id]], now.clashes, at)


def _mark(visit: Visit, tap: Tap, *, by: Actor, at: datetime) -> None:
    """A note, or whether photographs may be taken. It may be said as long as the visit is on."""
    if visit.state in CALLED_OFF:
        told = {"act": tap.said.value, "state": visit.state.value, "allowed_from": sorted(OCCUPYING)}
        raise VisitRefused(Verdict(refusals=(Refusal(RefusalCode.STATE_FORBIDS, told),)))
    name = SPEAKS_OF[tap.said]
    value = _sound(tap)
    if getattr(visit, name) == value:
        return
    before = snapshot(visit, name)
    setattr(visit, name, value)
    visit.version += 1
    visit.changed_at = at
    db.session.flush()
    enter(visit, *ACTS_OF[name], by=by, at=at, before=before, after=snapshot(visit, name))


def _sound(tap: Tap) -> Any:
    if tap.said is Said.PHOTOGRAPHS:
        return Photographs(tap.value)
    note = str(tap.value or "").strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", "note_too_long", most=LONGEST_NOTE)
    return note


def _plausible(said_at: datetime | None, at: datetime) -> datetime:
    """When it was tapped, as far as the phone's clock can be believed."""
    return said_at if said_at is not None and at - LONGEST_WAIT <= said_at <= at else at
