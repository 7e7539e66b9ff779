"""Who is to be told of a stop or a duty: guests, the site, the office, those on duty. Never anybody twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from scheduler.access import Role
from scheduler.core.lifecycle import VisitState
from scheduler.core.stops import EngagementState
from scheduler.records.accounts import Account, site_manager
from scheduler.records.assignments import Assignment
from scheduler.records.attendance_lookup import attending
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.letters import Side
from scheduler.records.parts import Part
from scheduler.records.sites import Site
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody with a mailbox. `address` is in lower case. `language` is the account's own wish, if it has
    one; guests are written to in their delegation's. `has_account` says whether they can sign in."""

    address: str
    name: str
    side: Side
    delegate_id: int | None = None
    language: str | None = None
    has_account: bool = False


def recipients_of(entry: Visit | Engagement | Assignment) -> Mapping[str, Recipient]:
    """By address. Who is both a guest and something else is told as a guest.

    Of a visit: the delegation's contact and the delegates who attend it, the site's managers (or its contact,
    where nobody has an account), the delegation's officer; of an engagement the same without a site; of a
    duty whoever or whosever desk it is. Five queries at most.
    """
    if isinstance(entry, Assignment):
        resource = entry.resource
        return _by_address([_recipient(resource.email, resource.name, Side.DUTY)])
    found = [*_guests(entry)]
    if isinstance(entry, Visit):
        found += _of_site(entry.tour_session.tour.site)
    return _by_address([*found, *_of_office(entry.delegation)])


def guests_of(delegation: Delegation) -> Mapping[str, Recipient]:
    """The contact and every delegate with an address, by address. One query."""
    rows = select(Delegate).where(Delegate.delegation_id == delegation.id, Delegate.email != "")
    delegates = db.session.scalars(rows.order_by(Delegate.precedence, Delegate.id))
    return _by_address([*map(_delegate, delegates), _contact(delegation)])


def invites_whoever_is_named(delegation_id: int, at: datetime) -> bool:
    """Whether a delegation has a stop to come to which its whole list is invited. Two queries at most."""
    for stop, is_told, key in (
        (Visit, Visit.state.in_((VisitState.REQUESTED, VisitState.CONFIRMED)), Attendance.visit_id),
        (Engagement, Engagement.state == EngagementState.PLANNED, Attendance.engagement_id),
    ):
        rows = select(stop.id).where(stop.delegation_id == delegation_id, stop.ends_at > at, is_told)
        rows = rows.where(stop.part_id.is_(None), ~exists().where(key == stop.id))
        if db.session.scalar(rows.limit(1)) is not None:
            return True
    return False


def head_of(delegation_id: int) -> Delegate | None:
    """The head of a delegation: the first of its delegates in order of precedence."""
    rows = select(Delegate).where(Delegate.delegation_id == delegation_id)
    return db.session.scalar(rows.order_by(Delegate.precedence, Delegate.id).limit(1))


def managers_of(site_id: int) -> list[Recipient]:
    """The accounts that answer for a site and may still sign in. One query."""
    rows = select(Account).join(site_manager, site_manager.c.account_id == Account.id)
    rows = rows.where(site_manager.c.site_id == site_id, Account.is_active).order_by(Account.id)
    return [_account(account, Side.SITE) for account in db.session.scalars(rows)]


def _guests(stop: Visit | Engagement) -> Iterator[Recipient]:
    """Those named for the stop; else the members of the part that goes; else everybody. Who goes with a part
    that names nobody is the matter of the head of delegation. The contact hears of everything."""
    everybody = list(
        db.session.scalars(
            select(Delegate)
            .where(Delegate.delegation_id == stop.delegation_id)
            .order_by(Delegate.precedence, Delegate.id)
        )
    )
    named = set(attending(stop))
    if not named and stop.part_id is not None:
        named = _members(stop.part_id) or {delegate.id for delegate in everybody[:1]}
    yield from (_delegate(each) for each in everybody if not named or each.id in named)
    yield _contact(stop.delegation)


def _members(part_id: int) -> set[int]:
    part = db.session.get_one(Part, part_id)
    return {delegate.id for delegate in part.members}


def _of_site(site: Site) -> list[Recipient]:
    managers = managers_of(site.id)
    return managers or [_recipient(site.contact_email, site.contact_name or site.owner_unit, Side.SITE)]


def _of_office(delegation: Delegation) -> list[Recipient]:
    officer = delegation.officer
    if officer is None or not officer.is_active or Role.OFFICER.value not in officer.roles:
        return []
    return [_account(officer, Side.OFFICE)]


def _account(account: Account, side: Side) -> Recipient:
    return Recipient(
        address=account.email.lower(),
        name=account.name,
        side=side,
        language=account.language,
        has_account=True,
    )


def _delegate(delegate: Delegate) -> Recipient:
    return Recipient(
        address=delegate.email.strip().lower(),
        name=delegate.print_as,
        side=Side.GUEST,
        delegate_id=delegate.id,
    )


def _contact(delegation: Delegation) -> Recipient:
    return _recipient(delegation.contact_email, delegation.contact_name, Side.GUEST)


def _recipient(address: str, name: str, side: Side) -> Recipient:
    return Recipient(address=address.strip().lower(), name=name, side=side)


def _by_address(found: Iterable[Recipient]) -> dict[str, Recipient]:
    once: dict[str, Recipient] = {}
    for each in found:
        if each.address:
            once.setdefault(each.address, each)
    return once
