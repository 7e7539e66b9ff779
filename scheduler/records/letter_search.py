"""Letters as pages list them: by how they stand, whom they are about, where they went; and how many wait."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import defer

from scheduler.core.searching import plainly
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegation_search import delegations_matching
from scheduler.records.delegations import Delegation
from scheduler.records.letters import Letter, LetterKind, LetterState
from scheduler.records.outbox import OutboxNote
from scheduler.records.visits import Visit

_LIGHT = (defer(Letter.text), defer(Letter.html), defer(Letter.calendar))


class Standing(StrEnum):
    """How a letter stands, as people ask for it: it needs help, it is on its way, it went, it was dropped."""

    NEEDS_HELP = "needs_help"
    WAITING = "waiting"
    POSTED = "posted"
    DROPPED = "dropped"


STATES_OF: Mapping[Standing, tuple[LetterState, ...]] = {
    Standing.NEEDS_HELP: (LetterState.GIVEN_UP, LetterState.RETURNED),
    Standing.WAITING: (LetterState.WAITING, LetterState.POSTING),
    Standing.POSTED: (LetterState.POSTED,),
    Standing.DROPPED: (LetterState.DROPPED,),
}


@dataclass(frozen=True, kw_only=True)
class LetterSearch:
    """What is looked for. `delegation` are words of its names, `address` a piece of the reader's address."""

    standing: Standing | None = None
    kind: LetterKind | None = None
    delegation: str = ""
    address: str = ""
    site_id: int | None = None
    delegation_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PostRoom:
    """How the post room stands. `waiting_since` is when the oldest letter that waits was written, `due_since`
    since when one could have been posted and was not; `notes` are changes not yet written up, and
    `notes_since` when the oldest was made. `said` is what the last letter that could not be posted was told.
    """

    needs_help: int
    waiting: int
    waiting_since: datetime | None
    due_since: datetime | None
    notes: int
    notes_since: datetime | None
    said: str


def letters_matching(search: LetterSearch) -> Select[Letter]:
    """Letters without their contents, the newest first."""
    rows = select(Letter).options(*_LIGHT)
    if search.standing is not None:
        rows = rows.where(Letter.state.in_(STATES_OF[search.standing]))
    if search.kind is not None:
        rows = rows.where(Letter.kind == search.kind)
    if search.address:
        rows = rows.where(Letter.address.contains(search.address.lower(), autoescape=True))
    if search.delegation:
        found = delegations_matching(plainly(search.delegation))
        rows = rows.where(Letter.delegation_id.in_(found.with_only_columns(Delegation.id).order_by(None)))
    if search.site_id is not None:
        there = select(Visit.id).where(Visit.site_id == search.site_id)
        rows = rows.where(or_(Letter.site_id == search.site_id, Letter.visit_id.in_(there)))
    for column, number in (
        (Letter.delegation_id, search.delegation_id),
        (Letter.visit_id, search.visit_id),
    ):
        if number is not None:
            rows = rows.where(column == number)
    return rows.order_by(Letter.id.desc())


def page_of_letters(search: LetterSearch, number: int, per_page: int) -> tuple[Sequence[Letter], bool]:
    """One page of the letters that a search finds, and whether there are more. One query."""
    rows = letters_matching(search).limit(per_page + 1).offset((number - 1) * per_page)
    found = db.session.scalars(rows).all()
    return found[:per_page], len(found) > per_page


def letters_in_need() -> int:
    """How many letters were given up or came back. One query, answered from an index."""
    rows = select(func.count(Letter.id)).where(Letter.state.in_(STATES_OF[Standing.NEEDS_HELP]))
    return db.session.scalar(rows) or 0


def post_room(at: datetime) -> PostRoom:
    """What waits and what needs help. Four queries."""
    waiting = Letter.state.in_(STATES_OF[Standing.WAITING])
    counted = select(func.count(Letter.id), func.min(Letter.written_at)).where(waiting)
    number, since = db.session.execute(counted).one()
    due = select(func.min(Letter.due_at)).where(Letter.state == LetterState.WAITING, Letter.due_at <= at)
    failed = select(Letter.problem).where(waiting, Letter.problem != "").order_by(Letter.id.desc()).limit(1)
    due_since = db.session.scalar(due)
    notes, notes_since = db.session.execute(
        select(func.count(OutboxNote.id), func.min(OutboxNote.written_at))
    ).one()
    return PostRoom(
        needs_help=letters_in_need(),
        waiting=number,
        waiting_since=since,
        due_since=due_since,
        notes=notes,
        notes_since=notes_since,
        said=(db.session.scalar(failed) or "") if number else "",
    )


def counts_of_delegation(delegation_id: int) -> dict[LetterState, int]:
    """How many letters about a delegation stand how. One query."""
    rows = select(Letter.state, func.count(Letter.id)).where(Letter.delegation_id == delegation_id)
    return dict(db.session.execute(rows.group_by(Letter.state)).all())


def names_of_delegations(numbers: Collection[int]) -> dict[int, str]:
    """Delegations by name. One query, or none."""
    if not numbers:
        return {}
    rows = select(Delegation.id, Delegation.name).where(Delegation.id.in_(numbers))
    return dict(db.session.execute(rows).all())


def signs_in_with(address: str) -> bool:
    """Whether somebody signs in with an address. One query."""
    rows = select(Account.id).where(func.lower(Account.email) == address).limit(1)
    return db.session.scalar(rows) is not None
