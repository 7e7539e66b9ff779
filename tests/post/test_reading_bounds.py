"""Mails that are too much: read within the bounds, or not at all, and never anything else."""

import tracemalloc
from base64 import encodebytes

import pytest

from scheduler.calendars import foreign
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood
from scheduler.post import fields, parts, reading
from scheduler.post.answers import answer_in
from scheduler.post.reading import MailUnreadable, read_mail
from tests.post.mails import BAT, UID, a_mail, a_reply, of_parts

CALENDAR = b"Content-Type: text/calendar; method=REPLY\r\n\r\n"


@pytest.mark.parametrize("raw", [b"", b"\r\n", b" \n\n", b"x" * (reading.MOST_BYTES + 1)])
def test_nothing_and_too_much_are_unreadable(raw):
    with pytest.raises(MailUnreadable):
        read_mail(raw)


def test_a_mail_of_ten_megabytes_is_read_with_the_answer_behind_its_pictures():
    header = b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    picture = header + encodebytes(b"x" * 7_500_000)
    raw = of_parts(picture, CALENDAR + a_reply())
    assert len(raw) > 10_000_000

    tracemalloc.start()
    mail = read_mail(raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (mail.is_whole, answer_in(mail).uid) == (True, UID)
    assert most < 2_000_000


@pytest.mark.parametrize("unit", [b"\n", b"x\n", b" \n", b"\0", b"--=-=\n", b"<", b"=?", b"("])
def test_ten_megabytes_of_anything_are_read(unit):
    body = unit * (10_000_000 // len(unit))
    for raw in (
        body + b"x",
        b"Subject: x\n" + body,
        a_mail("Content-Type: text/html", body=body),
        a_mail('Content-Type: multipart/mixed; boundary="=-="', body=body),
    ):
        assert read_mail(raw).sender == ""


def nested(levels: int, inside: bytes) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels)
    )
    return b"From: " + BAT.encode() + b"\r\n" + opening + CALENDAR + inside


def test_multiparts_are_followed_as_deep_as_mails_are_nested():
    mail = read_mail(nested(parts.DEEPEST, a_reply()))
    assert (mail.is_whole, answer_in(mail).attendee) == (True, BAT)


@pytest.mark.parametrize("levels", [parts.DEEPEST + 1, 1_000])
def test_of_multiparts_nested_deeper_the_outer_ones_are_read(levels):
    mail = read_mail(nested(levels, a_reply()))
    assert (mail.sender, mail.is_whole, mail.calendars) == (BAT, False, ())


def test_of_ten_thousand_parts_the_first_are_read():
    mail = read_mail(of_parts(CALENDAR + a_reply(), *[b"\r\nx"] * 10_000))
    assert (mail.is_whole, answer_in(mail).attendee) == (False, BAT)
    assert read_mail(of_parts(*[b"\r\nx"] * 10_000, CALENDAR + a_reply())).calendars == ()


def test_delimiters_that_are_none_are_counted_too():
    body = b"\r\n--b-almost" * (parts.MOST_DELIMITERS + 1)
    mail = read_mail(a_mail("Content-Type: multipart/mixed; boundary=b", body=body))
    assert not mail.is_whole


def test_of_many_calendars_the_first_are_read():
    mail = read_mail(of_parts(*[CALENDAR + a_reply()] * 30))
    assert (len(mail.calendars), mail.is_whole) == (reading.MOST_CALENDARS, False)
    assert answer_in(mail).attendee == BAT


def test_a_calendar_that_is_too_large_is_said_to_be():
    mail = read_mail(of_parts(CALENDAR + b"x" * 3_000_000))
    assert len(mail.calendars[0].data) == foreign.MOST_BYTES + 1
    with pytest.raises(NotUnderstood) as caught:
        answer_in(mail)
    assert caught.value.code == Misunderstanding.TOO_LARGE


def test_a_field_of_a_megabyte_hides_nothing_after_it():
    raw = a_mail("X-Long: " + "x" * 1_000_000, f"From: {BAT}", "Subject: after", body=b"words")
    mail = read_mail(raw)
    assert (mail.sender, mail.subject, mail.text, mail.is_whole) == (BAT, "after", "words", True)


def test_a_field_folded_ten_thousand_times_is_read():
    many = ",\r\n ".join(f"guest{n}@city.example" for n in range(10_000))
    assert read_mail(a_mail(f"To: {many}", f"From: {BAT}", body=b"x")).sender == BAT


def test_beyond_the_bounds_of_a_header_the_body_is_still_found():
    raw = a_mail(*[f"X-{n}: x" for n in range(fields.MOST_FIELDS)], f"From: {BAT}", body=b"words")
    mail = read_mail(raw)
    assert (mail.sender, mail.text, mail.is_whole) == ("", "words", False)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"just words\nwithout any header", "just words\nwithout any header"),
        (b"\n\nFrom: bat@ulaanbaatar.example\n\nwords", "words"),
        (b"From bat Mon Nov 2 10:00:00 2026\nFrom: bat@ulaanbaatar.example\n\nwords", "words"),
        (b"From: bat@ulaanbaatar.example\nno field, yet no empty line\n\nwords", "words"),
        (b"From: bat@ulaanbaatar.example", ""),
        (b"Content-Type: multipart/mixed\n\nno boundary", "no boundary"),
        (b"Content-Type: multipart/mixed; boundary=\n\nno boundary", "no boundary"),
        (b"Content-Type: multipart/mixed; boundary=b\n\nnever begun", "never begun"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed", "never closed"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b--\n\nnothing inside", "--b--\n\nnothing inside"),
        (b"Content-Type: multipart/mixed; boundary==a=b\n\n--=a=b\n\nunquoted", "unquoted"),
        (b"Content-Type: multipart/mixed; boundary*0=a;\n boundary*1=b\n\n--ab\n\npieces", "pieces"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\nblanks\n--bb\n--b--", "blanks\n--bb"),
        (b"Content-Type: nonsense\n\nwords", "words"),
        (b"Content-Type: text/plain; charset\n\nwords", "words"),
        (b"\0\0: \0\n\nwords", "\0\0: \0\n\nwords".replace("\0", "")),
        (b"A: \0\n\nwo\0rds", "words"),
    ],
)
def test_a_mail_that_is_hardly_one_is_read_as_far_as_it_goes(raw, text):
    assert read_mail(raw).text == text


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: application/ics\r\n\r\n",
        b'Content-Type: application/octet-stream; name="Invite.ICS"\r\n\r\n',
        b"Content-Type: application/octet-stream\r\n"
        b"Content-Disposition: attachment; filename*0*=utf-8''in; filename*1*=vite.ics\r\n\r\n",
        b'Content-Type: text/plain\r\nContent-Disposition: inline; filename="reply.ics"\r\n\r\n',
        b"Content-Type: TEXT/CALENDAR;METHOD=reply;CHARSET=us-ascii\r\n\r\n",
    ],
)
def test_a_calendar_is_found_however_it_is_attached(header):
    assert answer_in(read_mail(of_parts(b"\r\nsee attached", header + a_reply()))).attendee == BAT


def test_a_picture_named_like_a_calendar_is_none():
    mail = of_parts(b'Content-Type: image/png; name="reply.ics"\r\n\r\n' + a_reply())
    assert read_mail(mail).calendars == ()
