"""What the tray tells other rooms: another time asked for, a head of delegation who cannot come."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from scheduler.access import Actor, Permission
from scheduler.blueprints.tray.stops import About, about
from scheduler.records.engagements import Engagement
from scheduler.records.proposal_lookup import proposals_about, state_now, stops_of
from scheduler.records.replies import ProposalState
from scheduler.records.reply_lookup import declined_by_heads
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class OpenProposal:
    """Somebody asks for something else of this stop."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class HeadDeclined:
    """Who leads a delegation cannot come, and to what."""

    name: str
    comment: str
    about: About


def proposals_open(stop: Visit | Engagement, by: Actor) -> list[OpenProposal]:
    """What guests ask for of one stop and nobody has decided. One query, or none."""
    if not by.may(Permission.SETTLE_MAIL):
        return []
    return [
        OpenProposal(name=each.name, url=url_for("tray.proposal", proposal_id=each.id))
        for each in proposals_about(stop)
        if state_now(each, stop) is ProposalState.OPEN
    ]


def heads_who_declined(by: Actor, at: datetime) -> list[HeadDeclined]:
    """For Today: what is to come and whoever leads a delegation cannot come to. Six queries, or none."""
    if not by.may(Permission.SETTLE_MAIL):
        return []
    replies = declined_by_heads(at)
    stops = stops_of(replies)
    return [
        HeadDeclined(name=each.name, comment=each.comment, about=about(stops[each.id])) for each in replies
    ]
