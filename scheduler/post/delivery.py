"""What becomes of a letter that is handed over, and what every carrier of letters can do."""

from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from scheduler.calendars import wording

SAID_LENGTH = 300


class Outcome(StrEnum):
    """What is known of a letter after it was handed over.

    UNSURE is the price of RFC 5321 4.5.3.2.6: when the connection is lost between the last octet and
    the answer, nobody can tell. Handed over again with the same Message-ID, it is at worst there twice.
    """

    TAKEN = "taken"  # the server answers for it now
    REFUSED = "refused"  # it will not have this letter, or not for this recipient: again is in vain
    LATER = "later"  # surely not taken, through no fault of the letter
    UNSURE = "unsure"  # perhaps taken, perhaps not


@dataclass(frozen=True)
class Delivery:
    """The outcome, and on one line of at most 300 characters what the server or the system said.

    `can_go_on` is false when no server could be had at all: other letters would fare no better now.
    """

    outcome: Outcome
    said: str
    can_go_on: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", wording.line(self.said, most=SAID_LENGTH))


class Carrier(Protocol):
    """Carries letters one after the other; it is closed as a context manager and serves one thread."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def deliver(self, *, sender: str, recipient: str, data: bytes) -> Delivery:
        """Hand over the mail `data` from one address to one other; what goes wrong is told, not raised."""
        ...


def unfit_addresses(*, sender: str, recipient: str) -> Delivery | None:
    """The answer to a letter that no carrier can take since it has no usable address, else nothing.

    A recipient's is the letter's own fault; a sender's is one of the settings, to be mended there.
    """
    for address, outcome in ((sender, Outcome.LATER), (recipient, Outcome.REFUSED)):
        try:
            wording.address(address)
        except wording.NotAnAddress as wrong:
            return Delivery(outcome, str(wrong))
    return None
