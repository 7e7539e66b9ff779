"""The room itself: who holds the secret of a delegation or of a delegate comes in, as long as they may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response
from flask.blueprints import BlueprintSetupState

from scheduler.access import Actor
from scheduler.actions.tokens import digest_of
from scheduler.clock import now
from scheduler.language import speak_to_guests
from scheduler.records.absence import NotFound
from scheduler.records.delegation_search import member_of, whole_delegation
from scheduler.records.delegations import Delegate, Delegation, DelegationState
from scheduler.records.feed_lookup import Feed, feed_opened_by
from scheduler.records.feeds import FeedKind

bp = Blueprint("portal", __name__)

# Their page stays readable for so many days after they left.
READABLE_AFTER = timedelta(days=30)


class PageGone(Exception):
    """The secret opened a guests' page once and does not any more: taken back, or the stay is long over."""

    def __init__(self, *, is_revoked: bool) -> None:
        super().__init__("the guests' page is gone")
        self.is_revoked = is_revoked


class NothingToDoHere(Exception):
    """What was sent cannot be done any more: the stay is over, or the delegation was called off."""


@dataclass(frozen=True)
class Guests:
    """Whoever opened the page: one delegate, or, where `delegate` is None, the delegation's contact."""

    secret: str
    feed: Feed
    delegation: Delegation
    delegate: Delegate | None
    at: datetime

    @property
    def is_called_off(self) -> bool:
        return self.delegation.state is DelegationState.CANCELLED

    @property
    def is_over(self) -> bool:
        return self.delegation.departs_at <= self.at

    @property
    def may_act(self) -> bool:
        """Whether they can still answer, ask for something, change their list."""
        return self.delegation.state is DelegationState.REGISTERED and not self.is_over

    @property
    def may_list(self) -> bool:
        """Whether they can still change the list of delegates."""
        return self.may_act and self.delegate is None and self.delegation.list_closed_at is None

    @property
    def address(self) -> str:
        """The e-mail address by which their answers are known; may be empty."""
        told = self.delegate.email if self.delegate else self.delegation.contact_email
        return told.strip().lower()

    @property
    def name(self) -> str:
        return self.delegate.print_as if self.delegate else self.delegation.contact_name

    @property
    def actor(self) -> Actor:
        """As the journal calls them: never by a guest's name or address."""
        return Actor(account_id=None, email=f"guests' page {self.feed.id}")

    def must_act(self) -> None:
        """Raise NothingToDoHere once nothing can be done here any more."""
        if not self.may_act:
            raise NothingToDoHere


def guests_behind(secret: str) -> Guests:
    """Whose page a secret opens, and from here on their language. Raises NotFound (no such secret, or one
    that opens something else), PageGone."""
    feed = feed_opened_by(digest_of(secret))
    if feed.kind not in (FeedKind.DELEGATION, FeedKind.DELEGATE) or feed.delegation_id is None:
        raise NotFound("guests' page", "…")
    delegation, at = whole_delegation(feed.delegation_id), now()
    speak_to_guests(delegation)
    if feed.is_gone:
        raise PageGone(is_revoked=True)
    if delegation.departs_at + READABLE_AFTER <= at:
        raise PageGone(is_revoked=False)
    delegate = member_of(Delegate, delegation.id, feed.delegate_id) if feed.delegate_id else None
    return Guests(secret, feed, delegation, delegate, at)


def contact_behind(secret: str) -> Guests:
    """The same for what is the delegation's contact's alone. Raises NotFound for a delegate, too."""
    guests = guests_behind(secret)
    if guests.delegate is not None:
        raise NotFound("guests' page", "…")
    return guests


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    """The general check wants to see where a form was sent from, which this room tells nobody; the secret in
    the address is what a token would be."""
    state.app.extensions["csrf"].exempt(bp)


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """The address is a secret: no search engine lists it, no page that it leads to learns it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer
