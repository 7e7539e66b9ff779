"""What officers do with mails that wait: it is them, a new guest, nobody we know, nothing to do."""

import pytest
from sqlalchemy import select

from scheduler.access import NotPermitted
from scheduler.actions.incoming import take_in
from scheduler.actions.invalid import Invalid
from scheduler.actions.mail_refusing import refuse_mail
from scheduler.actions.mail_settling import MailSettled, NotCounted, count_mail, lay_aside, name_from_mail
from scheduler.post_room import in_post_room, office
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.letters import Letter
from scheduler.records.mail_lookup import how_many_mails_wait, mail_numbered, waiting_mails
from scheduler.records.mails import AddressAlias, MailState
from scheduler.records.replies import Proposal, Reply
from tests.cast import AT, HEAD, OFFICER, manager_of
from tests.engines import on_sqlite
from tests.lasting import lasting_app_on
from tests.post.answering import DESK, answers, letter_to, outcome, reply_mail, taken, the_visit
from tests.post.mails import BAT, a_reply, mail_named

pytestmark = on_sqlite
HOME = "bat@home.example"


@pytest.fixture
def app(engine_url):
    yield from lasting_app_on(engine_url)


@pytest.fixture
def visit(app):
    return the_visit()


@pytest.fixture
def from_home(visit):
    """Bat answers from an address that we do not know."""
    return taken(reply_mail(a_reply(attendee=HOME), sender=HOME))


def delegates():
    return {each.email: each.print_as for each in db.session.scalars(select(Delegate))}


def test_it_is_them_counts_for_the_guest_who_was_invited(from_home):
    mail = count_mail(from_home.id, BAT, by=HEAD, at=AT)
    assert (mail.state, mail.settled_by, mail.settled_at, mail.told["settled_as"]) == (
        MailState.SETTLED,
        "Head",
        AT,
        "counted",
    )
    assert answers() == {BAT: "ACCEPTED"}
    assert (how_many_mails_wait(), waiting_mails()) == (0, [])
    assert db.session.scalars(select(AddressAlias)).all() == []


def test_an_address_that_is_remembered_is_believed_from_now_on(from_home):
    count_mail(from_home.id, BAT, remember=True, by=OFFICER, at=AT)
    alias = db.session.scalars(select(AddressAlias)).one()
    assert (alias.address, alias.alias) == (BAT, HOME)
    later = a_reply(attendee=HOME, partstat="DECLINED").replace(b"T050000Z", b"T060000Z")
    assert (outcome(reply_mail(later, sender=HOME, number=2)), answers()) == (
        ("applied", ""),
        {BAT: "DECLINED"},
    )


def test_whoever_was_not_invited_cannot_be_it(from_home):
    with pytest.raises(Invalid):
        count_mail(from_home.id, "nobody@home.example", by=OFFICER, at=AT)
    assert mail_numbered(from_home.id).state is MailState.WAITING


def test_a_reply_by_a_secretary_counts_when_an_officer_says_so(visit):
    mail = taken(reply_mail(a_reply(), sender="office@elsewhere.example"))
    count_mail(mail.id, BAT, remember=True, by=OFFICER, at=AT)
    assert answers() == {BAT: "ACCEPTED"}
    again = a_reply(partstat="DECLINED").replace(b"T050000Z", b"T060000Z")
    assert outcome(reply_mail(again, sender="office@elsewhere.example", number=2)) == ("applied", "")


@pytest.mark.parametrize("sequence", [b"SEQUENCE:1", b"SEQUENCE:9"])
def test_an_answer_to_an_unknown_version_counts_for_the_present_time(visit, sequence):
    mail = taken(reply_mail(a_reply().replace(b"SEQUENCE:2", sequence)))
    count_mail(mail.id, BAT, by=OFFICER, at=AT)
    reply = db.session.scalars(select(Reply)).one()
    assert (reply.sequence, reply.for_starts_at) == (2, visit.starts_at)


def test_an_answer_to_a_former_time_that_is_known_stays_one(visit):
    letter_to(BAT, visit, sequence=1, ends_at=visit.starts_at.replace(hour=3))
    mail = taken(
        reply_mail(a_reply().replace(b"SEQUENCE:2", b"SEQUENCE:1"), sender="office@elsewhere.example")
    )
    count_mail(mail.id, BAT, by=OFFICER, at=AT)
    reply = db.session.scalars(select(Reply)).one()
    assert (reply.sequence, reply.for_ends_at) == (1, visit.starts_at.replace(hour=3))


def test_what_is_older_than_the_last_word_stays_uncounted(visit, from_home):
    later = a_reply(partstat="DECLINED").replace(b"T050000Z", b"T060000Z")
    taken(reply_mail(later, number=2))
    with pytest.raises(NotCounted) as caught:
        count_mail(from_home.id, BAT, by=OFFICER, at=AT)
    assert (caught.value.doubt, answers()) == ("stale", {BAT: "DECLINED"})


