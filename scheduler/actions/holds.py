"""The clock's own act: holds that ran out are turned to expired, so that their places are free again."""

from datetime import datetime

from scheduler.actions.clashes import settle_clashes
from scheduler.records.database import db
from scheduler.records.holds import overdue_parents
from scheduler.records.writing import Parents, writing

AT_A_TIME = 50


def expire_overdue_holds(*, at: datetime) -> int:
    """Expire every hold that has run out by `at`, site by site in small transactions. How many there were."""
    found = overdue_parents(at, AT_A_TIME)
    db.session.rollback()
    for site_id in sorted({site for site, _ in found}):
        _expire_at(site_id, at=at)
    return len(found)


def _parents(site_id: int, **_told: object) -> Parents:
    return Parents(sites=frozenset({site_id}))


@writing(_parents)
def _expire_at(site_id: int, *, at: datetime) -> None:
    """Taking the lock of a site expires its overdue holds; what is left is to see whom that helps."""
    settle_clashes({site_id}, at)
