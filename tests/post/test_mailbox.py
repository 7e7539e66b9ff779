"""Taking mail from a real IMAP server: in order, once it is safe, with nothing lost on the way."""

import imaplib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.post.mailbox import FoundMail, MailLeft, take
from scheduler.post.mailbox_address import MailboxAddress
from tests.post.imap_server import PASSWORD, USER, ImapServer
from tests.post.taking import mail, take_from, whole

ROOT = Path(__file__).parents[2]
# What a server without MOVE and UID EXPUNGE says of itself.
OLD_SERVER = "IMAP4rev1"


@pytest.fixture
def server(tmp_path):
    with ImapServer(tmp_path) as server:
        yield server


@pytest.fixture
def handled():
    """The messages handed over so far; `append` is the handler."""
    return []


def test_an_empty_mailbox_gives_nothing(server, handled):
    assert take_from(server, handled.append) == 0
    assert handled == []


def test_mail_is_handed_over_oldest_first_and_moved(server, handled):
    for number in range(12):
        server.deliver(mail(number))
    assert take_from(server, handled.append) == 12
    assert handled == whole(*(mail(number) for number in range(12)))
    assert server.messages() == []
    assert server.messages("Taken") == [mail(number) for number in range(12)]


def test_mail_taken_is_not_handed_over_again(server, handled):
    server.deliver(mail(1))
    take_from(server, handled.append)
    server.deliver(mail(2))
    assert take_from(server, handled.append) == 1
    assert handled == whole(mail(1), mail(2))


def test_mail_is_still_in_the_mailbox_and_unread_while_it_is_handled(server):
    server.deliver(mail(1))
    seen = []
    take_from(server, lambda _: seen.append((server.messages(), server.flags(), server.messages("Taken"))))
    assert seen == [([mail(1)], [""], [])]
    assert server.flags("Taken") == [""]


def test_mail_whose_handling_fails_stays_unread_and_the_next_is_tried(server):
    for number in range(3):
        server.deliver(mail(number))

    def fail_at_the_second(found):
        if found.raw == mail(1):
            raise LookupError("the tray is full")

    with pytest.raises(MailLeft) as left:
        take_from(server, fail_at_the_second)
    assert [str(error) for error in left.value.exceptions] == ["the tray is full"]
    assert server.messages() == [mail(1)]
    assert server.flags() == [""]
    assert server.messages("Taken") == [mail(0), mail(2)]


def test_mail_left_behind_is_handed_over_the_next_time(server, handled):
    server.deliver(mail(1))
    with pytest.raises(MailLeft):
        take_from(server, lambda _: 1 / 0)
    assert take_from(server, handled.append) == 1
    assert handled == whole(mail(1))


@pytest.mark.parametrize("capability", ["", OLD_SERVER])
def test_whoever_is_killed_after_handling_hands_the_same_mail_over_again(tmp_path, handled, capability):
    kept = tmp_path / "kept"
    with ImapServer(tmp_path, capability=capability) as server:
        server.deliver(mail(1))
        server.deliver(mail(2))
        killed = subprocess.run([sys.executable, "-c", KEEPS_AND_DIES, server.url, str(kept)], cwd=ROOT)
        assert killed.returncode == -signal.SIGKILL
        assert kept.read_bytes() == mail(1)
        assert server.messages() == [mail(1), mail(2)]
        assert take_from(server, handled.append) == 2
        assert handled == whole(mail(1), mail(2))
        assert server.messages("Taken") == [mail(1), mail(2)]


KEEPS_AND_DIES = """
import os, pathlib, signal, sys
from scheduler.post.mailbox import MailboxAddress, take

def keep_and_die(found):
    pathlib.Path(sys.argv[2]).write_bytes(found.raw)
    os.kill(os.getpid(), signal.SIGKILL)

take(MailboxAddress.from_url(sys.argv[1]), keep_and_die)
"""


def test_a_server_that_cannot_move_copies_and_deletes(tmp_path, handled):
    with ImapServer(tmp_path, capability=OLD_SERVER) as server:
        server.deliver(mail(1), flags="F")
        server.deliver(mail(2))
        assert take_from(server, handled.append) == 2
        assert handled == whole(mail(1), mail(2))
        assert server.messages() == []
        assert server.messages("Taken") == [mail(1), mail(2)]


def test_flags_do_not_matter_and_are_kept_but_deleted_mail_is_passed_over(server, handled):
    for number, flags in enumerate(["S", "", "F", "T", "RS", "D"]):
        server.deliver(mail(number), flags=flags)
    assert take_from(server, handled.append) == 5
    assert handled == whole(*(mail(number) for number in (0, 1, 2, 4, 5)))
    assert server.messages() == [mail(3)]
    assert server.flags("Taken") == ["S", "", "F", "RS", "D"]


