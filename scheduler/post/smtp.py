"""Carries letters to a mail server over SMTP (RFC 5321), many over one connection."""

import re
import smtplib
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from scheduler.post.delivery import Delivery, Outcome, unfit_addresses
from scheduler.post.server import SmtpServer
from scheduler.post.smtp_connection import connect

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_LEAVING = 421
_TOO_LARGE = 552
# It does not know our commands or their order, or wants encryption or a login: not this letter's fault.
_ABOUT_US = {500, 502, 503, 504, 523, 524, 525, 530, 534, 535, 538}

_Step = tuple[str, int, Callable[[], tuple[int, bytes]]]


class _ConnectionLost(Exception):
    """The server is gone, or is leaving, and has surely not taken the letter."""


class SmtpCarrier:
    """Hands letters to one mail server; connects at the first, and again whenever the server has left.

    Every step has the server's `timeout_seconds`, the answer to a whole letter its `answer_seconds`.
    """

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave; interrupted in the middle of a letter, just go."""
        if self._connection is not None and kind is None:
            with suppress(OSError):
                self._connection.quit()
        self._hang_up()

    def deliver(self, *, sender: str, recipient: str, data: bytes) -> Delivery:
        """Hand over one letter; when the server has left since the last one, on a new connection."""
        if unfit := unfit_addresses(sender=sender, recipient=recipient):
            return unfit
        if self._connection is not None:
            with suppress(_ConnectionLost):
                return self._hand_over(self._connection, sender, recipient, data)
        try:
            self._connection = connect(self._server)
        except (OSError, ValueError) as trouble:
            where = f"{self._server.host}:{self._server.port}"
            return Delivery(Outcome.LATER, f"{where} {self._in_words(trouble)}", can_go_on=False)
        try:
            return self._hand_over(self._connection, sender, recipient, data)
        except _ConnectionLost as trouble:
            return Delivery(Outcome.LATER, str(trouble))

    def _hand_over(self, connection: smtplib.SMTP, sender: str, recipient: str, data: bytes) -> Delivery:
        """One transaction. Raises `_ConnectionLost` only while the letter is surely not taken."""
        try:
            for command, accepted, ask in _steps(connection, sender, recipient, len(data)):
                code, said = ask()
                if code // 100 != accepted:
                    return self._declined(connection, command, code, said)
            # Cut here, the letter lacks its last line, and the server must drop it (RFC 5321 4.1.1.4).
            connection.send(_with_its_end(data))
        except OSError as trouble:
            self._hang_up()
            raise _ConnectionLost(self._in_words(trouble)) from trouble
        return self._answer(connection)

    def _declined(self, connection: smtplib.SMTP, command: str, code: int, said: bytes) -> Delivery:
        """What a refusal before the data means; afterwards the connection is ready for another letter."""
        if code == _LEAVING or code // 100 not in (4, 5):
            self._hang_up()
            raise _ConnectionLost(self._told(code, said))
        if code in _ABOUT_US:
            self._hang_up()
            return Delivery(Outcome.LATER, self._told(code, said))
        try:
            connection.rset()
        except OSError:
            self._hang_up()
        # Every letter has the same sender: what is wrong with it is wrong with the settings.
        is_about_sender = command == "MAIL" and code != _TOO_LARGE
        is_for_good = code // 100 == 5 and not is_about_sender
        return Delivery(Outcome.REFUSED if is_for_good else Outcome.LATER, self._told(code, said))

    def _answer(self, connection: smtplib.SMTP) -> Delivery:
        """What becomes of a letter sent in full: the answer tells, and nothing else."""
        try:
            _wait_at_most(self._server.answer_seconds, connection)
            code, said = connection.getreply()
            _wait_at_most(self._server.timeout_seconds, connection)
        except OSError as trouble:
            self._hang_up()
            return Delivery(Outcome.UNSURE, self._in_words(trouble))
        outcomes = {2: Outcome.TAKEN, 4: Outcome.LATER, 5: Outcome.REFUSED}
        outcome = outcomes.get(code // 100, Outcome.UNSURE)
        if code == _LEAVING or outcome is Outcome.UNSURE:
            self._hang_up()
        return Delivery(outcome, self._told(code, said))

    def _hang_up(self) -> None:
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None

    def _in_words(self, trouble: Exception) -> str:
        if isinstance(trouble, smtplib.SMTPResponseException):
            return self._told(trouble.smtp_code, trouble.smtp_error)
        return self._without_secrets(str(trouble) or type(trouble).__name__)

    def _told(self, code: int, said: bytes | str) -> str:
        text = said if isinstance(said, str) else said.decode(errors="replace")
        return self._without_secrets(f"{code} {text}")

    def _without_secrets(self, text: str) -> str:
        """`text` without the password, for there are servers that repeat what they were sent."""
        for secret in _secrets(self._server):
            text = text.replace(secret, "…")
        return text


def _steps(connection: smtplib.SMTP, sender: str, recipient: str, octets: int) -> Iterator[_Step]:
    """What is asked before the data, and the first digit of the answer it takes to go on."""
    size = [f"size={octets}"] if connection.has_extn("size") else []
    yield "MAIL", 2, lambda: connection.mail(sender, size)
    yield "RCPT", 2, lambda: connection.rcpt(recipient)
    yield "DATA", 3, lambda: connection.docmd("DATA")


def _with_its_end(data: bytes) -> bytes:
    """`data` with CRLF at every line end and no line that could be taken for its end (RFC 5321 4.5.2)."""
    whole = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", data))
    return whole + (b".\r\n" if whole.endswith(b"\r\n") else b"\r\n.\r\n")


def _wait_at_most(seconds: float, connection: smtplib.SMTP) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _secrets(server: SmtpServer) -> list[str]:
    if not server.password:
        return []
    plain = f"\0{server.user}\0{server.password}"
    return [*(b64encode(text.encode()).decode() for text in (plain, server.password)), server.password]
