"""Mail taken in end to end: what programs send is applied or waits; nothing is lost, nothing counts twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.actions.mail_judgement import Desk
from scheduler.records.database import db
from scheduler.records.letters import Letter, LetterState
from scheduler.records.mails import AddressAlias, Mail
from scheduler.records.replies import Proposal, Reply
from tests.cast import AT
from tests.engines import on_sqlite
from tests.lasting import lasting_app_on
from tests.post.answering import (
    STARTS_AT,
    answers,
    how_many_kept,
    letter_to,
    outcome,
    reply_mail,
    taken,
    the_visit,
)
from tests.post.mails import BAT, NAMES, a_mail, a_reply, mail_named, of_parts

MINUTE = timedelta(minutes=1)
BECAME = {
    "apple-decline": ("applied", ""),
    "delayed-notice": ("noted", "report"),
    "delegated": ("waiting", "delegated"),
    "exchange-counter": ("applied", ""),
    "forwarded-reply": ("waiting", "no_calendar"),
    "gmail-counter": ("applied", ""),
    "gmail-tentative": ("applied", ""),
    "in-words": ("waiting", "no_calendar"),
    "notes-accept": ("applied", ""),
    "out-of-office": ("noted", "automatic"),
    "outlook-com-accept": ("applied", ""),
    "own-invitation-back": ("waiting", "former_time"),
    "postfix-bounce": ("waiting", "report_unknown"),
    "read-receipt": ("noted", "automatic"),
    "refresh": ("applied", ""),
    "secretary-accept": ("applied", ""),
    "thunderbird-accept": ("applied", ""),
}


@pytest.fixture
def app(engine_url):
    yield from lasting_app_on(engine_url)


@pytest.fixture
def visit(app):
    return the_visit()


def test_every_mail_of_the_corpus_is_spoken_for():
    assert BECAME.keys() == set(NAMES)


def test_each_mail_of_the_corpus_becomes_what_it_should(visit):
    found = {}
    for name in NAMES:
        # One after another, so that none is older than what the same person wrote before.
        db.session.query(Reply).delete()
        db.session.commit()
        found[name] = outcome(mail_named(name))
    assert found == BECAME
    assert how_many_kept() == len(NAMES)


@on_sqlite
@pytest.mark.parametrize(
    ("name", "address", "participation"),
    [
        ("apple-decline", "sofia@torino.example", "DECLINED"),
        ("delegated", BAT, "DELEGATED"),
        ("exchange-counter", "lina.haddad@amman.example", "TENTATIVE"),
        ("gmail-tentative", "min.seo@gmail.example", "TENTATIVE"),
        ("notes-accept", "piet.de.vries@rotterdam.example", "ACCEPTED"),
        ("outlook-com-accept", BAT, "ACCEPTED"),
        ("secretary-accept", BAT, "ACCEPTED"),
        ("thunderbird-accept", "j.groening@bremen.example", "ACCEPTED"),
    ],
)
def test_an_answer_is_kept_of_the_person_whom_we_know(visit, name, address, participation):
    taken(mail_named(name))
    assert answers() == {address: participation}
    reply = db.session.scalars(select(Reply)).one()
    assert (reply.visit_id, reply.for_starts_at, reply.delegate_id is not None) == (visit.id, STARTS_AT, True)


@on_sqlite
def test_a_counter_is_laid_before_the_officers_with_its_time(visit):
    mail = taken(mail_named("exchange-counter"))
    proposal = db.session.scalars(select(Proposal)).one()
    assert (proposal.starts_at, proposal.ends_at, proposal.mail_id, proposal.name) == (
        STARTS_AT.replace(hour=14),
        STARTS_AT.replace(hour=15, minute=30),
        mail.id,
        "Lina Haddad",
    )


def test_the_same_mail_counts_once_however_often_it_comes(visit):
    first, again = taken(mail_named("apple-decline")), taken(mail_named("apple-decline"), at=AT + MINUTE)
    assert (first.id, how_many_kept()) == (again.id, 1)


def test_a_copy_that_came_another_way_needs_nobody(visit):
    raw = mail_named("apple-decline")
    taken(raw)
    assert outcome(b"Received: by another.example; Wed, 4 Nov 2026 18:00:09 +0900\r\n" + raw) == (
        "noted",
        "copy",
    )


def test_another_mail_under_the_same_id_waits_and_changes_nothing(visit):
    taken(reply_mail(a_reply(partstat="ACCEPTED")))
    forged = reply_mail(a_reply(partstat="DECLINED", more="COMMENT:another\r\n"))
    assert outcome(forged) == ("waiting", "same_id_other_content")
    assert answers() == {BAT: "ACCEPTED"}


@on_sqlite
def test_a_reply_for_somebody_else_waits(visit):
    raw = reply_mail(a_reply(attendee="sofia@torino.example"), sender=BAT)
    assert outcome(raw) == ("waiting", "sent_by_somebody_else")
    assert answers() == {}


@on_sqlite
def test_a_reply_of_somebody_who_was_not_invited_waits(visit):
    raw = reply_mail(a_reply(attendee="crasher@party.example"), sender="crasher@party.example")
    mail = taken(raw)
    assert (mail.doubt, mail.visit_id, mail.attendee) == ("not_invited", visit.id, "crasher@party.example")


@on_sqlite
def test_from_another_address_somebody_counts_once_an_officer_has_said_who_it_is(visit):
    raw = reply_mail(a_reply(attendee="bat@home.example"), sender="bat@home.example")
    assert outcome(raw) == ("waiting", "not_invited")
    db.session.add(AddressAlias(address=BAT, alias="bat@home.example", made_at=AT))
    db.session.commit()
    again = reply_mail(a_reply(attendee="bat@home.example"), sender="bat@home.example", number=2)
    assert (outcome(again), answers()) == (("applied", ""), {BAT: "ACCEPTED"})


@on_sqlite
@pytest.mark.parametrize(
    ("results", "became"),
    [
        ("mx.city.example; dmarc=pass header.from=ulaanbaatar.example", ("applied", "")),
        ("mx.city.example; dmarc=fail", ("waiting", "not_authenticated")),
        ("mx.elsewhere.example; dmarc=pass", ("waiting", "not_authenticated")),
    ],
)
def test_where_our_server_vouches_for_senders_only_its_pass_counts(visit, results, became):
    raw = reply_mail(a_reply(), f"Authentication-Results: {results}")
    assert outcome(raw, desk=Desk(address="desk@city.example", authserv_id="mx.city.example")) == became


@on_sqlite
def test_what_is_older_than_the_last_word_is_noted(visit):
    taken(reply_mail(a_reply(partstat="DECLINED")))
    older = a_reply(partstat="ACCEPTED").replace(b"20261102T050000Z", b"20261102T040000Z")
    assert (outcome(reply_mail(older, number=2)), answers()) == (("noted", "stale"), {BAT: "DECLINED"})


@on_sqlite
def test_an_answer_to_a_revision_that_was_never_sent_waits(visit):
    future = a_reply().replace(b"SEQUENCE:2", b"SEQUENCE:3")
    assert (outcome(reply_mail(future)), answers()) == (("waiting", "from_the_future"), {})


@on_sqlite
@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ((b"SEQUENCE:2", b"SEQUENCE:1"), "former_time"),
        ((b"PARTSTAT=ACCEPTED", b"PARTSTAT=PERHAPS"), "no_answer"),
        ((b"visit-7f3a", b"visit-none"), "unknown_entry"),
        ((b"SEQUENCE:2", b"SEQUENCE:2\r\nRECURRENCE-ID:20261201T010000Z"), "one_of_series"),
        ((b"METHOD:REPLY", b"METHOD:CANCEL"), "several_methods"),
        ((b"END:VEVENT", b""), "broken"),
        ((b"SEQUENCE:2", b"SEQUENCE:99999999999"), "broken"),
    ],
)
def test_what_cannot_be_counted_waits_with_its_reason(visit, change, doubt):
    assert (outcome(reply_mail(a_reply().replace(*change))), answers()) == (("waiting", doubt), {})


@on_sqlite
def test_a_former_revision_counts_for_the_time_its_letter_told(visit):
    letter_to(BAT, visit, sequence=1)
    reply = a_reply().replace(b"SEQUENCE:2", b"SEQUENCE:1")
    assert (outcome(reply_mail(reply)), answers()) == (("applied", ""), {BAT: "ACCEPTED"})


def test_a_letter_that_came_back_is_marked_so_with_what_was_told(visit):
    letter = letter_to(BAT, visit)
    mail = taken(mail_named("postfix-bounce"))
    db.session.refresh(letter)
    assert (mail.state, mail.visit_id, letter.state) == ("applied", visit.id, LetterState.RETURNED)
    assert letter.problem.startswith("550 5.1.1 <bat@ulaanbaatar.example>")


@on_sqlite
@pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.DROPPED, LetterState.RETURNED])
def test_a_report_about_a_letter_that_is_not_out_changes_nothing(visit, state):
    letter_to(BAT, visit, state=state)
    assert outcome(mail_named("postfix-bounce")) == ("noted", "report")
    assert db.session.scalars(select(Letter.state)).one() is state


@on_sqlite
def test_our_own_letter_coming_back_is_a_loop_and_needs_nobody(visit):
    assert outcome(reply_mail(a_reply(), sender="Desk@City.example")) == ("noted", "own")


@on_sqlite
def test_a_mail_that_was_cut_waits_whatever_it_says(visit):
    assert (outcome(reply_mail(a_reply()), is_whole=False), answers()) == (("waiting", "not_whole"), {})


@on_sqlite
def test_an_answer_in_words_is_laid_beside_the_letter_it_answers(visit):
    letter_to(BAT, visit, message_id="<1@city.example>")
    raw = a_mail("From: pa@town.example", "In-Reply-To: <1@city.example>", body=b"We shall come.\r\n")
    mail = taken(raw)
    assert (mail.state, mail.doubt, mail.visit_id, mail.text) == (
        "waiting",
        "no_calendar",
        visit.id,
        "We shall come.",
    )


@on_sqlite
def test_the_site_is_told_of_a_visit_and_agrees_elsewhere(visit):
    visit.tour_session.tour.site.contact_email = "host@site.example"
    db.session.commit()
    raw = reply_mail(a_reply(attendee="host@site.example"), sender="host@site.example")
    assert (outcome(raw), answers()) == (("waiting", "not_a_guest"), {})


@on_sqlite
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"From: \xff\xff@\x00\r\nMessage-ID: <\xff\xed\xa0\x80@x>\r\n\r\n\x00",
        b"Subject: =?utf-8?b?AAAA?= \xed\xa0\x80\r\n\r\nx",
        b"Message-ID: <" + b"a" * 5_000 + b"@x.example>\r\n\r\nx",
        b"From: " + b"a" * 400 + b"@x.example\r\n\r\nx",
        of_parts(*[b"Content-Type: text/calendar; method=REPLY\r\n\r\n" + a_reply()] * 50),
        reply_mail(a_reply().replace(b"UID:visit", b"UID:" + b"v" * 200)),
        reply_mail(a_reply(more="COMMENT:" + "\\n" * 3_000 + "\r\n")),
        reply_mail(a_reply(attendee="a" * 300 + "@x.example")),
    ],
)
def test_whatever_the_bytes_a_mail_is_kept_as_it_came(visit, raw):
    mail = taken(raw)
    db.session.expire_all()
    assert db.session.scalars(select(Mail.raw).where(Mail.id == mail.id)).one() == raw
