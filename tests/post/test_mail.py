"""A mail: its tree, its headers and its two calendars (RFC 6047), always in the same bytes."""

import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from scheduler.post.mail import MethodDiffers, NotAMessageId, as_bytes, message_id
from tests.post.letters import a_calendar, a_cancellation, a_mail, read


def tree_of(part):
    """The types of a message and its parts, nested."""
    if not part.is_multipart():
        return part.get_content_type()
    return {part.get_content_type(): [tree_of(inner) for inner in part.iter_parts()]}


def part_of(message, content_type):
    (found,) = [part for part in message.walk() if part.get_content_type() == content_type]
    return found


def test_an_invitation_is_alternatives_and_an_attachment():
    assert tree_of(read(a_mail())) == {
        "multipart/mixed": [
            {"multipart/alternative": ["text/plain", "text/html", "text/calendar"]},
            "application/ics",
        ]
    }


def test_a_mail_without_a_calendar_is_alternatives_only():
    assert tree_of(read(a_mail(calendar=None, method=""))) == {
        "multipart/alternative": ["text/plain", "text/html"]
    }


def test_a_mail_without_html_has_one_alternative_less():
    assert tree_of(read(a_mail(html=""))) == {
        "multipart/mixed": [{"multipart/alternative": ["text/plain", "text/calendar"]}, "application/ics"]
    }


def test_both_calendars_are_the_very_bytes_given():
    calendar = a_calendar(summary="서울 교통정보센터 견학", description="통역 있음\n" * 40)
    message = read(a_mail(calendar=calendar))
    assert part_of(message, "text/calendar").get_payload(decode=True) == calendar
    assert part_of(message, "application/ics").get_payload(decode=True) == calendar


def test_the_calendar_among_the_alternatives_names_its_method_and_is_no_attachment():
    data = as_bytes(a_mail())
    assert b"\r\nContent-Type: text/calendar; method=REQUEST; charset=UTF-8\r\n" in data
    part = part_of(read(a_mail()), "text/calendar")
    assert part["Content-Disposition"] is None
    assert part["Content-Transfer-Encoding"] == "base64"


@pytest.mark.parametrize(
    ("calendar", "method", "name"),
    [(a_calendar(), "REQUEST", "invite.ics"), (a_cancellation(), "CANCEL", "cancel.ics")],
)
def test_the_attachment_is_named_after_what_it_does(calendar, method, name):
    part = part_of(read(a_mail(calendar=calendar, method=method)), "application/ics")
    assert (part.get_content_disposition(), part.get_filename(), part.get_param("name")) == (
        "attachment",
        name,
        name,
    )


def test_the_headers_are_these_and_each_stands_once():
    message = read(a_mail(in_reply_to="<first@city.example>"))
    assert [(name, str(value)) for name, value in message.items() if name != "Content-Type"] == [
        ("From", "방문 데스크 <desk@city.example>"),
        ("To", "Бат-Эрдэнэ <bat@ulaanbaatar.example>"),
        ("Subject", "Invitation: Visit to TOPIS"),
        ("Date", "Sun, 22 Nov 2026 09:30:15 +0000"),
        ("Message-ID", "<visit-7f3a.2@city.example>"),
        ("In-Reply-To", "<first@city.example>"),
        ("References", "<first@city.example>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "DR, RN, NRN, OOF"),
        ("MIME-Version", "1.0"),
        ("Content-Language", "en"),
    ]


def test_a_first_mail_refers_to_none():
    message = read(a_mail())
    assert (message["In-Reply-To"], message["References"]) == (None, None)


def test_the_last_twenty_references_are_told():
    ids = tuple(f"<{number}@city.example>" for number in range(30))
    assert read(a_mail(references=ids))["References"].split() == list(ids[10:])


def test_the_same_mail_has_the_same_bytes_in_another_process():
    """Another process has another seed for hashes and for whatever chance the library uses."""
    program = (
        "import sys; from tests.post.letters import a_mail, as_bytes;"
        "sys.stdout.buffer.write(as_bytes(a_mail()))"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert other.stdout == as_bytes(a_mail())


def test_the_same_moment_told_in_another_zone_is_the_same_mail():
    in_seoul = a_mail().written_at.astimezone(timezone(timedelta(hours=9)))
    assert as_bytes(a_mail(written_at=in_seoul)) == as_bytes(a_mail())


def test_two_mails_have_different_boundaries():
    first, second = (read(a_mail(message_id=f"<{number}@city.example>")) for number in (1, 2))
    assert first.get_boundary() != second.get_boundary()


def test_a_text_that_holds_the_boundary_is_still_only_a_text():
    boundary = read(a_mail()).get_boundary()
    text = f"--{boundary}\nContent-Type: text/html\n\nevil\n--{boundary}--\n"
    message = read(a_mail(text=text))
    assert tree_of(message) == tree_of(read(a_mail()))
    assert part_of(message, "text/plain").get_content().splitlines() == text.splitlines()


def test_a_language_that_is_none_is_not_told():
    assert read(a_mail(language="en\r\nBcc: evil@x.example"))["Content-Language"] is None
    assert read(a_mail(language="zh-Hant-TW"))["Content-Language"] == "zh-Hant-TW"


@pytest.mark.parametrize("method", ["CANCEL", "request", "", "REQUEST\r\nX-Evil:1"])
def test_a_method_other_than_the_calendars_is_refused(method):
    with pytest.raises(MethodDiffers):
        a_mail(method=method)


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        a_mail(written_at=datetime(2026, 11, 22, 9, 30))  # noqa: DTZ001 - that is what is refused


def test_a_message_id_is_put_together():
    assert message_id("7f3a.2", "city.example") == "<7f3a.2@city.example>"


@pytest.mark.parametrize(
    ("token", "domain"),
    [
        ("", "city.example"),
        ("a", ""),
        ("a b", "x"),
        ("a\r\nBcc: b", "x"),
        ("a", "b>"),
        ("가", "x"),
        ("a" * 121, "x"),
    ],
)
def test_what_cannot_be_a_message_id_is_refused(token, domain):
    with pytest.raises(NotAMessageId):
        message_id(token, domain)
    with pytest.raises(NotAMessageId):
        a_mail(message_id=f"<{token}@{domain}>")
