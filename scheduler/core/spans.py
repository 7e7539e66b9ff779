"""A stretch of time, half-open: what ends at eleven does not touch what starts at eleven."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class NaiveTime(ValueError):
    """A datetime came without a zone; nobody can say which instant it means."""


@dataclass(frozen=True, slots=True)
class Span:
    """[starts_at, ends_at): two aware datetimes, the end after the beginning."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise NaiveTime(f"{self.starts_at} to {self.ends_at} has no zone")
        if self.ends_at <= self.starts_at:
            raise ValueError(f"{self.ends_at} is not after {self.starts_at}")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share an instant."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly inside this one."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


def day_span(day: date, zone: ZoneInfo) -> Span:
    """A calendar day in a zone, from its midnight to the next."""
    return Span(
        datetime.combine(day, time.min, zone), datetime.combine(day + timedelta(days=1), time.min, zone)
    )
