"""Prints of a site's day sheet: each is kept as it stood, and the next one tells what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scheduler.access import SYSTEM, Actor, Permission
from scheduler.core.lifecycle import VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.rosters import Roster, roster_of
from scheduler.records.sheet_lines import Line, last_print, lines_of, visits_by_key, was_mailed
from scheduler.records.sheet_prints import PrintWay, SheetPrint
from scheduler.records.sites import Site
from scheduler.records.writing import writing

# In this order a change is told. Hours come together.
COMPARED = (
    *("starts_at", "ends_at", "headcount", "part", "needs", "language", "head_post", "contact"),
    *("name", "photographs", "is_awaited"),
)


class Change(StrEnum):
    """What happened to a line since the last print."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class LineChange:
    """One line that is not as it was printed. `before` and `after` hold what differs, by name; `line` is the
    whole as it is now; of a line that is gone as it was printed, with what became of its visit: `state`, and
    `starts_at`, when it is now."""

    key: str
    change: Change
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    line: Line = field(default_factory=dict)
    state: VisitState | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True)
class SinceLastPrint:
    """How a day differs from its last print; `last` is None, and nothing changed, where none was made."""

    last: SheetPrint | None = None
    changes: Mapping[str, LineChange] = field(default_factory=dict)

    @property
    def gone(self) -> list[LineChange]:
        """The lines that were printed and are not on the roster any more, by hour."""
        found = [change for change in self.changes.values() if change.change is Change.GONE]
        return sorted(found, key=lambda change: change.line["starts_at"])


def record_print(
    site: Site, on: date, *, by: Actor, at: datetime, way: PrintWay = PrintWay.PRINTED
) -> SheetPrint:
    """Keep what a print of a site's day says now. Raises NotFound, NotPermitted."""
    if by is not SYSTEM:
        by.must(Permission.READ_ROSTER)
        if not by.sees_site(site.id):
            raise NotFound("site", site.code)
    return _record_print(site.id, on, way, by=by, at=at)


@writing()
def record_mailing(roster: Roster, *, by: Actor, at: datetime) -> None:
    """Keep what a posted sheet says: once a day and site, however many people it goes to."""
    if not was_mailed(roster.site.id, roster.on):
        _keep(roster, PrintWay.MAILED, by=by, at=at)


def lines_changed_since(roster: Roster, *, before: int | None = None) -> SinceLastPrint:
    """What has changed on a roster since it was last printed; since the last print before one, where the
    number of that is given. Three queries at most."""
    last = last_print(roster.site.id, roster.on, before=before)
    if last is None:
        return SinceLastPrint()
    old = {line["key"]: line for line in last.lines}
    new = {line["key"]: line for line in lines_of(roster)}
    changes = {key: _new_or_changed(old.get(key), line) for key, line in new.items()}
    told = {key: change for key, change in changes.items() if change is not None}
    gone = {key: line for key, line in old.items() if key not in new}
    return SinceLastPrint(last, told | _gone(gone))


@writing()
def _record_print(site_id: int, on: date, way: PrintWay, *, by: Actor, at: datetime) -> SheetPrint:
    return _keep(roster_of(db.session.get_one(Site, site_id), on), way, by=by, at=at)


def _keep(roster: Roster, way: PrintWay, *, by: Actor, at: datetime) -> SheetPrint:
    site, on, lines = roster.site, roster.on, lines_of(roster)
    made = SheetPrint(
        site_id=site.id, day=on, way=way, printed_at=at, printed_by_id=by.account_id, lines=lines
    )
    db.session.add(made)
    db.session.flush()
    act = "print_sheet" if way is PrintWay.PRINTED else "mail_sheet"
    enter(made, act, by=by, at=at, after={"site": site.code, "on": on.isoformat(), "lines": len(lines)})
    return made


def _new_or_changed(old: Line | None, new: Line) -> LineChange | None:
    if old is None:
        return LineChange(new["key"], Change.NEW)
    names = [name for name in COMPARED if old.get(name) != new[name]]
    if not names:
        return None
    before, after = ({name: line.get(name) for name in names} for line in (old, new))
    return LineChange(new["key"], Change.CHANGED, before, after, line=new)


def _gone(lines: Mapping[str, Line]) -> dict[str, LineChange]:
    visits, gone = visits_by_key(lines), {}
    for key, line in lines.items():
        visit = visits.get(key)
        state, starts_at = (visit.state, visit.starts_at) if visit else (None, None)
        gone[key] = LineChange(key, Change.GONE, line=line, state=state, starts_at=starts_at)
    return gone
