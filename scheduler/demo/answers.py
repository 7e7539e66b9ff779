"""What the demo's guests have answered so far, so that the tray and the programmes have something to show."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.access import SYSTEM
from scheduler.actions.proposals import Proposed, propose
from scheduler.actions.replies import Answered, record_reply
from scheduler.core.lifecycle import VisitState
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.demo.desk import Desk
from scheduler.records.database import db
from scheduler.records.recipients import guests_of, head_of
from scheduler.records.replies import ReplyChannel
from scheduler.records.visits import Visit

DECLINES = "The minister has to leave for the airport by then. My deputy will come."
ASKS = "Could we come on another day? Our flight was changed."


def answer(desk: Desk) -> None:
    """Of the next visits that are agreed to, one is accepted by all, one declined by the head of delegation;
    of another one another day is asked for."""
    accepted, declined, other = _coming(desk)
    for guest in guests_of(accepted.delegation).values():
        said = Answered(
            participation=Participation.ACCEPTED,
            sequence=accepted.sequence,
            channel=ReplyChannel.MAIL,
            address=guest.address,
            name=guest.name,
            delegate_id=guest.delegate_id,
            stamped_at=desk.ago(0, hours=3),
        )
        record_reply(accepted, said, by=SYSTEM, at=desk.ago(0, hours=3))
    _decline(declined, desk)
    later = timedelta(days=1)
    wish = Proposed(
        sequence=other.sequence,
        channel=ReplyChannel.PAGE,
        span=Span(other.starts_at + later, other.ends_at + later),
        comment=ASKS,
        address=other.delegation.contact_email,
        name=other.delegation.contact_name,
    )
    propose(other, wish, by=SYSTEM, at=desk.ago(0, hours=1))


def _decline(visit: Visit, desk: Desk) -> None:
    head = head_of(visit.delegation_id)
    said = Answered(
        participation=Participation.DECLINED,
        sequence=visit.sequence,
        channel=ReplyChannel.PAGE,
        address=head.email if head else visit.delegation.contact_email,
        name=head.print_as if head else visit.delegation.contact_name,
        delegate_id=head.id if head else None,
        comment=DECLINES,
    )
    record_reply(visit, said, by=SYSTEM, at=desk.ago(0, hours=2))


def _coming(desk: Desk) -> list[Visit]:
    """The next three visits of different delegations, some days ahead."""
    rows = select(Visit).options(joinedload(Visit.delegation)).where(Visit.state == VisitState.CONFIRMED)
    rows = rows.where(Visit.starts_at > desk.at + timedelta(days=3)).order_by(Visit.starts_at, Visit.id)
    by_delegation: dict[int, Visit] = {}
    for visit in db.session.scalars(rows):
        by_delegation.setdefault(visit.delegation_id, visit)
    return list(by_delegation.values())[:3]