def test_a_counter_that_waited_becomes_a_proposal(visit):
    raw = mail_named("exchange-counter").replace(b"Lina.Haddad@Amman.example>", b"pa@amman.example>")
    mail = take_in(raw, channel="imap", desk=DESK, at=AT).mail
    assert mail.doubt == "sent_by_somebody_else"
    count_mail(mail.id, "lina.haddad@amman.example", by=OFFICER, at=AT)
    assert db.session.scalars(select(Proposal)).one().mail_id == mail.id


def test_a_refresh_that_is_counted_waits_for_who_writes_the_letters(visit):
    raw = mail_named("refresh").replace(b"From: bat@", b"From: pa@")
    mail = take_in(raw, channel="imap", desk=DESK, at=AT).mail
    count_mail(mail.id, BAT, by=OFFICER, at=AT)
    now = mail_numbered(mail.id)
    assert (now.state, now.method, now.attendee, now.settled_by) == ("applied", "REFRESH", BAT, "Officer")


def test_whoever_answers_uninvited_is_named_and_counted(visit):
    mail = taken(reply_mail(a_reply(attendee="tuya@town.example"), sender="tuya@town.example"))
    name_from_mail(mail.id, "Tuya@town.example", " Tuya ", by=OFFICER, at=AT)
    assert delegates()["tuya@town.example"] == "Tuya"
    assert answers() == {"tuya@town.example": "ACCEPTED"}


def test_a_deputy_is_named_and_answers_for_themselves(visit):
    mail = taken(mail_named("delegated"))
    name_from_mail(mail.id, "oyun@ulaanbaatar.example", "Oyun", by=OFFICER, at=AT)
    assert delegates()["oyun@ulaanbaatar.example"] == "Oyun"
    assert (answers(), mail_numbered(mail.id).told["settled_as"]) == ({BAT: "DELEGATED"}, "named")


@pytest.mark.parametrize(("told_address", "name"), [("no address", "X"), ("x@y.example", " "), (BAT, "Bat")])
def test_a_new_guest_needs_a_name_and_an_address_of_their_own(from_home, told_address, name):
    with pytest.raises(Invalid):
        name_from_mail(from_home.id, told_address, name, by=OFFICER, at=AT)
    assert mail_numbered(from_home.id).state is MailState.WAITING


def test_who_was_not_invited_is_refused_by_a_letter_that_takes_it_out_of_their_calendar(app, visit):
    visit.language = "en"
    mail = taken(reply_mail(a_reply(attendee="x@party.example"), sender="x@party.example"))
    with in_post_room(app):
        refuse_mail(mail.id, office(), by=OFFICER, at=AT)
        letter = db.session.scalars(select(Letter)).one()
    assert (letter.kind, letter.method, letter.address, letter.sequence) == (
        "withdrawal",
        "CANCEL",
        "x@party.example",
        3,
    )
    assert b"ATTENDEE" in letter.calendar
    assert b"STATUS" not in letter.calendar
    assert BAT.encode() not in letter.calendar
    assert mail_numbered(mail.id).told["settled_as"] == "refused"


def test_nobody_is_refused_whose_address_somebody_else_used(app, visit):
    mail = taken(reply_mail(a_reply(attendee="x@party.example"), sender="y@party.example"))
    with in_post_room(app), pytest.raises(NotCounted):
        refuse_mail(mail.id, office(), by=OFFICER, at=AT)
    assert db.session.scalars(select(Letter)).all() == []


def test_what_needs_nothing_is_laid_aside_as_often_as_one_likes(visit):
    mail = taken(mail_named("in-words"))
    for _again in range(2):
        assert lay_aside(mail.id, by=OFFICER, at=AT).state is MailState.SETTLED
    with pytest.raises(MailSettled):
        count_mail(mail.id, BAT, by=OFFICER, at=AT)


def test_words_alone_cannot_be_counted(visit):
    mail = taken(mail_named("in-words"))
    with pytest.raises(NotCounted) as caught:
        count_mail(mail.id, BAT, by=OFFICER, at=AT)
    assert caught.value.doubt == "no_calendar"


def test_only_the_office_settles_mail_and_only_officers_name_guests(from_home):
    with pytest.raises(NotPermitted):
        lay_aside(from_home.id, by=manager_of(1), at=AT)
    with pytest.raises(NotPermitted):
        count_mail(from_home.id, BAT, by=manager_of(1), at=AT)
    with pytest.raises(NotPermitted):
        name_from_mail(from_home.id, "x@y.example", "X", by=HEAD, at=AT)
    with pytest.raises(NotFound):
        lay_aside(from_home.id + 1, by=OFFICER, at=AT)
