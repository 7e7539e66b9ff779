"""Parts: named shares of a delegation that go their own way for a while."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.database import Model
from scheduler.records.delegations import Delegate

part_member = Table(
    "part_member",
    Model.metadata,
    Column("part_id", ForeignKey("part.id", ondelete="CASCADE"), primary_key=True),
    Column("delegate_id", ForeignKey("delegate.id", ondelete="CASCADE"), primary_key=True),
)


class Part(Model):
    """A share of a delegation. Parts of one `division` share nobody and together are no more than the
    delegation; parts of different divisions (another day's) may be the same people."""

    __tablename__ = "part"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 5000", name="headcount_sensible"),
        UniqueConstraint("delegation_id", "division", "name"),
        Index(None, "delegation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"))
    division: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    headcount: Mapped[int]
    members: Mapped[list[Delegate]] = relationship(secondary=part_member, order_by="Delegate.precedence")
