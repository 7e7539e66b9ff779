"""Mail handed in by several at the same instant: it is kept once, and counts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from scheduler.actions.incoming import take_in
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.mails import Mail
from tests.cast import AT
from tests.post.answering import DESK, answers, reply_mail, the_visit
from tests.post.mails import BAT, a_reply, mail_named

HANDS = 6


def handed_in_at_once(app, raws):
    """Each mail by a thread of its own, all begun at the same instant: how each of them was taken."""
    together = Barrier(len(raws))

    def hand_in(raw):
        with app.app_context():
            together.wait()
            taken = take_in(raw, channel="imap", desk=DESK, at=AT)
            return taken.is_new, taken.mail.id, taken.mail.state.value, taken.mail.doubt

    with ThreadPoolExecutor(len(raws)) as hands:
        return list(hands.map(hand_in, raws))


def test_one_mail_is_kept_and_counted_once(app):
    the_visit()
    db.session.remove()
    found = handed_in_at_once(app, [mail_named("apple-decline")] * HANDS)
    assert sorted(is_new for is_new, *_ in found) == [False] * (HANDS - 1) + [True]
    assert len({number for _, number, *_ in found}) == 1
    assert len(db.session.scalars(select(Mail.id)).all()) == 1
    assert len(db.session.scalars(select(Journal).where(Journal.act == "reply")).all()) == 1


def test_of_several_contents_under_one_id_one_alone_counts(app):
    the_visit()
    db.session.remove()
    raws = [
        reply_mail(a_reply(partstat=said, more=f"COMMENT:{number}\r\n"))
        for number, said in enumerate(["ACCEPTED", "DECLINED"] * (HANDS // 2))
    ]
    found = handed_in_at_once(app, raws)
    assert sorted(doubt for *_, doubt in found) == [""] + ["same_id_other_content"] * (HANDS - 1)
    assert answers().keys() == {BAT}
    assert len(db.session.scalars(select(Mail.id)).all()) == HANDS
