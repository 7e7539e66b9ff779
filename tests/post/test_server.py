"""The address of a mail server: what each part means, and what is said about wrong ones."""

import pytest

from scheduler.post.carriers import carrier_for
from scheduler.post.files import FileCarrier
from scheduler.post.server import Encryption, NotAServer, SmtpServer
from scheduler.post.smtp import SmtpCarrier


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.x.example", SmtpServer(host="mail.x.example", port=25)),
        ("smtp://mail.x.example:2525/", SmtpServer(host="mail.x.example", port=2525)),
        (" SMTP://Mail.X.example ", SmtpServer(host="mail.x.example", port=25)),
        ("smtp://10.0.0.1", SmtpServer(host="10.0.0.1", port=25)),
        ("smtp://[::1]:26", SmtpServer(host="::1", port=26)),
        (
            "smtps://mail.x.example",
            SmtpServer(host="mail.x.example", port=465, encryption=Encryption.FROM_THE_START),
        ),
        (
            "smtps://a%40x.example:p%3Aq%2F%40%25@h:1465?timeout=2.5",
            SmtpServer(
                host="h",
                port=1465,
                encryption=Encryption.FROM_THE_START,
                user="a@x.example",
                password="p:q/@%",
                timeout_seconds=2.5,
            ),
        ),
        (
            "smtp://a:b@h:587",
            SmtpServer(host="h", port=587, encryption=Encryption.REQUIRED, user="a", password="b"),
        ),
        (
            "smtp://a:b@h?starttls=never",
            SmtpServer(host="h", port=25, encryption=Encryption.NEVER, user="a", password="b"),
        ),
        ("smtp://h?starttls=required", SmtpServer(host="h", port=25, encryption=Encryption.REQUIRED)),
    ],
)
def test_an_address_is_read(url, server):
    assert SmtpServer.from_url(url) == server


def test_a_file_of_certificates_is_read(tmp_path):
    file = tmp_path / "ca.pem"
    file.touch()
    assert SmtpServer.from_url(f"smtps://h?ca={file}").ca == file


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "must begin with smtp:// or smtps://"),
        ("mail.x.example:25", "must begin with smtp:// or smtps://"),
        ("http://mail.x.example", "must begin with smtp:// or smtps://"),
        ("smtp:mail.x.example", "names no host"),
        ("smtp://", "names no host"),
        ("smtp://:25", "names no host"),
        ("smtp://a:secret@", "names no host"),
        ("smtp://ho st", "names no host"),
        ("smtp://메일.example", "names no host"),
        ("smtp://[::1", "wrong bracket"),
        ("smtp://h:0", "number from 1 to 65535"),
        ("smtp://h:70000", "number from 1 to 65535"),
        ("smtp://h:port", "number from 1 to 65535"),
        ("smtp://h/path", "may follow the host"),
        ("smtp://h#part", "may follow the host"),
        ("smtp://a:sec/ret@h", "write / as %2F"),
        ("smtp://a:sec#ret@h", "write / as %2F"),
        ("smtp://a@h", "come together"),
        ("smtp://:secret@h", "come together"),
        ("smtp://a:@h", "come together"),
        ("smtp://a:비밀secret@h", "printable ASCII"),
        ("smtp://a:secret%00@h", "printable ASCII"),
        ("smtp://a:secret%ff@h", "printable ASCII"),
        ("smtp://h?tls=1", "the options"),
        ("smtp://h?timeout=1&timeout=2", "the options"),
        ("smtp://a:sec?ret@h", "the options"),
        ("smtp://h?starttls=maybe", "required or never"),
        ("smtps://h?starttls=required", "encrypted from the start"),
        ("smtp://h?timeout=soon", "number of seconds"),
        ("smtp://h?timeout=0", "number of seconds"),
        ("smtp://h?timeout=-1", "number of seconds"),
        ("smtp://h?timeout=nan", "number of seconds"),
        ("smtp://h?timeout=601", "number of seconds"),
        ("smtp://h?ca=", "file of certificates"),
        ("smtp://h?ca=/no/such/file.pem", "file of certificates"),
    ],
)
def test_a_wrong_address_is_told_what_would_be_right_and_never_its_password(url, words):
    with pytest.raises(NotAServer) as refusal:
        SmtpServer.from_url(url)
    message = str(refusal.value)
    assert words in message
    assert "secret" not in message
    assert "ret@h" not in message
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_the_answer_to_a_whole_letter_is_waited_for_four_times_as_long():
    assert SmtpServer(host="h", port=25).answer_seconds == 120.0


@pytest.mark.parametrize(("url", "kind"), [("", FileCarrier), (" ", FileCarrier), ("smtp://h", SmtpCarrier)])
def test_a_city_without_a_server_has_its_letters_in_files(tmp_path, url, kind):
    assert type(carrier_for(url, tmp_path)) is kind


def test_a_wrong_address_is_told_before_any_letter(tmp_path):
    with pytest.raises(NotAServer):
        carrier_for("mail.x.example", tmp_path)
