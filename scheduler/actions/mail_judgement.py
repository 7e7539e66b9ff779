"""What becomes of a mail: applied, waiting for somebody, or of no consequence; and what is believed here."""

from dataclasses import dataclass

from scheduler.actions.mail_doubts import Passes
from scheduler.records.mails import MailState


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where answers arrive: `address` is the organizer's own, in any case; `authserv_id` the name by which
    our mail server vouches for senders (RFC 8601), empty where nobody does."""

    address: str
    authserv_id: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mail, and the code of why it was not applied."""

    state: MailState
    doubt: str = ""


APPLIED = Judged(MailState.APPLIED)


def waiting(doubt: str) -> Judged:
    """Somebody has to look: `doubt` is a code of Waits, Doubt or Misunderstanding."""
    return Judged(MailState.WAITING, str(doubt))


def noted(reason: Passes) -> Judged:
    """Nobody has to."""
    return Judged(MailState.NOTED, str(reason))
