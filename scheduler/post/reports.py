"""What a mail server reports about a letter of ours: delivery status notifications (RFC 3464)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.calendars import wording
from scheduler.post.fields import Fields, read_fields
from scheduler.post.parts import Part
from scheduler.post.structured import identifiers

MOST_BYTES = 64 * 1024
MOST_GROUPS = 100
LONGEST_DIAGNOSTIC = 500
LONGEST_STATUS = 20

_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset(
    {
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    }
)


class ReportAction(StrEnum):
    """What became of the letter (RFC 3464 2.3.3), or that the report does not say."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report about one recipient, the first that failed if any did.

    `original_message_id` is that of our letter, in angle brackets, empty when the report does not tell;
    `recipient` is lower case, `status` as in "5.1.1". Anybody can forge a report: it is something to show,
    and no proof.
    """

    original_message_id: str
    recipient: str
    action: ReportAction
    status: str
    diagnostic: str


def read_report(raw: bytes, parts: Sequence[Part], fields: Fields) -> Report | None:
    """The report in the mail `raw` with these leaves and header fields; None when it is none.

    Some servers write no delivery-status part, but name the recipient in X-Failed-Recipients.
    """
    groups = [group for part in parts if part.kind in _STATUSES for group in _groups(raw, part)]
    told = [group for group in groups if group.first("final-recipient") or group.first("original-recipient")]
    of_letter = _original_message_id(raw, parts, fields)
    if told:
        return _report(min(told, key=lambda group: _action(group) != ReportAction.FAILED), of_letter)
    failed = _address(fields.first("x-failed-recipients").partition(",")[0])
    if not failed:
        return None
    return Report(
        original_message_id=of_letter,
        recipient=failed,
        action=ReportAction.FAILED,
        status="",
        diagnostic="",
    )


def _groups(raw: bytes, part: Part) -> list[Fields]:
    """The groups of fields, parted by empty lines: the first about the letter, one for each recipient."""
    content = part.content(raw, most=MOST_BYTES)
    groups: list[Fields] = []
    at = 0
    while at < len(content) and len(groups) < MOST_GROUPS:
        group, after, _ = read_fields(content, at, len(content))
        groups.append(group)
        at = after if after > at else len(content)
    return groups


def _report(group: Fields, of_letter: str) -> Report:
    recipient = _typed(group.first("original-recipient")) or _typed(group.first("final-recipient"))
    return Report(
        original_message_id=of_letter,
        recipient=_address(recipient) or _address(_typed(group.first("final-recipient"))),
        action=_action(group),
        status=wording.line(group.first("status").partition(" ")[0], most=LONGEST_STATUS),
        diagnostic=wording.line(
            " ".join(_typed(group.first("diagnostic-code")).split()), most=LONGEST_DIAGNOSTIC
        ),
    )


def _action(group: Fields) -> ReportAction:
    said = group.first("action").partition(" ")[0].lower()
    return ReportAction(said) if said in set(ReportAction) else ReportAction.UNKNOWN


def _typed(value: str) -> str:
    """What follows the type, as in `rfc822; somebody@city.example`."""
    kind, sign, rest = value.partition(";")
    return (rest if sign else kind).strip()


def _address(value: str) -> str:
    try:
        return wording.address(value.strip().strip("<>").lower())
    except wording.NotAnAddress:
        return ""


def _original_message_id(raw: bytes, parts: Sequence[Part], fields: Fields) -> str:
    """From the letter that came back, or its header; else what the report answers."""
    values = [
        read_fields(content, 0, len(content))[0].first("message-id")
        for part in parts
        if part.kind in _RETURNED
        for content in (part.content(raw, most=MOST_BYTES),)
    ]
    values += [fields.first("in-reply-to"), fields.first("references")]
    return next((found[-1] for value in values if (found := identifiers(value))), "")
