"""Partner cities, provinces and states, and what was signed with them, with the precision history left us."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.records.database import Model, code_column


class Relation(StrEnum):
    SISTER = "sister"
    FRIENDLY = "friendly"
    DECLARATION = "declaration"
    MOU = "mou"


class Partner(Model):
    """A city, province or state we have ties with."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("name", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2), doc="ISO 3166-1 alpha-2")
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="partner", order_by="Agreement.signed_on", cascade="all, delete-orphan"
    )


class Agreement(Model):
    """What was signed and when: "1971", "1996-05" or "1988-09-03", never a day that nobody knows."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("signed_on IS NULL OR length(signed_on) IN (4, 7, 10)", name="signed_on_precision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id", ondelete="CASCADE"), index=True)
    relation: Mapped[Relation] = mapped_column(code_column(Relation, "relation"))
    signed_on: Mapped[str | None] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(Text, default="")
    partner: Mapped[Partner] = relationship(back_populates="agreements")
