"""A sealed bid: two envelopes nobody can read before they are opened, and one live bid for each lot."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from models.base import Base, Id
from models.parties.organisation import Organisation
from models.tenders.lot import Lot

_LIVE = text("withdrawn_at IS NULL AND replaced_at IS NULL")


class BidPhase(StrEnum):
    """Phases of a bid. What comes of a sealed one is its opening's and the panel's to say."""

    SEALED = "sealed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Bid(Base):
    """One submission. A replaced or withdrawn one keeps its digest; its content stays shut for ever.

    `confirmed` is the number of the last amendment its bidder has seen and stands by. `copy` waits for its
    bidder, encrypted under a key that only the bidder's browser has, until it is fetched once.
    """

    __tablename__ = "bid"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR replaced_at IS NULL", name="ends_once"),
        CheckConstraint("length(technical_digest) = 64 AND length(price_digest) = 64", name="digests"),
        Index(
            "uq_bid_live",
            "lot_id",
            "organisation_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    technical: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    price: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    technical_digest: Mapped[str] = mapped_column(String(64))
    price_digest: Mapped[str] = mapped_column(String(64))
    technical_size: Mapped[int]
    price_size: Mapped[int]
    copy: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    confirmed: Mapped[int] = mapped_column(default=0)
    replaced_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    lot: Mapped[Lot] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.lot.tender.unit_code

    @property
    def is_live(self) -> bool:
        """The bid that counts."""
        return self.withdrawn_at is None and self.replaced_at is None

    @property
    def is_opened(self) -> bool:
        """Whether an opening session has been held; who bid is no secret from then on."""
        return self.lot.tender.opened_at is not None
