"""The frame of a delegation's days: its hours, how many visits, where it sleeps, what stays free."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.wishes import ANY_DAY, Break, StayFrame
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.places import Place
from scheduler.records.stay_frames import KeptFrame, kept_break, kept_frame
from scheduler.records.writing import Parents, writing

MOST_A_DAY = 6
MOST_BREAKS = 10
LEAST_MINUTES, MOST_MINUTES = 5, 240
COLUMNS = ("day_starts", "day_ends", "base_place_id", "most_a_day", "breaks")


def keep_frame(
    delegation_id: int, frame: StayFrame, *, seen: int | None = None, by: Actor, at: datetime
) -> KeptFrame:
    """Keep the frame of a delegation's days, whole; `seen` is the version the asker read. The same once more
    changes nothing.

    Raises NotFound, StaleVersion, NotPermitted, Invalid (a day that ends before it starts, numbers out of
    range, an unknown place, a break that its own window cannot hold, more breaks than a week has use for).
    """
    by.must(Permission.WRITE_DELEGATIONS)
    _must_make_sense(frame)
    return _keep(delegation_id, frame, seen=seen, by=by, at=at)


def _parents(delegation_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_id}))


@writing(_parents)
def _keep(delegation_id: int, frame: StayFrame, *, seen: int | None, by: Actor, at: datetime) -> KeptFrame:
    delegation = delegation_by_id(delegation_id)
    kept = kept_frame(delegation.id)
    if kept is not None:
        must_be_current(kept.version, seen)
    told: dict[str, Any] = {
        "day_starts": frame.day_starts,
        "day_ends": frame.day_ends,
        "base_place_id": _place_id(frame.base),
        "most_a_day": frame.most_a_day,
        "breaks": [kept_break(each) for each in frame.breaks],
    }
    before = None if kept is None else snapshot(kept, *COLUMNS)
    kept = kept or KeptFrame(delegation_id=delegation.id)
    for name, value in told.items():
        setattr(kept, name, value)
    after = snapshot(kept, *COLUMNS)
    if after != before:
        db.session.add(kept)
        db.session.flush()
        db.session.refresh(kept)
        enter(delegation, "frame_stay", by=by, at=at, before=before, after=after)
    return kept


def _place_id(code: str | None) -> int | None:
    if code is None:
        return None
    found = db.session.scalar(select(Place.id).where(Place.code == code))
    if found is None:
        raise Invalid("base", "unknown", value=code)
    return found


def _must_make_sense(frame: StayFrame) -> None:
    if frame.day_ends <= frame.day_starts:
        raise Invalid("day_ends", "not_after_hour", earliest=f"{frame.day_starts:%H:%M}")
    if not 1 <= frame.most_a_day <= MOST_A_DAY:
        raise Invalid("most_a_day", "out_of_range", least=1, most=MOST_A_DAY)
    _must_be_breaks(frame.breaks)


def _must_be_breaks(breaks: Sequence[Break]) -> None:
    if len(breaks) > MOST_BREAKS:
        raise Invalid("breaks", "too_many", most=MOST_BREAKS)
    for index, each in enumerate(breaks):
        field = f"breaks.{index}"
        if each.latest <= each.earliest:
            raise Invalid(f"{field}.latest", "not_after_hour", earliest=f"{each.earliest:%H:%M}")
        window = datetime.combine(date.min, each.latest) - datetime.combine(date.min, each.earliest)
        most = min(MOST_MINUTES, window // timedelta(minutes=1))
        if not LEAST_MINUTES <= each.minutes <= most:
            raise Invalid(f"{field}.minutes", "out_of_range", least=LEAST_MINUTES, most=most)
        if not each.weekdays or not each.weekdays <= ANY_DAY:
            raise Invalid(f"{field}.weekdays", "weekdays_needed")
