"""Where a mailbox is and how to get in, written as one address (RFC 5092 calls it an IMAP URL)."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

PORTS = {"imaps": 993, "imap": 143}
LONGEST_TIMEOUT_SECONDS = 600
# LIST takes these for "any folder".
WILDCARDS = "*%"


class Safety(StrEnum):
    """How a connection is kept from being read: TLS from the first byte, TLS after a greeting, not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class MailboxAddressWrong(ValueError):
    """An address of a mailbox cannot be used. Says why, never what stood in it: that may be the password."""


@dataclass(frozen=True)
class MailboxAddress:
    """A folder of a mail account, and the folder `taken` for messages that were handed over."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    taken: str
    safety: Safety
    timeout_seconds: float

    @classmethod
    def from_url(cls, url: str) -> "MailboxAddress":
        """Read `imaps://user:password@host:993/INBOX`, or `imap://…` with STARTTLS.

        What is special in a user, password or folder is percent-encoded, so that an address as user is
        `desk%40city.example`. After a question mark: `timeout` in seconds (30); `taken`, the folder to move
        messages to (Taken; on servers that keep all under the inbox, INBOX.Taken); and for `imap://` alone
        `starttls`, which is `required` or, on a trusted wire, `never`. Raises MailboxAddressWrong.
        """
        parts = _split(url)
        options = _options(parts)
        return cls(
            host=_filled("host", parts.hostname),
            port=_port(parts),
            user=_filled("user", parts.username),
            password=_filled("password", parts.password),
            folder=_folder("folder", unquote(parts.path.removeprefix("/")) or "INBOX"),
            taken=_folder("folder for taken mail", options.pop("taken", "Taken")),
            safety=_safety(parts.scheme, options.pop("starttls", None)),
            timeout_seconds=_timeout(options.pop("timeout", "30")),
        )._checked(options)

    def _checked(self, unknown: dict[str, str]) -> "MailboxAddress":
        if unknown:
            raise MailboxAddressWrong(f"The address of a mailbox has no option {', '.join(sorted(unknown))}.")
        if self.taken == self.folder:
            raise MailboxAddressWrong("Taken mail cannot be moved to the folder it is taken from.")
        return self


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        # What Python says of it quotes the address.
        raise MailboxAddressWrong(
            "The address of a mailbox cannot be read: percent-encode what is special in user and password."
        ) from None
    if parts.scheme not in PORTS:
        raise MailboxAddressWrong("The address of a mailbox begins with imaps:// or imap://.")
    if parts.fragment:
        raise MailboxAddressWrong("A # in the address of a mailbox is written %23.")
    return parts


def _options(parts: SplitResult) -> dict[str, str]:
    try:
        told = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise MailboxAddressWrong("Options of a mailbox are written as in ?timeout=30&taken=Taken.") from None
    if len(dict(told)) < len(told):
        raise MailboxAddressWrong("An option of a mailbox is told twice.")
    return dict(told)


def _port(parts: SplitResult) -> int:
    if parts.port == 0:
        raise MailboxAddressWrong("The port of a mailbox is a number from 1 to 65535.")
    return parts.port or PORTS[parts.scheme]


def _filled(name: str, told: str | None) -> str:
    text = unquote(told or "")
    if not text:
        raise MailboxAddressWrong(f"The address of a mailbox names no {name}.")
    return _printable(name, text)


def _folder(name: str, text: str) -> str:
    if not text or any(sign in text for sign in WILDCARDS):
        raise MailboxAddressWrong(f"The {name} of a mailbox is a name without * and %.")
    return _printable(name, text)


def _printable(name: str, text: str) -> str:
    """A line break here would begin a command of its own."""
    if not text.isprintable():
        raise MailboxAddressWrong(f"The {name} of a mailbox has a sign in it that cannot be printed.")
    return text


def _safety(scheme: str, starttls: str | None) -> Safety:
    if scheme == "imaps" and starttls is None:
        return Safety.TLS
    if scheme == "imap" and starttls in (None, "required"):
        return Safety.STARTTLS
    if scheme == "imap" and starttls == "never":
        return Safety.NONE
    raise MailboxAddressWrong("starttls is required or never, and belongs to imap:// alone.")


def _timeout(told: str) -> float:
    seconds = int(told) if told.isascii() and told.isdigit() else 0
    if not 0 < seconds <= LONGEST_TIMEOUT_SECONDS:
        raise MailboxAddressWrong(f"The timeout of a mailbox is 1 to {LONGEST_TIMEOUT_SECONDS} seconds.")
    return seconds
