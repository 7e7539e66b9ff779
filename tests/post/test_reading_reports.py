"""What mail servers and machines send: reports about our letters, and automatic answers."""

import pytest

from scheduler.post.reading import read_mail
from scheduler.post.reports import Report, ReportAction
from tests.post.mails import BAT, a_mail, a_reply, mail_named, of_parts

LETTER = "<visit-7f3a.2@city.example>"


def test_a_letter_that_came_back_says_which_to_whom_and_why():
    assert read_mail(mail_named("postfix-bounce")).report == Report(
        original_message_id=LETTER,
        recipient=BAT,
        action=ReportAction.FAILED,
        status="5.1.1",
        diagnostic=f"550 5.1.1 <{BAT}>: Recipient address rejected: User unknown",
    )


def test_a_letter_that_is_late_has_not_failed():
    assert read_mail(mail_named("delayed-notice")).report == Report(
        original_message_id="<visit-7f3a.1@city.example>",
        recipient="min.seo@gmail.example",
        action=ReportAction.DELAYED,
        status="4.2.2",
        diagnostic="452 4.2.2 The recipient's inbox is out of storage space.",
    )


def test_a_receipt_for_having_read_is_no_report():
    mail = read_mail(mail_named("read-receipt"))
    assert (mail.report, mail.is_automatic) == (None, True)


def test_a_server_of_the_old_kind_names_the_recipient_in_the_header():
    mail = read_mail(
        a_mail(
            "From: Mail Delivery System <mailer-daemon@mx.example>",
            f"X-Failed-Recipients: {BAT.upper()}, other@city.example",
            f"References: <first@city.example> {LETTER}",
            body=b"it failed",
        )
    )
    assert mail.report == Report(
        original_message_id=LETTER, recipient=BAT, action=ReportAction.FAILED, status="", diagnostic=""
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (b"", None),
        (b"Reporting-MTA: dns; mx.example", None),
        (b"\0\xff: x\n\n:::\n\n", None),
        (
            b"R: x\n\nFinal-Recipient: rfc822; nobody",
            Report(
                original_message_id="",
                recipient="",
                action=ReportAction.UNKNOWN,
                status="",
                diagnostic="",
            ),
        ),
        (
            b"Final-Recipient: " + BAT.encode() + b"\nAction: FAILED (gone)\nStatus: 5.0.0 (gone)\n"
            b"Diagnostic-Code: smtp; " + b"\x1b[31m" + b"x" * 5_000,
            Report(
                original_message_id="",
                recipient=BAT,
                action=ReportAction.FAILED,
                status="5.0.0",
                diagnostic="[31m" + "x" * 495 + "…",
            ),
        ),
        (
            b"\n\n".join(b"Final-Recipient: rfc822; p%d@a.example\nAction: failed" % n for n in range(5_000)),
            Report(
                original_message_id="",
                recipient="p0@a.example",
                action=ReportAction.FAILED,
                status="",
                diagnostic="",
            ),
        ),
    ],
    ids=["empty", "no recipient", "garbage", "no address", "twisted", "thousands"],
)
def test_a_twisted_report_is_read_as_far_as_it_goes(status, expected):
    mail = of_parts(b"Content-Type: message/delivery-status\n\n" + status, subtype="report")
    assert read_mail(mail).report == expected


def test_the_calendar_in_a_report_is_our_own_and_no_answer():
    status = (
        b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; "
        + BAT.encode()
        + b"\r\nAction: failed\r\n"
    )
    mail = read_mail(of_parts(status, b"Content-Type: text/calendar\r\n\r\n" + a_reply(), subtype="report"))
    assert (mail.report is not None, mail.calendars) == (True, ())


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (by a calendar)",
        "Auto-Submitted: AUTO-NOTIFIED; owner-email=x",
        "Precedence: bulk",
        "Precedence: List",
        "Precedence: junk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: on holiday",
        "List-Id: <friends.city.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example",
        "From: No reply <no-reply@city.example>",
        "Content-Type: multipart/report; boundary=x",
    ],
)
def test_a_machine_is_known_by_its_header(field):
    assert read_mail(a_mail(field, body=b"x")).is_automatic


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person)",
        "Auto-Submitted:",
        "Precedence: first-class",
        f"Return-Path: <{BAT}>",
        "X-Auto-Response-Suppress: DR, RN, NRN",
        f"From: {BAT}",
        "Subject: Auto-Submitted: auto-replied",
    ],
)
def test_a_person_is_no_machine(field):
    assert not read_mail(a_mail(field, body=b"List-Id: <in.the.body>")).is_automatic


def test_a_reply_that_a_calendar_program_sent_by_itself_is_marked_and_read_all_the_same():
    mail = read_mail(mail_named("gmail-tentative"))
    assert (mail.is_automatic, len(mail.calendars)) == (True, 2)
