"""What is in a mail, as it is kept beside its bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.calendars.answer import Answer
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood
from scheduler.post.answers import answer_in
from scheduler.post.reading import ReceivedMail, read_mail
from scheduler.post.reports import Report

LONGEST_METHOD, LONGEST_UID = 16, 255


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What was read in a mail: `mail` is None when it cannot be read at all, else there is an answer or the
    reason why there is none."""

    mail: ReceivedMail | None = None
    answer: Answer | None = None
    problem: NotUnderstood | None = None


def understand(raw: bytes) -> Understood:
    """What is in a mail. Raises nothing: after a fault of our own reading a person looks at it."""
    try:
        mail = read_mail(raw)
    except Exception:  # MailUnreadable, and whatever nobody has thought of: the mail is not lost by it.
        return Understood()
    try:
        return Understood(mail=mail, answer=answer_in(mail))
    except NotUnderstood as problem:
        return Understood(mail=mail, problem=problem)
    except Exception:  # The same.
        return Understood(mail=mail, problem=NotUnderstood(Misunderstanding.BROKEN))


def columns_of(understood: Understood, *, dmarc: str) -> dict[str, Any]:
    """What was read, as columns of `Mail`; `dmarc` is what our own server found about the sender."""
    mail, answer, problem = understood.mail, understood.answer, understood.problem
    said = answer or problem
    return {
        "message_id": mail.message_id if mail is not None else "",
        "sender": mail.sender if mail is not None else "",
        "subject": mail.subject if mail is not None else "",
        "text": mail.text if mail is not None else "",
        "is_whole": mail is None or mail.is_whole,
        "method": (said.method if said is not None else "")[:LONGEST_METHOD],
        "uid": (said.uid if said is not None else "")[:LONGEST_UID],
        "attendee": answer.attendee if answer is not None else "",
        "told": _told(understood) | ({"dmarc": dmarc} if dmarc else {}),
    }


def _told(understood: Understood) -> dict[str, Any]:
    """What officers are shown of what was read."""
    mail, answer = understood.mail, understood.answer
    if mail is None:
        return {}
    told: dict[str, Any] = {
        "sender_name": mail.sender_name,
        "written_at": _instant(mail.written_at),
        "is_automatic": mail.is_automatic,
        "calendars": len(mail.calendars),
    }
    if mail.report is not None:
        told["report"] = _report(mail.report)
    if answer is not None:
        told |= _answer(answer)
    return {name: value for name, value in told.items() if value not in ("", None, False, 0, [])}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "attendee_name": answer.attendee_name,
        "sent_by": answer.sent_by,
        "participation": answer.partstat.value,
        "delegated_to": list(answer.delegated_to),
        "comment": answer.comment,
        "sequence": answer.sequence,
        "stamped_at": _instant(answer.stamped_at),
        "proposed": [_instant(each) for each in answer.proposed or ()],
        "proposed_problem": answer.proposed_problem.value if answer.proposed_problem else "",
        "summary": answer.summary,
    }


def _report(report: Report) -> dict[str, str]:
    return {
        "recipient": report.recipient,
        "action": report.action.value,
        "status": report.status,
        "diagnostic": report.diagnostic,
    }


def _instant(found: datetime | None) -> str | None:
    return found.isoformat() if found is not None else None
