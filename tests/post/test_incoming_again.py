"""Mails that say again what was said, and reports about letters that did arrive."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from scheduler.post_room import in_post_room
from scheduler.records.database import db
from scheduler.records.letters import Letter, LetterState
from tests.cast import AT, OFFICER
from tests.letters.desk import write
from tests.post.answering import answers, letter_to, outcome, reply_mail, the_visit
from tests.post.mails import BAT, a_reply


@pytest.fixture
def visit(app):
    return the_visit()


def dated(year, partstat):
    calendar = a_reply(partstat=partstat)
    stamp = next(line for line in calendar.splitlines() if line.startswith(b"DTSTAMP"))
    return calendar.replace(stamp, b"DTSTAMP:%d1102T050000Z" % year)


def test_an_answer_dated_ahead_is_counted_once_and_not_again_after_a_later_one(visit):
    ahead = dated(2099, "DECLINED")
    assert outcome(reply_mail(ahead, number=1)) == ("applied", "")
    later = AT + timedelta(minutes=1)
    assert outcome(reply_mail(dated(2027, "ACCEPTED"), number=2), at=later) == ("applied", "")
    assert outcome(reply_mail(ahead, number=3), at=later + timedelta(minutes=1)) == ("noted", "copy")
    assert answers()[BAT] == "ACCEPTED"


def test_who_answers_a_letter_that_came_back_has_it_all_the_same(visit):
    letter = letter_to(BAT, visit, state=LetterState.RETURNED)
    assert outcome(reply_mail(a_reply())) == ("applied", "")
    db.session.refresh(letter)
    assert letter.state is LetterState.POSTED


def test_what_came_back_is_called_off_too_for_nobody_knows_who_said_that_it_did(app, visit):
    letter_to(BAT, visit, state=LetterState.RETURNED, may_have_gone=True, method="REQUEST", sequence=2)
    app.config["LETTERS_WAIT_SECONDS"] = 0
    act_upon(visit.id, Act.CANCEL, Told(reason="rain"), by=OFFICER, at=AT)
    with in_post_room(app):
        written = write()
    assert ("cancellation", BAT) in written
    assert len(db.session.scalars(select(Letter).where(Letter.address == BAT)).all()) == 2
