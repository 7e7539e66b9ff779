"""Whether an answer that came by mail is believed, and whether it is still the latest word."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BELIEVED_VERDICT = "pass"
NO_VERDICT = "none"
# At these anybody may have an address: that two share such a domain says nothing.
OPEN_TO_ANYBODY = frozenset(
    {
        "aol.com",
        "daum.net",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hanmail.net",
        "hotmail.com",
        "icloud.com",
        "kakao.com",
        "live.com",
        "mac.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "nate.com",
        "naver.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "web.de",
        "yahoo.co.jp",
        "yahoo.com",
        "yandex.ru",
        "126.com",
        "163.com",
    }
)


class Doubt(StrEnum):
    """Why an answer is laid before an officer instead of being applied."""

    NOT_AUTHENTICATED = "not_authenticated"
    UNKNOWN_SENDER = "unknown_sender"
    SENT_BY_SOMEBODY_ELSE = "sent_by_somebody_else"
    NOT_INVITED = "not_invited"


class Freshness(StrEnum):
    """How an answer stands to our present revision and to the last answer of the same person."""

    FRESH = "fresh"
    FORMER_TIME = "former_time"
    STALE = "stale"
    FROM_THE_FUTURE = "from_the_future"


@dataclass(frozen=True)
class Stamp:
    """The place of an answer in order: the revision it answers (none is 0, RFC 5545 3.8.7.4), its DTSTAMP.

    `stamped_at` is aware. Whoever keeps it should not keep one later than the moment the mail came in: a
    clock that runs a year ahead would otherwise silence all later answers of that person.
    """

    sequence: int | None
    stamped_at: datetime | None


def doubt(
    *,
    sender: str,
    attendee: str,
    sent_by: str = "",
    is_invited: bool,
    known_aliases: Collection[str] = (),
    dmarc: str | None,
) -> Doubt | None:
    """The gravest reason not to believe this answer, or None.

    Who answers is the ATTENDEE line (`attendee`), and what somebody else sends in their name is ignored
    (RFC 6047 2.2.1, 2.3). Believed is a mail From (`sender`, empty when it cannot be told) the attendee
    themselves, one of `known_aliases` of theirs, or the one whom the line names as SENT-BY (`sent_by`), if
    both are of one organization's domain. `is_invited` says whether the attendee was asked at all.

    `dmarc` is the verdict of our own mail server upon From (see `trusted_verdict`): "pass" alone is
    believed. None means that nobody here verifies anything, so that From is taken at its word: an office
    that runs so accepts that answers can be forged.
    """
    if dmarc is not None and dmarc.strip().lower() != BELIEVED_VERDICT:
        return Doubt.NOT_AUTHENTICATED
    if not sender or not attendee:
        return Doubt.UNKNOWN_SENDER
    aliases = {alias.lower() for alias in known_aliases}
    if sender.lower() not in {attendee.lower(), *aliases} and not _is_deputy(sender, sent_by, attendee):
        return Doubt.SENT_BY_SOMEBODY_ELSE
    return None if is_invited else Doubt.NOT_INVITED


def trusted_verdict(
    authentication: Sequence[tuple[str, Mapping[str, str]]], authserv_id: str, sender: str
) -> str | None:
    """What our own mail server found about DMARC, or None when `authserv_id` is empty: nobody verifies.

    `authentication` are the Authentication-Results of a mail, topmost first, each with its authserv-id and
    its results by method (RFC 8601). Only the topmost of our server's name counts, since our server writes
    above whatever came with the mail; one further down may be forged. If that one has no verdict upon
    DMARC, or one that says it is upon another domain than that of `sender` (header.from), or there is
    none, the answer is "none", which is not believed.
    """
    if not authserv_id:
        return None
    ours = (results for name, results in authentication if name.lower() == authserv_id.strip().lower())
    found = next(ours, {})
    domain = sender.rpartition("@")[2].lower()
    return found.get("dmarc", NO_VERDICT) if found.get("header.from", domain) == domain else NO_VERDICT


def freshness(
    last: Stamp | None, new: Stamp, *, current_sequence: int, rescheduled_at_sequence: int
) -> Freshness:
    """How `new` stands to `last`, the latest answer of that person, and to our own revisions.

    `current_sequence` is that of our present revision, `rescheduled_at_sequence` that of the revision which
    gave the entry its present time. From the future: it answers what we never sent. Stale: it is older than
    the last one, or the same again (RFC 5546 2.1.5); drop it. Former time: it is their latest word, upon a
    time that has changed since. Of two with the same sequence, one of which has no DTSTAMP, the one that
    comes later is the later.
    """
    sequence = new.sequence or 0
    if sequence > current_sequence:
        return Freshness.FROM_THE_FUTURE
    if last is not None and _is_overtaken(new, last):
        return Freshness.STALE
    return Freshness.FORMER_TIME if sequence < rescheduled_at_sequence else Freshness.FRESH


def _is_deputy(sender: str, sent_by: str, attendee: str) -> bool:
    """Whether the sender is the one named as SENT-BY, of the attendee's own organization."""
    domain = _domain(attendee)
    return (
        sender.lower() == sent_by.lower()
        and _domain(sent_by) == domain
        and domain != ""
        and domain not in OPEN_TO_ANYBODY
    )


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower() if "@" in address else ""


def _is_overtaken(new: Stamp, last: Stamp) -> bool:
    sequence, former = new.sequence or 0, last.sequence or 0
    if sequence != former:
        return sequence < former
    if new.stamped_at is None or last.stamped_at is None:
        return False
    return new.stamped_at <= last.stamped_at
