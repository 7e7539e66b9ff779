"""Papers that came with a request, kept in the archive so that every machine of the office can read them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from scheduler.records.database import Model, UtcDateTime


class Document(Model):
    """One file with its own name and media type."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
