"""The only way to write. The locks are taken first, once, in a fixed order; only then are the facts read."""

import functools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from scheduler.records.database import ask, db
from scheduler.records.delegations import Delegation
from scheduler.records.holds import expire_overdue, sites_of_overdue_holds
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.waiting_lookup import delegations_waiting_at

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 12
# Serialization failure, deadlock, lock not available: another's turn came first, ours comes again.
PASSING_STATES = frozenset({"40001", "40P01", "55P03"})
# NO KEY UPDATE keeps others of our kind out, and lets rows that merely refer to these be written.
_ROWS = {
    table: select(table.__table__.c.id)
    .where(table.__table__.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(table.__table__.c.id)
    .with_for_update(key_share=True)
    for table in (Site, Delegation, Resource)
}
PASSING_WORDS = ("database is locked", "database table is locked", "database is busy")


@dataclass(frozen=True, slots=True)
class Parents:
    """The rows whose scarce things an act may touch: sites (their places), delegations (their hours), guides,
    interpreters and vehicles (theirs)."""

    sites: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()
    resources: frozenset[int] = frozenset()

    def covers(self, other: "Parents") -> bool:
        return all(wanted <= held for held, wanted in self.beside(other))

    def joined_with(self, other: "Parents") -> "Parents":
        return Parents(*(held | wanted for held, wanted in self.beside(other)))

    def less(self, other: "Parents") -> "Parents":
        return Parents(*(held - wanted for held, wanted in self.beside(other)))

    def beside(self, other: "Parents") -> tuple[tuple[frozenset[int], frozenset[int]], ...]:
        return (
            (self.sites, other.sites),
            (self.delegations, other.delegations),
            (self.resources, other.resources),
        )


NOBODY = Parents()
# What is done around every act at sites where somebody waits for places: told by `settle_with`.
_SETTLERS: list[Callable[[frozenset[int], datetime], None]] = []


def settle_with(settler: Callable[[frozenset[int], datetime], None]) -> None:
    """Have the waiting lists of locked sites settled before and after every act, in its transaction: what an
    act, or a hold that ran out, sets free is offered to who waits before anybody else can ask for it."""
    if settler not in _SETTLERS:
        _SETTLERS.append(settler)


def no_parents(*_args: object, **_kwargs: object) -> Parents:
    """For acts that touch nothing scarce."""
    return NOBODY


def writing(parents: Callable[..., Parents] = no_parents) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act: one transaction, its parents locked, its changes committed or none of them.

    `parents` gets the act's own arguments and says which sites and delegations are concerned; the act must
    take `at` by keyword. Overdue holds of those parents are turned to expired before the act reads a fact.
    On SQLite the lock is `BEGIN IMMEDIATE`, on PostgreSQL row locks on the parents: sites, delegations,
    resources, each in ascending order. Deadlocks and serialization failures are tried again. An act within
    an act shares the outer transaction.
    """

    def decorate(act: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(act)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            at = kwargs["at"]
            assert isinstance(at, datetime)
            find = functools.partial(parents, *args, **kwargs)
            return _within(functools.partial(act, *args, **kwargs), find, at)

        return run

    return decorate


def _within(act: Callable[[], R], find: Callable[[], Parents], at: datetime) -> R:
    if "locked" in db.session().info:
        _lock(find, at)
        return act()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _once(act, find, at)
        except DBAPIError as error:
            if attempt == ATTEMPTS or not _will_pass(error):
                raise
            time.sleep(random.uniform(0, min(0.005 * 2**attempt, 1.0)))  # noqa: S311  jitter, no secret
    raise AssertionError("the last attempt either returns or raises")


def _once(act: Callable[[], R], find: Callable[[], Parents], at: datetime) -> R:
    session = db.session()
    session.rollback()  # what was read before the lock is stale by now
    session.connection(execution_options={"writing": True})
    session.info.update(locked=NOBODY, at=at, noted=set())
    try:
        _lock(find, at)
        somebody_waits = _lock_waiting(at)
        if somebody_waits:
            _settle(at)
        answer = act()
        if somebody_waits:
            _settle(at)
        session.commit()
        return answer
    except BaseException:
        session.rollback()
        raise
    finally:
        for told in ("locked", "at", "noted"):
            session.info.pop(told, None)


def _lock(find: Callable[[], Parents], at: datetime) -> None:
    """Lock what is concerned; look again afterwards, since a visit may have moved while we waited. On SQLite
    nobody could: a writer has the whole database from the beginning."""
    info = db.session().info
    is_whole = db.session().get_bind().dialect.name == "sqlite"
    found = find()
    while not info["locked"].covers(found):
        locked: Parents = info["locked"]
        wanted = found if is_whole else _with_overdue_sites(found, at)
        if not is_whole:
            _lock_rows(wanted.less(locked))
        info["locked"] = locked.joined_with(wanted)
        expire_overdue(wanted.sites, wanted.delegations, at)
        if is_whole:
            return
        found = find()


def _lock_waiting(at: datetime) -> bool:
    """Lock the delegations that wait for places at the sites locked; whether there are any. They come after
    the rest: two acts that wait for one another's are told apart by the database, and one begins again."""
    info = db.session().info
    while True:
        locked: Parents = info["locked"]
        waiting = delegations_waiting_at(locked.sites) if locked.sites and _SETTLERS else frozenset()
        missing = waiting - locked.delegations
        if not missing:
            return bool(waiting)
        # A delegation's overdue hold concerns one more site, where others may wait.
        _lock(functools.partial(Parents, delegations=missing), at)


def _settle(at: datetime) -> None:
    for settler in _SETTLERS:
        settler(db.session().info["locked"].sites, at)


def _lock_rows(wanted: Parents) -> None:
    for table, ids in ((Site, wanted.sites), (Delegation, wanted.delegations), (Resource, wanted.resources)):
        if ids:
            ask(_ROWS[table], ids=sorted(ids))


def _with_overdue_sites(found: Parents, at: datetime) -> Parents:
    """A delegation's overdue hold frees places at its own site: that site is concerned too."""
    if not found.delegations:
        return found
    return found.joined_with(Parents(sites_of_overdue_holds(found.delegations, at)))


def _will_pass(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in PASSING_STATES or any(word in str(error.orig) for word in PASSING_WORDS)
