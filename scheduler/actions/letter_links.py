"""Secret addresses in letters: a mark stands for each until the letter is posted.

What a letter says is kept in the database, a secret is not; so the address is put in where the mark stands,
each time the letter's bytes are made (docs/decisions/0021-letters-are-differences.md). A mark holds a token
of its own letter, so that nobody's typed text can be mistaken for one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.actions.derived_links import answer_link_for_letter, feed_for_letters
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.feeds import FeedKind
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import Letter, Side
from scheduler.records.recipients import Recipient
from scheduler.records.visits import Visit


class Leads(StrEnum):
    """Where a secret address leads."""

    GUESTS_PAGE = "guests"
    CALENDAR = "calendar"
    DAY = "day"
    ANSWER = "answer"


OPENING, CLOSING = "{{", "}}"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a secret address is to stand in one letter: the one that follows from `seed`."""

    token: str
    leads: Leads
    seed: str

    def __str__(self) -> str:
        return f"{OPENING}{self.token}:{self.leads.value}:{self.seed}{CLOSING}"


def marks_for(
    recipient: Recipient, row: LetterEntry, *, token: str, key: bytes, at: datetime
) -> tuple[Mark, ...]:
    """What a letter can lead to: guests to their page, whoever has no account to where they can answer, those
    on duty to their day. Makes the links that are missing."""
    found: list[tuple[Leads, str]] = []
    if recipient.side is Side.GUEST:
        found.append((Leads.GUESTS_PAGE, _feed_of_guest(recipient, row, key, at)))
    elif isinstance(row, Assignment):
        if row.state is DutyState.ASKED and row.starts_at > at:
            found.append((Leads.ANSWER, answer_link_for_letter(row, key=key, at=at)))
        to = recipient.address
        found.append((Leads.DAY, feed_for_letters(FeedKind.RESOURCE, row.resource_id, to=to, key=key, at=at)))
    elif _can_be_answered(recipient, row, at):
        assert isinstance(row, Visit)
        found.append((Leads.ANSWER, answer_link_for_letter(row, key=key, at=at)))
    return tuple(Mark(token, leads, seed) for leads, seed in found)


def with_addresses(text: str, letter: Letter, address_of: Callable[[Leads, str], str]) -> str:
    """`text` with every mark of this letter turned into an address."""
    token = token_of(letter)
    pieces = text.split(f"{OPENING}{token}:")
    told = [pieces[0]]
    for piece in pieces[1:]:
        mark, _closing, rest = piece.partition(CLOSING)
        leads, _colon, seed = mark.partition(":")
        told += [address_of(Leads(leads), seed), rest]
    return "".join(told)


def token_of(letter: Letter) -> str:
    """The token of a letter's marks: the part of its Message-ID before the @."""
    return letter.message_id.strip("<>").partition("@")[0]


def _feed_of_guest(recipient: Recipient, row: LetterEntry, key: bytes, at: datetime) -> str:
    kind, whose = FeedKind.DELEGATION, row.delegation_id
    if recipient.delegate_id is not None:
        kind, whose = FeedKind.DELEGATE, recipient.delegate_id
    return feed_for_letters(kind, whose, to=recipient.address, key=key, at=at)


def _can_be_answered(recipient: Recipient, row: LetterEntry, at: datetime) -> bool:
    return (
        isinstance(row, Visit)
        and recipient.side is Side.SITE
        and not recipient.has_account
        and row.state is VisitState.REQUESTED
        and row.starts_at > at
    )
