"""The clock: nobody else asks the computer the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC, to the second: the archive keeps no more."""
    return datetime.now(UTC).replace(microsecond=0)
