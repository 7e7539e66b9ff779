"""What the worker's hands have come to: when each was last seen at work, and what stood in its way."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.records.database import Model, UtcDateTime, db


class HandState(Model):
    """The last round of one hand, whichever worker did it. `well_at` is the last one that went well, and
    `trouble` what stood in the way since, in words, or nothing."""

    __tablename__ = "hand_state"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    well_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trouble: Mapped[str] = mapped_column(Text, default="")


def hand_called(name: str) -> HandState | None:
    """How a hand stands; nothing when no worker ever ran."""
    return db.session.get(HandState, name, populate_existing=True)
