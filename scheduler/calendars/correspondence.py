"""Who is to be told what of an entry: each person's last message against what they would see now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class News(StrEnum):
    """What a message says: REQUEST for the first time or again, CANCEL to everybody or to one removed."""

    INVITATION = "invitation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Told:
    """The last message somebody got, or may have got: its METHOD ("REQUEST" or "CANCEL"), SEQUENCE, DTSTAMP.

    `seen` is the digest of what it showed (`revision.seen_digest`). A re-sending counts, as does whatever
    a server may have accepted; a letter that certainly never left does not. Raises ValueError for any
    other METHOD.
    """

    method: str
    sequence: int
    stamped_at: datetime
    seen: str

    def __post_init__(self) -> None:
        if self.method not in {"REQUEST", "CANCEL"}:
            raise ValueError(
                f"{self.method!r} tells nobody what stands in a calendar; keep REQUEST and CANCEL"
            )


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one lower-case address."""

    address: str
    news: News


@dataclass(frozen=True, slots=True)
class Plan:
    """The messages to write, and the one SEQUENCE they all carry, which is the entry's from now on."""

    sequence: int
    messages: tuple[Message, ...]


def plan(*, sequence: int, is_cancelled: bool, wanted: Mapping[str, str], told: Mapping[str, Told]) -> Plan:
    """What to write so that everybody's calendar shows the entry as it is, and nothing that changes nothing.

    `sequence` is the entry's own; `wanted` maps the lower-case address of each present recipient to the
    digest of what they would see, `told` that of everybody ever told. The sequence of the plan is above
    that of the last message of everybody who is to learn of a change, never below the entry's own, and the
    entry's own when nothing is to be said. What takes an entry away comes before what brings it, so that
    a mailbox with two addresses keeps it; then by address. Sources: RFC 5546 2.1.4, 2.1.5, 3.2.2, 3.2.5.
    """
    news = {
        address: found
        for address in wanted.keys() | told.keys()
        if (found := _news(told.get(address), wanted.get(address), is_cancelled=is_cancelled))
    }
    messages = tuple(
        Message(address, news[address]) for address in sorted(news, key=lambda a: (_ORDER[news[a]], a))
    )
    if not messages:
        return Plan(sequence, ())
    surpassed = [told[address].sequence + 1 for address in news if address in told]
    return Plan(max([sequence, *surpassed, *(each.sequence for each in told.values())]), messages)


_ORDER = {News.WITHDRAWAL: 0, News.CANCELLATION: 1, News.CHANGE: 2, News.INVITATION: 3}


def _news(last: Told | None, seen: str | None, *, is_cancelled: bool) -> News | None:
    """What one person must hear: `last` is what they were told, `seen` what they would see if wanted."""
    holds_it = last is not None and last.method == "REQUEST"
    if is_cancelled:
        return News.CANCELLATION if holds_it else None
    if seen is None:
        return News.WITHDRAWAL if holds_it else None
    if last is None or not holds_it:
        return News.INVITATION
    return None if last.seen == seen else News.CHANGE
