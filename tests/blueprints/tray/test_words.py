"""Every code of why a mail waits, of an answer and of a proposal has its words."""

import pytest

from scheduler.actions.mail_doubts import Passes, Waits
from scheduler.calendars.misunderstanding import Misunderstanding
from scheduler.core.belief import Doubt
from scheduler.core.participation import Participation
from scheduler.records.mails import Mail, MailState
from scheduler.records.replies import ProposalState, ReplyChannel
from scheduler.words import mail_words


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([*Waits, *Passes, *Doubt, *Misunderstanding], mail_words.DOUBTS),
        (Participation, mail_words.PARTICIPATIONS),
        (ReplyChannel, mail_words.REPLY_CHANNELS),
        (MailState, mail_words.MAIL_STATES),
        (ProposalState, mail_words.PROPOSAL_STATES),
    ],
)
def test_every_code_has_its_words(codes, words):
    assert {code.value for code in codes} == {str(code) for code in words}


def test_no_two_reasons_share_a_code_and_all_fit_their_column():
    codes = [code.value for reasons in (Waits, Passes, Doubt, Misunderstanding) for code in reasons]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= Mail.__table__.c.doubt.type.length
