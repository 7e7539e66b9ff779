"""The shapes of what guests answer: replies, proposals, and the mail that a relay hands in."""

from apiflask import Schema
from marshmallow import fields

from scheduler.blueprints.api.paging import Page, list_of
from scheduler.blueprints.api.schemas.base import Shape
from scheduler.blueprints.api.schemas.fields import OneOf, Several
from scheduler.blueprints.api.schemas.reasons import ReasonOut
from scheduler.blueprints.api.schemas.texts import Paragraphs
from scheduler.blueprints.api.schemas.time_fields import Instant
from scheduler.blueprints.api.schemas.visits import CautionTick, WhichSession
from scheduler.core.participation import Participation
from scheduler.records.mails import MailState
from scheduler.records.replies import ProposalState, ReplyChannel


class MailOut(Schema):
    """What became of a mail. `doubt` is the code of why it was not counted by itself."""

    id = fields.Integer(required=True)
    message_id = fields.String(required=True)
    state = OneOf(MailState, required=True)
    doubt = fields.String(required=True)
    received_at = Instant(required=True)


class ReplyOut(Schema):
    """The last answer of one person. `participation` is what they said, `counts_as` what it counts as at the
    present time: an answer to a former time is none."""

    name = fields.String(required=True)
    address = fields.String(required=True)
    delegate_id = fields.Integer(required=True, allow_none=True)
    participation = OneOf(Participation, required=True)
    counts_as = OneOf(Participation, required=True)
    comment = fields.String(required=True)
    answered_at = Instant(required=True)
    for_starts_at = Instant(required=True)
    for_ends_at = Instant(required=True)
    channel = OneOf(ReplyChannel, required=True)


class RepliesQuery(Page):
    """Which replies."""


class ProposalQuery(Page):
    """Which proposals."""

    state = OneOf(ProposalState)


class AlternativeOut(Schema):
    """A session that would be accepted instead."""

    site = fields.String(required=True)
    tour_code = fields.String(required=True)
    tour_session_id = fields.Integer(required=True, allow_none=True)
    starts_at = fields.String(required=True)
    ends_at = fields.String(required=True)
    places_left = fields.Integer(required=True)
    cautions = fields.List(fields.Nested(ReasonOut), required=True)


class ProposalVerdictOut(Schema):
    """What the rules say to the time proposed, right now."""

    refusals = fields.List(fields.Nested(ReasonOut), required=True)
    cautions = fields.List(fields.Nested(ReasonOut), required=True)
    alternatives = fields.List(fields.Nested(AlternativeOut), required=True)


class ProposalOut(Schema):
    """Another time that a guest asks for; without `starts_at` it is a wish in words (`comment`)."""

    id = fields.Integer(required=True)
    visit_id = fields.Integer(required=True, allow_none=True)
    engagement_id = fields.Integer(required=True, allow_none=True)
    delegation_id = fields.Integer(required=True)
    delegate_id = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True)
    address = fields.String(required=True)
    starts_at = Instant(required=True, allow_none=True)
    ends_at = Instant(required=True, allow_none=True)
    comment = fields.String(required=True)
    channel = OneOf(ReplyChannel, required=True)
    state = OneOf(ProposalState, required=True)
    made_at = Instant(required=True)
    answer = fields.String(required=True)
    settled_by = fields.String(required=True)
    settled_at = Instant(required=True, allow_none=True)


class WeighedProposalOut(ProposalOut):
    """The same with what the rules say, while it is open and names a time."""

    verdict = fields.Nested(ProposalVerdictOut, required=True, allow_none=True)


class AcceptProposalIn(WhichSession):
    """Cautions ticked, some words to the guests, and another session than the one proposed, if so."""

    must_name_one = False
    acknowledge = Several(CautionTick(), load_default=list)
    acknowledge_reason = Paragraphs(load_default="")
    answer = Paragraphs(load_default="")


class DeclineProposalIn(Shape):
    """Why not, in words that the guest reads."""

    reason = Paragraphs(load_default="")


RepliesOut = list_of(ReplyOut, "RepliesOut")
ProposalsOut = list_of(ProposalOut, "ProposalsOut")
