"""What mail servers report of our letters: one that came back is marked so, with what was told."""

from scheduler.actions.mail_doubts import Passes, Waits
from scheduler.actions.mail_judgement import APPLIED, Judged, noted, waiting
from scheduler.post.reports import Report, ReportAction
from scheduler.records.letters import Letter, LetterState
from scheduler.records.mail_lookup import letter_called
from scheduler.records.mails import Mail

# Delayed, delivered, passed on: nobody has to do anything about it.
GOOD_NEWS = frozenset(
    {ReportAction.DELAYED, ReportAction.DELIVERED, ReportAction.RELAYED, ReportAction.EXPANDED}
)
SENT = (LetterState.POSTED, LetterState.POSTING)


def act_on_report(mail: Mail, report: Report) -> Judged:
    """Within an act: mark the letter that a report says came back. Anybody who knows its Message-ID can forge
    one, its reader above all; so it goes on to count as a letter that may have arrived: what its reader has
    is still changed and called off."""
    letter = letter_called(report.original_message_id) if report.original_message_id else None
    if letter is not None:
        _link(mail, letter)
    if report.action in GOOD_NEWS:
        return noted(Passes.REPORT)
    if letter is None or report.action is not ReportAction.FAILED:
        return waiting(Waits.REPORT_UNKNOWN)
    if report.recipient and report.recipient.lower() != letter.address:
        return waiting(Waits.REPORT_UNKNOWN)  # Somebody to whom it was passed on; its reader may have it.
    if letter.state not in SENT:
        return noted(Passes.REPORT)
    letter.state, letter.problem = LetterState.RETURNED, _problem(report)
    letter.may_have_gone = True
    letter.claimed_by, letter.claimed_until = "", None
    return APPLIED


def _link(mail: Mail, letter: Letter) -> None:
    mail.visit_id, mail.engagement_id = letter.visit_id, letter.engagement_id
    mail.assignment_id, mail.delegation_id = letter.assignment_id, letter.delegation_id
    mail.uid, mail.attendee = letter.uid or "", letter.address


def _problem(report: Report) -> str:
    return " ".join(filter(None, (report.diagnostic or report.status, f"({report.recipient})"))).strip()
