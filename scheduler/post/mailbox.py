"""The mailbox where answers arrive (RFC 3501): each message is handed over, then moved to those taken.

imap-tools gives connections, names of folders and the move. The messages themselves are asked for in octets:
it would parse them and put them together anew.
"""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxFetchError, MailBoxUnencrypted
from imap_tools.errors import MailboxStarttlsError, UnexpectedCommandStatusError
from imap_tools.utils import check_command_status

from scheduler.post.mailbox_address import MailboxAddress, MailboxAddressWrong, Safety

__all__ = ["FoundMail", "MailLeft", "MailboxAddress", "MailboxAddressWrong", "MailboxAway", "take"]

MOST_OCTETS = 12_000_000
# Of a larger message: no header field that we read stands later, no sentence that we show.
MOST_OCTETS_OF_HEADER, MOST_OCTETS_OF_TEXT = 262_144, 65_536
LONGEST_SAYING = 300
TROUBLES = (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError)
# A server may send something short between quotes; everything else comes as a counted literal.
QUOTED = re.compile(rb'BODY\[[A-Z]*\](?:<0>)? "((?:[^"\\]|\\.)*)"')
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class FoundMail:
    """A message as it lies in the mailbox. One of more than 12 MB is not whole: its header, then no more than
    the first 64 kB of what follows it."""

    raw: bytes
    is_whole: bool


class MailboxAway(Exception):
    """The mailbox cannot be used now: not there, not letting us in, too slow. `said` tells why, never with
    the password. `left` is what handling raised before, if anything."""

    def __init__(self, said: str, left: tuple[Exception, ...] = ()) -> None:
        super().__init__(said)
        self.said = said
        self.left = left


class MailLeft(ExceptionGroup[Exception]):
    """Messages stay in the mailbox because handling them raised these; all others were taken."""


def take(address: MailboxAddress, handle: Callable[[FoundMail], None], *, most: int = 100) -> int:
    """Hand over what lies in the folder, oldest first, and move it to the folder of those taken.

    A message is moved only after `handle` has returned, so `handle` must have it safe by then. It must not
    mind being given the same one again: that happens when we are killed before the move. Where it raises, the
    message stays as it was, unread, and the next one is tried. Messages marked as deleted are passed over.
    Ends after `most` were taken or `most` have raised.

    Gives back how many were taken. Raises MailboxAway, or MailLeft when all is done but some raised.
    """
    taken, left = 0, list[Exception]()
    try:
        with _opened(address) as box:
            for uid in box.uids("UNDELETED", charset=None):
                if most in (taken, len(left)):
                    break
                mail = _found(box, uid)
                if mail is None:
                    continue
                try:
                    handle(mail)
                except Exception as error:
                    left.append(error)
                else:
                    _move(box, uid, address.taken)
                    taken += 1
    except TROUBLES as trouble:
        raise MailboxAway(_said(trouble, address), tuple(left)) from None
    if left:
        raise MailLeft(f"taken: {taken}, still in the mailbox: {len(left)}", left)
    return taken


@contextmanager
def _opened(address: MailboxAddress) -> Iterator[BaseMailBox]:
    box = _connected(address)
    try:
        if address.safety is Safety.STARTTLS:
            answer = box.client.starttls(ssl.create_default_context())
            check_command_status(answer, MailboxStarttlsError)
        _log_in(box, address)
        if not box.folder.exists(address.taken):
            box.folder.create(address.taken)
        yield box
        with suppress(*TROUBLES):
            box.client.logout()
    finally:
        with suppress(OSError):
            box.client.shutdown()


def _connected(address: MailboxAddress) -> BaseMailBox:
    where = address.host, address.port
    if address.safety is Safety.TLS:
        return MailBox(*where, timeout=address.timeout_seconds, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(*where, timeout=address.timeout_seconds)


def _log_in(box: BaseMailBox, address: MailboxAddress) -> None:
    """LOGIN says nothing but ASCII. Only afterwards do most servers tell what they can do, such as MOVE."""
    told = address.user, address.password
    (box.login if "".join(told).isascii() else box.login_utf8)(*told, initial_folder=None)
    _, abilities = box.client.capability()
    box.client.capabilities = tuple(abilities[-1].decode("ascii", "replace").upper().split())
    box.folder.set(address.folder)


def _found(box: BaseMailBox, uid: str) -> FoundMail | None:
    """A message, not marked as read by this. None when somebody else took it meanwhile."""
    size = SIZE.search(b" ".join(line for line in _asked(box, uid, "RFC822.SIZE") if isinstance(line, bytes)))
    if size is None:
        return None
    if int(size[1]) <= MOST_OCTETS:
        raw = _part(box, uid, "BODY.PEEK[]")
        return None if raw is None else FoundMail(raw, is_whole=True)
    header = _part(box, uid, f"BODY.PEEK[HEADER]<0.{MOST_OCTETS_OF_HEADER}>")
    if header is None or len(header) >= MOST_OCTETS_OF_HEADER:
        return None if header is None else FoundMail(header, is_whole=False)
    text = _part(box, uid, f"BODY.PEEK[TEXT]<0.{MOST_OCTETS_OF_TEXT}>")
    return None if text is None else FoundMail(header + text, is_whole=False)


def _part(box: BaseMailBox, uid: str, part: str) -> bytes | None:
    lines = _asked(box, uid, part)
    for line in lines:
        if isinstance(line, tuple):
            return bytes(line[1])
    quoted = QUOTED.search(b" ".join(line for line in lines if line))
    return quoted and re.sub(rb"\\(.)", rb"\1", quoted[1])


def _asked(box: BaseMailBox, uid: str, part: str) -> list[Any]:
    answer = box.client.uid("FETCH", uid, f"({part})")
    if _tells_that_it_is_gone(answer):
        return []
    check_command_status(answer, MailboxFetchError)
    return answer[1]


def _move(box: BaseMailBox, uid: str, folder: str) -> None:
    try:
        box.move(uid, folder)
    except UnexpectedCommandStatusError as refusal:
        if not _tells_that_it_is_gone(refusal.command_result):
            raise


def _tells_that_it_is_gone(answer: tuple[str, list[bytes]]) -> bool:
    """Whether the server refuses because the message is no longer there (RFC 5530): somebody took it."""
    return answer[0] == "NO" and b" ".join(answer[1]).startswith(b"[EXPUNGEISSUED]")


def _said(trouble: Exception, address: MailboxAddress) -> str:
    """What went wrong in the words of the server or the system, on one line."""
    told: Any = trouble.args[0] if trouble.args else ""
    if isinstance(trouble, UnexpectedCommandStatusError):
        told = (trouble.command_result[1] or [b""])[-1]
    if isinstance(trouble, OSError | UnicodeError):
        told = str(trouble)
    words = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    for secret in _spellings(address):
        words = words.replace(secret, "…")
    return " ".join(words.split())[:LONGEST_SAYING] or type(trouble).__name__


def _spellings(address: MailboxAddress) -> list[str]:
    """How a server that repeats what it was told may spell the password; the longest first."""
    plain = f"\0{address.user}\0{address.password}".encode()
    escaped = address.password.replace("\\", "\\\\").replace('"', '\\"')
    return [b64encode(plain).decode(), escaped, address.password]
