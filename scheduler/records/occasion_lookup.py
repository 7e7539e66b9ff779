"""Questions asked on the clock: what happens on a day to come, and which answers guests still wait for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.core.lifecycle import VisitState
from scheduler.core.stops import EngagementState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.duty_lookup import WHOLE as WHOLE_DUTY
from scheduler.records.engagement_lookup import WHOLE as WHOLE_ENGAGEMENT
from scheduler.records.engagements import Engagement
from scheduler.records.mails import Mail, MailState
from scheduler.records.replies import Proposal, ProposalState
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

# Of what people are reminded: a hold is nobody's business yet.
EXPECTED = (VisitState.REQUESTED, VisitState.CONFIRMED)
_WHOLE_VISIT = (
    joinedload(Visit.delegation).joinedload(Delegation.officer),
    joinedload(Visit.part),
    joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
)


def visits_between(first: datetime, last: datetime) -> Sequence[Visit]:
    """Visits that are expected to start in [first, last), by hour."""
    rows = select(Visit).options(*_WHOLE_VISIT).where(Visit.state.in_(EXPECTED))
    rows = rows.where(Visit.starts_at >= first, Visit.starts_at < last)
    return db.session.scalars(rows.order_by(Visit.starts_at, Visit.id)).all()


def engagements_between(first: datetime, last: datetime) -> Sequence[Engagement]:
    """Engagements that are planned to start in [first, last), by hour."""
    rows = select(Engagement).options(*WHOLE_ENGAGEMENT).where(Engagement.state == EngagementState.PLANNED)
    rows = rows.where(Engagement.starts_at >= first, Engagement.starts_at < last)
    return db.session.scalars(rows.order_by(Engagement.starts_at, Engagement.id)).all()


def duties_between(first: datetime, last: datetime) -> Sequence[Assignment]:
    """Duties, asked for or accepted, that start in [first, last), by hour."""
    rows = select(Assignment).options(*WHOLE_DUTY).where(Assignment.state.in_(OCCUPYING_DUTIES))
    rows = rows.where(Assignment.starts_at >= first, Assignment.starts_at < last)
    return db.session.scalars(rows.order_by(Assignment.starts_at, Assignment.id)).all()


def refreshes_since(since: datetime) -> Sequence[Mail]:
    """Believed mails in which somebody's program asked for the present state of an entry (REFRESH)."""
    rows = select(Mail).where(Mail.method == "REFRESH", Mail.state == MailState.APPLIED)
    return db.session.scalars(rows.where(Mail.received_at >= since).order_by(Mail.id)).all()


def declined_since(since: datetime) -> Sequence[Proposal]:
    """Proposals that the office declined."""
    rows = select(Proposal).where(Proposal.state == ProposalState.DECLINED, Proposal.address != "")
    return db.session.scalars(rows.where(Proposal.settled_at >= since).order_by(Proposal.id)).all()
