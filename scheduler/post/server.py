"""Which mail server letters are handed to, and how: read from one address such as smtps://user@host."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

DEFAULT_PORTS = {"smtp": 25, "smtps": 465}
DEFAULT_TIMEOUT_SECONDS = 30.0
MOST_TIMEOUT_SECONDS = 600.0
# A server may look for viruses before it answers for a letter; RFC 5321 4.5.3.2.6 wants patience just
# there, for hanging up then makes two letters of one.
PATIENCE = 4

_RIGHT = "write it like smtp://mail.city.example:25 or smtps://user:password@mail.city.example:465"
_OPTIONS = {"starttls", "timeout", "ca"}


class NotAServer(ValueError):
    """This text does not say which mail server to use. It never repeats what may be a password."""


class Encryption(StrEnum):
    """How the connection is encrypted."""

    FROM_THE_START = "tls"
    REQUIRED = "required"  # by STARTTLS, or not at all handed over
    OFFERED = "offered"  # by STARTTLS where the server offers it
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A mail server and how to speak to it; `SmtpServer.from_url` reads one.

    `timeout_seconds` is the patience with every single step, `ca` a file of certificates (PEM) that
    are trusted in place of the system's.
    """

    host: str
    port: int
    encryption: Encryption = Encryption.OFFERED
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    ca: Path | None = None

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """The server that `url` names. Raises `NotAServer`, saying what would be right.

        `smtp://host:25` uses STARTTLS where it is offered; `?starttls=required` insists on it and
        `?starttls=never` leaves it. `smtps://host:465` is encrypted from the start. User and password
        are percent-encoded; where they are given, `smtp:` insists on STARTTLS unless told never.
        `?timeout=30` is in seconds, `?ca=/path/ca.pem` names a file.
        """
        parts = _parts_of(url)
        options = _options_of(parts)
        user, password = _login_of(parts)
        return cls(
            host=str(parts.hostname),
            port=_port_of(parts),
            encryption=_encryption_of(parts.scheme, options, has_login=bool(user)),
            user=user,
            password=password,
            timeout_seconds=_timeout_of(options),
            ca=_file_of(options),
        )

    @property
    def answer_seconds(self) -> float:
        """How long to wait for the answer once a whole letter has been sent."""
        return self.timeout_seconds * PATIENCE

    def tls_context(self) -> ssl.SSLContext:
        """What encrypts the connection, and whether it asks who is on the other side.

        It does not where STARTTLS is only used because it is offered and no login and no `ca` is
        given: anybody who could pretend to be the server could as well pretend not to offer it, and
        servers on the same machine have certificates of their own making (RFC 7435). Raises OSError
        when the file `ca` holds no certificates.
        """
        context = ssl.create_default_context(cafile=self.ca)
        if self.encryption is Encryption.OFFERED and self.ca is None:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _parts_of(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise NotAServer(f"the mail server's address has a wrong bracket: {_RIGHT}") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise NotAServer(f"the mail server's address must begin with smtp:// or smtps://: {_RIGHT}")
    if not _is_host(parts.hostname or ""):
        raise NotAServer(f"the mail server's address names no host: {_RIGHT}")
    if parts.path not in ("", "/") or parts.fragment:
        raise NotAServer(
            "nothing but ?options may follow the host in the mail server's address; in a user or a "
            f"password write / as %2F, ? as %3F, # as %23: {_RIGHT}"
        )
    return parts


def _is_host(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and not set(text) & set(" <>\"'%\\^`{|}")


def _port_of(parts: SplitResult) -> int:
    try:
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError:
        port = 0
    if not port:
        raise NotAServer(
            "the port in the mail server's address must be a number from 1 to 65535; in a user or a "
            f"password write : as %3A, / as %2F, @ as %40: {_RIGHT}"
        )
    return port


def _login_of(parts: SplitResult) -> tuple[str, str]:
    """User and password. The library knows no way to send others than ASCII."""
    if parts.username is None and parts.password is None:
        return "", ""
    try:
        user, password = (unquote(text or "", errors="strict") for text in (parts.username, parts.password))
    except UnicodeDecodeError:
        user = password = ""
    if not all(text and text.isascii() and text.isprintable() for text in (user, password)):
        raise NotAServer(
            "user and password in the mail server's address come together, in printable ASCII, with "
            f"@ as %40, : as %3A, / as %2F and % as %25: {_RIGHT}"
        )
    return user, password


def _options_of(parts: SplitResult) -> dict[str, str]:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    if set(names) - _OPTIONS or len(names) != len(set(names)):
        raise NotAServer(
            "the options of the mail server's address are ?starttls=required or ?starttls=never, ?timeout=30 "
            "and ?ca=/path/ca.pem, joined by &, each once"
        )
    return dict(pairs)


def _encryption_of(scheme: str, options: Mapping[str, str], *, has_login: bool) -> Encryption:
    asked = options.get("starttls")
    if scheme == "smtps":
        if asked is not None:
            raise NotAServer("smtps:// is encrypted from the start; starttls goes with smtp:// only")
        return Encryption.FROM_THE_START
    if asked is None:
        return Encryption.REQUIRED if has_login else Encryption.OFFERED
    if asked not in (Encryption.REQUIRED, Encryption.NEVER):
        raise NotAServer("?starttls= is required or never; without it, it is used where it is offered")
    return Encryption(asked)


def _timeout_of(options: Mapping[str, str]) -> float:
    try:
        seconds = float(options.get("timeout", DEFAULT_TIMEOUT_SECONDS))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MOST_TIMEOUT_SECONDS:
        raise NotAServer(f"?timeout= is a number of seconds, above 0 and at most {MOST_TIMEOUT_SECONDS:.0f}")
    return seconds


def _file_of(options: Mapping[str, str]) -> Path | None:
    if "ca" not in options:
        return None
    path = Path(options["ca"])
    if not path.is_file():
        raise NotAServer(f"?ca= must name a file of certificates (PEM); {str(path)[:200]!r} is none")
    return path
