"""What the tests of the mailbox are given: small mails, and a way to take them."""

from scheduler.post.mailbox import FoundMail, take
from scheduler.post.mailbox_address import MailboxAddress


def mail(number, text="I shall come."):
    """The bytes of a small mail, each number with a Message-ID of its own."""
    return f"Message-ID: <{number}@guests.example>\r\nSubject: Reply\r\n\r\n{text}\r\n".encode()


def whole(*raws):
    """These messages as they are handed over."""
    return [FoundMail(raw, is_whole=True) for raw in raws]


def take_from(server, handle, **more):
    """Take the mail of a server's inbox."""
    return take(MailboxAddress.from_url(server.url), handle, **more)