def test_no_more_is_taken_than_asked_for(server, handled):
    for number in range(300):
        server.deliver(mail(number))
    assert [take_from(server, handled.append, most=120) for _ in range(4)] == [120, 120, 60, 0]
    assert handled == whole(*(mail(number) for number in range(300)))
    assert server.messages() == []


def test_no_more_failures_than_asked_for_are_met_but_others_are_not_kept_waiting(server, handled):
    for number in range(5):
        server.deliver(mail(number))

    def keep_the_third(found):
        assert found.raw == mail(2)
        handled.append(found)

    with pytest.raises(MailLeft) as left:
        take_from(server, keep_the_third, most=3)
    assert handled == whole(mail(2))
    assert len(left.value.exceptions) == 3
    assert server.messages() == [mail(number) for number in (0, 1, 3, 4)]


def test_mail_that_somebody_else_took_while_it_was_handled_is_no_trouble(server, handled):
    server.deliver(mail(1))
    server.deliver(mail(2))

    def handle_while_another_takes(found):
        handled.append(found)
        if len(handled) == 1:
            take_from(server, handled.append)

    assert take_from(server, handle_while_another_takes) == 1
    assert handled == whole(mail(1), mail(1), mail(2))
    assert server.messages("Taken") == [mail(1), mail(2)]


def test_mail_that_somebody_else_took_before_it_was_read_is_no_trouble(server, handled):
    server.deliver(mail(1))
    server.deliver(mail(2))

    def fail_while_another_takes(_):
        take_from(server, handled.append)
        raise LookupError("the tray is full")

    with pytest.raises(MailLeft):
        take_from(server, fail_while_another_takes)
    assert handled == whole(mail(1), mail(2))
    assert server.messages("Taken") == [mail(1), mail(2)]


def test_signs_of_every_kind_come_through_as_they_were_sent(server, handled):
    raws = [
        "Subject: 답장\r\n\r\n네, 갑니다 🎏\r\n".encode(),
        b"Subject: =?euc-kr?B?tOTA5Q==?=\r\n\r\n" + "네, 갑니다".encode("euc-kr") + b"\r\n",
        bytes(range(1, 256)) + b"\r\n",
        b"Subject: no text\r\n\r\n",
        b"no header at all\r\n",
        b'"quoted" \\ {12}\r\n\r\n) * BYE\r\n',
    ]
    for raw in raws:
        server.deliver(raw)
    assert take_from(server, handled.append) == len(raws)
    assert [found.raw.replace(b"\r\n", b"\n") for found in handled] == [
        raw.replace(b"\r\n", b"\n") for raw in raws
    ]


def test_mail_with_nothing_in_it_is_taken_too(server, handled):
    server.deliver(b"")
    assert take_from(server, handled.append) == 1
    assert handled == whole(b"")


def test_a_folder_of_any_name_is_taken_from_and_moved_to(server, handled):
    address = server.url.replace("INBOX", "%ED%9A%8C%EC%8B%A0%20%26%20more") + "&taken=%EB%B0%9B%EC%9D%8C"
    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(USER, PASSWORD)
        client.create('"&1ozC4A- &- more"')
    server.deliver(mail(1), folder="회신 & more")
    assert take(MailboxAddress.from_url(address), handled.append) == 1
    assert handled == whole(mail(1))
    assert server.messages("받음") == [mail(1)]


def test_of_too_large_a_message_the_header_and_the_beginning_are_handed_over(server, handled):
    header, text = mail(1, "").removesuffix(b"\r\n"), b"0123456789abcde\n" * 800_000
    server.deliver(header.replace(b"\r\n", b"\n") + text)
    server.deliver(mail(2))
    assert take_from(server, handled.append) == 2
    beginning = text.replace(b"\n", b"\r\n")[:65_536]
    assert handled == [FoundMail(header + beginning, is_whole=False), *whole(mail(2))]
    assert [len(raw) > 12_000_000 for raw in server.messages("Taken")] == [True, False]


def test_of_too_large_a_header_the_beginning_is_handed_over(server, handled):
    header = b"Subject: much\r\n" + b"X-Filler: " + b"x" * 60 + b"\r\n"
    server.deliver(header + b"X-More: 0123456789\r\n" * 700_000 + b"\r\ntext\r\n")
    assert take_from(server, handled.append) == 1
    assert (len(handled[0].raw), handled[0].is_whole) == (262_144, False)
    assert handled[0].raw.startswith(header)
