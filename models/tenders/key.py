"""The key of a tender: public halves for sealing, and who holds the phrases that open it.

The private key is never stored. A phrase waits here, hidden under a key outside the database, until its
holder has fetched it once; then it is gone.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from models.base import Base, Id, Short
from models.parties.person import Person
from models.tenders.tender import Tender


class TenderKey(Base):
    """The public keys of the two envelopes, and how many phrases open them."""

    __tablename__ = "tender_key"
    __table_args__ = (CheckConstraint("threshold >= 2", name="threshold"),)

    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender.id"), primary_key=True)
    technical: Mapped[bytes] = mapped_column(LargeBinary)
    price: Mapped[bytes] = mapped_column(LargeBinary)
    threshold: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    tender: Mapped[Tender] = relationship()
    holders: Mapped[list["KeyHolder"]] = relationship(
        back_populates="key", cascade="all, delete-orphan", order_by="KeyHolder.position"
    )


class KeyHolder(Base):
    """Somebody who holds one phrase. The escrow's envelope lies where `place` says."""

    __tablename__ = "key_holder"
    __table_args__ = (
        UniqueConstraint("tender_id", "person_id"),
        CheckConstraint("(person_id IS NULL) = (place <> '')", name="escrow_has_a_place"),
        CheckConstraint("(hidden IS NULL) = (fetched_at IS NOT NULL)", name="gone_once_fetched"),
    )

    id: Mapped[Id]
    tender_id: Mapped[UUID] = mapped_column(ForeignKey("tender_key.tender_id"), index=True)
    position: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    place: Mapped[Short] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(String(120))
    hidden: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    fetched_at: Mapped[datetime | None]

    key: Mapped[TenderKey] = relationship(back_populates="holders")
    person: Mapped[Person | None] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.key.tender.unit_code
