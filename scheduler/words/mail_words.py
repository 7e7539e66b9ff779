"""Mail that came in, replies and proposals in words: how they stand, and why somebody has to look."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.actions.mail_doubts import Passes, Waits
from scheduler.calendars.misunderstanding import Misunderstanding
from scheduler.core.belief import Doubt
from scheduler.records.replies import ProposalState

PARTICIPATIONS = {
    "NEEDS-ACTION": _l("No answer yet"),
    "ACCEPTED": lazy_pgettext("guest", "Accepted"),
    "DECLINED": lazy_pgettext("guest", "Declined"),
    "TENTATIVE": _l("Perhaps"),
    "DELEGATED": _l("Sends somebody else"),
}
REPLY_CHANNELS = {"mail": _l("By mail"), "page": _l("On the guests' page")}
MAIL_CHANNELS = {"imap": _l("Mailbox"), "relay": _l("Mail relay")}
MAIL_STATES = {
    "waiting": _l("Waiting"),
    "applied": _l("Counted"),
    "noted": _l("Needs nobody"),
    "settled": lazy_pgettext("mail", "Settled"),
}
PROPOSAL_STATES = {
    "open": lazy_pgettext("mail", "Open"),
    "accepted": _l("Accepted"),
    "declined": _l("Declined"),
    "overtaken": _l("Overtaken"),
}
METHODS = {
    "REPLY": _l("Answer to an invitation"),
    "COUNTER": _l("Another time proposed"),
    "REFRESH": _l("Asks for the invitation again"),
}
SETTLED_AS = {
    "counted": _l("It was them: it counts"),
    "named": _l("Named as a delegate"),
    "refused": _l("Refused politely"),
    "laid_aside": _l("Nothing to do"),
}
# Of proposals in the journal, beside the states of other things.
STATES = {"open": lazy_pgettext("mail", "Open"), "accepted": _l("Accepted"), "overtaken": _l("Overtaken")}
ACTS = {
    "reply": _l("answered"),
    "propose": _l("asked for another time"),
    "accept_proposal": _l("accepted another time"),
    "decline_proposal": _l("declined another time"),
    "settle_mail": _l("settled a mail"),
    "remember_address": _l("remembered another address"),
}
SUBJECTS = {"mail": _l("Mail"), "address_alias": _l("Other address of a guest")}
FAULTS = {"invited_already": _l("%(value)s is invited already.")}
# Why a mail waits, and why one needs nobody.
DOUBTS: Mapping[str, Any] = {
    Waits.UNREADABLE: _l("This mail cannot be read."),
    Waits.NOT_WHOLE: _l("This mail is larger than what is read of one; part of it was left out."),
    Waits.SAME_ID: _l(
        "Another mail came under the same identifier and says something else. One is not genuine."
    ),
    Waits.UNKNOWN_ENTRY: _l("It answers an invitation that is not known here."),
    Waits.ONE_OF_SERIES: _l("It answers one day of a series, and there is no series here."),
    Waits.NOT_A_GUEST: _l("Whoever answers is no guest: sites agree by their link or their own page."),
    Waits.FROM_THE_FUTURE: _l("It answers a version of the invitation that was never sent."),
    Waits.FORMER_TIME: _l("It answers a former version of the invitation."),
    Waits.NO_ANSWER: _l("It says neither yes nor no."),
    Waits.DELEGATED: _l("They wish to send somebody else."),
    Waits.NOT_POSSIBLE_NOW: _l("What it asks for is not possible any more."),
    Waits.COUNTER_UNREADABLE: _l("They propose another time, but it cannot be read which."),
    Waits.COUNTER_OF_DUTY: _l("Somebody on duty proposes another time."),
    Waits.REPORT_UNKNOWN: _l("A mail server reports about a letter that is not known here."),
    Passes.COPY: _l("A copy of a mail that is here already."),
    Passes.OWN: _l("A letter of our own that came back."),
    Passes.AUTOMATIC: _l("Written by a machine, without an answer in it."),
    Passes.STALE: _l("Older than the last answer of this person."),
    Passes.TENTATIVE_DUTY: _l("A “perhaps” to a duty: neither yes nor no."),
    Passes.REPORT: _l("A report of a mail server; nothing has to be done."),
    Doubt.NOT_AUTHENTICATED: _l("Our mail server could not verify that the sender is genuine."),
    Doubt.UNKNOWN_SENDER: _l("It cannot be told who sent it."),
    Doubt.SENT_BY_SOMEBODY_ELSE: _l("It answers for one person and was sent by another."),
    Doubt.NOT_INVITED: _l("Whoever answers was not invited by this address."),
    Misunderstanding.TOO_LARGE: _l("The calendar file in it is too large to be read."),
    Misunderstanding.NO_CALENDAR: _l("There is no answer of a calendar in it, only words."),
    Misunderstanding.BROKEN: _l("The calendar file in it is broken."),
    Misunderstanding.NO_METHOD: _l("The calendar file in it does not say what it is for."),
    Misunderstanding.SEVERAL_METHODS: _l("The calendar file in it contradicts the mail around it."),
    Misunderstanding.NOT_FOR_US: _l("It is an invitation of somebody else's, or one of ours sent on."),
    Misunderstanding.NO_EVENT: _l("The calendar file in it holds no event."),
    Misunderstanding.NO_UID: _l("The calendar file in it does not say which invitation it answers."),
    Misunderstanding.SEVERAL_UIDS: _l("The calendar file in it answers several invitations at once."),
    Misunderstanding.NO_ATTENDEE: _l("The calendar file in it does not say who answers."),
    Misunderstanding.SEVERAL_ATTENDEES: _l("The calendar file in it answers for several people at once."),
    Misunderstanding.SEVERAL_ANSWERS: _l("Two calendar files in it say different things."),
    Misunderstanding.UNREADABLE_TIME: _l("A time in its calendar file cannot be read."),
}
COLUMNS = {"participation": _l("Answer"), "settled_as": _l("Settled as"), "doubt": _l("Why it waited")}
VALUES = {"participation": PARTICIPATIONS, "doubt": DOUBTS, "settled_as": SETTLED_AS}
TABLES = {
    "participations": PARTICIPATIONS,
    "reply_channels": REPLY_CHANNELS,
    "mail_channels": MAIL_CHANNELS,
    "mail_states": MAIL_STATES,
    "proposal_states": PROPOSAL_STATES,
    "mail_methods": METHODS,
    "mail_doubts": DOUBTS,
    "mail_endings": SETTLED_AS,
}


def settled_in_words(state: ProposalState) -> str:
    """Why there is nothing left to decide."""
    return {
        ProposalState.ACCEPTED: _("Somebody has accepted this already."),
        ProposalState.DECLINED: _("Somebody has declined this already."),
    }.get(state, _("It was moved or called off meanwhile, so there is nothing left to decide."))
