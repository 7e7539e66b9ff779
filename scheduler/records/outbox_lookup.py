"""Questions asked of the outbox: what is due, and which entries a note about something larger concerns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.core.lifecycle import AWAITED
from scheduler.core.stops import EngagementState
from scheduler.records.accounts import Account, site_manager
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.engagements import Engagement
from scheduler.records.letters import Letter
from scheduler.records.outbox import OutboxNote
from scheduler.records.visits import Visit

ENTRIES: dict[str, type[Visit] | type[Engagement] | type[Assignment]] = {
    "visit_id": Visit,
    "engagement_id": Engagement,
    "assignment_id": Assignment,
}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One entry that may have news: which column of a note names it, and its number."""

    about: str
    number: int


def notes_due(at: datetime, waits: timedelta, limit: int) -> Sequence[OutboxNote]:
    """The oldest notes of at least some age. What a clock that was moved back since has left in the future is
    old enough."""
    is_due = or_(OutboxNote.written_at <= at - waits, OutboxNote.written_at > at)
    rows = select(OutboxNote).where(is_due).order_by(OutboxNote.id).limit(limit)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def notes_about(subject: Subject) -> list[int]:
    """The numbers of all notes about one entry."""
    return list(
        db.session.scalars(select(OutboxNote.id).where(getattr(OutboxNote, subject.about) == subject.number))
    )


def subject_of(note: OutboxNote) -> Subject | None:
    """The one entry that a note is about; nothing if it is about something larger."""
    for about in ENTRIES:
        if (number := getattr(note, about)) is not None:
            return Subject(about, number)
    return None


def duties_hanging_on(subject: Subject) -> list[Subject]:
    """The duties of a visit; nothing of anything else."""
    if subject.about != "visit_id":
        return []
    rows = select(Assignment.id).where(Assignment.visit_id == subject.number).order_by(Assignment.id)
    return [Subject("assignment_id", number) for number in db.session.scalars(rows)]


def concerned_by(note: OutboxNote, at: datetime) -> Iterator[Subject]:
    """The entries not yet over that a note about something larger concerns: whatever is planned, and whatever
    somebody was told of, for they may have to be told otherwise."""
    for visits, engagements, duties in _conditions(note):
        for about, condition in (
            ("visit_id", visits),
            ("engagement_id", engagements),
            ("assignment_id", duties),
        ):
            if condition is not None:
                for number in db.session.scalars(_not_over(about, condition, at)):
                    yield Subject(about, number)


def _not_over(about: str, condition: ColumnElement[bool], at: datetime) -> Select[int]:
    entry = ENTRIES[about]
    live = {
        "visit_id": Visit.state.in_(AWAITED),
        "engagement_id": Engagement.state == EngagementState.PLANNED,
        "assignment_id": Assignment.state.in_(OCCUPYING_DUTIES),
    }[about]
    told = exists().where(Letter.uid == entry.uid)
    return select(entry.id).where(condition, entry.ends_at > at, or_(live, told)).order_by(entry.id)


_Conditions = tuple[ColumnElement[bool] | None, ColumnElement[bool] | None, ColumnElement[bool] | None]


def _conditions(note: OutboxNote) -> Iterator[_Conditions]:
    """Which visits, engagements and duties a note about something larger concerns."""
    if note.delegation_id is not None:
        whose = note.delegation_id
        yield (
            Visit.delegation_id == whose,
            Engagement.delegation_id == whose,
            Assignment.delegation_id == whose,
        )
    elif note.site_id is not None:
        at_site = select(Visit.id).where(Visit.site_id == note.site_id)
        yield Visit.site_id == note.site_id, None, Assignment.visit_id.in_(at_site)
    elif note.place_id is not None:
        there = or_(Engagement.place_id == note.place_id, Engagement.destination_id == note.place_id)
        yield None, there, None
    elif note.resource_id is not None:
        yield None, None, Assignment.resource_id == note.resource_id
    elif note.account_id is not None:
        theirs = select(Delegation.id).where(Delegation.officer_id == note.account_id)
        sites = select(site_manager.c.site_id).where(site_manager.c.account_id == note.account_id)
        visits = or_(Visit.delegation_id.in_(theirs), Visit.site_id.in_(sites), _told_as(note.account_id))
        yield visits, Engagement.delegation_id.in_(theirs), None


def _told_as(account_id: int) -> ColumnElement[bool]:
    """Visits of which an account's holder was told, also where they no longer answer for the site."""
    whose = select(Account.email).where(Account.id == account_id).scalar_subquery()
    return exists().where(and_(Letter.visit_id == Visit.id, Letter.address == whose))
