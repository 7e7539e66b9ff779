"""Places that a delegation may be at, and the minutes between them as the office knows them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.database import Model
from scheduler.records.sites import Site

EVERY_HOUR = -1


class Place(Model):
    """Somewhere to be: a site (then `site_id` is set, and name and position are the site's), or a hotel, a
    restaurant, an office, an airport. Codes of sites and places never meet: a site's place has its code."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("latitude IS NULL OR latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude IS NULL OR longitude BETWEEN -180 AND 180", name="longitude_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_native: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    version: Mapped[int] = mapped_column(default=1)
    site: Mapped[Site | None] = relationship()


class TravelTime(Model):
    """Minutes from one place to another when leaving within an hour of the day (0 to 23, local), or at any
    hour (-1). Where the way back is not given it takes as long as the way there."""

    __tablename__ = "travel_time"
    __table_args__ = (
        CheckConstraint("hour BETWEEN -1 AND 23", name="hour_range"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_sensible"),
        CheckConstraint("origin_id <> destination_id", name="goes_somewhere"),
        Index(None, "destination_id"),
    )

    origin_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True, default=EVERY_HOUR)
    minutes: Mapped[int]
