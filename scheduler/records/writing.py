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
from scheduler.records.sites import Site

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
    for table in (Site, Delegation)
}
PASSING_WORDS = ("database is locked", "database table is locked", "database is busy")


@dataclass(frozen=True, slots=True)
class Parents:
    """The rows whose scarce things an act may touch: sites (their places), delegations (their hours)."""

    sites: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()

    def covers(self, other: "Parents") -> bool:
        return other.sites <= self.sites and other.delegations <= self.delegations


NOBODY = Parents()


def no_parents(*_args: object, **_kwargs: object) -> Parents:
    """For acts that touch nothing scarce."""
    return NOBODY


def writing(parents: Callable[..., Parents] = no_parents) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act: one transaction, its parents locked, its changes committed or none of them.

    `parents` gets the act's own arguments and says which sites and delegations are concerned; the act must
    take `at` by keyword. Overdue holds of those parents are turned to expired before the act reads a fact.
    On SQLite the lock is `BEGIN IMMEDIATE`, on PostgreSQL row locks on the parents, sites first, each in
    ascending order. Deadlocks and serialization failures are tried again. An act within an act shares the
    outer transaction.
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
    session.info["locked"] = NOBODY
    try:
        _lock(find, at)
        answer = act()
        session.commit()
        return answer
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("locked", None)


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
            _lock_rows(wanted.sites - locked.sites, wanted.delegations - locked.delegations)
        info["locked"] = Parents(locked.sites | wanted.sites, locked.delegations | wanted.delegations)
        expire_overdue(wanted.sites, wanted.delegations, at)
        if is_whole:
            return
        found = find()


def _lock_rows(sites: frozenset[int], delegations: frozenset[int]) -> None:
    for table, ids in ((Site, sites), (Delegation, delegations)):
        if ids:
            ask(_ROWS[table], ids=sorted(ids))


def _with_overdue_sites(found: Parents, at: datetime) -> Parents:
    """A delegation's overdue hold frees places at its own site: that site is concerned too."""
    if not found.delegations:
        return found
    return Parents(found.sites | sites_of_overdue_holds(found.delegations, at), found.delegations)


def _will_pass(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in PASSING_STATES or any(word in str(error.orig) for word in PASSING_WORDS)
