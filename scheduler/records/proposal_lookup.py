"""Questions asked of proposals: which still wait, of which stop each is, what became of those of a stop."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload

from scheduler.core.lifecycle import AWAITED
from scheduler.core.stops import EngagementState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.engagement_lookup import WHOLE, engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.mails import Mail, MailState
from scheduler.records.replies import Proposal, ProposalState, Reply
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit

MOST_SHOWN = 20

# The stop is awaited and when it was as somebody asked for another time.
_IS_AS_IT_WAS: ColumnElement[bool] = or_(
    exists().where(
        Visit.id == Proposal.visit_id,
        Visit.starts_at == Proposal.for_starts_at,
        Visit.state.in_(AWAITED),
    ),
    exists().where(
        Engagement.id == Proposal.engagement_id,
        Engagement.starts_at == Proposal.for_starts_at,
        Engagement.state == EngagementState.PLANNED,
    ),
)
_WAITING = and_(Proposal.state == ProposalState.OPEN, _IS_AS_IT_WAS)


def proposal_numbered(proposal_id: int) -> Proposal:
    """A proposal as the archive has it now. Raises NotFound."""
    rows = select(Proposal).where(Proposal.id == proposal_id).execution_options(populate_existing=True)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("proposal", proposal_id)
    return found


def stop_proposed(proposal: Proposal) -> Visit | Engagement:
    """The stop that a proposal is about, as the archive has it now."""
    if proposal.engagement_id is not None:
        return engagement_by_id(proposal.engagement_id)
    assert proposal.visit_id is not None
    return visits_numbered([proposal.visit_id])[0]


def is_overtaken(proposal: Proposal, stop: Visit | Engagement) -> bool:
    """Whether the stop was moved or called off since somebody asked for another time."""
    is_on = stop.state in AWAITED if isinstance(stop, Visit) else stop.state is EngagementState.PLANNED
    return not is_on or stop.starts_at != proposal.for_starts_at


def state_now(proposal: Proposal, stop: Visit | Engagement) -> ProposalState:
    """How it stands with a proposal today: an open one is overtaken as soon as its stop has changed."""
    if proposal.state is ProposalState.OPEN and is_overtaken(proposal, stop):
        return ProposalState.OVERTAKEN
    return proposal.state


def waiting_proposals(most: int = MOST_SHOWN) -> Sequence[Proposal]:
    """What somebody still has to decide, the longest waiting first."""
    rows = select(Proposal).where(_WAITING).order_by(Proposal.made_at, Proposal.id).limit(most)
    return db.session.scalars(rows).all()


def how_many_wait() -> int:
    """How many proposals somebody still has to decide."""
    return db.session.scalar(select(func.count()).select_from(Proposal).where(_WAITING)) or 0


def how_many_lie_in_tray() -> int:
    """How many proposals and mails somebody still has to see to. One query."""
    proposals = select(func.count()).select_from(Proposal).where(_WAITING).scalar_subquery()
    mails = select(func.count()).select_from(Mail).where(Mail.state == MailState.WAITING).scalar_subquery()
    return db.session.scalar(select(proposals + mails)) or 0


def overtaken_proposals() -> Sequence[Proposal]:
    """Those still marked open whose stop was moved or called off."""
    rows = select(Proposal).where(Proposal.state == ProposalState.OPEN, not_(_IS_AS_IT_WAS))
    return db.session.scalars(rows.order_by(Proposal.id)).all()


def proposals_matching(state: ProposalState | None = None) -> Select[Proposal]:
    """Every proposal, the newest first; those that wait, or that are settled in one way, if named."""
    rows = select(Proposal).order_by(Proposal.made_at.desc(), Proposal.id.desc())
    if state is None:
        return rows
    if state is ProposalState.OPEN:
        return rows.where(_WAITING)
    if state is ProposalState.OVERTAKEN:
        is_open = and_(Proposal.state == ProposalState.OPEN, not_(_IS_AS_IT_WAS))
        return rows.where(or_(Proposal.state == state, is_open))
    return rows.where(Proposal.state == state)


def proposals_about(stop: Visit | Engagement) -> Sequence[Proposal]:
    """Every proposal about one stop, the newest first."""
    key = Proposal.visit_id if isinstance(stop, Visit) else Proposal.engagement_id
    rows = select(Proposal).where(key == stop.id).order_by(Proposal.made_at.desc(), Proposal.id.desc())
    return db.session.scalars(rows).all()


def proposals_of_delegation(delegation_id: int) -> Sequence[Proposal]:
    """Every proposal of a delegation's people, the newest first."""
    rows = select(Proposal).where(Proposal.delegation_id == delegation_id)
    return db.session.scalars(rows.order_by(Proposal.made_at.desc(), Proposal.id.desc())).all()


def stops_of(rows: Collection[Proposal] | Collection[Reply]) -> Mapping[int, Visit | Engagement]:
    """The stops of some proposals, or of some replies, by their numbers. Two queries."""
    whole = joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site)
    visits = select(Visit).options(whole, joinedload(Visit.delegation), joinedload(Visit.part))
    visits = visits.where(Visit.id.in_({each.visit_id for each in rows} - {None}))
    engagements = select(Engagement).options(*WHOLE)
    engagements = engagements.where(Engagement.id.in_({each.engagement_id for each in rows} - {None}))
    by_visit = {visit.id: visit for visit in db.session.scalars(visits)}
    by_engagement = {each.id: each for each in db.session.scalars(engagements)}
    return {
        each.id: by_visit[each.visit_id]
        if each.visit_id is not None
        else by_engagement[each.engagement_id or 0]
        for each in rows
    }
