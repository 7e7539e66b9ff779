"""What pages say of the worker's hands: that one is not at work, or what stands in its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from scheduler.blueprints.letter_lines import moment
from scheduler.records.hands import HandState, hand_called

# A hand tells once a minute that it is alive, and may be at work for some minutes.
SILENT_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class HandNote:
    """What is wrong, since when, what to do about it, what the other side's program said."""

    title: str
    what_to_do: str
    said: str = ""


def mailbox_note(at: datetime) -> HandNote | None:
    """Why answers do not come in; nothing while they do. One query."""
    hand = hand_called("mailbox")
    if hand is None or at - hand.seen_at > SILENT_FOR:
        since = _("No mail has been fetched since %(when)s", when=moment(hand.seen_at)) if hand else ""
        return HandNote(since or _("No mail was fetched yet"), _not_running())
    if not hand.trouble:
        return None
    return HandNote(
        _troubled(hand), _("It is tried again by itself. Nothing is lost meanwhile."), hand.trouble
    )


def _not_running() -> str:
    return _("Ask whoever runs this service whether its worker is running. Nothing is lost meanwhile.")


def _troubled(hand: HandState) -> str:
    if hand.well_at is None:
        return _("The mailbox cannot be read")
    return _("The mailbox has not been readable since %(when)s", when=moment(hand.well_at))
