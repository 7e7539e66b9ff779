"""Questions asked of replies: who answered what to which stop, what counts now, which heads cannot come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.core.lifecycle import AWAITED
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.core.stops import EngagementState
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Engagement
from scheduler.records.letters import Letter
from scheduler.records.replies import Reply
from scheduler.records.visits import Visit

MOST_SHOWN = 50


@dataclass(frozen=True)
class StopReplies:
    """What was answered to some visits and engagements: replies by the number of their stop, by name."""

    visits: Mapping[int, list[Reply]] = field(default_factory=dict)
    engagements: Mapping[int, list[Reply]] = field(default_factory=dict)

    def of(self, stop: Visit | Engagement) -> list[Reply]:
        """The replies to one of these stops."""
        found = self.visits if isinstance(stop, Visit) else self.engagements
        return found.get(stop.id, [])


def participation_now(reply: Reply, stop: Visit | Engagement) -> Participation:
    """What an answer counts as today: given for a time that the stop no longer has, it is none yet."""
    return reply.at_present(stop.starts_at, stop.ends_at)


def reply_kept(uid: str, address: str) -> Reply | None:
    """The last answer of one person to one entry, as the archive has it now."""
    rows = select(Reply).where(Reply.uid == uid, Reply.address == address)
    return db.session.scalar(rows.execution_options(populate_existing=True))


def replies_to(stop: Visit | Engagement) -> list[Reply]:
    """Every answer to one stop. One query."""
    return _kept(Reply.visit_id if isinstance(stop, Visit) else Reply.engagement_id, {stop.id})


def replies_to_many(visit_ids: Collection[int] = (), engagement_ids: Collection[int] = ()) -> StopReplies:
    """Every answer to some stops: one query, however many they are."""
    if not visit_ids and not engagement_ids:
        return StopReplies()
    wanted = or_(Reply.visit_id.in_(visit_ids), Reply.engagement_id.in_(engagement_ids))
    by_visit: dict[int, list[Reply]] = {}
    by_engagement: dict[int, list[Reply]] = {}
    for reply in db.session.scalars(select(Reply).where(wanted).order_by(Reply.name, Reply.id)):
        if reply.visit_id is not None:
            by_visit.setdefault(reply.visit_id, []).append(reply)
        elif reply.engagement_id is not None:
            by_engagement.setdefault(reply.engagement_id, []).append(reply)
    return StopReplies(by_visit, by_engagement)


def time_told(uid: str, sequence: int) -> Span | None:
    """When the entry was in its revision of that number, as a letter told it; None where no letter did."""
    rows = select(Letter.starts_at, Letter.ends_at).where(Letter.uid == uid, Letter.sequence == sequence)
    rows = rows.where(Letter.method == "REQUEST", Letter.starts_at < Letter.ends_at)
    row = db.session.execute(rows.order_by(Letter.id.desc()).limit(1)).first()
    return None if row is None else Span(row.starts_at, row.ends_at)


def declined_by_heads(at: datetime) -> Sequence[Reply]:
    """Declines, which count now, of those who lead a delegation, to what is still to come: of the first
    delegate in order of precedence, or of the contact where no delegate is named. By hour; at most
    MOST_SHOWN of each kind of stop. Four queries."""
    found: list[tuple[datetime, Reply]] = []
    for table, key, is_on in (
        (Visit, Reply.visit_id, Visit.state.in_(AWAITED)),
        (Engagement, Reply.engagement_id, Engagement.state == EngagementState.PLANNED),
    ):
        rows = (
            select(table.starts_at, Reply)
            .join(Reply, key == table.id)
            .where(is_on, table.ends_at > at, Reply.participation == Participation.DECLINED)
            .where(Reply.for_starts_at == table.starts_at, Reply.for_ends_at == table.ends_at)
            .order_by(table.starts_at, Reply.id)
        )
        found += [(starts_at, reply) for starts_at, reply in db.session.execute(rows)]
    heads = heads_of({reply.delegation_id for _starts_at, reply in found if reply.delegation_id})
    found.sort(key=lambda pair: (pair[0], pair[1].id))
    return [reply for _starts_at, reply in found if is_of_head(reply, heads)][:MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class Head:
    """Who leads a delegation: a delegate, or (`delegate_id` empty) its contact. In lower case."""

    delegate_id: int | None
    address: str


def heads_of(delegation_ids: Collection[int]) -> Mapping[int, Head]:
    """Who leads each of these delegations. Two queries."""
    if not delegation_ids:
        return {}
    contacts = select(Delegation.id, Delegation.contact_email).where(Delegation.id.in_(delegation_ids))
    heads = {row.id: Head(None, row.contact_email.strip().lower()) for row in db.session.execute(contacts)}
    named = select(Delegate.delegation_id, Delegate.id, Delegate.email)
    named = named.where(Delegate.delegation_id.in_(delegation_ids))
    # The last one written for each delegation is the first in order of precedence.
    for row in db.session.execute(named.order_by(Delegate.precedence.desc(), Delegate.id.desc())):
        heads[row.delegation_id] = Head(row.id, row.email.strip().lower())
    return heads


def is_of_head(reply: Reply, heads: Mapping[int, Head]) -> bool:
    """Whether whoever leads the delegation gave this answer."""
    head = heads.get(reply.delegation_id or 0)
    if head is None:
        return False
    is_same = head.delegate_id is not None and reply.delegate_id == head.delegate_id
    return is_same or (head.address != "" and reply.address == head.address)


def _kept(key: InstrumentedAttribute[int | None], ids: Collection[int]) -> list[Reply]:
    return list(db.session.scalars(select(Reply).where(key.in_(ids)).order_by(Reply.name, Reply.id)))
