"""Mail taken in: kept once, as it came, read, and applied where nothing speaks against it.

What is not believed or not understood waits in the officers' tray. One transaction for each mail.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.actions.incoming_answers import act_on_answer
from scheduler.actions.incoming_reports import act_on_report
from scheduler.actions.mail_doubts import Passes, Waits
from scheduler.actions.mail_judgement import Desk, Judged, noted, waiting
from scheduler.actions.mail_reading import Understood, columns_of, understand
from scheduler.calendars.misunderstanding import Misunderstanding, NotForUs
from scheduler.core.belief import trusted_verdict
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.mail_lookup import (
    alone_with_message,
    delegation_writing_from,
    entry_with_uid,
    letter_called,
    mails_called,
)
from scheduler.records.mails import Mail, MailState
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

# Where two mails of one Message-ID differ in none of these, one is a copy that came another way.
SAYS = ("sender", "subject", "text", "told")


@dataclass(frozen=True)
class Taken:
    """A mail as it is kept, and whether it was not known before."""

    mail: Mail
    is_new: bool


def take_in(raw: bytes, *, channel: str, is_whole: bool = True, desk: Desk, at: datetime) -> Taken:
    """Keep the mail in the bytes `raw`, and do what it says if it is believed and understood.

    `channel` is "imap" or "relay"; one that is not whole is looked at by a person. Idempotent: the same
    bytes are kept and applied once, however often and by however many at once they are handed in; other
    bytes under the same Message-ID wait in the tray, unless they say the very same. Whatever the bytes, the
    only errors raised are the database's own.
    """
    understood = understand(raw)
    verdict = ""
    if understood.mail is not None:
        verdict = (
            trusted_verdict(understood.mail.authentication, desk.authserv_id, understood.mail.sender) or ""
        )
    columns = columns_of(understood, dmarc=verdict) | {"raw": raw, "digest": hashlib.sha256(raw).hexdigest()}
    columns["message_id"] = columns["message_id"] or columns["digest"]
    columns |= {"channel": channel, "is_whole": is_whole and columns["is_whole"]}
    return _take_in(columns, understood, desk=desk, at=at)


def parents_of_entry(entry: LetterEntry | None) -> Parents:
    """What an answer to a stop or a duty may touch."""
    if entry is None:
        return NOBODY
    resources = {entry.resource_id} if isinstance(entry, Assignment) else set()
    return Parents(delegations=frozenset({entry.delegation_id}), resources=frozenset(resources))


def link_to_entry(mail: Mail, entry: LetterEntry) -> None:
    """Say of a mail which stop or duty it is about."""
    mail.delegation_id = entry.delegation_id
    mail.visit_id = entry.id if isinstance(entry, Visit) else None
    mail.engagement_id = entry.id if isinstance(entry, Engagement) else None
    mail.assignment_id = entry.id if isinstance(entry, Assignment) else None


def _parents(columns: dict[str, Any], _understood: Understood, **_told: object) -> Parents:
    return parents_of_entry(entry_with_uid(columns["uid"]))


@writing(_parents)
def _take_in(columns: dict[str, Any], understood: Understood, *, desk: Desk, at: datetime) -> Taken:
    alone_with_message(columns["message_id"])
    known = mails_called(columns["message_id"])
    for mail in known:
        if mail.digest == columns["digest"]:
            return Taken(mail, is_new=False)
    mail = Mail(**columns, received_at=at, state=MailState.WAITING)
    db.session.add(mail)
    entry = entry_with_uid(mail.uid)
    if entry is not None:
        link_to_entry(mail, entry)
    else:
        _link_by_writer(mail, understood)
    db.session.flush()
    judged = _judge_repeated(mail, known) if known else _judge(mail, understood, entry, desk=desk, at=at)
    mail.state, mail.doubt = judged.state, judged.doubt
    return Taken(mail, is_new=True)


def _judge_repeated(mail: Mail, known: Sequence[Mail]) -> Judged:
    """Nothing of a second mail under one Message-ID is applied: it is a copy, or somebody has to look."""
    is_copy = any(all(getattr(mail, said) == getattr(each, said) for said in SAYS) for each in known)
    return noted(Passes.COPY) if is_copy else waiting(Waits.SAME_ID)


def _judge(
    mail: Mail, understood: Understood, entry: LetterEntry | None, *, desk: Desk, at: datetime
) -> Judged:
    read = understood.mail
    if read is None:
        return waiting(Waits.UNREADABLE)
    if not mail.is_whole:
        return waiting(Waits.NOT_WHOLE)
    if read.report is not None:
        return act_on_report(mail, read.report)
    if read.sender == desk.address.lower():
        return noted(Passes.OWN)
    if understood.answer is None:
        return _without_answer(understood)
    return act_on_answer(mail, understood.answer, entry, desk=desk, at=at)


def _without_answer(understood: Understood) -> Judged:
    """A person's words wait for a person; what a machine says without an answer in it needs nobody."""
    assert understood.mail is not None
    problem = understood.problem
    assert problem is not None
    is_beside = isinstance(problem, NotForUs) or problem.code is Misunderstanding.NO_CALENDAR
    if understood.mail.is_automatic and is_beside:
        return noted(Passes.AUTOMATIC)
    return waiting(problem.code)


def _link_by_writer(mail: Mail, understood: Understood) -> None:
    """Whose mail it probably is, for the reader: of the letter it answers, else of its sender."""
    read = understood.mail
    letter = letter_called(*read.in_reply_to) if read is not None and read.report is None else None
    if letter is not None:
        mail.visit_id, mail.engagement_id = letter.visit_id, letter.engagement_id
        mail.assignment_id, mail.delegation_id = letter.assignment_id, letter.delegation_id
    else:
        mail.delegation_id = delegation_writing_from(mail.sender)
