"""Whatever stands in a mail: its bytes are fit for the oldest relay, and read back as they were meant."""

import re
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.calendars import wording
from scheduler.calendars.entry import Person
from scheduler.post.headers import Folded
from scheduler.post.mail import as_bytes
from tests.calendars.samples import HOSTILE_TEXTS, PLAIN_TEXTS
from tests.post.letters import a_mail, read

TEXTS = HOSTILE_TEXTS | PLAIN_TEXTS
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]
# Every code point, lone surrogates too.
ANY_TEXT = st.text(st.characters(codec=None), max_size=700)


def filled_with(text):
    """A mail with `text` in every place people fill in."""
    return a_mail(
        subject=text,
        text=text,
        html=f"<p>{text}</p>",
        sender=Person(email="desk@city.example", name=text),
        recipient=Person(email="guest@x.example", name=text),
    )


def assert_fit_to_post(data):
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(len(line) for line in lines) <= 998
    assert data.isascii()
    assert b"\0" not in data
    assert all(0x20 <= octet < 0x7F or octet in b"\r\n\t" for octet in data)


def assert_read_back(text):
    mail = filled_with(text)
    message = read(mail)
    subject = wording.line(text)
    assert list(message.keys()) == [name for name in HEADERS if subject or name != "Subject"]
    assert not any(part.defects for part in message.walk())
    assert (message["Subject"] or "") == subject
    assert read_person(as_bytes(mail), "From") == (wording.name(text), mail.sender.email)
    assert read_person(as_bytes(mail), "To") == (wording.name(text), mail.recipient.email)
    plain = message.get_body(("plain",)).get_payload(decode=True).decode()
    html = message.get_body(("html",)).get_payload(decode=True).decode()
    assert plain.removesuffix("\r\n") == cleaned(text)
    assert html.removesuffix("\r\n") == cleaned(f"<p>{text}</p>")


def cleaned(text):
    return wording.paragraphs(text, most=len(text)).replace("\n", "\r\n")


def read_person(data, header):
    """Name and address by the older of Python's two readers, for the newer puts blanks into long names.

    That is its bug 128110: blanks between encoded words are none of the name (RFC 2047 6.2).
    """
    name, address = parseaddr(message_from_bytes(data)[header].replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_text_does_harm_and_each_reads_back(text):
    assert_fit_to_post(as_bytes(filled_with(text)))
    assert_read_back(text)


@given(ANY_TEXT)
@example("a  b   c")
@example("=?utf-8?q?=0D=0ABcc:_evil@x.example?=")
@example("방문 Visit 방문 Visit, (and) 방문; <x@y.example> " * 8)
@example("x" * 500)
@example("word " * 99)
@example("a" * 66 + " b")
@example("a" * 60 + "  " + "b" * 30)
def test_any_text_at_all_does_no_harm_and_reads_back(text):
    assert_fit_to_post(as_bytes(filled_with(text)))
    assert_read_back(text)


@given(st.text(st.characters(codec="ascii"), max_size=300))
def test_ascii_reads_back_too(text):
    assert_fit_to_post(as_bytes(filled_with(text)))
    assert_read_back(text)


@pytest.mark.parametrize("text", [PLAIN_TEXTS["korean"], "가" * 500, "😀" * 500, PLAIN_TEXTS["arabic"] * 9])
def test_each_encoded_word_is_short_and_holds_whole_characters(text):
    """RFC 2047 2 and 5: at most 75 characters a word and 76 a line, no character in two words."""
    head = as_bytes(a_mail(subject=text)).partition(b"\r\nDate:")[0]
    subject = head.partition(b"\r\nSubject: ")[2].decode()
    words = subject.split("\r\n ")
    assert all(re.fullmatch(r"=\?utf-8\?b\?[A-Za-z0-9+/=]+\?=", word) for word in words)
    assert max(len(line) for line in f"Subject: {subject}".split("\r\n")) <= 76
    alone = [str(read_subject(word)) for word in words]
    assert "".join(alone) == wording.line(text)


def read_subject(word):
    return message_from_string(f"Subject: {word}\r\n\r\n", policy=default)["Subject"]


@pytest.mark.parametrize(
    "foreign",
    [
        "<a@b>\r\nBcc: evil@x.example",
        "<a b@c>",
        "a@b",
        "<>",
        "<a@b><c@d>",
        "<가@b>",
        f"<{'a' * 600}@b>",
        "<a\0@b>",
    ],
)
def test_a_foreign_id_that_is_none_is_left_out(foreign):
    message = read(a_mail(in_reply_to=foreign, references=(foreign, "<odd/!$id=1@[10.0.0.1]>")))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<odd/!$id=1@[10.0.0.1]>"
    assert_fit_to_post(as_bytes(a_mail(in_reply_to=foreign)))


@pytest.mark.parametrize("value", ["a\r\nBcc: b", "a\nb", "a\rb", "가", "a\0", "a\r\n", "a\r\n\r\nb"])
def test_what_would_begin_another_header_is_never_written(value):
    with pytest.raises(ValueError, match="not fit to be a header"):
        Folded(value)
