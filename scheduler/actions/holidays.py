"""Single days that the government names a holiday, or takes back, and the visits this runs against."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import or_, select

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.sites import Changed, Rehearsed, weighing_sites
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.sites import OneOffHoliday, Site
from scheduler.records.writing import Parents, writing

TOLD = ("on", "name", "is_holiday", "source")


def name_holiday(
    on: date,
    name: str,
    *,
    is_holiday: bool = True,
    source: str = "",
    is_rehearsal: bool = False,
    by: Actor,
    at: datetime,
) -> Changed:
    """Name a day a public holiday, or (`is_holiday` false) an ordinary day that the calendar calls one.

    The visits that it runs against are flagged and given back; a rehearsal writes nothing. Raises Invalid
    (the day has an entry already), NotPermitted.
    """
    by.must(Permission.WRITE_HOLIDAYS)
    told = OneOffHoliday(on=on, name=name, is_holiday=is_holiday, source=source)
    try:
        return _name(told, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def forget_holiday(on: date, *, is_rehearsal: bool = False, by: Actor, at: datetime) -> Changed:
    """Remove such an entry: the calendar's own word counts again. Raises NotFound, NotPermitted."""
    by.must(Permission.WRITE_HOLIDAYS)
    try:
        return _forget(on, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def _sites_that_heed_holidays() -> list[int]:
    heeds = or_(
        Site.closed_on_public_holidays, Site.closed_on_main_holidays, Site.closure_moves_after_holiday
    )
    return list(db.session.scalars(select(Site.id).where(heeds).order_by(Site.id)))


def _parents(*_told: object, **_also: object) -> Parents:
    return Parents(sites=frozenset(_sites_that_heed_holidays()))


@writing(_parents)
def _name(told: OneOffHoliday, *, is_rehearsal: bool, by: Actor, at: datetime) -> Changed:
    if db.session.get(OneOffHoliday, told.on) is not None:
        raise Invalid("on", "day_taken", value=told.on)
    enter("one_off_holiday", "name_holiday", by=by, at=at, after=snapshot(told, *TOLD))

    def change() -> OneOffHoliday:
        db.session.add(told)
        return told

    return _weighed(change, is_rehearsal=is_rehearsal, at=at)


@writing(_parents)
def _forget(on: date, *, is_rehearsal: bool, by: Actor, at: datetime) -> Changed:
    told = db.session.get(OneOffHoliday, on)
    if told is None:
        raise NotFound("holiday", on)
    enter("one_off_holiday", "forget_holiday", by=by, at=at, before=snapshot(told, *TOLD))

    def change() -> OneOffHoliday:
        db.session.delete(told)
        return told

    return _weighed(change, is_rehearsal=is_rehearsal, at=at)


def _weighed(change: Callable[[], OneOffHoliday], *, is_rehearsal: bool, at: datetime) -> Changed:
    changed = weighing_sites(_sites_that_heed_holidays(), change, at)
    if is_rehearsal:
        raise Rehearsed(changed)
    return changed
