"""The address of a mailbox: what it may say, and that a wrong one never tells the password."""

import pytest

from scheduler.post.mailbox_address import MailboxAddress, MailboxAddressWrong, Safety


def test_an_address_says_where_the_mailbox_is_and_how_to_get_in():
    address = MailboxAddress.from_url("imaps://desk%40city.example:p%3Aw%2F1@mail.city.example/INBOX")
    assert address == MailboxAddress(
        host="mail.city.example",
        port=993,
        user="desk@city.example",
        password="p:w/1",
        folder="INBOX",
        taken="Taken",
        safety=Safety.TLS,
        timeout_seconds=30,
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("imap://u:p@h", {"port": 143, "safety": Safety.STARTTLS, "folder": "INBOX"}),
        ("imap://u:p@h:1143/?starttls=required", {"port": 1143, "safety": Safety.STARTTLS}),
        ("imap://u:p@h/INBOX?starttls=never", {"safety": Safety.NONE}),
        ("IMAPS://u:p@[::1]:1993", {"host": "::1", "port": 1993, "safety": Safety.TLS}),
        ("imaps://u:p@h/Answers/2026", {"folder": "Answers/2026"}),
        ("imaps://u:p@h/%ED%9A%8C%EC%8B%A0?taken=%EB%B0%9B%EC%9D%8C", {"folder": "회신", "taken": "받음"}),
        ("imaps://u:p@h/INBOX?timeout=5&taken=INBOX.Taken", {"timeout_seconds": 5, "taken": "INBOX.Taken"}),
        ("imaps://u:p+%20w@h", {"password": "p+ w"}),
    ],
)
def test_what_an_address_leaves_out_has_a_sensible_value(url, told):
    address = MailboxAddress.from_url(url)
    assert {name: getattr(address, name) for name in told} == told


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "begins with imaps"),
        ("https://u:sesame@h", "begins with imaps"),
        ("imaps://h/INBOX", "names no user"),
        ("imaps://u@h/INBOX", "names no password"),
        ("imaps://u:@h/INBOX", "names no password"),
        ("imaps://u:sesame@/INBOX", "names no host"),
        ("imaps://u:sesame@h:0", "port"),
        ("imaps://u:sesame@h:65536", "cannot be read"),
        ("imaps://u:open/sesame@h", "cannot be read"),
        ("imaps://u:open#sesame@h", "cannot be read"),
        ("imaps://u:sesame@h/INBOX#part", "%23"),
        ("imaps://u:sesame@[::1", "cannot be read"),
        ("imaps://u:sesame%0d%0aA1 LOGOUT@h", "cannot be printed"),
        ("imaps://u%00:sesame@h", "cannot be printed"),
        ("imaps://u:sesame@h/IN%0aBOX", "cannot be printed"),
        ("imaps://u:sesame@h/*", "without"),
        ("imaps://u:sesame@h?taken=%25", "without"),
        ("imaps://u:sesame@h?taken=", "without"),
        ("imaps://u:sesame@h?taken=INBOX", "the folder it is taken from"),
        ("imaps://u:sesame@h?timeout=0", "timeout"),
        ("imaps://u:sesame@h?timeout=601", "timeout"),
        ("imaps://u:sesame@h?timeout=soon", "timeout"),
        ("imaps://u:sesame@h?timeout=²", "timeout"),
        ("imaps://u:sesame@h?starttls=required", "belongs to imap"),
        ("imap://u:sesame@h?starttls=maybe", "required or never"),
        ("imaps://u:sesame@h?wait=3", "no option wait"),
        ("imaps://u:sesame@h?timeout=3&timeout=4", "twice"),
        ("imaps://u:sesame@h?timeout", "written as in"),
    ],
)
def test_a_wrong_address_is_refused_with_the_reason_and_without_the_password(url, why):
    with pytest.raises(MailboxAddressWrong, match=why) as wrong:
        MailboxAddress.from_url(url)
    assert "sesame" not in str(wrong.value)
    assert wrong.value.__suppress_context__ or wrong.value.__context__ is None


def test_an_address_shown_in_a_log_keeps_its_password_to_itself():
    assert "sesame" not in repr(MailboxAddress.from_url("imaps://desk:sesame@h"))
