"""What calendar and mail programs send, each as it is read."""

from datetime import UTC, datetime

import pytest

from scheduler.calendars.answer import Answer, AnswerMethod
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood
from scheduler.core.participation import Participation
from scheduler.post.answers import answer_in
from scheduler.post.reading import ReceivedMail, read_mail
from tests.post.mails import BAT, CORPUS, NAMES, UID, a_reply, mail_named, of_parts

DESK = "desk@city.example"


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment in UTC in November 2026."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def an_answer(**facts) -> Answer:
    return Answer(
        **{"method": AnswerMethod.REPLY, "uid": UID, "attendee": BAT, "sequence": 2, "organizer": DESK}
        | facts
    )


ANSWERS = {
    "outlook-com-accept": an_answer(
        attendee_name="Бат-Эрдэнэ",
        organizer="",
        partstat=Participation.ACCEPTED,
        comment="Баярлалаа, we shall be there.",
        stamped_at=at(2, 5, 0, 5),
        summary="Accepted: Visit to TOPIS",
        location="TOPIS",
    ),
    "exchange-counter": an_answer(
        method=AnswerMethod.COUNTER,
        attendee="lina.haddad@amman.example",
        attendee_name="Haddad, Lina",
        partstat=Participation.TENTATIVE,
        comment="Our flight lands at nine – could it be the afternoon?",
        stamped_at=at(3, 8, 19, 55),
        proposed=(datetime(2026, 12, 1, 5, 0, tzinfo=UTC), datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        summary="New Time Proposed: Visit to TOPIS",
        location="TOPIS, 4th floor",
    ),
    "gmail-tentative": an_answer(
        attendee="min.seo@gmail.example",
        attendee_name="min.seo@gmail.example",
        partstat=Participation.TENTATIVE,
        comment="Not sure yet, sorry",
        stamped_at=at(2, 6, 15),
        summary="Visit to TOPIS",
        location="TOPIS",
    ),
    "gmail-counter": an_answer(
        method=AnswerMethod.COUNTER,
        attendee="min.seo@gmail.example",
        attendee_name="Min Seo",
        comment="The day after would suit us better",
        stamped_at=at(2, 7),
        proposed=(datetime(2026, 12, 2, 1, 0, tzinfo=UTC), datetime(2026, 12, 2, 2, 30, tzinfo=UTC)),
        summary="Visit to TOPIS",
    ),
    "apple-decline": an_answer(
        attendee="sofia@torino.example",
        attendee_name="Sofia Rossi",
        partstat=Participation.DECLINED,
        comment="Mi dispiace, sarò a Tokyo",
        stamped_at=at(4, 8, 59, 59),
        summary="Visit to TOPIS",
    ),
    "thunderbird-accept": an_answer(
        attendee="j.groening@bremen.example",
        attendee_name="Jürgen Gröning",
        partstat=Participation.ACCEPTED,
        stamped_at=at(5, 8, 12, 40),
        summary="Führung durch das TOPIS",
    ),
    "notes-accept": an_answer(
        attendee="piet.de.vries@rotterdam.example",
        attendee_name="Piet de Vries/ROT/NL",
        organizer="",
        partstat=Participation.ACCEPTED,
        stamped_at=at(2, 8),
    ),
    "refresh": an_answer(method=AnswerMethod.REFRESH, sequence=None, stamped_at=at(2, 1)),
    "delegated": an_answer(
        partstat=Participation.DELEGATED,
        delegated_to=("oyun@ulaanbaatar.example", "tuya@ulaanbaatar.example"),
        comment="My deputy will come.\nWith her assistant; both speak English.",
        stamped_at=at(2, 1, 30),
    ),
    "secretary-accept": an_answer(
        attendee_name="Bat-Erdene",
        sent_by="office@ulaanbaatar.example",
        organizer="",
        partstat=Participation.ACCEPTED,
        stamped_at=at(2, 1, 40),
    ),
    "own-invitation-back": an_answer(
        organizer="", partstat=Participation.ACCEPTED, sequence=None, stamped_at=at(2, 2)
    ),
}
WITHOUT_ANSWER = {
    "delayed-notice",
    "forwarded-reply",
    "in-words",
    "out-of-office",
    "postfix-bounce",
    "read-receipt",
}


def test_every_mail_of_the_corpus_is_spoken_for():
    assert ANSWERS.keys() | WITHOUT_ANSWER == set(NAMES)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read_as_what_it_says(name):
    assert answer_in(read_mail(mail_named(name))) == ANSWERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_make_no_difference(name):
    with_lf = read_mail((CORPUS / f"{name}.eml").read_bytes())
    with_crlf = read_mail(mail_named(name))
    assert {**vars(with_lf), "calendars": ()} == {**vars(with_crlf), "calendars": ()}
    assert saying(with_lf) == saying(with_crlf)


def saying(mail: ReceivedMail) -> Answer | Misunderstanding:
    try:
        return answer_in(mail)
    except NotUnderstood as problem:
        return problem.code


@pytest.mark.parametrize("name", sorted(WITHOUT_ANSWER))
def test_a_mail_without_an_answer_has_none(name):
    mail = read_mail(mail_named(name))
    assert mail.calendars == ()
    assert saying(mail) == Misunderstanding.NO_CALENDAR


def test_a_reply_of_outlook_com_is_read_with_all_that_surrounds_it():
    mail = read_mail(mail_named("outlook-com-accept"))
    assert {
        name: value for name, value in vars(mail).items() if name not in ("calendars", "authentication")
    } == {
        "message_id": "<SEZPR01MB4444A1@SEZPR01MB4444.apcprd01.prod.exchangelabs.example>",
        "sender": BAT,
        "sender_name": "Бат-Эрдэнэ",
        "subject": "Accepted: Visit to TOPIS",
        "written_at": at(2, 5, 0, 9),
        "text": "Баярлалаа, we shall be there.",
        "is_automatic": False,
        "report": None,
        "in_reply_to": ("<visit-7f3a.2@city.example>", "<visit-7f3a.0@city.example>"),
        "is_whole": True,
    }
    passed = {"spf": "pass", "dkim": "pass", "dmarc": "pass", "header.from": "ulaanbaatar.example"}
    assert mail.authentication == (("mx.city.example", passed),)


def test_words_in_html_alone_are_read():
    assert (
        read_mail(mail_named("exchange-counter")).text
        == "Our flight lands at nine — could it be the afternoon?"
    )


def test_an_automatic_answer_in_arabic_is_read_and_known_as_one():
    mail = read_mail(mail_named("out-of-office"))
    assert (mail.is_automatic, mail.text) == (True, "I am away until 9 November.\n\nشكرا")


def test_both_copies_of_a_reply_are_one_answer():
    mail = read_mail(mail_named("gmail-tentative"))
    assert [part.is_attachment for part in mail.calendars] == [False, True]
    assert [part.method_hint for part in mail.calendars] == ["REPLY", ""]


def test_two_answers_that_differ_are_none():
    mail = of_parts(
        b"Content-Type: text/calendar; method=REPLY\r\n\r\n" + a_reply(),
        b"Content-Type: text/calendar; method=REPLY\r\n\r\n" + a_reply(partstat="DECLINED"),
    )
    with pytest.raises(NotUnderstood) as caught:
        answer_in(read_mail(mail))
    assert (caught.value.code, caught.value.method, caught.value.uid) == (
        Misunderstanding.SEVERAL_ANSWERS,
        "REPLY",
        UID,
    )


def test_of_two_calendars_neither_of_which_is_an_answer_the_first_says_why():
    mail = of_parts(
        b"Content-Type: application/ics\r\n\r\nnothing",
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\n" + a_reply().replace(b"REPLY", b"REQUEST"),
    )
    assert saying(read_mail(mail)) == Misunderstanding.NOT_FOR_US
