"""What ties an agency to an organisation whose work it might be asked to judge (R53)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.agencies.agency import Agency
from models.agencies.ground import ASKED, LASTING, Ground
from models.base import Base, Id
from models.panels.eligibility import within_years
from models.parties.organisation import Organisation

_ASKED = ", ".join(f"'{ground.value}'" for ground in ASKED)


class AgencyTie(Base):
    """A tie to an organisation. What was paid or held counts for three years after its last day (R53)."""

    __tablename__ = "agency_tie"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR began_on IS NULL OR ended_on >= began_on", name="period"),
        CheckConstraint("agency_id <> organisation_id", name="two"),
        CheckConstraint(f"kind IN ({_ASKED})", name="asked"),
    )

    id: Mapped[Id]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.organisation_id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[Ground]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    declared_at: Mapped[datetime]

    agency: Mapped[Agency] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.agency.unit_code

    def counts(self, day: date) -> bool:
        """Whether it bars on a day: it holds, it does not lapse, or it ended within three years (R53)."""
        return self.kind in LASTING or self.ended_on is None or within_years(self.ended_on, day)
