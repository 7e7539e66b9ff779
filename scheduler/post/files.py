"""Carries letters into a folder, one file each, for a city without a mail server."""

import os
import re
from contextlib import suppress
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Self

from scheduler.post.delivery import Delivery, Outcome, unfit_addresses

# Linux file names have 255 octets; the date, the id and the end need 50.
_RECIPIENT_LENGTH = 150
_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]")


class FileCarrier:
    """Puts each letter into `folder` as date, recipient and a short id, readable by its owner only.

    The folder is made when the first letter comes. The same Message-ID gives the same name, so a
    letter carried twice is there once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept open between letters."""

    def deliver(self, *, sender: str, recipient: str, data: bytes) -> Delivery:
        """Write one letter; it is there in full or not at all."""
        if unfit := unfit_addresses(sender=sender, recipient=recipient):
            return unfit
        name = file_name(recipient=recipient, data=data)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._folder / name, data)
        except OSError as trouble:
            return Delivery(Outcome.LATER, f"{name} cannot be written: {trouble.strerror}", can_go_on=False)
        return Delivery(Outcome.TAKEN, f"written to {name}")


def file_name(*, recipient: str, data: bytes) -> str:
    """The name of the file for this letter: when it was written (UTC), to whom, and from its Message-ID."""
    headers = BytesHeaderParser().parsebytes(data)
    identity = str(headers["Message-ID"] or "").encode(errors="replace") or data
    short_id = sha256(identity).hexdigest()[:12]
    to = _UNSAFE.sub("_", recipient)[:_RECIPIENT_LENGTH]
    return f"{_written_at(str(headers['Date'] or ''))}-{to}-{short_id}.eml"


def _written_at(date: str) -> str:
    try:
        return f"{parsedate_to_datetime(date):%Y-%m-%dT%H%M%S}"
    except ValueError:
        return "undated"


def _write(path: Path, data: bytes) -> None:
    """Write beside it and rename: whoever looks never sees half a letter."""
    with NamedTemporaryFile(dir=path.parent, prefix=".letter-", delete=False) as made:
        try:
            made.write(data)
            made.flush()
            os.fsync(made.fileno())
            Path(made.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(made.name).unlink()
            raise
