"""A letter that did not arrive, for a mistyped address: it is put right where it was typed."""

from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.posting import letter_in_need
from scheduler.calendars.wording import NotAnAddress, address
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.journal import enter
from scheduler.records.letters import Letter, LetterState
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.writing import writing

Owner = Delegate | Delegation | Resource | Site


def readdress(letter_id: int, to: str, *, by: Actor, at: datetime) -> Letter:
    """Give the person whom a letter did not reach another address, and write to it.

    The address is changed where it was typed: of the delegate, the delegation's contact, the guide, the
    site's contact. For calendars that is another person (RFC 5546 3.2.2.3): the new address is invited, and
    the old one, if it may have got something, is told that the invitation is withdrawn. Raises NotFound,
    NotPermitted, Invalid (no address; a letter that needs no help; an account, which is the administrator's).
    """
    by.must(Permission.POST_LETTERS)
    try:
        wanted = address(to.strip())
    except NotAnAddress:
        raise Invalid("to", "not_an_address", value=to.strip()) from None
    return _readdress(letter_id, wanted, by=by, at=at)


@writing()
def _readdress(letter_id: int, to: str, *, by: Actor, at: datetime) -> Letter:
    letter = letter_in_need(letter_id)
    owner = owner_of(letter)
    if owner is None:
        raise Invalid("to", "address_of_account")
    setattr(owner, _COLUMNS[type(owner)], to)
    if not isinstance(owner, Delegate):
        owner.version += 1
    if letter.uid is None:
        letter.address, letter.state = to.lower(), LetterState.WAITING
        letter.due_at, letter.written_at, letter.tries = at, at, 0
    else:
        letter.state = LetterState.DROPPED
    enter(letter, "readdress", by=by, at=at, after={"of": owner.__tablename__, "id": owner.id})
    return letter


_COLUMNS: dict[type[Owner], str] = {
    Delegate: "email",
    Delegation: "contact_email",
    Resource: "email",
    Site: "contact_email",
}


def owner_of(letter: Letter) -> Owner | None:
    """Whose address a letter bears now: nobody's, where an account signs in with it."""
    to = letter.address
    if letter.delegate_id is not None:
        return db.session.get(Delegate, letter.delegate_id)
    if letter.assignment_id is not None:
        rows = select(Resource).join(Assignment, Assignment.resource_id == Resource.id)
        return db.session.scalar(rows.where(Assignment.id == letter.assignment_id))
    if letter.delegation_id is not None:
        delegation = db.session.get(Delegation, letter.delegation_id)
        if delegation is not None and delegation.contact_email.lower() == to:
            return delegation
    site = db.session.get(Site, letter.site_id) if letter.site_id is not None else None
    return site if site is not None and site.contact_email.lower() == to else None
