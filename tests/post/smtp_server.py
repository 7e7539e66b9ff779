"""A real SMTP server (aiosmtpd) in a thread, which refuses, keeps silent, hangs up and comes back as told.

with LocalSmtpServer() as server:
    ...                                   # send to server.url
    server.taken                          # what it took, in order
    server.refused["gone@x.example"] = "550 5.1.1 No such mailbox"
    server.moods.append(Mood.BUSY)        # how it treats the next letter; afterwards it takes again
    server.stop()                         # connections are cut, new ones refused
    server.start()                        # the same port again
"""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from threading import Thread

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

A_DAY_SECONDS = 86_400


class Mood(Enum):
    """How the server treats one letter whose recipient it has accepted."""

    TAKE = auto()  # 250
    REFUSE = auto()  # 554 after the data
    BUSY = auto()  # 451 after the data
    CLOSING = auto()  # 421 after the data
    HANG_UP_AMID = auto()  # cuts the connection after one line of the data; takes nothing
    HANG_UP = auto()  # cuts it after all data and before the answer; takes nothing
    TAKE_AND_HANG_UP = auto()  # the same, but the letter was taken
    TAKE_AND_MUMBLE = auto()  # takes it and answers what is no answer
    TAKE_AND_KEEP_SILENT = auto()  # takes it and never answers
    TAKE_AND_LEAVE = auto()  # 250, then the connection is cut, as by servers that count letters


ANSWERS = {
    Mood.REFUSE: "554 5.6.0 This content is not wanted here",
    Mood.BUSY: "451 4.3.0 Too busy, try again later",
    Mood.CLOSING: "421 4.3.2 Closing for the night",
    Mood.TAKE_AND_MUMBLE: "mumble",
}
TAKING = {mood for mood in Mood if mood.name.startswith("TAKE")}


@dataclass(frozen=True)
class Taken:
    """One letter the server took: envelope and bytes."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes


class Certificate:
    """A certificate for localhost, and the file of the authority that signed it."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.authority_file = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.authority_file))
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("localhost").configure_cert(self.context)


class LocalSmtpServer:
    """The server; everything it keeps may be read and changed while it runs.

    With a `certificate` it offers STARTTLS, and insists on it when `needs_starttls`; with
    `tls_from_start` the whole connection is encrypted. `login` is the user and password it asks for
    (needs a certificate).
    """

    def __init__(
        self,
        *,
        certificate: Certificate | None = None,
        needs_starttls: bool = False,
        tls_from_start: bool = False,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.taken: list[Taken] = []
        # Addresses, of recipients or senders, and the answer each gets.
        self.refused: dict[str, str] = {}
        self.moods: deque[Mood] = deque()
        self.delay_seconds = 0.0
        self.connections = 0
        # Each user and password somebody tried, right or wrong.
        self.logins: list[tuple[str, str]] = []
        self.port = 0
        self._tls = certificate.context if certificate else None
        self._needs_starttls = needs_starttls
        self._tls_from_start = tls_from_start
        self._login = login
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._listening: asyncio.Server | None = None
        self._protocols: list[SMTP] = []

    @property
    def url(self) -> str:
        return f"{'smtps' if self._tls_from_start else 'smtp'}://localhost:{self.port}"

    def __enter__(self) -> "LocalSmtpServer":
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(self) -> None:
        """Listen, on a free port the first time and on the same one ever after."""
        self._run(self._listen())

    def stop(self) -> None:
        """Cut every connection and listen no more. Stopping twice is harmless."""
        self._run(self._cut())

    def _run(self, act) -> None:
        asyncio.run_coroutine_threadsafe(act, self._loop).result()

    async def _listen(self) -> None:
        tls = self._tls if self._tls_from_start else None
        self._listening = await self._loop.create_server(self._connected, "127.0.0.1", self.port, ssl=tls)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        if self._listening is None:
            return
        self._listening.close()
        tasks = [protocol._handler_coroutine for protocol in self._protocols if protocol.transport]
        for protocol in self._protocols:
            if protocol.transport:
                protocol.transport.abort()
        await asyncio.gather(*filter(None, tasks), return_exceptions=True)
        await self._listening.wait_closed()
        self._protocols.clear()
        self._listening = None

    def _connected(self) -> SMTP:
        self.connections += 1
        protocol = _Conversation(
            _Desk(self),
            hostname="localhost",
            loop=self._loop,
            tls_context=None if self._tls_from_start else self._tls,
            require_starttls=self._needs_starttls,
            auth_require_tls=not self._tls_from_start,
            authenticator=self._knows if self._login else None,
            data_size_limit=None,
        )
        protocol.told_by = self
        self._protocols.append(protocol)
        return protocol

    def _knows(self, server, session, envelope, mechanism, given) -> AuthResult:
        tried = (given.login.decode(), given.password.decode())
        self.logins.append(tried)
        return AuthResult(success=tried == self._login, handled=False)

    def _next_mood(self) -> Mood:
        return self.moods.popleft() if self.moods else Mood.TAKE


class _Conversation(SMTP):
    """One connection; it alone can leave in the middle of the data."""

    told_by: LocalSmtpServer

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd finds its commands by these names
        moods = self.told_by.moods
        if moods and moods[0] is Mood.HANG_UP_AMID and self.envelope.rcpt_tos:
            moods.popleft()
            await self.push("354 Go on")
            await self._reader.readline()
            await _hang_up(self)
        await super().smtp_DATA(arg)


class _Desk:
    """What aiosmtpd asks about each step of a letter; it finds the answers by their names."""

    def __init__(self, told: LocalSmtpServer) -> None:
        self._told = told

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self._told._login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if refusal := self._told.refused.get(address):
            return refusal
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if refusal := self._told.refused.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        mood = self._told._next_mood()
        if mood in TAKING:
            self._told.taken.append(
                Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content)
            )
        await asyncio.sleep(self._told.delay_seconds)
        if mood in {Mood.HANG_UP, Mood.TAKE_AND_HANG_UP}:
            await _hang_up(server)
        if mood is Mood.TAKE_AND_KEEP_SILENT:
            await asyncio.sleep(A_DAY_SECONDS)
        if mood is Mood.TAKE_AND_LEAVE:
            await server.push("250 2.0.0 Taken, and good bye")
            server.transport.close()
            await asyncio.sleep(A_DAY_SECONDS)
        return ANSWERS.get(mood, "250 2.0.0 Taken")


async def _hang_up(server: SMTP) -> None:
    """Cut the connection; the server then ends this very task."""
    server.transport.abort()
    await asyncio.sleep(A_DAY_SECONDS)
