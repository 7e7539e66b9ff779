"""The travel table: one way set or cleared, a whole table imported. What is already booked stays booked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.access import Actor, Permission
from scheduler.actions.travel_files import Key, LineFault, TravelRow, checked
from scheduler.core.travel import EVERY_HOUR
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.places import TravelTime
from scheduler.records.travel_lookup import place_ids, travel_rows, travel_table
from scheduler.records.writing import writing

_ROWS = cast(Table, TravelTime.__table__)
_T = _ROWS.c


class ImportMode(StrEnum):
    """What becomes of the rows that a new table does not name."""

    REPLACE = "replace"
    ADD = "add"


@dataclass(frozen=True)
class Imported:
    """What an import comes to, row by row (a row is a pair and an hour): minutes before and after, None
    where there is no row."""

    mode: ImportMode
    changes: Mapping[Key, tuple[int | None, int | None]]
    unchanged: int

    @property
    def added(self) -> int:
        return sum(before is None for before, _after in self.changes.values())

    @property
    def removed(self) -> int:
        return sum(after is None for _before, after in self.changes.values())

    @property
    def changed(self) -> int:
        return len(self.changes) - self.added - self.removed

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came, changed, went and stayed."""
        numbers = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return numbers | {"unchanged": self.unchanged}


def import_travel_times(
    rows: Iterable[TravelRow],
    mode: ImportMode,
    *,
    faults: Iterable[LineFault] = (),
    is_rehearsal: bool = False,
    by: Actor,
    at: datetime,
) -> Imported:
    """Import lines as `read_travel_csv` gives them, all or none; `faults` are those found in reading. A
    rehearsal writes nothing. A fixed number of statements, however many lines.

    Raises TravelTableFaulty with every fault of every line, NotPermitted.
    """
    by.must(Permission.WRITE_TRAVEL)
    if is_rehearsal:
        return _weighed(checked(rows, place_ids(), faults), travel_table(), mode)
    return _import(list(rows), list(faults), mode, by=by, at=at)


def set_travel_time(row: TravelRow, *, by: Actor, at: datetime) -> Imported:
    """Set the minutes of one way, at some hours or any. Raises TravelTableFaulty, NotPermitted."""
    by.must(Permission.WRITE_TRAVEL)
    return _set(row, by=by, at=at)


def clear_travel_time(
    origin: str, destination: str, *, hour: int = EVERY_HOUR, by: Actor, at: datetime
) -> None:
    """Take one row out: its way back or the model counts again. Raises NotFound, NotPermitted."""
    by.must(Permission.WRITE_TRAVEL)
    _clear((origin, destination, hour), by=by, at=at)


@writing()
def _import(
    rows: list[TravelRow], faults: list[LineFault], mode: ImportMode, *, by: Actor, at: datetime
) -> Imported:
    ids = place_ids(is_locked=True)
    wanted = checked(rows, ids, faults)
    imported = _weighed(wanted, travel_table(), mode)
    told = {"mode": mode.value, "lines": len(rows)} | imported.counts
    if mode is ImportMode.REPLACE:
        db.session.execute(delete(_ROWS))
        _insert(wanted, ids)
    else:
        _upsert({key: wanted[key] for key in imported.changes}, ids)
    enter("travel_table", "import_travel_times", by=by, at=at, after=told)
    return imported


@writing()
def _set(row: TravelRow, *, by: Actor, at: datetime) -> Imported:
    ids = place_ids(is_locked=True)
    wanted = checked([row], ids)
    listed = db.session.execute(travel_rows(row.origin, row.destination))
    stored = {(origin, destination, hour): minutes for origin, destination, hour, minutes in listed}
    stored = {key: minutes for key, minutes in stored.items() if key in wanted}
    imported = _weighed(wanted, stored, ImportMode.ADD)
    _upsert({key: wanted[key] for key in imported.changes}, ids)
    for (origin, destination, hour), (before, after) in imported.changes.items():
        way = {"origin": origin, "destination": destination, "hour": _told_hour(hour)}
        was = None if before is None else way | {"minutes": before}
        enter("travel_time", "set_travel_time", by=by, at=at, before=was, after=way | {"minutes": after})
    return imported


@writing()
def _clear(key: Key, *, by: Actor, at: datetime) -> None:
    ids = place_ids(is_locked=True)
    origin, destination, hour = key
    found = _T.origin_id == ids.get(origin), _T.destination_id == ids.get(destination), _T.hour == hour
    gone = db.session.execute(delete(_ROWS).where(*found).returning(_T.minutes)).scalar()
    if gone is None:
        raise NotFound("travel time", f"{origin}-{destination}")
    told = {"origin": origin, "destination": destination, "hour": _told_hour(hour), "minutes": gone}
    enter("travel_time", "clear_travel_time", by=by, at=at, before=told)


def _weighed(wanted: Mapping[Key, int], stored: Mapping[Key, int], mode: ImportMode) -> Imported:
    changes: dict[Key, tuple[int | None, int | None]] = {
        key: (stored.get(key), minutes) for key, minutes in wanted.items() if stored.get(key) != minutes
    }
    unchanged = len(wanted) - len(changes)
    if mode is ImportMode.REPLACE:
        changes |= {key: (minutes, None) for key, minutes in stored.items() if key not in wanted}
    else:
        unchanged += sum(key not in wanted for key in stored)
    return Imported(mode, changes, unchanged)


def _insert(minutes: Mapping[Key, int], ids: Mapping[str, int]) -> None:
    if minutes:
        db.session.execute(insert(_ROWS), _rows(minutes, ids))


def _upsert(minutes: Mapping[Key, int], ids: Mapping[str, int]) -> None:
    if not minutes:
        return
    kind = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    put = kind(_ROWS)
    key = [column.name for column in _ROWS.primary_key]
    put = put.on_conflict_do_update(index_elements=key, set_={"minutes": put.excluded.minutes})
    db.session.execute(put, _rows(minutes, ids))


def _rows(minutes: Mapping[Key, int], ids: Mapping[str, int]) -> list[dict[str, int]]:
    return [
        {"origin_id": ids[origin], "destination_id": ids[destination], "hour": hour, "minutes": taken}
        for (origin, destination, hour), taken in minutes.items()
    ]


def _told_hour(hour: int) -> int | None:
    return None if hour == EVERY_HOUR else hour
