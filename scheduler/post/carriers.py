"""Which carrier a city uses: a mail server where one is named, else files."""

from pathlib import Path

from scheduler.post.delivery import Carrier
from scheduler.post.files import FileCarrier
from scheduler.post.server import SmtpServer
from scheduler.post.smtp import SmtpCarrier


def carrier_for(url: str, folder: Path) -> Carrier:
    """The carrier to the mail server at `url`, or into `folder` when `url` is empty.

    Connects to nothing yet. Raises `scheduler.post.server.NotAServer` when `url` is none.
    """
    if not url.strip():
        return FileCarrier(folder)
    return SmtpCarrier(SmtpServer.from_url(url))
