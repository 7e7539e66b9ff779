"""Mailboxes that are away: refused, gone, silent, not to be trusted. Nothing is lost, no password told."""

import os
import signal
import socket

import pytest
import trustme

from scheduler.post.mailbox import MailboxAway, take
from scheduler.post.mailbox_address import MailboxAddress
from tests.post.imap_server import ImapServer
from tests.post.odd_server import odd_server
from tests.post.taking import mail, take_from, whole


@pytest.fixture
def server(tmp_path):
    with ImapServer(tmp_path) as server:
        yield server


@pytest.fixture
def handled():
    """The messages handed over so far; `append` is the handler."""
    return []


def test_a_wrong_password_is_told_without_the_password(server):
    url = server.url.replace(server.login, "desk%40city.example:what%20it%20was")
    with pytest.raises(MailboxAway) as away:
        take(MailboxAddress.from_url(url), [].append)
    assert away.value.said == "[AUTHENTICATIONFAILED] Authentication failed."


def test_a_server_that_repeats_the_password_does_not_make_us_tell_it():
    with odd_server({}, echoes=b"LOGIN") as url, pytest.raises(MailboxAway) as away:
        take(MailboxAddress.from_url(url), print)
    assert away.value.said == 'LOGIN "desk" "…"'
    assert "sesame" not in repr(away.value)


@pytest.mark.parametrize("password", ['quo"te\\d and spaced', "비밀번호 ö", "plus+percent%2B&=?/#"])
def test_every_sign_of_a_password_reaches_the_server(tmp_path, password):
    with ImapServer(tmp_path, password=password) as server:
        assert take_from(server, [].append) == 0


def test_mail_that_came_while_the_server_was_gone_is_taken_when_it_is_back(server, handled):
    server.deliver(mail(1))
    server.stop()
    server.deliver(mail(2))
    with pytest.raises(MailboxAway) as away:
        take_from(server, handled.append)
    assert away.value.said == "[Errno 111] Connection refused"
    server.start()
    assert take_from(server, handled.append) == 2
    assert handled == whole(mail(1), mail(2))


def test_a_server_that_goes_while_mail_is_handled_loses_none(server, handled):
    for number in range(3):
        server.deliver(mail(number))

    def handle_until_it_is_gone(found):
        handled.append(found)
        if len(handled) == 1:
            raise LookupError("the tray is full")
        server.stop()

    with pytest.raises(MailboxAway) as away:
        take_from(server, handle_until_it_is_gone)
    assert [str(error) for error in away.value.left] == ["the tray is full"]
    server.start()
    assert take_from(server, handled.append) == 3
    assert handled == whole(mail(0), mail(1), mail(0), mail(1), mail(2))


def test_a_server_that_never_answers_is_not_waited_for(handled):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"imap://desk:secret@127.0.0.1:{silent.getsockname()[1]}?starttls=never&timeout=1"
        with pytest.raises(MailboxAway) as away:
            take(MailboxAddress.from_url(url), handled.append)
    assert away.value.said == "timed out"


def test_a_server_that_falls_silent_is_not_waited_for(server):
    server.deliver(mail(1))
    address = MailboxAddress.from_url(server.url.replace("timeout=20", "timeout=1"))
    with pytest.raises(MailboxAway) as away:
        take(address, lambda _: os.killpg(server.process.pid, signal.SIGSTOP))
    assert away.value.said == "timed out"
    assert server.messages() == [mail(1)]


def test_a_folder_that_is_not_there_is_told(server):
    url = server.url.replace("INBOX", "Replies")
    with pytest.raises(MailboxAway, match="Mailbox doesn't exist: Replies"):
        take(MailboxAddress.from_url(url), [].append)


# Servers that speak oddly -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "answer", "why"),
    [
        (b"", b"HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 400"),
        (b"", b"* BYE too many connections\r\n", "too many connections"),
        (b"UID SEARCH", b"* SEARCH \xff\r\n", "decode byte 0xff"),
        (b"UID FETCH 7 (BODY", b"* 1 FETCH (UID 7 BODY[] {5}\r\nhel", "EOF"),
        (b"UID FETCH 7 (BODY", b"* 1 FETCH (UID 7 BO", "unterminated line"),
        (b"UID FETCH 7 (BODY", b"what?\r\n", "unexpected response"),
    ],
)
def test_a_server_that_makes_no_sense_is_as_good_as_away(handled, command, answer, why):
    with odd_server({command: answer}) as url, pytest.raises(MailboxAway, match=why):
        take(MailboxAddress.from_url(url), handled.append)
    assert handled == []


def test_a_server_that_cannot_read_a_message_says_so(handled):
    with odd_server({}, echoes=b"UID FETCH 7 (BODY") as url, pytest.raises(MailboxAway, match="UID FETCH 7"):
        take(MailboxAddress.from_url(url), handled.append)
    assert handled == []


@pytest.mark.parametrize(
    ("answer", "raw"),
    [
        (b"* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n", b"hello"),
        (b"* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\n", b"hello"),
        (b'* 1 FETCH (UID 7 BODY[] "a \\"b\\" \\\\")\r\n', b'a "b" \\'),
        (b'* 1 FETCH (UID 7 BODY[] "")\r\n', b""),
    ],
)
def test_what_may_be_written_in_several_ways_is_read_in_each(handled, answer, raw):
    with odd_server({b"UID FETCH 7 (BODY": answer}) as url:
        assert take(MailboxAddress.from_url(url), handled.append) == 1
    assert handled == whole(raw)


# Encrypted --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def safe_server(tmp_path, authority):
    certificate = tmp_path / "certificate.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    with ImapServer(tmp_path, certificate=certificate) as server:
        yield server


@pytest.fixture
def trusted(tmp_path, authority, monkeypatch):
    """This machine trusts the authority that issued the server's certificate."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("way", ["tls", "starttls"])
def test_mail_is_taken_over_tls(safe_server, handled, way):
    safe_server.deliver(mail(1))
    starttls = f"imap://{safe_server.login}@localhost:{safe_server.port}"
    url = {"tls": safe_server.tls_url, "starttls": starttls}[way]
    assert take(MailboxAddress.from_url(url), handled.append) == 1
    assert handled == whole(mail(1))
    assert ", TLS, session=" in safe_server.log


@pytest.mark.parametrize("way", ["tls", "starttls"])
def test_a_server_nobody_vouches_for_is_told_nothing(safe_server, way):
    starttls = f"imap://{safe_server.login}@localhost:{safe_server.port}"
    url = {"tls": safe_server.tls_url, "starttls": starttls}[way]
    with pytest.raises(MailboxAway, match="certificate verify failed"):
        take(MailboxAddress.from_url(url), [].append)
    assert "Login: user" not in safe_server.log


def test_a_server_without_starttls_is_told_no_password(server):
    url = f"imap://{server.login}@127.0.0.1:{server.port}"
    with pytest.raises(MailboxAway, match="TLS not supported"):
        take(MailboxAddress.from_url(url), [].append)
    assert "Login: user" not in server.log
