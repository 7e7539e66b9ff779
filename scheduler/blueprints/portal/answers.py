"""What whoever opened the page has answered and asked for so far, stop by stop, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.actions.calendar_files import Stop
from scheduler.blueprints.portal.room import Guests
from scheduler.blueprints.portal.stops import key_of, zone_of
from scheduler.core.participation import Participation
from scheduler.records.proposal_lookup import proposals_of_delegation, state_now
from scheduler.records.replies import Proposal, ProposalState, Reply
from scheduler.records.reply_lookup import participation_now, replies_to_many
from scheduler.records.visits import Visit
from scheduler.words.instants import span_in_words

WISH_STATES = {
    ProposalState.OPEN: _l("The office has not decided yet."),
    ProposalState.ACCEPTED: _l("The office agreed."),
    ProposalState.DECLINED: _l("The office could not do it."),
    ProposalState.OVERTAKEN: _l("Settled otherwise: the plan has changed, or you asked for something else."),
}
WISH_TONES = {
    ProposalState.OPEN: "info",
    ProposalState.ACCEPTED: "success",
    ProposalState.DECLINED: "error",
    ProposalState.OVERTAKEN: "neutral",
}
MOST_WISHES_SHOWN = 3


@dataclass(frozen=True)
class Wished:
    """What they asked for of a stop, and what became of it."""

    what: str
    comment: str
    state: str
    tone: str


@dataclass(frozen=True)
class Said:
    """Their last answer to a stop (a code, empty for none that counts), and their wishes, the newest first.
    `was_for_another_time`: they answered, but it was moved since."""

    answer: str = ""
    comment: str = ""
    was_for_another_time: bool = False
    wishes: list[Wished] = field(default_factory=list)


def said_to(guests: Guests, stops: Iterable[Stop]) -> dict[str, Said]:
    """What they said to each of these stops, by key. Two queries."""
    stops = list(stops)
    visits = [stop.id for stop in stops if isinstance(stop, Visit)]
    engagements = [stop.id for stop in stops if not isinstance(stop, Visit)]
    replies = replies_to_many(visits, engagements)
    proposals = proposals_of_delegation(guests.delegation.id)
    return {key_of(stop): _said(guests, stop, replies.of(stop), proposals) for stop in stops}


def _said(guests: Guests, stop: Stop, replies: Iterable[Reply], proposals: Iterable[Proposal]) -> Said:
    mine = next((reply for reply in replies if _is_of(guests, reply)), None)
    column = "visit_id" if isinstance(stop, Visit) else "engagement_id"
    wishes = [each for each in proposals if getattr(each, column) == stop.id and _is_of(guests, each)]
    shown = [_wished(wish, stop) for wish in wishes[:MOST_WISHES_SHOWN]]
    if mine is None:
        return Said(wishes=shown)
    answer = participation_now(mine, stop)
    is_told = answer is not Participation.NEEDS_ACTION
    return Said(
        answer=answer.value if is_told else "",
        comment=mine.comment if is_told else "",
        was_for_another_time=not is_told and mine.participation is not Participation.NEEDS_ACTION,
        wishes=shown,
    )


def _is_of(guests: Guests, told: Reply | Proposal) -> bool:
    """Whether whoever opened the page said it: by mail from their address, or here."""
    if guests.delegate is not None and told.delegate_id == guests.delegate.id:
        return True
    if told.address in ("", "delegation"):
        return guests.delegate is None and told.delegate_id is None
    return told.address == guests.address


def _wished(wish: Proposal, stop: Stop) -> Wished:
    state = state_now(wish, stop)
    what = _("Something else")
    if wish.starts_at is not None and wish.ends_at is not None:
        what = span_in_words(wish.starts_at, wish.ends_at, zone_of(stop))
    return Wished(what, wish.comment, str(WISH_STATES[state]), WISH_TONES[state])
