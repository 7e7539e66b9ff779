"""Whatever happens to a mail on its way, reading it raises nothing but what it says."""

from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.calendars.answer import Answer, read_answer
from scheduler.calendars.misunderstanding import NotUnderstood
from scheduler.post.answers import answer_in
from scheduler.post.reading import LONGEST_TEXT, MOST_CALENDARS, MailUnreadable, ReceivedMail, read_mail
from tests.post.mails import NAMES, a_reply, mail_named

GOOD = [mail_named(name) for name in NAMES]
PIECES = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(
        [
            b"\r\n",
            b"\n\n",
            b"\0",
            b"\xff\xfe",
            b"=?utf-8?B?",
            b"?=",
            b'"',
            b"(",
            b"<",
            b";",
            b"=",
            b"\\",
            b"\r\n ",
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
            b"Content-Transfer-Encoding: base64\r\n",
            b"BEGIN:VEVENT\r\n",
            b"END:VCALENDAR\r\n",
            b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@y.example\r\n",
            b"DTSTART;TZID=Nowhere:20261201T100000\r\n",
            b"RECURRENCE-ID:20261399T999999Z\r\n",
            b"&#99999999999;",
            b"9" * 400,
        ]
    ),
)


@st.composite
def spoilt(draw: st.DrawFn, good: list[bytes]) -> bytes:
    """A good one with some pieces cut out, doubled, or put in."""
    raw = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        cut = draw(st.integers(0, 40))
        raw = raw[:at] + draw(PIECES) + raw[at + cut :]
    return raw


def looks_right(mail: ReceivedMail) -> bool:
    """Whether what must hold of every mail that was read holds."""
    return (
        len(mail.text) <= LONGEST_TEXT
        and len(mail.calendars) <= MOST_CALENDARS
        and mail.sender == mail.sender.lower()
        and (mail.written_at is None or mail.written_at.utcoffset() is not None)
        and not set("\r\n\0") & set(mail.subject + mail.sender_name + mail.message_id)
    )


def is_sound(answer: Answer) -> bool:
    moments = [answer.stamped_at, answer.recurrence_at, *(answer.proposed or ())]
    return (
        answer.uid != ""
        and answer.attendee.count("@") == 1
        and all(moment is None or moment.utcoffset() is not None for moment in moments)
        and (answer.proposed is None or answer.proposed[0] < answer.proposed[1])
    )


@settings(max_examples=200)
@given(raw=spoilt(GOOD))
@example(raw=b"Date: Mon, 2 Nov 2026 10:00:00 +-1\n\n")
def test_a_spoilt_mail_is_read_or_unreadable(raw):
    with suppress(MailUnreadable):
        mail = read_mail(raw)
        assert looks_right(mail)
        with suppress(NotUnderstood):
            assert is_sound(answer_in(mail))


@given(raw=st.binary(max_size=400), field=st.sampled_from([b"", b"From: ", b"Content-Type: ", b"Date: "]))
def test_bytes_that_are_no_mail_are_read_or_unreadable(raw, field):
    with suppress(MailUnreadable):
        assert looks_right(read_mail(field + raw))


REPLIES = [part.data for raw in GOOD for part in read_mail(raw).calendars] + [a_reply()]


@settings(max_examples=200)
@given(data=spoilt(REPLIES), charset=st.sampled_from(["", "utf-8", "euc-kr", "iso-2022-jp", "utf-16", "hz"]))
def test_a_spoilt_calendar_is_an_answer_or_not_understood(data, charset):
    with suppress(NotUnderstood):
        assert is_sound(read_answer(data, method_hint="REPLY", charset=charset))
