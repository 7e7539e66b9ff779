"""Who notes what in the outbox: every act does, by itself, in its own transaction.

Whatever an act writes of a stop, of the people concerned, or of the words that letters use, leaves a note. No
act can forget it, and an act that is rolled back leaves none.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Table, event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction

from scheduler.core.lifecycle import VisitState
from scheduler.records.accounts import Account
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.outbox import ABOUT, OutboxNote
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour
from scheduler.records.visits import Visit

_INSERT = insert(cast(Table, OutboxNote.__table__))

# Of each table: which column names what the note is about, and which columns somebody can come to read.
# A stop's own `sequence` rises with everything that is seen of it alone.
WATCHED: Mapping[type[Any], tuple[str, frozenset[str]]] = {
    Visit: ("visit_id", frozenset({"sequence", "state", "headcount", "language", "part_id"})),
    Engagement: ("engagement_id", frozenset({"sequence", "state", "headcount", "title", "host"})),
    Assignment: ("assignment_id", frozenset({"sequence", "state", "note", "headcount"})),
    Delegate: ("delegation_id", frozenset({"email", "print_as", "precedence"})),
    Part: ("delegation_id", frozenset({"name", "headcount", "members"})),
    Delegation: (
        "delegation_id",
        frozenset(
            {
                *("name", "name_native", "contact_name", "contact_email", "officer_id"),
                *("headcount", "languages", "country", "needs", "state"),
            }
        ),
    ),
    Tour: ("site_id", frozenset({"name", "name_native"})),
    Site: (
        "site_id",
        frozenset(
            {
                *("name", "name_native", "address", "latitude", "longitude", "meeting_point", "photo_rule"),
                *("safety_gear", "arrive_early_minutes", "contact_name", "contact_email", "managers"),
            }
        ),
    ),
    Place: ("place_id", frozenset({"name", "name_native", "address", "latitude", "longitude"})),
    Resource: ("resource_id", frozenset({"name", "email"})),
    Account: ("account_id", frozenset({"name", "email", "is_active", "language", "sites", "roles"})),
}
# Tables whose own number is what the note is about.
_THEMSELVES = {
    "visit_id": Visit,
    "engagement_id": Engagement,
    "assignment_id": Assignment,
    "delegation_id": Delegation,
    "site_id": Site,
    "place_id": Place,
    "resource_id": Resource,
    "account_id": Account,
}


def note_what_changes(session: Session, _flushed: UOWTransaction) -> None:
    """After a flush within an act: a note about everything that somebody may have to be told."""
    info = session.info
    if "locked" not in info:
        return
    noted: set[tuple[str, int]] = info.setdefault("noted", set())
    found = dict.fromkeys(_concerned(session))
    fresh = [each for each in found if each not in noted]
    if not fresh:
        return
    noted.update(fresh)
    empty = dict.fromkeys(ABOUT)
    rows = [{**empty, about: number, "written_at": info["at"]} for about, number in fresh]
    session.execute(_INSERT, rows)


def _concerned(session: Session) -> Iterator[tuple[str, int]]:
    for row in (*session.new, *session.dirty):
        yield from _about(row, is_new=row in session.new)
    for row in session.deleted:
        if isinstance(row, Delegate):
            yield "delegation_id", row.delegation_id
        elif isinstance(row, Attendance):
            yield from _stop_of(row)


def _about(row: object, *, is_new: bool) -> Iterator[tuple[str, int]]:
    if isinstance(row, Attendance):
        yield from _stop_of(row)
        return
    watched = WATCHED.get(type(row))
    if watched is None:
        return
    about, columns = watched
    if is_new and type(row) in (Site, Place, Resource, Account, Delegation, Tour, Part):
        return  # Nothing can have been told of it yet.
    if is_new and isinstance(row, Visit) and row.state is VisitState.HELD:
        return  # A hold is nobody's business.
    if is_new or _has_changed(row, columns):
        is_itself = isinstance(row, _THEMSELVES[about])
        yield about, int(getattr(row, "id" if is_itself else about))


def _has_changed(row: object, columns: Iterable[str]) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in columns)


def _stop_of(line: Attendance) -> Iterator[tuple[str, int]]:
    if line.visit_id is not None:
        yield "visit_id", line.visit_id
    elif line.engagement_id is not None:
        yield "engagement_id", line.engagement_id


def set_up_watch() -> None:
    """Have every act's flushes watched. Doing so twice changes nothing."""
    if not event.contains(db.session, "after_flush", note_what_changes):
        event.listen(db.session, "after_flush", note_what_changes)
